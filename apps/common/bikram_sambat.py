"""Nepal's calendar, Bikram Sambat. The only module that knows the library behind it."""

from datetime import date

import nepali_datetime

FIRST_MONTH_OF_FISCAL_YEAR = 4  # Shrawan; the year ends with Asar


def bikram_sambat(day: date) -> tuple[int, int, int]:
    """Return year, month and day of a date. Raises ValueError beyond the years 1975 to 2100 B.S."""
    converted = _converted(day)
    return converted.year, converted.month, converted.day


def bikram_sambat_text(day: date) -> str:
    """Return a date as people write it: `6 Mangsir 2083`. Raises ValueError."""
    converted = _converted(day)
    return f"{converted.day} {converted.strftime('%B')} {converted.year}"


def fiscal_year(day: date) -> str:
    """Return the fiscal year that a date lies in, as on bills: `2083/84`. Raises ValueError."""
    year, month, _ = bikram_sambat(day)
    begun = year if month >= FIRST_MONTH_OF_FISCAL_YEAR else year - 1
    return f"{begun}/{(begun + 1) % 100:02}"


def _converted(day: date) -> nepali_datetime.date:
    try:
        return nepali_datetime.date.from_datetime_date(day)
    except (OverflowError, IndexError, KeyError) as error:
        raise ValueError(f"{day} is beyond the calendar's tables") from error
