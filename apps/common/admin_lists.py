"""Lists of the admin that stay quick over a million rows."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.db.models import DateTimeField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.functional import cached_property
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.utils import parse_date_str

from apps.common.admin_calendar import LargeChangeList
from apps.common.database import planned_for_values
from apps.common.localtime import day_bounds, marketplace_zone

# Nobody turns over 200 pages, and counting a million rows takes longer than showing fifty of them.
MOST_COUNTED = 10_000
# Beyond them an instant may have no date; nothing of ours lies there.
YEARS = range(1970, 2200)


class BoundedPaginator(Paginator):
    """Counts, and turns over, no more than `MOST_COUNTED` rows."""

    template_name = "admin/bounded_pagination.html"

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # the admin's lists are querysets
        return rows.order_by()[:MOST_COUNTED].count()

    @property
    def is_cut(self) -> bool:
        return self.count >= MOST_COUNTED


class OrderedByItsFilter:
    """Where days of a column are asked for, rows are shown in its order: by the index that finds them.

    By the list's own order the database would walk from the newest row on until it comes to those days.
    """

    def get_ordering(self, request: HttpRequest) -> Sequence[str]:
        for listed in self.get_list_filter(request):  # type: ignore[attr-defined]  # of ModelAdmin
            if isinstance(listed, tuple) and issubclass(listed[1], DaysFilter):
                name = listed[0]
                if request.GET.get(f"{name}_from") or request.GET.get(f"{name}_to"):
                    return [f"-{name}", "-id"]
        chosen = getattr(self, "date_hierarchy", None)
        if chosen and f"{chosen}__year" in request.GET:
            return [f"-{chosen}", "-id"]
        ordering: Sequence[str] = super().get_ordering(request)  # type: ignore[misc]
        return ordering


class LargeTable(OrderedByItsFilter):
    """A list over a table that grows with every booking: no full count, and dates from two of its rows."""

    change_list_template = "admin/large_list.html"
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    list_disable_select_all = True
    # They would count the whole table, filter by filter.
    show_facets = ShowFacets.NEVER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Return the list, planned for what it is narrowed by; not so actions, which may call a gateway."""
        show = super().changelist_view  # type: ignore[misc]  # of ModelAdmin
        if request.method != "GET":
            answer: HttpResponse = show(request, extra_context)
            return answer
        with planned_for_values():
            page: HttpResponse = show(request, extra_context)
            return page.render() if isinstance(page, SimpleTemplateResponse) else page

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LargeChangeList]:
        return LargeChangeList


class DaysFilter(RangeDateFilter):
    """From one local day to another, both included; for dates and for instants.

    What is no day leads back to the whole list: a file of all rows is not what was asked for.
    """

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions = {}
        for end, lookup in (("from", "gte"), ("to", "lte")):
            asked = self.used_parameters.get(f"{self.parameter_name}_{end}")
            if not asked:
                continue
            day = parse_date_str(asked)
            if day is None or day.year not in YEARS:
                raise IncorrectLookupParameters(f"{asked} is no day")
            if isinstance(self.field, DateTimeField):
                begins, ends = day_bounds(day, marketplace_zone())
                lookup, day = ("gte", begins) if end == "from" else ("lt", ends)
            conditions[f"{self.field_path}__{lookup}"] = day
        return queryset.filter(**conditions)


class SearchByKeys:
    """A search that asks indexes alone: `found` says which rows a text means, in a few queries of their own.

    A search by parts of words over several joined tables would read every row of them.
    """

    def found(self, text: str) -> Q:
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.strip()
        return (queryset.filter(self.found(text)) if text else queryset), False
