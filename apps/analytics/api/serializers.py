"""What the answers look like, for the schema: they are made in `answers.py`."""

from rest_framework import serializers
from rest_framework.fields import Field

from apps.analytics.measures import STATUSES
from apps.analytics.periods import GROUPS
from apps.bookings.steps import STEPS
from apps.payments.models import MethodCode, PaymentStatus


def rupees(help_text: str = "", *, allow_null: bool = False) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=14, decimal_places=2, allow_null=allow_null, help_text=help_text
    )


def whole(help_text: str = "") -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, help_text=help_text)


def number(help_text: str = "") -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=help_text)


class SpanSerializer(serializers.Serializer):
    """The local days that the figures are about, both included."""

    def get_fields(self) -> dict[str, Field]:
        fields = {"from": serializers.DateField(), "to": serializers.DateField()}
        return {**fields, **super().get_fields()}


class CountsSerializer(SpanSerializer):
    """Bookings that were sent off, by appointment date, and of them those in each state now."""

    total_bookings = whole()

    def get_fields(self) -> dict[str, Field]:
        return {**super().get_fields(), **{f"{status}_bookings": whole() for status in STATUSES}}


class RateSerializer(serializers.Serializer):
    """A share, and what it is a share of."""

    percent = number("Null where the denominator is nought.")
    count = whole()
    denominator = whole()
    of = serializers.CharField(help_text="What the denominator counts.")


class RevenueSerializer(serializers.Serializer):
    """Rupees: paid by the day of the payment, refunded by the day the refund was completed."""

    gross = rupees("What customers paid.")
    refunded = rupees()
    fees = rupees("The payment methods', of what was kept.")
    commission = rupees("The marketplace's, of what was kept; null for customers.", allow_null=True)
    net = rupees("What is left for providers; for customers: paid less refunded.")


class BookingRevenueSerializer(RevenueSerializer):
    paid = rupees("As `gross`.")
    outstanding = rupees("Of bookings, by appointment date, that wait or take place and are not paid.")
    outstanding_bookings = whole()


COUNTED_TO = "Longer cases are one bucket: a median or ninth decile that reaches this is 'at least'."


class HoursSerializer(serializers.Serializer):
    """The mean is exact; median and ninth decile are right to a bucket, within which cases lie evenly."""

    count = whole()
    mean_hours = number()
    median_hours = number()
    p90_hours = number()
    bucket_hours = number()
    counted_to_hours = number(COUNTED_TO)


class MinutesSerializer(serializers.Serializer):
    """The mean is exact; median and ninth decile are right to a bucket, within which cases lie evenly."""

    count = whole()
    mean_minutes = number()
    median_minutes = number()
    p90_minutes = number()
    bucket_minutes = number()
    counted_to_minutes = number(COUNTED_TO)


class BookingRatesSerializer(serializers.Serializer):
    completion = RateSerializer()
    cancellation = RateSerializer()
    no_show = RateSerializer()
    rejection = RateSerializer()


class HourSerializer(serializers.Serializer):
    hour = serializers.IntegerField(min_value=0, max_value=23, help_text="Of the appointment, local.")
    bookings = whole()


class WeekdaySerializer(serializers.Serializer):
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="Monday 0.")
    bookings = whole()


class TopServiceSerializer(serializers.Serializer):
    service = serializers.IntegerField()
    title = serializers.CharField()
    bookings = whole()
    completed = whole()


class FunnelStepSerializer(serializers.Serializer):
    """Of drafts begun in the span. The last step is a booking that was sent off."""

    step = serializers.ChoiceField(choices=STEPS)
    reached = whole("Did this step.")
    left = whole("Of them went no further.")
    open = whole("Of them may still go on.")


class BookingPeriodSerializer(CountsSerializer):
    paid = rupees()
    refunded = rupees()


