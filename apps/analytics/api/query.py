"""What is asked for: whose figures, over which days, by which period."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Value
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field
from rest_framework.request import Request

from apps.accounts.authentication import signed_in
from apps.accounts.models import Role, User
from apps.analytics.periods import GROUPS, MOST_PERIODS, how_many, usual_group
from apps.analytics.scope import EARLIEST, FIRST_DAY, LAST_DAY, LATEST, Scope, Span
from apps.analytics.selectors.span import Days
from apps.common.api.fields import LARGEST_ID, TextField
from apps.services.models import Category, City, Service
from apps.services.selectors import is_called

LONGEST_NAME = 60
WHOSE = "Narrows to one service: a provider's own, any for others."
CALLED = "Slug, name or id, in any case."


class ProviderQuerySerializer(serializers.Serializer):
    """Days are local and both included; without them all time."""

    group_by = serializers.ChoiceField(
        choices=GROUPS,
        required=False,
        help_text=f"Period of the series, at most {MOST_PERIODS} of them; unless given, as fits the days.",
    )
    provider = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="Admins: one provider alone."
    )
    export = serializers.ChoiceField(
        choices=["csv"], required=False, help_text="A file with a line a period instead."
    )

    def get_fields(self) -> dict[str, Field]:
        fields: dict[str, Field] = super().get_fields()
        # "from" is a keyword, so it can't stand in the class.
        fields["from"] = serializers.DateField(required=False, help_text="First day, YYYY-MM-DD.")
        fields["to"] = serializers.DateField(required=False, help_text="Last day, YYYY-MM-DD.")
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("from", "to"):
            if name in attrs and not FIRST_DAY <= attrs[name] <= LAST_DAY:
                raise ValidationError({name: [f"Choose a day between {FIRST_DAY} and {LAST_DAY}."]})
        if "from" in attrs and "to" in attrs:
            if attrs["to"] < attrs["from"]:
                raise ValidationError({"to": ["This day is before `from`."]})
            group_by = attrs.get("group_by") or usual_group(attrs["from"], attrs["to"])
            require_few_periods(attrs["from"], attrs["to"], group_by)
        return attrs


class FiguresQuerySerializer(ProviderQuerySerializer):
    """Days are local and both included; without them all time. Narrowed to what bookings are of."""

    service = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, help_text=WHOSE)
    city = TextField(required=False, max_length=LONGEST_NAME, help_text=CALLED)
    category = TextField(required=False, max_length=LONGEST_NAME, help_text=CALLED)


def require_few_periods(first: date, last: date, group_by: str) -> None:
    """Raise ValidationError on `group_by` for a series that is too long."""
    count = how_many(first, last, group_by)
    if count > MOST_PERIODS:
        detail = f"{first} to {last} are {count} periods; at most {MOST_PERIODS} are shown."
        raise ValidationError({"group_by": [f"{detail} Choose fewer days or longer periods."]})


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody may ask, with their own scope."""

    scope: Scope
    span: Span
    wanted_group: str | None
    is_csv: bool

    def group_by(self, days: Days) -> str:
        """Return the period of the series. Raises ValidationError for too long a one."""
        group_by = self.wanted_group or usual_group(days.first, days.last)
        require_few_periods(days.first, days.last, group_by)
        return group_by


def question_of(
    request: Request, serializer_class: type[ProviderQuerySerializer] = FiguresQuerySerializer
) -> Question:
    """Return what is asked for. Raises ValidationError, also for what is not one's own."""
    query = serializer_class(data=request.query_params)
    query.is_valid(raise_exception=True)
    wanted = query.validated_data
    return Question(
        scope=scope_of(signed_in(request), wanted),
        span=Span(wanted.get("from", EARLIEST), wanted.get("to", LATEST)),
        wanted_group=wanted.get("group_by"),
        is_csv="export" in wanted,
    )


def scope_of(user: User, wanted: dict[str, Any]) -> Scope:
    """Return the user's own bookings, narrowed as wanted: at most one query. Raises ValidationError."""
    found = _ids_found(user, wanted)
    problems = {name: [_problem(name)] for name in _asked(wanted) if name not in found}
    if problems:
        raise ValidationError(problems, code="does_not_exist")
    return Scope(
        provider_id=user.pk if user.role == Role.PROVIDER else found.get("provider"),
        customer_id=user.pk if user.role == Role.CUSTOMER else None,
        service_id=found.get("service"),
        category_id=found.get("category"),
        city_id=found.get("city"),
    )


def _asked(wanted: dict[str, Any]) -> list[str]:
    return [name for name in ("provider", "service", "category", "city") if name in wanted]


def _problem(name: str) -> str:
    return f"There is no such {name}."


def _ids_found(user: User, wanted: dict[str, Any]) -> dict[str, int]:
    selects = [
        _rows(user, name, wanted[name]).order_by().annotate(kind=Value(name)).values_list("kind", "pk")
        for name in _asked(wanted)
    ]
    if not selects:
        return {}
    return dict(selects[0].union(*selects[1:]))


def _rows(user: User, name: str, asked: Any) -> QuerySet[Any]:
    """Return the rows that are meant, if the user may ask about them; customers about any service."""
    if name == "provider":
        providers = User.objects.filter(role=Role.PROVIDER, pk=asked)
        return providers if user.is_admin else providers.filter(pk=user.pk)
    if name == "service":
        services = Service.objects.filter(pk=asked)
        return services.filter(provider=user) if user.role == Role.PROVIDER else services
    return (Category if name == "category" else City)._default_manager.filter(is_called(asked))
