"""Messages and the outbox for the staff: to look at, and to send once more what was given up."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline

from apps.common.read_only_admin import ReadOnly
from apps.notifications.actions.again import deliveries_send_again
from apps.notifications.models import Delivery, Notification


class DeliveryInline(ReadOnly, TabularInline):
    model = Delivery
    fields = ["channel", "state", "attempts", "next_try_at", "sent_at", "last_error"]
    readonly_fields = fields
    extra = 0


@admin.register(Notification)
class NotificationAdmin(ReadOnly, ModelAdmin):
    list_display = ["id", "kind", "audience", "recipient", "booking", "created_at", "read_at"]
    list_filter = ["kind", "audience", "created_at"]
    list_select_related = ["recipient", "booking"]
    search_fields = ["=id", "booking__reference", "recipient__email"]
    search_help_text = "Booking reference or the recipient's e-mail"
    date_hierarchy = "created_at"
    inlines = [DeliveryInline]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, ModelAdmin):
    list_display = ["id", "kind", "channel", "state", "attempts", "next_try_at", "sent_at", "last_error"]
    list_filter = ["state", "channel", "created_at"]
    list_select_related = ["notification"]
    search_fields = ["=id", "message_id", "notification__booking__reference"]
    search_help_text = "Message-ID or booking reference"
    date_hierarchy = "created_at"
    actions = ["send_again"]

    @admin.display(description="Kind", ordering="notification__kind")
    def kind(self, delivery: Delivery) -> str:
        return delivery.notification.kind

    @admin.action(description="Send again what failed", permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        count = deliveries_send_again(queryset, now=timezone.now())
        self.message_user(request, f"{count} of them leave with the next pass", messages.SUCCESS)
