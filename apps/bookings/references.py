"""What a booking is called on the phone."""

import secrets

# Without letters and digits that are read for one another.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 10


def new_reference() -> str:
    """Return a reference that nobody guesses and, as good as surely, no booking has."""
    return "SB-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))
