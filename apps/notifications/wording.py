"""Dates, amounts and labels in both languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.accounts.models import Language
from apps.common.bikram_sambat import bikram_sambat_nepali, bikram_sambat_text, devanagari
from apps.common.localtime import local
from apps.common.money import rupees_text

WEEKDAYS = ("सोमबार", "मंगलबार", "बुधबार", "बिहीबार", "शुक्रबार", "शनिबार", "आइतबार")
MONTHS = (
    "जनवरी",
    "फेब्रुअरी",
    "मार्च",
    "अप्रिल",
    "मे",
    "जुन",
    "जुलाई",
    "अगस्ट",
    "सेप्टेम्बर",
    "अक्टोबर",
    "नोभेम्बर",
    "डिसेम्बर",
)
LABELS: Mapping[str, Mapping[str, str]] = {
    Language.ENGLISH: {
        "service": "Service",
        "provider": "Provider",
        "customer": "Customer",
        "when": "When",
        "before": "Before",
        "where": "Where",
        "staff": "Who comes",
        "total": "Total",
        "amount": "Amount",
        "method": "Way to pay",
        "until": "Until",
        "reason": "Reason",
        "reference": "Booking",
        "payment": "Payment",
        "refund": "Refund",
    },
    Language.NEPALI: {
        "service": "सेवा",
        "provider": "सेवा प्रदायक",
        "customer": "ग्राहक",
        "when": "समय",
        "before": "पहिलेको समय",
        "where": "ठाउँ",
        "staff": "आउने व्यक्ति",
        "total": "जम्मा",
        "amount": "रकम",
        "method": "भुक्तानीको माध्यम",
        "until": "अन्तिम समय",
        "reason": "कारण",
        "reference": "बुकिङ",
        "payment": "भुक्तानी",
        "refund": "फिर्ता",
    },
}


def number_text(number: int, language: str) -> str:
    return devanagari(f"{number}") if language == Language.NEPALI else f"{number}"


def money_text(rupees: Decimal, language: str) -> str:
    """Return rupees with their sign, `Rs 1,23,456.00`; in Nepali also with its digits."""
    amount = rupees_text(rupees)
    return f"रु {devanagari(amount)}" if language == Language.NEPALI else f"Rs {amount}"


def moment_text(moment: datetime, language: str, *, ends_at: datetime | None = None) -> str:
    """Return an instant, or a booking with its end, in the marketplace's zone and both calendars.

    `Monday, 7 December 2026 A.D. (21 Mangsir 2083 B.S.), 10:00 to 11:00`; Nepali begins with its calendar.
    """
    there = local(moment)
    day = there.date()
    if language == Language.NEPALI:
        western = devanagari(f"{day.year} {MONTHS[day.month - 1]} {day.day}")
        clock = devanagari(f"{there:%H:%M}" + (f"–{local(ends_at):%H:%M}" if ends_at else ""))
        return f"{bikram_sambat_nepali(day)} {WEEKDAYS[day.weekday()]} (ई.सं. {western}), {clock} बजे"
    clock = f"{there:%H:%M}" + (f" to {local(ends_at):%H:%M}" if ends_at else "")
    return f"{there:%A}, {day.day} {there:%B %Y} A.D. ({bikram_sambat_text(day)} B.S.), {clock}"


def to_pay_text(until: datetime, language: str) -> str:
    moment = moment_text(until, language)
    return f"भुक्तानी गर्ने अन्तिम समय: {moment}" if language == Language.NEPALI else f"to be paid until {moment}"


def short_moment_text(moment: datetime, language: str) -> str:
    """Return an instant for a subject or an SMS: `7 December 2026, 10:00`."""
    there = local(moment)
    if language == Language.NEPALI:
        return f"{bikram_sambat_nepali(there.date())}, {devanagari(f'{there:%H:%M}')} बजे"
    return f"{there.day} {there:%B %Y}, {there:%H:%M}"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around every mail."""

    name: str
    greeting: str
    signature: str
    open: str
    why: str
    preferences: str


AROUND: Mapping[str, Words] = {
    Language.ENGLISH: Words(
        name="SewaBazaar",
        greeting="Namaste",
        signature="SewaBazaar",
        open="Open",
        why="You get this because it concerns your bookings at SewaBazaar. What we write of is up to you:",
        preferences="Settings",
    ),
    Language.NEPALI: Words(
        name="सेवाबजार",
        greeting="नमस्ते",
        signature="सेवाबजार",
        open="खोल्नुहोस्",
        why="सेवाबजारमा तपाईंको बुकिङसँग सम्बन्धित भएकाले यो सन्देश आएको हो। केबारे लेख्ने भन्ने तपाईं छान्न सक्नुहुन्छ:",
        preferences="सेटिङ",
    ),
}
