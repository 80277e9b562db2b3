"""Every kind, for everybody who gets it, in both languages, as text and HTML."""

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from apps.accounts.models import Language, User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.kinds import RULES, Audience, Kind
from apps.notifications.mail import mail_for
from apps.notifications.models import Delivery
from apps.notifications.rendering import rendered, rendered_sms
from apps.notifications.selectors import delivery_to_send
from apps.notifications.tests.factories import CONTEXT, told, waiting
from apps.payments.models import PaymentMethod
from apps.services.models import Service

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "notifications"
CUSTOMER, PROVIDER, ADMIN = Audience.CUSTOMER, Audience.PROVIDER, Audience.ADMIN
BOTH = (CUSTOMER, PROVIDER)
GETS = {
    Kind.BOOKING_REQUESTED: BOTH,
    Kind.BOOKING_CONFIRMED: BOTH,
    Kind.BOOKING_REJECTED: BOTH,
    Kind.BOOKING_CANCELLED: BOTH,
    Kind.BOOKING_RESCHEDULED: BOTH,
    Kind.BOOKING_EXPIRED: BOTH,
    Kind.BOOKING_NO_SHOW: BOTH,
    Kind.DISPUTE_OPENED: BOTH,
    Kind.DISPUTE_DECIDED: BOTH,
    Kind.OCCURRENCE_SKIPPED: (CUSTOMER,),
    Kind.REVIEW_REQUEST: (CUSTOMER,),
    Kind.REMINDER_24H: BOTH,
    Kind.REMINDER_2H: BOTH,
    Kind.PAYMENT_RECEIVED: BOTH,
    Kind.PAYMENT_FAILED: (CUSTOMER,),
    Kind.PAYMENT_LATE_KEPT: (*BOTH, ADMIN),
    Kind.PAYMENT_LATE_RETURNED: (CUSTOMER, ADMIN),
    Kind.PAYMENT_NEEDS_ATTENTION: (ADMIN,),
    Kind.PAYMENT_TAKEN_BACK: (PROVIDER, ADMIN),
    Kind.REFUND_REQUESTED: (CUSTOMER, ADMIN),
    Kind.REFUND_COMPLETED: (CUSTOMER,),
    Kind.TRANSFER_REJECTED: (CUSTOMER,),
}
CASES = [(kind, audience) for kind, audiences in GETS.items() for audience in audiences]
# The words hang on these as well.
VARIANTS: list[dict[str, Any]] = [
    {},
    {"is_all": True},
    {"by": "customer", "confirmed": True, "needs_confirmation": True, "refund": 3},
    {"by": "provider", "from_starts_at": "2026-12-08T04:15:00+00:00"},
    {"by": "provider", "from_starts_at": CONTEXT["starts_at"]},
]
METHODS = ["cash", "bank_transfer", "khalti"]
DEVANAGARI = re.compile("[\u0900-\u097f]")


