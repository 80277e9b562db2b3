from collections.abc import Mapping

from django.db import IntegrityError, transaction

from apps.sandbox.models import ConnectipsPayment

Status = ConnectipsPayment.Status
DECISIONS = {"pay": Status.SUCCESS, "cancel": Status.CANCELED, "pending": Status.STARTED}


def payment_start(*, fields: Mapping[str, str]) -> ConnectipsPayment | None:
    """A new payment of checked form fields; None if the TXNID was used before."""
    try:
        with transaction.atomic():
            return ConnectipsPayment.objects.create(
                txn_id=fields["TXNID"], reference_id=fields["REFERENCEID"], amount=int(fields["TXNAMT"])
            )
    except IntegrityError:
        return None


def payment_decide(*, payment: ConnectipsPayment, decision: str) -> ConnectipsPayment:
    """The payer's decision, while there is one to make; afterwards the payment as it is."""
    # Compare-and-set: of two buttons pressed at once the first counts.
    open_ones = ConnectipsPayment.objects.filter(pk=payment.pk, status=Status.STARTED)
    open_ones.update(status=DECISIONS[decision])
    payment.refresh_from_db()
    return payment


def payment_override(*, payment: ConnectipsPayment, status: str) -> ConnectipsPayment:
    """Put a payment into any state, as banks do behind a merchant's back."""
    payment.status = status
    payment.save()
    return payment
