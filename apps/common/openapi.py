"""The OpenAPI schema: every operation names the errors it may answer with, in one shape."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Literal, TypeVar

from django.conf import settings
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.common.errors import STATUS_OF_CODE
from apps.common.features import FeatureView

ViewMethod = TypeVar("ViewMethod", bound=Callable[..., Any])
LOCAL_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
ERROR_TYPES = ["validation_error", "client_error", "server_error"]


class ErrorItemSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="For programs: one of the codes that the operation lists.")
    detail = serializers.CharField(help_text="For people: in Nepali where `Accept-Language` prefers `ne`.")
    attr = serializers.CharField(allow_null=True, help_text="The field at fault, where there is one.")


class ErrorSerializer(serializers.Serializer):
    """What every error looks like."""

    type = serializers.ChoiceField(choices=ERROR_TYPES)
    errors = ErrorItemSerializer(many=True)  # type: ignore[assignment]  # hides a property of the class


UNKNOWN_PARAMETERS = (
    "A parameter of another kind, one that is not shown here (`unknown_parameter`), or one given twice "
    "(`repeated_parameter`)."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=False,
    description="1 to 255 characters, kept for 24 hours: the same key and body get the same answer.",
)

ACCEPT_LANGUAGE = OpenApiParameter(
    "Accept-Language",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=False,
    description="`en` or `ne`; English where neither is asked for.",
)


def domain_errors(*codes: str) -> Callable[[ViewMethod], ViewMethod]:
    """Note on a view method the domain codes it may answer with, for the schema."""
    for code in codes:
        if code not in STATUS_OF_CODE:
            raise ValueError(f"{code} is no code of the contract")

    def note(method: ViewMethod) -> ViewMethod:
        method.domain_errors = codes  # type: ignore[attr-defined]
        return method

    return note


class LocalTime(OpenApiSerializerFieldExtension):
    """JSON Schema's format `time` asks for an offset; ours are local times, without one."""

    target_class = serializers.TimeField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: SpectacularAutoSchema, direction: str) -> dict[str, Any]:
        return {"type": "string", "pattern": LOCAL_TIME, "example": "10:00:00"}


class AutoSchema(SpectacularAutoSchema):
    """Adds the errors that follow from a view's method, permissions, parsers and noted domain errors."""

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters noted on a view's method, and for a list those of its `query_class`."""
        noted: list[Any] = super().get_override_parameters()
        query_class = getattr(self.view, "query_class", None)
        is_list = self.method == "GET" and getattr(self.view, "action", "list") == "list"
        return [*noted, query_class] if query_class and is_list else noted

    def _get_paginator(self) -> Any:
        """Return the view's paginator, which may name components of its own by this `auto_schema`."""
        paginator = super()._get_paginator()  # type: ignore[no-untyped-call]
        if paginator is not None:
            paginator.auto_schema = self
        return paginator

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction=direction)
        if direction != "response":
            return responses
        codes = self._domain_codes()
        statuses = {*self._general_error_statuses(), *(str(STATUS_OF_CODE[code]) for code in codes)}
        for status in sorted(statuses):
            if status not in responses:
                responses[status] = self._get_response_for_code(ErrorSerializer, status)  # type: ignore[no-untyped-call]
            if not responses[status].get("description"):
                responses[status]["description"] = self._description(status, codes)
        if self._refuses_unknown_parameters():
            responses["400"]["description"] = UNKNOWN_PARAMETERS
        return dict(sorted(responses.items()))

    def _general_error_statuses(self) -> set[str]:
        statuses = {"400", "405", "406", "429", "500"}
        if [method for method in self.get_auth() if method]:
            statuses.add("401")
        if any(type(permission).__name__.startswith("Is") for permission in self.view.get_permissions()):
            statuses.add("403")
        if "{" in self.path or self.method == "GET" or isinstance(self.view, FeatureView):
            statuses.add("404")
        if self.method in ("POST", "PUT", "PATCH"):
            statuses |= {"404", "413", "415"}
        return statuses

    def _domain_codes(self) -> tuple[str, ...]:
        method = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        # Nearly all calls ask the database, and it may be away.
        codes: tuple[str, ...] = (*getattr(method, "domain_errors", ()), "unavailable")
        return (*codes, "feature_disabled") if isinstance(self.view, FeatureView) else codes

    def _refuses_unknown_parameters(self) -> bool:
        is_list = self.method == "GET" and getattr(self.view, "action", "list") == "list"
        return is_list and hasattr(self.view, "query_class")

    @staticmethod
    def _description(status: str, codes: tuple[str, ...]) -> str:
        named = [f"`{code}`" for code in codes if str(STATUS_OF_CODE[code]) == status]
        return f"Code: {', '.join(named)}." if named else HTTPStatus(int(status)).phrase


def leave_out_switched_off_and_aliases(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Drop endpoints whose feature flag is off, and the older spellings of others."""
    kept = []
    for path, path_regex, method, callback in endpoints:
        view_class = getattr(callback, "cls", None)
        flag = getattr(view_class, "feature_flag", "")
        if flag and not getattr(settings, flag):
            continue
        if getattr(callback, "initkwargs", {}).get("is_alias") or getattr(view_class, "is_alias", False):
            continue
        kept.append((path, path_regex, method, callback))
    return kept
