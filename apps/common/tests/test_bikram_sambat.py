"""Known days of Nepal's calendar, and the turn of its fiscal year."""

from datetime import date

import pytest

from apps.common.bikram_sambat import bikram_sambat, bikram_sambat_nepali, bikram_sambat_text, fiscal_year


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1943, 4, 14), (2000, 1, 1)),
        (date(2015, 9, 20), (2072, 6, 3)),  # the constitution
        (date(2024, 4, 13), (2081, 1, 1)),
        (date(2026, 7, 16), (2083, 3, 32)),
        (date(2026, 7, 17), (2083, 4, 1)),
    ],
)
def test_known_days(day: date, expected: tuple[int, int, int]) -> None:
    assert bikram_sambat(day) == expected


def test_a_day_as_people_write_it() -> None:
    assert bikram_sambat_text(date(2026, 11, 22)) == "6 Mangsir 2083"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 16), "2082/83"),
        (date(2026, 7, 17), "2083/84"),
        (date(2027, 4, 13), "2083/84"),
        (date(2027, 4, 15), "2083/84"),
        (date(2042, 8, 1), "2099/00"),
    ],
)
def test_the_fiscal_year_turns_with_shrawan(day: date, year: str) -> None:
    assert fiscal_year(day) == year


def test_nepali_has_its_own_order_months_and_digits() -> None:
    assert bikram_sambat_nepali(date(2026, 12, 7)) == "२०८३ मंसिर २१ गते"
    assert bikram_sambat_nepali(date(2027, 4, 14)) == "२०८४ वैशाख १ गते"


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2060, 1, 1)])
def test_days_beyond_the_tables_are_refused(day: date) -> None:
    with pytest.raises(ValueError, match="beyond"):
        fiscal_year(day)
