"""A page of the admin that asks before it acts: what is to be done, to what, and what it needs to know."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError as FormError
from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from apps.common.errors import DomainError

# A label, what stands beside it, and where it leads, if anywhere.
Fact = tuple[str, Any] | tuple[str, Any, str]


def row_or_404(admin: "ModelAdmin[Any]", request: HttpRequest, object_id: str) -> Any:
    """Return a row that the page shows. Raises Http404, also for what is no id at all."""
    row = admin.get_object(request, object_id)
    if row is None:
        raise Http404
    return row


def decision_page(
    admin: "ModelAdmin[Any]",
    request: HttpRequest,
    row: Model,
    *,
    question: str,
    facts: Sequence[Fact] | Callable[[Any], Sequence[Fact]],
    act: Callable[[dict[str, Any]], str],
    form_class: type[Form] = Form,
    initial: dict[str, Any] | None = None,
    warning: str = "",
    is_grave: bool = False,
) -> HttpResponse:
    """Ask on a page of its own, and act when that page is sent; then show the row, and what `act` says.

    A rule that says no is shown on the page, beside the field that it is about. What was tried may have
    left something behind all the same, as a transfer of another amount does: the row is read again then, and
    `facts` that are a function of it with it.
    """
    back = reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change", args=[row.pk])
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            told = act(form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.detail)
        except ValidationError as error:
            _show(form, error)
        else:
            admin.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(back)
        row = admin.get_object(request, str(row.pk)) or row
    context = {
        **admin.admin_site.each_context(request),
        "title": question,
        "opts": admin.opts,
        "original": row,
        "facts": [(*fact, "")[:3] for fact in (facts(row) if callable(facts) else facts)],
        "form": form,
        "warning": warning,
        "variant": "danger" if is_grave else "primary",
        "back": back,
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "admin/decision.html", context)


def _show(form: Form, error: ValidationError) -> None:
    """Put an API's error beside the fields that the form has, and the rest above them."""
    detail = error.detail if isinstance(error.detail, dict) else {"": error.detail}
    for name, errors in detail.items():
        texts = [str(text) for text in (errors if isinstance(errors, list) else [errors])]
        form.add_error(name if name in form.fields else None, FormError(texts))
