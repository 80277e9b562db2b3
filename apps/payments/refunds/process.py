"""Every refund that a gateway can carry out, one after another, on as many machines as like."""

import logging
from collections import Counter

from django.db.models import Q
from django.utils import timezone

from apps.common.errors import DomainError
from apps.payments.leases import lease_take
from apps.payments.refunds.selectors import refunds_to_send
from apps.payments.refunds.send import refund_send_leased
from apps.payments.refusals import is_refusal

logger = logging.getLogger(__name__)

# A gateway that is silent so often in a row is down: the rest waits for the next run.
SILENT_IN_A_ROW = 5


def refunds_process(*, by_hand: bool) -> Counter[str]:
    """Send what waits, and count what became of it by the refund's status; `unanswered` stays for later.

    By hand everything is tried at once, otherwise what is due by its back-off.
    """
    now = timezone.now()
    due = refunds_to_send()
    if not by_hand:
        due = due.filter(Q(try_again_at=None) | Q(try_again_at__lte=now))
    tally: Counter[str] = Counter()
    silent = 0
    for refund_id in list(due.values_list("pk", flat=True)):
        if silent >= SILENT_IN_A_ROW:
            tally["put off"] += 1
            continue
        result = _process(refund_id)
        silent = silent + 1 if result == "unanswered" else 0
        if result:
            tally[result] += 1
    return tally


def _process(refund_id: int) -> str:
    """Return what became of a refund, nothing where another machine has it."""
    refund = lease_take(refunds_to_send().filter(pk=refund_id), now=timezone.now())
    if refund is None:
        return ""
    try:
        return refund_send_leased(refund=refund, actor=None).status
    except DomainError as error:
        if is_refusal(error):
            return "refused"
        return "unanswered" if error.code == "gateway_unavailable" else "waiting"
    except Exception:
        logger.exception("refund %s could not be sent", refund_id)
        return "broken"
