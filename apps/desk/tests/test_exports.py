"""Lists as files: what is shown, escaped, without secrets, and never too many rows."""

import codecs
import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.common import admin_exports
from apps.common.admin_exports import Exported
from apps.services.models import Service

CSV, XLSX = "0", "1"
SECRET = ("password", "secret", "token", "hash", "configuration", "last_answer", "slip")
EXPORTED = [model for model, page in site._registry.items() if isinstance(page, Exported)]


def saved(client: Client, model: str = "bookings/booking", *, form: str = CSV, query: str = "") -> bytes:
    address = f"/admin/{model}/export/{query}"
    page = client.get(address)
    columns = [name for name in page.context["form"].fields if "resource_" in name]
    chosen = dict.fromkeys(columns, "on")
    answer = client.post(address, chosen | {"format": form, "resource": "0"})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(codecs.BOM_UTF8)  # Excel takes it for another encoding without
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def booking(kamala: User, service: Service) -> Booking:
    return booked(kamala, service)


def test_bookings_are_saved_as_csv(support: Client, booking: Booking) -> None:
    (row,) = rows(saved(support))
    assert row["reference"] == booking.reference
    assert row["customer__full_name"] == "Kamala Shrestha"
    assert row["total_amount"] == "1500.00"


def test_bookings_are_saved_for_a_spreadsheet(support: Client, booking: Booking) -> None:
    sheet = load_workbook(BytesIO(saved(support, form=XLSX))).active
    assert booking.reference in [cell.value for cell in sheet[2]]


def test_filters_count_for_the_file_too(support: Client, booking: Booking) -> None:
    assert rows(saved(support, query="?status__exact=cancelled")) == []
    assert len(rows(saved(support, query=f"?q={booking.reference}"))) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_cells_that_a_spreadsheet_would_run_are_escaped(support: Client, booking: Booking, text: str) -> None:
    Booking.objects.update(address=text)

    (row,) = rows(saved(support))
    assert row["address"] == f"'{text}"
    sheet = load_workbook(BytesIO(saved(support, form=XLSX))).active
    assert f"'{text}" in [cell.value for cell in sheet[2]]
    assert not [cell for cell in sheet[2] if cell.data_type == "f"]


def test_a_file_takes_the_same_queries_for_any_number_of_rows(
    support: Client, kamala: User, service: Service
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            saved(support)
        return len(captured)

    booked(kamala, service, at="10:00")
    with_one = queries()
    for hour in range(11, 16):
        booked(kamala, service, at=f"{hour}:00")
    assert queries() == with_one <= 14


def test_too_many_rows_are_refused_with_a_word(
    support: Client, booking: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_exports, "MOST_EXPORTED", 0)
    answer = support.post(
        "/admin/bookings/booking/export/", {"format": CSV, "resource": "0", "bookingresource_id": "on"}
    )
    assert "Content-Disposition" not in answer
    assert "Narrow the list" in answer.content.decode()


def test_who_may_not_look_may_not_save(support: Client, finance: Client, booking: Booking) -> None:
    assert finance.get("/admin/slots/workinghours/export/").status_code == 403
    assert support.get("/admin/payments/payout/export/").status_code == 403
    assert support.post("/admin/payments/payout/export/", {"format": CSV}).status_code == 403


def test_nothing_is_imported(chief: Client) -> None:
    for model in EXPORTED:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/import/"
        assert chief.get(address).status_code in (302, 404)
        assert b"Import" not in chief.get(address.replace("import/", "")).content


def test_every_list_that_staff_work_with_can_be_saved(chief: Client, booking: Booking) -> None:
    assert len(EXPORTED) == 18
    for model in EXPORTED:
        page = chief.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/export/")
        assert page.status_code == 200


@pytest.mark.parametrize("model", EXPORTED)
def test_no_column_is_a_secret(model: type) -> None:
    page = site._registry[model]
    assert isinstance(page, Exported)
    assert not [name for name in page.export_columns if any(word in name for word in SECRET)]


@pytest.mark.parametrize("model", ["bookings/booking", "payments/payment", "accounts/user"])
def test_a_filter_that_there_is_not_leads_back_to_the_list(chief: Client, model: str) -> None:
    answer = chief.get(f"/admin/{model}/export/", {"zzz": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/{model}/?e=1")


def test_control_characters_in_old_rows_break_no_spreadsheet(
    support: Client, booking: Booking, kamala: User
) -> None:
    User.objects.filter(pk=kamala.pk).update(full_name="Kamala\x0bShrestha\x1f")
    sheet = load_workbook(BytesIO(saved(support, form=XLSX))).active
    assert "Kamala\nShrestha" in [cell.value for cell in sheet[2]]
