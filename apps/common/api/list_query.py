"""What the address of a list may ask for. A parameter that it doesn't know would do nothing, unnoticed."""

from __future__ import annotations

from functools import cache
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apps.common.api.filters import AnyOfFilter

READS = ("GET", "HEAD")


class ListQuery(APIView):
    """A list that refuses parameters which it doesn't know, and those that are given twice.

    It knows what the schema shows: the filters of `filterset_class`, the fields of `query_class`, and the
    page's. To add a parameter, add it there. Only an `AnyOfFilter` takes several values.
    """

    query_class: type[Serializer[Any]] | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if is_list(self):
            require_known(request, type(self))


def is_list(view: APIView) -> bool:
    """Return whether a view is asked for its list; beside it a view set has other reads."""
    return view.request.method in READS and getattr(view, "action", "list") == "list"


@cache
def parameters_known(view: Any) -> frozenset[str]:
    """Return the names of all parameters that a class of lists takes."""
    names = set(view.query_class().fields) if view.query_class else set()
    if filters := getattr(view, "filterset_class", None):
        names |= filters.base_filters.keys()
    if pages := getattr(view, "pagination_class", None):
        names |= {pages.page_query_param, pages.page_size_query_param}
    return frozenset(names)


@cache
def _taking_several(view: Any) -> frozenset[str]:
    filters = getattr(view, "filterset_class", None)
    known = filters.base_filters.items() if filters else ()
    return frozenset(name for name, one in known if isinstance(one, AnyOfFilter))


def require_known(request: Request, view: Any) -> None:
    """Raise ValidationError on each parameter that a list doesn't know, or that is given twice."""
    known, several = parameters_known(view), _taking_several(view)
    problems: dict[str, list[ErrorDetail]] = {}
    for name, values in request.query_params.lists():
        if name not in known:
            problems[name] = [ErrorDetail(_unknown(known), code="unknown_parameter")]
        elif len(values) > 1 and name not in several:
            problems[name] = [ErrorDetail("Give this parameter once.", code="repeated_parameter")]
    if problems:
        raise ValidationError(problems)


def _unknown(known: frozenset[str]) -> str:
    return f"There is no such parameter. Known: {', '.join(sorted(known)) or 'none'}."
