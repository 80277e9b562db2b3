"""Nepal's calendar, Bikram Sambat. The only module that knows the library behind it."""

from datetime import date
from functools import lru_cache
from itertools import pairwise

import nepali_datetime

FIRST_MONTH_OF_FISCAL_YEAR = 4  # Shrawan; the year ends with Asar
# As people say them; the library's are the almanac's.
NEPALI_MONTHS = (
    "वैशाख",
    "जेठ",
    "असार",
    "साउन",
    "भदौ",
    "असोज",
    "कात्तिक",
    "मंसिर",
    "पुस",
    "माघ",
    "फागुन",
    "चैत",
)
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def bikram_sambat(day: date) -> tuple[int, int, int]:
    """Return year, month and day of a date. Raises ValueError beyond the years 1975 to 2100 B.S."""
    converted = _converted(day)
    return converted.year, converted.month, converted.day


@lru_cache(maxsize=4096)
def bikram_sambat_iso(day: date) -> str | None:
    """Return a date as the API writes it: `2083-08-06`; None beyond the calendar's tables."""
    try:
        year, month, number = bikram_sambat(day)
    except ValueError:
        return None
    return f"{year}-{month:02}-{number:02}"


def month_begins(year: int, month: int) -> date:
    """Return the A.D. date on which a month begins. Raises ValueError."""
    begins: date = nepali_datetime.date(year, month, 1).to_datetime_date()
    return begins


def month_lengths(year: int) -> list[int]:
    """Return the days of a year's twelve months. Raises ValueError, also for the last year of the tables."""
    begins = [*(month_begins(year, month) for month in range(1, 13)), month_begins(year + 1, 1)]
    return [(following - day).days for day, following in pairwise(begins)]


def bikram_sambat_text(day: date) -> str:
    """Return a date as people write it: `6 Mangsir 2083`. Raises ValueError."""
    converted = _converted(day)
    return f"{converted.day} {converted.strftime('%B')} {converted.year}"


def bikram_sambat_nepali(day: date) -> str:
    """Return a date as people write it in Nepali: `२०८३ मंसिर ६ गते`. Raises ValueError."""
    year, month, number = bikram_sambat(day)
    return devanagari(f"{year} {NEPALI_MONTHS[month - 1]} {number} गते")


def devanagari(text: str) -> str:
    """Return the text with its digits as Nepali writes them."""
    return text.translate(DEVANAGARI)


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
