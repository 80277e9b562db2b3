"""What becomes of each call of a gateway that goes wrong. The tests play it, docs/payments.md shows it."""

from dataclasses import dataclass

# Each as the sandbox names it.
FAULTS = {
    "timeout": "slow",
    "500": "error_500",
    "502": "error_502",
    "HTML": "html",
    "empty": "empty",
    "broken JSON": "broken_json",
    "dropped connection": "dropped",
    "slow drip": "slow_drip",
    "wrong amount": "wrong_amount",
    "wrong id": "wrong_id",
    "answer lost": "lost_answer",
    "dropped, done later": "dropped_later",
    "500, done later": "error_500_later",
}
DONE_LATER = ("dropped, done later", "500, done later")
TOO_SLOW = ("timeout", "slow drip")
NO_ANSWER = tuple(fault for fault in FAULTS if not fault.startswith("wrong"))


@dataclass(frozen=True)
class Ending:
    """What the customer is told, and where payment and booking stand."""

    told: str
    payment: str
    booking: str

    def __str__(self) -> str:
        return f"{self.told} | {self.payment} | {self.booking}"


@dataclass(frozen=True)
class Row:
    """`now` with the fault, `then` after the same call again, when the gateway is well."""

    operation: str
    faults: tuple[str, ...]
    now: Ending
    then: Ending

    def __str__(self) -> str:
        return f"| {self.operation} | {', '.join(self.faults)} | {self.now} | {self.then} |"


UNREACHED = Ending("503 `gateway_unavailable`", "processing", "draft")
DOUBT = Ending("409 `gateway_mismatch`", "needs_attention", "draft")
OPENED = Ending("201, a link", "processing", "draft")
PAID = Ending("200", "completed", "confirmed")
WAITING = Ending("302 `pending`", "processing", "draft")
LOOKED_AT = Ending("302 `pending`", "needs_attention", "draft")
SENT_ON = Ending("302 `completed`", "completed", "confirmed")
GOES_BACK = Ending("503 `gateway_unavailable`", "refund_pending", "confirmed")
BACK = Ending("200", "refunded", "confirmed")
BACK_ALREADY = Ending("400 `invalid`", "refunded", "confirmed")
PARTLY_BACK = Ending("200", "partially_refunded", "confirmed")

ROWS = [
    Row("Khalti initiate", NO_ANSWER, UNREACHED, OPENED),
    # It names no amount.
    Row("Khalti initiate", ("wrong amount",), OPENED, OPENED),
    # Seen as soon as somebody asks about it: Khalti doesn't know it.
    Row("Khalti initiate", ("wrong id",), OPENED, UNREACHED),
    Row("Khalti lookup", NO_ANSWER, UNREACHED, PAID),
    Row("Khalti lookup", ("wrong amount", "wrong id"), DOUBT, PAID),
    Row("Khalti lookup on return", NO_ANSWER, WAITING, SENT_ON),
    Row("Khalti lookup on return", ("wrong amount", "wrong id"), LOOKED_AT, SENT_ON),
    Row("Khalti token verify", NO_ANSWER, UNREACHED, PAID),
    Row("Khalti token verify", ("wrong amount",), DOUBT, PAID),
    # The id is the transaction's, which we learn here for the first time.
    Row("Khalti token verify", ("wrong id",), PAID, PAID),
    Row("Khalti token status", NO_ANSWER, UNREACHED, PAID),
    # It names neither: both are what was asked for.
    Row("Khalti token status", ("wrong amount", "wrong id"), PAID, PAID),
    Row("eSewa status", NO_ANSWER, UNREACHED, PAID),
    Row("eSewa status", ("wrong amount", "wrong id"), DOUBT, PAID),
    Row("eSewa status on return", NO_ANSWER, WAITING, SENT_ON),
    Row("eSewa status on return", ("wrong amount", "wrong id"), LOOKED_AT, SENT_ON),
    Row("ConnectIPS validation", NO_ANSWER, UNREACHED, PAID),
    Row("ConnectIPS validation", ("wrong amount", "wrong id"), DOUBT, PAID),
    Row("ConnectIPS validation on return", NO_ANSWER, WAITING, SENT_ON),
    Row("ConnectIPS validation on return", ("wrong amount", "wrong id"), LOOKED_AT, SENT_ON),
    Row("Khalti refund", NO_ANSWER, GOES_BACK, BACK),
    # It names neither.
    Row("Khalti refund", ("wrong amount", "wrong id"), BACK, BACK_ALREADY),
    Row("Khalti refund of a part", NO_ANSWER, GOES_BACK, PARTLY_BACK),
    Row("Khalti refund of a part", ("wrong amount", "wrong id"), PARTLY_BACK, PARTLY_BACK),
]
HEADINGS = [
    "operation",
    "fault",
    "the customer is told",
    "payment",
    "booking",
    "told the next time",
    "payment",
    "booking",
]
