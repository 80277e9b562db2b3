"""What goes in and out of the catalogue."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from apps.accounts.models import Gender
from apps.common.api.fields import IdField, ReferencesField, TextField, UploadedImageField
from apps.common.image_fields import WIDTHS, size_urls
from apps.common.localtime import local_iso
from apps.common.openapi import ErrorSerializer
from apps.services.api.fields import ProviderNamed
from apps.services.models import Category, City, Service, ServiceStatus, StaffMember
from apps.services.selectors import NEWEST_FIRST, ORDERINGS, ProviderPage

LONGEST_SEARCH = 100
RATING_HELP = "1.00 to 5.00, as a string; null before the first review."


class CitySerializer(serializers.ModelSerializer[City]):
    class Meta:
        model = City
        fields = ["id", "name", "slug"]


class CategorySerializer(serializers.ModelSerializer[Category]):
    class Meta:
        model = Category
        fields = ["id", "name", "slug", "description"]


class CategoryDetailsSerializer(serializers.ModelSerializer[Category]):
    class Meta:
        model = Category
        fields = ["id", "name", "slug"]


class ImageSizesSerializer(serializers.Serializer[dict[str, str]]):
    thumb = serializers.URLField(help_text=f"At most {WIDTHS['thumb']} pixels wide.")
    card = serializers.URLField(help_text=f"At most {WIDTHS['card']} pixels wide.")
    full = serializers.URLField(help_text=f"At most {WIDTHS['full']} pixels wide.")


class ImageSetSerializer(serializers.Serializer[dict[str, Any]]):
    """One picture in several sizes of the same shape. None is wider than the picture itself."""

    url = serializers.URLField(help_text="The picture as it is kept: at most 4 megapixels.")
    width = serializers.IntegerField(help_text="Of the picture, in pixels; of a size at most this.")
    height = serializers.IntegerField(help_text="Of the picture; each size has the same shape.")
    sizes = ImageSizesSerializer()


class ServiceMemberSerializer(serializers.ModelSerializer[StaffMember]):
    class Meta:
        model = StaffMember
        fields = ["id", "full_name", "gender"]


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """A service as everybody sees it. Money in rupees; `staff` are the active members who offer it."""

    category_details = CategoryDetailsSerializer(source="category", read_only=True)
    provider_name = serializers.CharField(source="provider.full_name", read_only=True)
    city_details = CitySerializer(source="cities", many=True, read_only=True)
    staff = ServiceMemberSerializer(source="active_members", many=True, read_only=True)
    image = serializers.ImageField(read_only=True, allow_null=True, help_text="As `image_set.url`.")
    image_set = ImageSetSerializer(
        read_only=True, allow_null=True, help_text="The picture in several sizes; null without one."
    )
    rating = serializers.DecimalField(
        max_digits=3, decimal_places=2, read_only=True, allow_null=True, help_text=RATING_HELP
    )

    class Meta:
        model = Service
        fields = [
            "id",
            "title",
            "slug",
            "description",
            "category",
            "category_details",
            "provider",
            "provider_name",
            "cities",
            "city_details",
            "staff",
            "price",
            "discount_price",
            "duration_minutes",
            "max_bookings",
            "buffer_before_minutes",
            "buffer_after_minutes",
            "min_notice_minutes",
            "max_advance_days",
            "late_cancellation_fee_percent",
            "reconfirm_after_reschedule",
            "status",
            "image",
            "image_set",
            "rating",
            "review_count",
            "created_at",
        ]
        read_only_fields = fields

    def to_representation(self, instance: Service) -> dict[str, Any]:
        return service_as_dict(instance, self.context.get("request"))


def image_set_as_dict(service: Service, request: Request | None) -> dict[str, Any] | None:
    """Return a service's picture as `image_set` shows it: its addresses absolute where there is a request."""
    if not service.image:
        return None
    address = request.build_absolute_uri if request else str
    return {
        "url": address(service.image.url),
        "width": service.image_width,
        "height": service.image_height,
        "sizes": {size: address(url) for size, url in size_urls(service.image).items()},
    }


