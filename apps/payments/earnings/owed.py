"""What providers are owed: earned in a period, paid out in it, and what is open before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from apps.accounts.models import User
from apps.common.localtime import day_bounds, marketplace_zone
from apps.payments.earnings.held import held_sums
from apps.payments.earnings.outstanding import charged_sums
from apps.payments.earnings.per_payment import ZERO, Earnings
from apps.payments.earnings.sums import earned_sums
from apps.payments.models import Payout
from apps.services.models import Service

# Before them there was no marketplace; beyond them an instant has no date.
YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Account:
    """One provider's period, in rupees. `opening` and `closing` are what we owe them before and after it.

    `held` is what no-shows put on hold in it, less what was released: that isn't owed until it is released.
    `unpaid_commission` is charged on work that was done in it and not paid, less that on what was paid since.
    """

    provider: User
    opening: Decimal
    earned: Earnings
    paid_out: Decimal
    held: Decimal = ZERO
    unpaid_commission: Decimal = ZERO

    @property
    def closing(self) -> Decimal:
        return self.opening + self.earned.due - self.held - self.unpaid_commission - self.paid_out


def providers_with_accounts() -> QuerySet[User]:
    """Return all who may have earned or got anything, by name: nobody is booked without a service."""
    with_services = Q(pk__in=Service.objects.order_by().values("provider"))
    paid_out = Q(pk__in=Payout.objects.order_by().values("provider"))
    return User.objects.filter(with_services | paid_out).order_by("full_name", "pk")


def accounts_of(providers: Iterable[User], *, first: date, last: date) -> list[Account]:
    """Return the providers' accounts for the local days `first` to `last`, both included. Seven queries.

    A payment counts on the day it was paid, a refund on the day it was decided, a payout on the day it was
    recorded; so what one period said isn't changed by the next. Providers with nothing at all are left out.
    """
    zone = marketplace_zone()
    begins, ends = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    asked = {provider.pk: provider for provider in providers}
    opening: dict[int, Decimal] = defaultdict(lambda: ZERO)
    earned: dict[int, Earnings] = defaultdict(Earnings)
    for part in earned_sums(begins, ends, provider_ids=list(asked)):
        opening[part.provider_id] += part.before.due
        earned[part.provider_id] += part.until - part.before
    theirs = Q(provider__in=list(asked))
    paid_out = _payouts(theirs & Q(at__gte=begins, at__lt=ends))
    for provider_id, amount in _payouts(theirs & Q(at__lt=begins)).items():
        opening[provider_id] -= amount
    held_before = held_sums(begins, provider_ids=list(asked))
    held_after = held_sums(ends, provider_ids=list(asked))
    charged_before = charged_sums(begins, provider_ids=list(asked))
    charged_after = charged_sums(ends, provider_ids=list(asked))
    some = {*opening, *earned, *paid_out, *charged_before, *charged_after}
    return [
        Account(
            provider,
            opening[pk] - held_before.get(pk, ZERO) - charged_before.get(pk, ZERO),
            earned[pk],
            paid_out.get(pk, ZERO),
            held_after.get(pk, ZERO) - held_before.get(pk, ZERO),
            charged_after.get(pk, ZERO) - charged_before.get(pk, ZERO),
        )
        for pk, provider in asked.items()
        if pk in some
    ]


def _payouts(condition: Q) -> dict[int, Decimal]:
    sums = Payout.objects.filter(condition).order_by().values_list("provider_id").annotate(Sum("amount"))
    return dict(sums)
