"""The two places at the desk: who looks after bookings, and who looks after money."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

SUPPORT, FINANCE = "Support", "Finance"

PERMISSIONS: Mapping[str, tuple[str, ...]] = {
    SUPPORT: (
        "bookings.act_on_booking",
        "services.approve_service",
        "accounts.view_user",
        "bookings.view_booking",
        "bookings.view_review",
        "notifications.view_delivery",
        "notifications.view_notification",
        "payments.view_attentionnote",
        "payments.view_payment",
        "payments.view_paymentevent",
        "payments.view_refund",
        "services.view_category",
        "services.view_city",
        "services.view_service",
        "services.view_staffmember",
        "slots.view_bookingslot",
        "slots.view_reservation",
        "slots.view_timeoff",
        "slots.view_workinghours",
    ),
    FINANCE: (
        "payments.act_on_payment",
        "accounts.view_user",
        "bookings.view_booking",
        "payments.view_attentionnote",
        "payments.view_banktransfer",
        "payments.view_banktransferproof",
        "payments.view_payment",
        "payments.view_paymentevent",
        "payments.view_paymentmethod",
        "payments.view_payout",
        "payments.view_receipt",
        "payments.view_refund",
        "payments.view_sellerdetails",
    ),
}


@transaction.atomic
def staff_roles_create() -> list[str]:
    """Give each group exactly its permissions; return the names of those that were added or changed.

    What else a group was given is taken away again: make a group of your own for that.
    """
    changed = []
    for name, wanted in PERMISSIONS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        permissions = _permissions(wanted)
        if is_new or set(group.permissions.all()) != permissions:
            group.permissions.set(permissions)
            changed.append(name)
    return changed


def _permissions(names: tuple[str, ...]) -> set[Permission]:
    """Return the permissions of these names. Raises LookupError for one that no model has."""
    named = Q()
    for name in names:
        label, _, codename = name.partition(".")
        named |= Q(content_type__app_label=label, codename=codename)
    found = set(Permission.objects.filter(named).select_related("content_type"))
    missing = set(names) - {f"{one.content_type.app_label}.{one.codename}" for one in found}
    if missing:
        raise LookupError(f"No model has the permissions {', '.join(sorted(missing))}: run migrate first.")
    return found
