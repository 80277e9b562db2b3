"""Whether a booking's state and what it says of its payment are true."""

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import FirstValue

from apps.bookings.models import Booking, BookingEvent, BookingStatus
from apps.payments.audit.base import BOOKING, Check, in_either, settlement_exists
from apps.payments.earnings.outstanding import uncollected
from apps.payments.models import MethodCode, Payment, PaymentStatus

TAKES_PLACE = (
    BookingStatus.CONFIRMED,
    BookingStatus.IN_PROGRESS,
    BookingStatus.COMPLETED,
    BookingStatus.NO_SHOW,
)
NOT_YET = (BookingStatus.DRAFT, BookingStatus.PENDING, BookingStatus.EXPIRED)
# Paid for, and then moved to a time that the provider had to accept again.
WENT_BACK = Exists(
    BookingEvent.objects.filter(
        booking=OuterRef("pk"),
        booking__status__in=(BookingStatus.PENDING, BookingStatus.EXPIRED),
        from_status=BookingStatus.CONFIRMED,
        to_status=BookingStatus.PENDING,
    )
)


def given_unpaid() -> QuerySet[Booking]:
    to_be_paid_first = Booking.objects.filter(status__in=TAKES_PLACE).exclude(payment_method=MethodCode.CASH)
    return to_be_paid_first.exclude(settlement_exists())


def cash_not_settled() -> QuerySet[Booking]:
    """But for those of which the provider said that they were given nothing: they are owed."""
    done = Booking.objects.filter(status=BookingStatus.COMPLETED, payment_method=MethodCode.CASH)
    return done.exclude(settlement_exists()).exclude(uncollected())


def paid_but_not_confirmed() -> QuerySet[Booking]:
    return Booking.objects.filter(settlement_exists(), ~WENT_BACK, status__in=NOT_YET)


def payment_status_differs() -> QuerySet[Booking]:
    """As `selectors.shown_payment` has it: the settled payment's status, else the newest one's."""
    newest_first = [F("is_settlement").desc(), F("created_at").desc(), F("id").desc()]
    telling = Window(FirstValue("status"), partition_by=F("booking_id"), order_by=newest_first)
    payments = Payment.objects.annotate(telling=telling, shown=F("booking__payment_status"))
    otherwise = payments.exclude(telling=F("shown")).values("booking_id")

    never_tried = ~Exists(Payment.objects.filter(booking=OuterRef("pk")))
    untrue = Booking.objects.filter(never_tried).exclude(payment_status=PaymentStatus.PENDING).values("pk")
    return Booking.objects.filter(in_either(otherwise, untrue))


def shown_as_paid_without_settlement() -> QuerySet[Booking]:
    return Booking.objects.filter(payment_status=PaymentStatus.COMPLETED).exclude(settlement_exists())


BOOKING_CHECKS = (
    Check("given_unpaid", "to be paid before it is confirmed, and nothing settles it", BOOKING, given_unpaid),
    Check(
        "cash_not_settled", "done and to be paid in cash, and nothing settles it", BOOKING, cash_not_settled
    ),
    Check(
        "paid_but_not_confirmed",
        "settled, and neither confirmed nor moved after it was",
        BOOKING,
        paid_but_not_confirmed,
    ),
    Check("payment_status_differs", "shows another status than its payment", BOOKING, payment_status_differs),
    Check(
        "paid_without_settlement",
        "shows that it is paid, and nothing settles it",
        BOOKING,
        shown_as_paid_without_settlement,
    ),
)
