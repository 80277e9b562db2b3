"""The catalogue for the people who run the marketplace."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.accounts.staff import staff_may
from apps.common.admin_exports import Exported
from apps.common.decision_pages import decision_page, row_or_404
from apps.common.errors import DomainError
from apps.common.image_fields import WIDTHS, delete_on_commit
from apps.common.image_reading import UnfitImage
from apps.common.images import reencoded_image
from apps.services.actions import service_approve, service_offer_by_all, service_reject
from apps.services.limits import refuse_too_many_members
from apps.services.models import Category, City, Service, ServiceStatus, StaffMember
from apps.services.selectors import NEEDS_REVIEW, future_bookings

COLOURS = {"active": "success", "pending": "warning", "rejected": "danger", "paused": "info"}


class ReviewListFilter(admin.SimpleListFilter):
    """New services, and those that their providers changed since an admin looked at them."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("needed", "Needs a look")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Service]) -> QuerySet[Service]:
        return queryset.filter(NEEDS_REVIEW) if self.value() == "needed" else queryset


class ServiceForm(forms.ModelForm):
    def clean_image(self) -> Any:
        image = self.cleaned_data["image"]
        if not isinstance(image, UploadedFile):
            return image
        try:
            return reencoded_image(image, widths=WIDTHS)
        except UnfitImage as error:
            raise forms.ValidationError(str(error)) from error
        except DomainError as error:
            raise forms.ValidationError(error.detail) from error


@admin.register(City)
class CityAdmin(Exported, ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    export_columns = ["id", "name", "slug"]


@admin.register(Category)
class CategoryAdmin(Exported, ModelAdmin):
    list_display = ["name", "slug", "description"]
    search_fields = ["name", "description"]
    prepopulated_fields = {"slug": ["name"]}
    export_columns = ["id", "name", "slug", "description"]


@admin.register(Service)
class ServiceAdmin(Exported, ModelAdmin):
    """Approving and rejecting are the API's own actions; nothing is deleted here."""

    form = ServiceForm
    list_display = [
        "title",
        "provider",
        "category",
        "price",
        "discount_price",
        "state",
        "needs_review",
        "rating",
    ]
    list_filter = [ReviewListFilter, "status", "category", "cities"]
    list_select_related = ["provider", "category"]
    list_per_page = 50
    search_fields = ["title", "slug", "provider__full_name", "provider__email"]
    date_hierarchy = "created_at"
    actions_detail = ["approve", "reject"]
    autocomplete_fields = ["provider", "category", "cities"]
    readonly_fields = [
        "status",
        "changed_since_review_at",
        "rating",
        "review_count",
        "stars",
        "created_at",
        "updated_at",
    ]
    export_columns = [
        "id",
        "title",
        "slug",
        "provider__full_name",
        "provider__email",
        "category__name",
        "price",
        "discount_price",
        "duration_minutes",
        "max_bookings",
        "status",
        "rating",
        "review_count",
        "created_at",
    ]

    @display(description="Status", ordering="status", label=COLOURS)
    def state(self, service: Service) -> str:
        return service.status

    @admin.display(boolean=True, description="Needs a look")
    def needs_review(self, service: Service) -> bool:
        return service.status == "pending" or service.changed_since_review_at is not None

    def has_approve_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return staff_may(request, "services.approve_service")

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer what would change something."""
        service = self.get_object(request, str(object_id))
        offered: list[Any] = super().get_actions_detail(request, object_id)
        if service is None:
            return []
        is_rejected = service.status == ServiceStatus.REJECTED
        possible = {"approve"} if is_rejected or self.needs_review(service) else set()
        possible |= set() if is_rejected else {"reject"}
        return [one for one in offered if one.method.original_function_name in possible]

    @action(description="Approve", url_path="approve", permissions=["approve"], icon="task_alt")
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.review(request, object_id, question="Show this service to customers", do=service_approve)

    @action(description="Reject", url_path="reject", permissions=["approve"], icon="block")
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.review(
            request,
            object_id,
            question="Keep this service out of the catalogue",
            do=service_reject,
            warning="Bookings that were made stay.",
        )

    def review(
        self,
        request: HttpRequest,
        object_id: str,
        *,
        question: str,
        do: Callable[..., Service],
        warning: str = "",
    ) -> HttpResponse:
        service: Service = row_or_404(self, request, object_id)
        provider: User = service.provider

        def act(values: dict[str, Any]) -> str:
            reviewed = do(service=service, actor=signed_in(request))
            return f"{reviewed.title}: {reviewed.get_status_display().lower()}."

        return decision_page(
            self,
            request,
            service,
            question=question,
            facts=[
                ("Service", f"{service.title} ({service.status})"),
                ("Provider", provider.full_name),
                ("Category", service.category.name),
                ("Price", f"Rs {service.discount_price or service.price}"),
                ("Duration", f"{service.duration_minutes} minutes"),
                ("Description", service.description or "none"),
            ],
            act=act,
            warning=warning,
        )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, "slug", "provider"] if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Service, form: forms.ModelForm, change: bool) -> None:
        """Write what was changed alone, so that a review that comes meanwhile is not counted back."""
        changed = {*form.changed_data} - {field.name for field in Service._meta.many_to_many}
        if change and "image" in changed:
            delete_on_commit(Service.objects.get(pk=obj.pk).image)
            changed |= {"image_width", "image_height"}
        obj.save(update_fields=[*changed, "updated_at"] if change else None)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            service_offer_by_all(service=form.instance)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StaffMemberForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        member: dict[str, Any] = super().clean() or self.cleaned_data
        provider = member.get("provider") or getattr(self.instance, "provider", None)
        is_added = self.instance.pk is None or not StaffMember.objects.get(pk=self.instance.pk).is_active
        if provider and is_added and member.get("is_active"):
            try:
                refuse_too_many_members(provider.pk, besides=self.instance.pk or 0)
            except ValidationError as error:
                raise forms.ValidationError([str(detail) for detail in error.detail]) from error
        return member


@admin.register(StaffMember)
class StaffMemberAdmin(Exported, ModelAdmin):
    form = StaffMemberForm
    list_display = ["full_name", "provider", "gender", "is_active"]
    list_filter = ["is_active", "gender"]
    list_select_related = ["provider"]
    search_fields = ["full_name", "provider__full_name", "provider__email"]
    autocomplete_fields = ["provider", "services"]
    list_per_page = 50
    export_columns = ["id", "full_name", "gender", "provider__full_name", "provider__email", "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["provider"] if obj else []

    def save_model(self, request: HttpRequest, obj: StaffMember, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            count = len(future_bookings(obj, now=timezone.now()))
            self.message_user(request, f"Bookings ahead that stay: {count}.", messages.WARNING)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