class BookingAnalyticsSerializer(CountsSerializer):
    """Bookings by appointment date, money by its own; funnel and lead time by the day of the first step."""

    group_by = serializers.ChoiceField(choices=GROUPS)
    completion_rate = number("Percent of all bookings.")
    total_revenue = rupees("As `revenue.gross`.")
    rates = BookingRatesSerializer()
    revenue = BookingRevenueSerializer()
    average_value = rupees("Mean total of completed bookings.", allow_null=True)
    lead_time = HoursSerializer(help_text="From the first step to the appointment.")
    repeat = RateSerializer(help_text="Bookings whose customer had sent off another before.")
    busiest_hours = HourSerializer(many=True)
    busiest_weekdays = WeekdaySerializer(many=True)
    top_services = TopServiceSerializer(many=True)
    funnel = FunnelStepSerializer(many=True)
    series = BookingPeriodSerializer(many=True)


class ProviderRatesSerializer(serializers.Serializer):
    acceptance = RateSerializer()
    completion = RateSerializer()
    on_time_start = RateSerializer(help_text="On time: at most ten minutes late.")


class RatingsSerializer(serializers.Serializer):
    """Reviews by the day on which they were written."""

    average = serializers.DecimalField(max_digits=3, decimal_places=2, allow_null=True)
    count = whole()
    distribution = serializers.DictField(child=whole(), help_text="Reviews by stars, `1` to `5`.")


class UtilisationSerializer(serializers.Serializer):
    """Working time by the hours that stand now; a seat of a group takes its share of the time."""

    offered_hours = number()
    booked_hours = number()
    percent = number()


class ProviderPeriodSerializer(BookingPeriodSerializer):
    net = rupees()


class ProviderStatisticsSerializer(CountsSerializer):
    provider = serializers.IntegerField(allow_null=True, help_text="Null: all of them.")
    group_by = serializers.ChoiceField(choices=GROUPS)
    completion_rate = number("Percent of all bookings.")
    total_revenue = rupees("As `earnings.gross`.")
    response_time = MinutesSerializer(help_text="From the request to the first answer.")
    rates = ProviderRatesSerializer()
    ratings = RatingsSerializer()
    utilisation = UtilisationSerializer()
    earnings = RevenueSerializer()
    series = ProviderPeriodSerializer(many=True)


class AttemptsSerializer(serializers.Serializer):
    """Attempts to pay by the day they were made, in each state now."""

    def get_fields(self) -> dict[str, Field]:
        return {status: whole() for status in PaymentStatus.values}


class MethodSerializer(serializers.Serializer):
    method = serializers.ChoiceField(choices=MethodCode.choices)
    attempts = whole()
    success_rate = RateSerializer()
    preference = RateSerializer()
    revenue = RevenueSerializer()
    time_to_settle = MinutesSerializer()


class FailureReasonSerializer(serializers.Serializer):
    method = serializers.ChoiceField(choices=MethodCode.choices)
    reason = serializers.CharField(help_text="Empty where none was given.")
    attempts = whole()


class RefundFiguresSerializer(serializers.Serializer):
    """All refunds by the day they were completed, also of payments that came too late to count."""

    count = whole()
    amount = rupees()
    rate = RateSerializer()


class PaymentPeriodSerializer(SpanSerializer):
    attempts = whole()
    attempts_paid = whole()
    attempts_failed = whole()
    bookings_paid = whole()
    paid = rupees()
    refunds = whole()
    refunded = rupees()


class PaymentAnalyticsSerializer(SpanSerializer):
    """Attempts by the day they were made, money by the day it came, refunds by the day of their end."""

    group_by = serializers.ChoiceField(choices=GROUPS)
    total_attempts = whole()
    attempts = AttemptsSerializer()
    success_rate = RateSerializer()
    methods = MethodSerializer(many=True)
    failure_reasons = FailureReasonSerializer(many=True)
    refunds = RefundFiguresSerializer()
    revenue = RevenueSerializer()
    time_to_settle = MinutesSerializer()
    series = PaymentPeriodSerializer(many=True)
