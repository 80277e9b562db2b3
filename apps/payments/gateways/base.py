"""What every gateway can be asked, and what it answers. Amounts in rupees, instants in UTC."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from apps.payments.gateways.defaults import MethodDefaults
from apps.payments.gateways.needed_settings import NeededSettings
from apps.payments.gateways.returns import Return

RANDOM_BYTES = 16


class GatewayError(Exception):
    """A call that brought no answer. `permanent`: the same call would fail again, as with a wrong key.

    `never_sent`: the gateway was not reached at all. After neither it may still be carrying it out.
    The message holds no secret; `raw` is what came back, for the trail's digest; `status` its HTTP status, 0
    where nothing came.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        never_sent: bool = False,
        raw: str = "",
        status: int = 0,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.never_sent = never_sent
        self.raw = raw
        self.status = status

    @property
    def may_be_under_way(self) -> bool:
        """Return whether what was asked for may be done yet: a proxy that gives up stops nobody behind it."""
        return not (self.permanent or self.never_sent)


class Outcome(StrEnum):
    """What a gateway says of a payment, in our words."""

    PAID = "paid"
    PROCESSING = "processing"  # money may be moving there, neither paid nor failed
    BEGUN = "begun"  # the payer came there; whether they still are, nobody can tell
    UNPAID = "unpaid"  # the payer may still pay
    EXPIRED = "expired"
    FAILED = "failed"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"
    UNKNOWN = "unknown"


WITHOUT_MONEY = frozenset(
    {Outcome.PROCESSING, Outcome.BEGUN, Outcome.UNPAID, Outcome.EXPIRED, Outcome.FAILED}
)


@dataclass(frozen=True, slots=True)
class InitiateRequest:
    """`reference` is the payment's, new each time; `order_reference` the booking's, for people."""

    reference: str
    order_reference: str
    amount: Decimal
    title: str
    return_url: str
    website_url: str
    customer_name: str
    customer_email: str
    customer_phone: str
    configuration: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send the browser to `url`, which is good until `expires_at`."""

    url: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class FormPost:
    """Let the browser post `fields` to `url`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Instructions:
    """Tell the customer where to pay `amount`, quoting `reference`."""

    account: Mapping[str, str]
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NoAction:
    """Nothing to do now."""


Action = Redirect | FormPost | Instructions | NoAction


@dataclass(frozen=True, slots=True)
class InitiateAnswer:
    """`token` is the gateway's secret name of the payment, empty where it gives none."""

    action: Action
    token: str = ""
    expires_at: datetime | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class LookupRequest:
    token: str
    reference: str
    amount: Decimal
    link_expires_at: datetime | None

    def outcome_of_unknown(self, *, now: datetime) -> Outcome:
        """Return what "not found" means: nothing while the payer may still pay, then that time is over."""
        may_pay = self.link_expires_at is not None and now < self.link_expires_at
        return Outcome.UNPAID if may_pay else Outcome.EXPIRED


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """`word` is the gateway's own; `amount` None where it names none; `is_of_another`: its id differs."""

    outcome: Outcome
    word: str
    amount: Decimal | None = None
    transaction_id: str = ""
    fee: Decimal | None = None
    is_of_another: bool = False
    raw: str = ""

    @property
    def speaks_of_money(self) -> bool:
        """Return whether it tells of a payment, and so has to name its amount."""
        return self.outcome not in WITHOUT_MONEY or bool(self.transaction_id)

    def without_empty_amount(self) -> "LookupAnswer":
        """Return it without the 0 that stands for no amount where nothing was paid."""
        is_empty = self.amount == 0 and not self.speaks_of_money
        return replace(self, amount=None) if is_empty else self


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """`is_full` where nothing of the payment was refunded before and all of it goes back now."""

    transaction_id: str
    amount: Decimal
    is_full: bool


@dataclass(frozen=True, slots=True)
class RefundAnswer:
    """`is_clear` where the gateway says that it was done; else a look-up has to tell."""

    raw: str = ""
    is_clear: bool = True


class Gateway:
    """One way to pay, with all that is its own. It knows neither our models nor our requests.

    `needs` and `comes_back` are None where there are no settings, and nobody comes back. Each call raises
    GatewayError.
    """

    code: ClassVar[str]
    defaults: ClassVar[MethodDefaults]
    # What its instructions show where nothing is real.
    sample_configuration: ClassVar[Mapping[str, str]] = {}
    needs: ClassVar[NeededSettings | None] = None
    comes_back: ClassVar[Return | None] = None
    opens_over_network: ClassVar[bool] = False
    can_be_asked: ClassVar[bool] = False
    can_refund: ClassVar[bool] = False

    def is_configured(self, configuration: Mapping[str, str]) -> bool:
        """Return whether credentials are there, in the settings or in the method's configuration."""
        return self.needs is None or self.needs.are_there()

    def new_reference(self) -> str:
        """Return our name of a new payment, in letters that the gateway takes."""
        return f"SB-{secrets.token_hex(RANDOM_BYTES)}"

    def initiate(self, request: InitiateRequest) -> InitiateAnswer:
        """Open a payment. Without a network it answers the same for the same request."""
        raise NotImplementedError

    def lookup(self, request: LookupRequest) -> LookupAnswer:
        """Ask what became of a payment; changes nothing at the gateway."""
        raise GatewayError("this way to pay has nobody to ask", permanent=True)

    def refund(self, request: RefundRequest) -> RefundAnswer:
        """Give money back. Doing it again pays again: after a lost answer, look up first."""
        raise GatewayError("this way to pay refunds by hand", permanent=True)
