"""Lists of the admin as files: what filters and search leave, and no more rows than memory holds."""

import logging
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource, modelresource_factory
from unfold.contrib.import_export.forms import SelectableFieldsExportForm

from apps.common.csv_export import WITH_MARK, escaped

logger = logging.getLogger(__name__)

MOST_EXPORTED = 10_000


class Columns(ModelResource):
    """Columns of a file. A cell that a spreadsheet would run is escaped."""

    def export_field(self, field: Any, instance: Model, **options: Any) -> Any:
        return escaped(super().export_field(field, instance, **options))


def columns_of(model: type[Model], names: Sequence[str]) -> type[Columns]:
    """Return the file's columns: fields of the model, also over relations (`customer__full_name`)."""
    options = {"fields": names, "export_order": names}
    resource: type[Columns] = modelresource_factory(model, resource_class=Columns, meta_options=options)
    return resource


class Exported(ExportMixin):
    """A list that whoever may look at it may save as CSV or for a spreadsheet. Nothing is ever imported.

    `export_columns` names every column: what isn't there, as a secret, can't be asked for.
    """

    export_columns: Sequence[str]
    export_form_class = SelectableFieldsExportForm
    export_formats = [CSV, XLSX]
    to_encoding = WITH_MARK

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[Columns]]:
        return [columns_of(self.model, self.export_columns)]

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the list for a filter that there isn't, as the list itself does."""
        try:
            answer: HttpResponse = super().export_action(request)
            return answer
        except IncorrectLookupParameters:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return HttpResponseRedirect(f"{reverse(name)}?{ERROR_FLAG}=1")

    def get_valid_export_item_pks(self, request: HttpRequest) -> list[int]:
        """Rows are chosen by filters alone; the library would read every key of the table."""
        return []

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], **options: Any
    ) -> Any:
        """Return the file's content. Raises ValueError, which the page shows, for too many rows."""
        rows = queryset.order_by()[: MOST_EXPORTED + 1].count()
        if rows > MOST_EXPORTED:
            raise ValueError(
                f"These are more than {MOST_EXPORTED} rows. Narrow the list by its filters first."
            )
        logger.info("user %s exported %s rows of %s", request.user.pk, rows, self.opts.label)
        related = {name.rpartition("__")[0] for name in self.export_columns if "__" in name}
        if related:
            queryset = queryset.select_related(*related)
        return super().get_export_data(file_format, request, queryset, **options)
