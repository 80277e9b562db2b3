"""A month's earnings statement as a page to print."""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from apps.accounts.models import User
from apps.common.localtime import today
from apps.common.money import rupees_text
from apps.common.printed_page import both_calendars, in_nepal, printed_page
from apps.payments.earnings.per_payment import ZERO, Earnings
from apps.payments.earnings.statement import Line, Statement, statement_of


def statement_response(provider: User, month: date) -> HttpResponse:
    """Return the statement of the local month that begins on a day."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    statement = statement_of(provider, first=month, last=last)
    content = {
        "provider": provider,
        "marketplace": settings.SELLER_NAME,
        "month": f"{month:%B %Y}",
        "first": both_calendars(month),
        "last": both_calendars(last),
        "sums": [(label, rupees_text(amount)) for label, amount in _sums(statement)],
        "lines": [_line(line) for line in statement.lines],
        "totals": _amounts(statement.account.earned),
        "refunds": [
            (
                _day(refund.created_at),
                refund.payment.booking.reference,
                refund.reason,
                rupees_text(refund.amount),
            )
            for refund in statement.refunds
        ],
        "held": [(held.reference, rupees_text(held.amount)) for held in statement.held],
        "payouts": [
            (_day(payout.at), payout.note, rupees_text(payout.amount)) for payout in statement.payouts
        ],
        "unpaid": [
            (
                _day(booking.completed_at),
                booking.reference,
                booking.service.title,
                rupees_text(booking.total_amount),
                rupees_text(statement.charges.get(booking.pk, ZERO)),
            )
            for booking in statement.unpaid
            if booking.completed_at is not None
        ],
    }
    return printed_page("payments/earnings_statement.html", content)


def _sums(statement: Statement) -> list[tuple[str, Decimal]]:
    account = statement.account
    return [
        ("Owed before the month", account.opening),
        ("Earned in the month, due to you", account.earned.due),
        ("Held in the month because of no-shows, less what was released", -account.held),
        (
            "Commission on work that nobody paid, less that on what was paid since",
            -account.unpaid_commission,
        ),
        ("Paid out in the month", -account.paid_out),
        ("Owed after the month", account.closing),
    ]


def _line(line: Line) -> dict[str, Any]:
    return {
        "paid_on": _day(line.paid_at),
        "reference": line.reference,
        "service": line.service,
        "method": line.method,
        "is_earlier": line.is_earlier,
        **_amounts(line.earned),
    }


def _day(moment: datetime) -> tuple[str, str]:
    """Return a local day A.D. and B.S."""
    day = today(moment)
    return day.isoformat(), in_nepal(day)


def _amounts(earned: Earnings) -> dict[str, str]:
    return {
        "paid": rupees_text(earned.paid_online + earned.paid_in_cash),
        "refunded": rupees_text(earned.refunded),
        "fees": rupees_text(earned.processing_fees),
        "commission": rupees_text(earned.commission),
        "due": rupees_text(earned.due),
    }
