"""`Idempotency-Key`: a retried request is done once, and answered the same each time.

Scope of a key: user, method and path. It is kept for 24 hours. Only a 2xx is stored, else the key is freed.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Min
from django.utils import timezone
from rest_framework.exceptions import NotFound, ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.daily import enough_for_a_day
from apps.common.database import release_connection
from apps.common.errors import DomainError
from apps.common.models import IdempotencyKey
from apps.common.rendering import to_json

KEPT = timedelta(hours=24)
# A claim without an answer that is older belongs to a process that died.
ABANDONED_AFTER = timedelta(seconds=60)
POLL_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 30.0
MAX_KEY_LENGTH = 255
MAX_PATH_LENGTH = 200


@dataclass(frozen=True, slots=True)
class RequestName:
    """A request with a key, as the row that it makes remembers it: hashes of scope and key, and of body."""

    key_hash: str
    body_hash: str


def request_name(request: Request) -> RequestName | None:
    """Return under which name a request may find again what it did, None where it has no key.

    For what talks to a gateway: its answer is stored after the last commit, and a process that dies between
    the two leaves a claim that the same request takes over.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    return RequestName(_hash([request.user.pk, request.method, request.path, key]), _hash(request.data))


def idempotent(request: Request, perform: Callable[[], Response], *, network: bool = False) -> Response:
    """Return what `perform` answers, or the stored answer of an earlier call with the same key.

    `perform` and the storing of its answer are one transaction, unless with `network` it talks to a gateway.
    With it `perform` may run again after a crash, and has to find by itself what it did: see `request_name`.
    Two at once: the second waits for the first, or with `network` raises `request_in_progress`.
    Raises `idempotency_key_reused` for another body under the same key, `throttled` for a new key beyond a
    day's number.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return perform()
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isprintable():
        raise ValidationError({"Idempotency-Key": [f"Use 1 to {MAX_KEY_LENGTH} printable characters."]})
    if len(request.path) > MAX_PATH_LENGTH:  # an id of some hundred digits
        raise NotFound
    claim = _claim(request, key, wait=not network)
    if claim.answer is not None:
        return Response(orjson.loads(claim.answer), status=claim.answer_status)
    try:
        if network:
            response = perform()
            _store(claim, response)
        else:
            with transaction.atomic():
                response = perform()
                if not _store(claim, response):
                    raise DomainError(
                        "request_in_progress", "Another process took this request over.", retry_after=1
                    )
    except BaseException:
        _free(claim)
        raise
    return response


def purge_old_keys() -> int:
    """Delete the keys that are past their 24 hours, and return how many."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted


def _claim(request: Request, key: str, *, wait: bool) -> IdempotencyKey:
    """Return a row that is ours to answer, or one that has its answer."""
    scope = {"user": request.user, "method": request.method, "path": request.path, "key": key}
    body_hash = _hash(request.data)
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while True:
        try:
            with transaction.atomic():
                claim = IdempotencyKey.objects.create(**scope, body_hash=body_hash)
                _require_keys_left(claim)
                return claim
        except IntegrityError:
            existing = IdempotencyKey.objects.filter(**scope).first()
        if existing is None:
            continue
        now = timezone.now()
        if existing.created_at < now - KEPT:
            existing.delete()
            continue
        if existing.body_hash != body_hash:
            raise DomainError("idempotency_key_reused", "This Idempotency-Key was used with another body.")
        if existing.answer is not None or _took_over(existing):
            return existing
        if not wait or time.monotonic() > deadline:
            raise DomainError("request_in_progress", "The same request is being worked on.", retry_after=1)
        release_connection()  # the one who works needs some, and many may wait
        time.sleep(POLL_SECONDS)


def _require_keys_left(claim: IdempotencyKey) -> None:
    """Raise `throttled` where a new key is one too many for its user's last 24 hours.

    Nobody is locked for it: as many more as come at the same moment may pass.
    """
    now = timezone.now()
    since = IdempotencyKey.objects.filter(user=claim.user, created_at__gt=now - KEPT)
    keys = since.aggregate(number=Count("pk"), oldest=Min("created_at"))
    if keys["number"] > settings.MAX_IDEMPOTENCY_KEYS_PER_DAY:
        raise enough_for_a_day("That is enough idempotency keys for a day.", oldest=keys["oldest"], now=now)


def _hash(body: Any) -> str:
    try:
        return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    except orjson.JSONEncodeError as error:  # it nests deeper than orjson writes
        raise ParseError("The request is nested too deeply.") from error


def _took_over(claim: IdempotencyKey) -> bool:
    now = timezone.now()
    if claim.claimed_at > now - ABANDONED_AFTER:
        return False
    unanswered = IdempotencyKey.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at, answer=None)
    if unanswered.update(claimed_at=now) != 1:
        return False
    claim.claimed_at = now
    return True


def _store(claim: IdempotencyKey, response: Response) -> bool:
    """Keep a 2xx and free the key otherwise; return False where somebody took the claim over."""
    if not 200 <= response.status_code < 300:
        _free(claim)
        return True
    ours = IdempotencyKey.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at)
    answer = to_json(response.data).decode()
    return ours.update(answer=answer, answer_status=response.status_code) == 1


def _free(claim: IdempotencyKey) -> None:
    IdempotencyKey.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at, answer=None).delete()