def service_as_dict(service: Service, request: Request | None) -> dict[str, Any]:
    """Return a service as the API shows it, several times faster than field by field.

    Loaded with `selectors.services_complete` it takes no query.
    """
    category, cities = service.category, service.cities.all()
    members: list[StaffMember] = service.active_members  # type: ignore[attr-defined]  # prefetched under this name
    pictures = image_set_as_dict(service, request)
    return {
        "id": service.pk,
        "title": service.title,
        "slug": service.slug,
        "description": service.description,
        "category": service.category_id,
        "category_details": {"id": category.pk, "name": category.name, "slug": category.slug},
        "provider": service.provider_id,
        "provider_name": service.provider.full_name,
        "cities": [city.pk for city in cities],
        "city_details": [{"id": city.pk, "name": city.name, "slug": city.slug} for city in cities],
        "staff": [
            {"id": member.pk, "full_name": member.full_name, "gender": member.gender} for member in members
        ],
        "price": str(service.price),
        "discount_price": None if service.discount_price is None else str(service.discount_price),
        "duration_minutes": service.duration_minutes,
        "max_bookings": service.max_bookings,
        "buffer_before_minutes": service.buffer_before_minutes,
        "buffer_after_minutes": service.buffer_after_minutes,
        "min_notice_minutes": service.min_notice_minutes,
        "max_advance_days": service.max_advance_days,
        "late_cancellation_fee_percent": service.late_cancellation_fee_percent,
        "reconfirm_after_reschedule": service.reconfirm_after_reschedule,
        "status": service.status,
        "image": pictures["url"] if pictures else None,
        "image_set": pictures,
        "rating": None if service.rating is None else str(service.rating),
        "review_count": service.review_count,
        "created_at": local_iso(service.created_at),
    }


class ServiceWriteSerializer(ProviderNamed, serializers.ModelSerializer[Service]):
    """A service to be created or changed. Creating ignores `status`: an admin approves."""

    category = serializers.PrimaryKeyRelatedField(
        queryset=Category.objects.all(), pk_field=serializers.IntegerField()
    )
    cities = ReferencesField(queryset=City.objects.all(), allow_empty=False)
    staff = ReferencesField(
        queryset=StaffMember.objects.all(),
        required=False,
        help_text="Ids of the provider's members; all active ones unless given.",
    )
    status = serializers.ChoiceField(
        choices=ServiceStatus.choices,
        required=False,
        help_text="`paused` takes an active service out of the catalogue, `active` puts it back.",
    )
    image = UploadedImageField(
        required=False,
        allow_null=True,
        help_text="JPEG, PNG or WebP, at most 5 MB and 25 megapixels, as multipart; null removes it.",
    )

    class Meta:
        model = Service
        fields = [
            "title",
            "description",
            "category",
            "provider",
            "cities",
            "staff",
            "price",
            "discount_price",
            "duration_minutes",
            "max_bookings",
            "buffer_before_minutes",
            "buffer_after_minutes",
            "min_notice_minutes",
            "max_advance_days",
            "late_cancellation_fee_percent",
            "reconfirm_after_reschedule",
            "status",
            "image",
        ]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is None:
            attrs.pop("status", None)
        if attrs.get("image", "") is None:
            attrs["image"] = ""
        return super().validate(attrs)


class ServiceQuerySerializer(serializers.Serializer[dict[str, Any]]):
    """How a list of services is narrowed and ordered."""

    search = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words, or their beginnings, that all occur in title, description, category, cities or the"
        " provider's name, in Devanagari or in Latin letters, as people spell them: `safai` finds `सफाइ`.",
    )
    slug = TextField(required=False, max_length=140, help_text="The one service of this slug.")
    provider = IdField(required=False, help_text="Services of this provider.")
    category = TextField(
        required=False, max_length=LONGEST_SEARCH, help_text="Slug, name or id, in any case."
    )
    city = TextField(required=False, max_length=LONGEST_SEARCH, help_text="Slug, name or id, in any case.")
    min_price = serializers.DecimalField(
        required=False,
        max_digits=10,
        decimal_places=2,
        min_value=0,
        help_text="Rupees that the customer pays: `discount_price` where there is one.",
    )
    max_price = serializers.DecimalField(
        required=False, max_digits=10, decimal_places=2, min_value=0, help_text="As `min_price`."
    )
    ordering = serializers.ChoiceField(
        required=False,
        choices=list(ORDERINGS),
        default=NEWEST_FIRST,
        help_text="By what the customer pays, by rating (unrated ones last), or newest first.",
    )
    facets = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Tell beside `results` what narrowing further would leave. Each facet heeds all that is"
        " asked for but its own: categories count as if no `category` were given.",
    )
    mine = serializers.BooleanField(
        required=False,
        default=False,
        help_text="With a login: a provider's own services, all for an admin, whatever their status.",
    )