class Reader(HTMLParser):
    """Reads a page strictly: every tag is closed in turn, and nothing comes from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {"src", "background", "srcset"} & {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"


@pytest.fixture
def booking(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    return booked(kamala, service)


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize(("kind", "audience"), CASES)
def test_every_kind_has_words_in_both_languages(
    kamala: User, booking: Booking, kind: str, audience: str, language: str
) -> None:
    for method, variant in product(METHODS, VARIANTS):
        booking.payment_method = method
        for bookings in (0, 3):
            notification = told(kamala, booking, kind, audience=audience, bookings=bookings, context=variant)
            message = rendered(notification, language)
            everything = " ".join([message.subject, message.text, *sum(message.facts, ()), *message.lines])

            assert message.subject
            assert message.paragraphs
            assert message.facts
            assert not re.search(r"\{|\}|None|  |,\s*$|, [.,]", everything), everything
            assert bool(DEVANAGARI.search(message.subject + message.text)) == (language == "ne")
            assert len(message.lines) == (2 if kind == Kind.OCCURRENCE_SKIPPED else bookings)
            if RULES[kind].sms and audience in BOTH:
                text = rendered_sms(notification, language)
                assert booking.reference in text
                assert len(text) <= 160


@pytest.mark.parametrize(("language", "bookings"), [("en", 0), ("ne", 3)])
@pytest.mark.parametrize(("kind", "audience"), CASES)
def test_every_kind_makes_a_mail_of_text_and_html(
    kamala: User, booking: Booking, kind: str, audience: str, language: str, bookings: int
) -> None:
    User.objects.filter(pk=kamala.pk).update(language=language)
    Booking.objects.filter(pk=booking.pk).update(special_instructions="", address="Gate <5> & garden")
    mail = mailed(told(kamala, booking, kind, audience=audience, bookings=bookings))

    assert "\n\n\n" not in str(mail.body)
    reader = Reader()
    reader.feed(html_of(mail))
    assert reader.open == []
    assert not reader.tags & {"script", "link", "img", "iframe", "style"}
    assert "url(" not in html_of(mail)
    assert f'<html lang="{language}">' in html_of(mail)
    for word in re.findall(r"\S{4,}", str(mail.subject)):
        assert word in str(mail.body) or word in reader.words
    files = [part.get_filename() for part in mail.message().walk() if part.get_filename()]
    assert len(files) == (max(bookings, 1) if RULES[kind].has_appointment else 0)


def mailed(notification: Any) -> EmailMultiAlternatives:
    return mail_for(delivery_to_send(waiting(notification).pk))


def html_of(mail: EmailMultiAlternatives) -> str:
    ((html, mimetype),) = mail.alternatives
    assert mimetype == "text/html"
    return str(html)


def test_no_template_is_left_over() -> None:
    for language in Language.values:
        assert {file.stem for file in (TEMPLATES / language).iterdir()} == set(Kind.values)
        names = {rule.sms for rule in RULES.values()} - {""} | {"phone_code"}  # of no booking
        assert {file.stem for file in (TEMPLATES / "sms" / language).iterdir()} == names
    assert GETS.keys() == set(Kind.values)


def test_dates_stand_in_both_calendars_and_rupees_in_lakhs(kamala: User, booking: Booking) -> None:
    notification = told(kamala, booking, Kind.PAYMENT_RECEIVED, context={"confirmed": True})

    english = dict(rendered(notification, "en").facts)
    assert english["When"] == "Wednesday, 9 December 2026 A.D. (23 Mangsir 2083 B.S.), 10:00 to 11:00"
    assert english["Amount"] == "Rs 1,23,456.00"
    nepali = dict(rendered(notification, "ne").facts)
    assert nepali["समय"] == "२०८३ मंसिर २३ गते बुधबार (ई.सं. २०२६ डिसेम्बर ९), १०:००–११:०० बजे"
    assert nepali["रकम"] == "रु १,२३,४५६.००"
    assert rendered(notification, "ne").subject.endswith("२०८३ मंसिर २३ गते, १०:०० बजे")


def test_a_name_in_html_is_no_html(kamala: User, booking: Booking) -> None:
    User.objects.filter(pk=kamala.pk).update(full_name="<b>Kamala</b> & Co")
    mail = mailed(told(kamala, booking))

    assert "<b>Kamala</b> & Co" in str(mail.body)
    assert "&lt;b&gt;Kamala&lt;/b&gt; &amp; Co" in html_of(mail)


def test_a_line_break_in_a_title_breaks_no_header(kamala: User, booking: Booking) -> None:
    Service.objects.update(title="Clean\r\nBcc: somebody@example.com")
    mail = mailed(told(kamala, booking))

    assert mail.subject.startswith("Confirmed: Clean Bcc: somebody@example.com")
    assert mail.message()["Bcc"] is None


def test_the_appointment_names_its_method(kamala: User, booking: Booking) -> None:
    (part,) = [
        part
        for part in mailed(told(kamala, booking)).message().walk()
        if part.get_content_type() == "text/calendar"
    ]

    assert part.get_filename() == "appointment.ics"
    assert part.get_content_disposition() == "attachment"
    content = str(part.get_payload(decode=True), "utf-8")  # type: ignore[arg-type]  # bytes, when decoded
    assert f"METHOD:{part.get_param('method')}\r\n" in content
    assert booking.reference in content


def test_a_mail_keeps_its_name_and_date_on_every_try(kamala: User, booking: Booking) -> None:
    delivery: Delivery = waiting(told(kamala, booking))
    first, second = (mail_for(delivery_to_send(delivery.pk)).message() for _ in range(2))

    assert first["Message-ID"] == second["Message-ID"] == delivery.message_id
    assert first["Date"] == second["Date"]
    assert first["Auto-Submitted"] == "auto-generated"


def test_the_customer_and_the_provider_read_of_each_other(kamala: User, booking: Booking) -> None:
    for_kamala = dict(rendered(told(kamala, booking), "en").facts)
    for_bishnu = dict(rendered(told(booking.provider, booking, audience=PROVIDER), "en").facts)

    assert (for_kamala["Provider"], "Customer" in for_kamala) == ("Bishnu Tamang", False)
    assert (for_bishnu["Customer"], "Provider" in for_bishnu) == ("Kamala Shrestha", False)
    assert for_bishnu["Where"] == "Jhamsikhel, blue gate, Kathmandu"


def test_a_series_is_listed_booking_by_booking(kamala: User, booking: Booking) -> None:
    message = rendered(told(kamala, booking, bookings=3), "en")

    assert message.subject == f"Confirmed: {booking.service.title}, 3 bookings"
    assert [line.partition(" A.D.")[0] for line in message.lines] == [
        "Wednesday, 9 December 2026",
        "Wednesday, 16 December 2026",
        "Wednesday, 23 December 2026",
    ]
    assert not {"When", "Total"} & dict(message.facts).keys()
