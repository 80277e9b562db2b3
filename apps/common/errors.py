"""The contract's domain errors: a code for programs, a sentence for people."""

from typing import Any

STATUS_OF_CODE = {
    "slot_unavailable": 409,
    "hold_expired": 409,
    "step_out_of_order": 409,
    "payment_required": 409,
    "payment_in_progress": 409,
    "already_paid": 409,
    "amount_mismatch": 409,
    "token_already_used": 409,
    "payment_not_completed": 409,
    "gateway_unavailable": 503,
    "gateway_mismatch": 409,
    "invalid_transition": 409,
    "not_cancellable": 409,
    "not_reschedulable": 409,
    "too_many_bookings": 409,
    "email_not_verified": 409,
    "in_use": 409,
    "request_in_progress": 409,
    "idempotency_key_reused": 422,
    "throttled": 429,
    "feature_disabled": 404,
    "unavailable": 503,
}


class DomainError(Exception):
    """A rule said no, or a gateway did. `extra` stands beside `errors` in the answer."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        attr: str | None = None,
        extra: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.attr = attr
        self.extra = extra or {}
        self.retry_after = retry_after
        self.status = STATUS_OF_CODE[code]
