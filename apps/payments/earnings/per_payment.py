"""What a provider has earned by a payment, and what we owe them for it. Pure; rupees."""

from dataclasses import dataclass, fields
from decimal import Decimal

from apps.common.money import percentage

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Earnings:
    """`due` is owed to the provider; below zero they owe it, as the commission on cash that they took."""

    paid_online: Decimal = ZERO
    paid_in_cash: Decimal = ZERO
    refunded: Decimal = ZERO
    processing_fees: Decimal = ZERO
    commission: Decimal = ZERO
    due: Decimal = ZERO

    def __add__(self, other: "Earnings") -> "Earnings":
        return Earnings(**{name: getattr(self, name) + getattr(other, name) for name in NAMES})

    def __sub__(self, other: "Earnings") -> "Earnings":
        return Earnings(**{name: getattr(self, name) - getattr(other, name) for name in NAMES})


NAMES = tuple(field.name for field in fields(Earnings))


def earnings(
    *,
    paid: Decimal,
    processing_fee: Decimal,
    refunded: Decimal,
    commission_percent: Decimal,
    in_cash: bool,
    charged_on: Decimal | None = None,
) -> Earnings:
    """Return what one payment comes to, all in all, after `refunded` of it went back.

    `charged_on` is what was due: who took less of it in cash is charged as if they had taken all. The
    processing fee is ours first; the commission is taken of the rest, and rounded to the paisa payment by
    payment, halves up. Sums of it are exact.
    """
    kept = max(paid - refunded, ZERO)
    charged = max(paid, charged_on or ZERO) - refunded if kept else ZERO
    fee = min(processing_fee, charged)
    commission = percentage(charged - fee, commission_percent)
    return divided(paid=paid, refunded=refunded, kept=kept, fee=fee, commission=commission, in_cash=in_cash)


def divided(
    *, paid: Decimal, refunded: Decimal, kept: Decimal, fee: Decimal, commission: Decimal, in_cash: bool
) -> Earnings:
    """Return who gets what of `kept`: of one payment, or of sums over payments all in cash or all online."""
    share = kept - fee - commission
    return Earnings(
        paid_online=ZERO if in_cash else paid,
        paid_in_cash=paid if in_cash else ZERO,
        refunded=refunded,
        processing_fees=fee,
        commission=commission,
        due=share - kept if in_cash else share,
    )
