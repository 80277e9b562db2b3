"""References and ids as the marketplace makes them, but drawn from a seed: the same on every run."""

from random import Random
from string import ascii_letters, digits

from apps.bookings.references import REFERENCE_ALPHABET, REFERENCE_LENGTH

KHALTI_ID_LENGTH = 22


def booking_reference(random: Random) -> str:
    return "SB-" + "".join(random.choices(REFERENCE_ALPHABET, k=REFERENCE_LENGTH))


def transaction_id(random: Random) -> str:
    return f"SB-{random.randbytes(16).hex()}"


def gateway_id(random: Random) -> str:
    return "".join(random.choices(ascii_letters + digits, k=KHALTI_ID_LENGTH))
