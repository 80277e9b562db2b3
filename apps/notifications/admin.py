"""Messages and the outbox for the staff: to look at, and to send once more what was given up."""

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline

from apps.accounts.staff import people_found, staff_may
from apps.bookings.models import Booking
from apps.common.admin import ReadOnly
from apps.common.admin_exports import Exported
from apps.common.admin_lists import DaysFilter, LargeTable, SearchByKeys
from apps.notifications.actions.again import deliveries_send_again
from apps.notifications.models import Delivery, Notification


class DeliveryInline(ReadOnly, TabularInline):
    model = Delivery
    fields = ["channel", "state", "payments", "next_try_at", "sent_at", "last_error"]
    readonly_fields = fields
    extra = 0


@admin.register(Notification)
class NotificationAdmin(ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = ["id", "kind", "audience", "recipient", "booking", "created_at", "read_at"]
    list_filter = ["kind", "audience", ("created_at", DaysFilter)]
    list_select_related = ["recipient", "booking"]
    search_fields = ["booking"]
    search_help_text = "Booking's reference, or the recipient's name, e-mail or phone"
    ordering = ["-id"]
    sortable_by = ["id"]
    inlines = [DeliveryInline]
    export_columns = [
        "id",
        "kind",
        "audience",
        "recipient__full_name",
        "booking__reference",
        "created_at",
        "read_at",
    ]

    def found(self, text: str) -> Q:
        bookings = list(Booking.objects.filter(reference=text.upper()).values_list("pk", flat=True))
        return Q(booking__in=bookings) if bookings else Q(recipient__in=people_found(text))


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, LargeTable, SearchByKeys, Exported, ModelAdmin):
    list_display = ["id", "kind", "channel", "state", "payments", "next_try_at", "sent_at", "last_error"]
    list_filter = ["state", "channel"]
    list_select_related = ["notification"]
    search_fields = ["notification"]
    search_help_text = "Booking's reference, or the recipient's name, e-mail or phone"
    sortable_by = ["id"]
    actions = ["send_again"]
    export_columns = [
        "id",
        "notification__kind",
        "channel",
        "state",
        "payments",
        "next_try_at",
        "sent_at",
        "message_id",
        "last_error",
    ]

    def found(self, text: str) -> Q:
        bookings = list(Booking.objects.filter(reference=text.upper()).values_list("pk", flat=True))
        told = Notification.objects.filter(
            Q(booking__in=bookings) if bookings else Q(recipient__in=people_found(text))
        )
        return Q(notification__in=list(told.order_by("-id").values_list("key", flat=True)[:1000]))

    @admin.display(description="Kind", ordering="notification__kind")
    def kind(self, delivery: Delivery) -> str:
        return delivery.notification.kind

    def has_send_permission(self, request: HttpRequest) -> bool:
        return staff_may(request, "bookings.act_on_booking")

    @admin.action(description="Send again what failed", permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        count = deliveries_send_again(queryset, now=timezone.now())
        self.message_user(request, f"{count} of them leave with the next pass", messages.SUCCESS)
