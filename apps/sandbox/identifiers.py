import secrets
import string


def khalti_identifier() -> str:
    """A new identifier in Khalti's form: 22 letters and digits, used for pidx, token and idx."""
    return _random(alphabet=string.ascii_letters + string.digits, length=22)


def esewa_reference() -> str:
    """A new transaction code in eSewa's form: seven capitals and digits after zeros, as in `000AWEO`."""
    return "000" + _random(alphabet=string.ascii_uppercase + string.digits, length=7)


def _random(*, alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))
