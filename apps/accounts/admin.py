"""Users in the admin: staff look and help, superusers decide who may what."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm

from apps.accounts.actions import contacts_renew, verification_send
from apps.accounts.admin_forms import UserCreationForm
from apps.accounts.models import User
from apps.common.admin_exports import Exported
from apps.common.admin_lists import BoundedPaginator

RIGHTS = ("role", "is_staff", "is_superuser", "groups", "user_permissions")

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(Exported, DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("email", "full_name", "role", "phone", "is_active", "email_verified_at", "date_joined")
    list_filter = ("role", "is_active", "is_staff", "gender", "language", "date_joined")
    search_fields = ("email", "full_name", "phone")
    date_hierarchy = "date_joined"
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    export_columns = (
        "id",
        "email",
        "full_name",
        "phone",
        "role",
        "gender",
        "language",
        "is_active",
        "email_verified_at",
        "date_joined",
    )
    ordering = ("-id",)
    readonly_fields = ("email_verified_at", "phone_verified_at", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "full_name", "phone", "gender", "language")}),
        ("May", {"fields": ("is_active", *RIGHTS)}),
        ("When", {"fields": ("date_joined", "email_verified_at", "phone_verified_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("email", "full_name", "phone", "role", "usable_password", "password1", "password2")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, *RIGHTS)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new e-mail or phone is nobody's until it is confirmed."""
        before = User.objects.get(pk=obj.pk) if change else None
        contacts_renew(obj, before=before)
        super().save_model(request, obj, form, change)
        if before is None or before.email != obj.email:
            verification_send(obj)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Staff change customers and providers; admins, and who works here, are a superuser's business."""
        is_above = obj is not None and (obj.is_admin or obj.is_staff or obj.is_superuser)
        if is_above and not request.user.is_superuser:
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted, because bookings and money refer to people: close the account instead."""
        return False


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    pass
