"""Slips take room on a disk: how much a customer may fill in a day, and which of them go again."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from apps.accounts.models import User
from apps.common.daily import day_began, enough_for_today
from apps.common.private_files import PrivateStorage
from apps.common.whole_files import UNFINISHED
from apps.payments.models import BankTransferProof, SlipRemoval
from apps.payments.selectors import payment_row_locked
from apps.payments.states import CLOSED_UNPAID

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
BATCH = 500
# Nothing takes so long to be written.
UNFINISHED_FOR = timedelta(days=1)


def require_slip_quota(customer: User, *, size: int, now: datetime) -> None:
    """Raise Throttled (429) where so many bytes more are too much for today, or it would be a slip too many.

    Slips that were replaced or removed since count too. Two at once: the caller holds the customer's lock.
    """
    since = BankTransferProof.objects.filter(
        payment__booking__customer=customer, created_at__gte=day_began(now)
    )
    used = since.exclude(slip="").aggregate(slips=Count("pk"), sum=Sum("slip_bytes"))
    is_full = (used["sum"] or 0) + size > settings.MAX_SLIP_MEGABYTES_PER_DAY * MEGABYTE
    if is_full or used["slips"] >= settings.MAX_SLIPS_PER_DAY:
        raise enough_for_today("That is enough slips for today.", now=now)


def slips_purge(*, now: datetime) -> int:
    """Remove slips that nobody needs any more, with their files; return how many.

    Those of payments that ended unpaid, and those that a newer one has replaced, `SLIPS_KEPT_DAYS` ago. The
    proof, with its reference, stays, and so does what was removed when. Also deletes files without a proof.
    """
    before = now - timedelta(days=settings.SLIPS_KEPT_DAYS)
    removed = sum(_remove(proof, before=before) for proof in list(_not_needed(before)[:BATCH]))
    strays = _stray_files_delete(before=before, unfinished_before=now - UNFINISHED_FOR)
    if strays:
        logger.info("%s files without a proof deleted", strays)
    return removed


def _not_needed(before: datetime) -> QuerySet[BankTransferProof]:
    newer = BankTransferProof.objects.filter(
        payment=OuterRef("payment"), pk__gt=OuterRef("pk"), created_at__lt=before
    ).exclude(slip="")
    ended = Q(payment__status__in=CLOSED_UNPAID, payment__updated_at__lt=before, created_at__lt=before)
    kept: QuerySet[BankTransferProof] = BankTransferProof.objects.filter(removal=None).exclude(slip="")
    return kept.filter(ended | Q(Exists(newer))).order_by("pk")


def _remove(proof: BankTransferProof, *, before: datetime) -> bool:
    """Remove one slip, unless it was paid or removed meanwhile."""
    with transaction.atomic():
        payment_row_locked(proof.payment_id)
        if not _not_needed(before).filter(pk=proof.pk).exists():
            return False
        SlipRemoval.objects.create(proof=proof)
        transaction.on_commit(lambda: proof.slip.storage.delete(str(proof.slip.name)))
    return True


def _stray_files_delete(*, before: datetime, unfinished_before: datetime) -> int:
    """Delete old files to which no kept proof points: their process died, or their transaction failed."""
    folder = Path(PrivateStorage().location, BankTransferProof.SLIPS)
    old = [path for path in folder.rglob("*") if _is_old(path, before, unfinished_before)]
    starts = range(0, len(old), BATCH)
    return sum(_without_proof_delete(old[start : start + BATCH]) for start in starts)


def _is_old(path: Path, before: datetime, unfinished_before: datetime) -> bool:
    limit = unfinished_before if path.suffix == UNFINISHED else before
    try:
        return path.is_file() and path.stat().st_mtime < limit.timestamp()
    except FileNotFoundError:  # another machine was quicker
        return False


def _without_proof_delete(paths: Iterable[Path]) -> int:
    root = Path(PrivateStorage().location)
    names = {path.relative_to(root).as_posix(): path for path in paths}
    kept = BankTransferProof.objects.filter(slip__in=list(names), removal=None)
    strays = names.keys() - set(kept.values_list("slip", flat=True))
    for name in strays:
        names[name].unlink(missing_ok=True)
    return len(strays)