class StaffSerializer(serializers.ModelSerializer[StaffMember]):
    gender = serializers.ChoiceField(
        choices=Gender.choices, allow_blank=True, read_only=True, help_text="Empty: not told."
    )
    services = serializers.ManyRelatedField(
        child_relation=serializers.PrimaryKeyRelatedField[Service](read_only=True), read_only=True
    )

    class Meta:
        model = StaffMember
        fields = ["id", "full_name", "gender", "provider", "services", "is_active"]
        read_only_fields = fields


class StaffWriteSerializer(ProviderNamed, serializers.ModelSerializer[StaffMember]):
    services = ReferencesField(
        queryset=Service.objects.all(), required=False, help_text="Ids of the provider's services."
    )

    class Meta:
        model = StaffMember
        fields = ["full_name", "gender", "provider", "services", "is_active"]


class FutureBookingSerializer(serializers.Serializer[dict[str, Any]]):
    """A booking that stays, whatever becomes of its service or member."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    starts_at = serializers.DateTimeField()


class HeldTimeSerializer(serializers.Serializer[dict[str, Any]]):
    """A time that a customer holds while they finish; it becomes a booking, or free again by `expires_at`."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class ServiceChangedSerializer(ServiceSerializer):
    future_bookings = FutureBookingSerializer(
        many=True, required=False, help_text="Only when the service was paused: bookings that stay."
    )

    live_holds = HeldTimeSerializer(many=True, required=False, help_text="Likewise: times that are held.")

    class Meta(ServiceSerializer.Meta):
        fields = [*ServiceSerializer.Meta.fields, "future_bookings", "live_holds"]


class StaffChangedSerializer(StaffSerializer):
    future_bookings = FutureBookingSerializer(
        many=True, required=False, help_text="Only when the member was deactivated: bookings that stay."
    )

    live_holds = HeldTimeSerializer(many=True, required=False, help_text="Likewise: times that are held.")

    class Meta(StaffSerializer.Meta):
        fields = [*StaffSerializer.Meta.fields, "future_bookings", "live_holds"]


class InUseErrorSerializer(ErrorSerializer):
    bookings = FutureBookingSerializer(many=True, help_text="The bookings ahead.")


class ProviderSerializer(serializers.Serializer[ProviderPage]):
    """A provider's public page: active services, and figures over all of them."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    since = serializers.DateField()
    services = ServiceSerializer(many=True)
    rating = serializers.DecimalField(max_digits=3, decimal_places=2, allow_null=True, help_text=RATING_HELP)
    review_count = serializers.IntegerField()
    completed_bookings = serializers.IntegerField(source="figures.completed_bookings")
    response_minutes_median = serializers.IntegerField(
        source="figures.response_minutes_median",
        allow_null=True,
        help_text="Half of all requests were answered within so many minutes, right to half an hour.",
    )
    acceptance_percent = serializers.FloatField(
        source="figures.acceptance_percent",
        allow_null=True,
        help_text="Of requests that waited for an answer, those that were accepted.",
    )
    completion_percent = serializers.FloatField(
        source="figures.completion_percent",
        allow_null=True,
        help_text="Of all bookings, those that are done.",
    )
    on_time_percent = serializers.FloatField(
        source="figures.on_time_percent",
        allow_null=True,
        help_text="Of bookings that began, those at most ten minutes late.",
    )
