"""Work that is done and not paid: no cash was collected, and no wallet has paid since."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.bookings.models import Booking, BookingStatus
from apps.payments.models import MethodCode, Payment

# Only a cash attempt ever says what was collected.
NOTHING_COLLECTED = Payment.objects.filter(amount_collected=0, is_settlement=False)


def outstanding() -> QuerySet[Booking]:
    """Return the bookings whose work is done, and of which the provider says that nothing was paid."""
    bookings = NOTHING_COLLECTED.order_by().values("booking")
    done = Booking.objects.filter(status=BookingStatus.COMPLETED, payment_method=MethodCode.CASH)
    settled = Payment.objects.filter(booking=OuterRef("pk"), is_settlement=True)
    return done.filter(pk__in=bookings).exclude(Exists(settled))


def uncollected() -> Exists:
    """Whether nothing was collected for a booking, for a query of bookings."""
    return Exists(NOTHING_COLLECTED.filter(booking=OuterRef("pk")))
