"""The admin's sidebar, in the order of what people do. Somebody sees what they may open."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

# Group, then title, icon, and the model that the list shows: "app.model".
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Bookings",
        (
            ("Bookings", "event", "bookings.booking"),
            ("Reviews", "star", "bookings.review"),
            ("Messages", "mail", "notifications.notification"),
            ("Deliveries", "outgoing_mail", "notifications.delivery"),
        ),
    ),
    (
        "Money",
        (
            ("Payments", "payments", "payments.payment"),
            ("Bank transfers", "account_balance", "payments.banktransfer"),
            ("Refunds", "undo", "payments.refund"),
            ("Payouts", "outbox", "payments.payout"),
            ("Receipts", "receipt_long", "payments.receipt"),
        ),
    ),
    (
        "Catalogue",
        (
            ("Services", "home_repair_service", "services.service"),
            ("Members", "badge", "services.staffmember"),
            ("Categories", "category", "services.category"),
            ("Cities", "location_city", "services.city"),
        ),
    ),
    (
        "Time",
        (
            ("Working hours", "schedule", "slots.workinghours"),
            ("Time off", "beach_access", "slots.timeoff"),
            ("Slots", "calendar_view_day", "slots.bookingslot"),
            ("Reservations on time", "lock_clock", "slots.reservation"),
        ),
    ),
    (
        "People and settings",
        (
            ("Users", "group", "accounts.user"),
            ("Roles", "admin_panel_settings", "auth.group"),
            ("Payment methods", "credit_card", "payments.paymentmethod"),
            ("Seller details", "storefront", "payments.sellerdetails"),
        ),
    ),
)


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups that have something for who is logged in."""
    start: dict[str, Any] = {
        "items": [{"title": "Start", "icon": "dashboard", "link": reverse("admin:index")}]
    }
    groups = [
        {
            "title": title,
            "separator": True,
            "items": [_item(*one) for one in items if _may_view(request, one[2])],
        }
        for title, items in GROUPS
    ]
    return [start, *(group for group in groups if group["items"])]


def _may_view(request: HttpRequest, label: str) -> bool:
    app, _, model = label.partition(".")
    return bool(request.user.has_perm(f"{app}.view_{model}"))


def _item(title: str, icon: str, label: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": reverse(f"admin:{label.replace('.', '_')}_changelist")}
