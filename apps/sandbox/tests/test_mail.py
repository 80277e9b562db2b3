"""Mails of development, shown where their links can be followed."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client
from pytest_django.fixtures import Settings

from apps.sandbox.mail import backend

URL = "/sandbox/mail/"


@pytest.fixture(autouse=True)
def _kept_mails(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "apps.sandbox.mail.backend.MailBackend"
    settings.SANDBOX_MAIL_ROOT = tmp_path / "mails"


def send(subject: str, text: str = "Hello", html: str = "") -> None:
    mail = EmailMultiAlternatives(subject, text, to=["kamala@example.com"])
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def shown(client: Client) -> str:
    return client.get(URL).content.decode()


def test_there_are_none_before_the_first(client: Client) -> None:
    assert "None yet." in shown(client)


def test_they_come_newest_first_with_links_to_follow(client: Client) -> None:
    send("First")
    send_mail("पुष्टि गर्नुहोस्", "http://127.0.0.1:3000/verify-email?token=a", None, ["kamala@example.com"])

    page = shown(client)

    assert page.index("पुष्टि गर्नुहोस्") < page.index("First")
    assert 'href="http://127.0.0.1:3000/verify-email?token=a"' in page
    assert "kamala@example.com" in page


def test_what_is_in_a_mail_is_text(client: Client) -> None:
    send("<script>one</script>", "<script>two</script>")

    assert "<script>" not in shown(client)


def test_its_html_runs_nothing(client: Client) -> None:
    send("With HTML", html="<p>Namaste</p>")
    name, _ = backend.mails()[0]

    assert f'href="{URL}{name}/html/"' in shown(client)
    answer = client.get(f"{URL}{name}/html/")
    assert answer.content == b"<p>Namaste</p>"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_mail_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"{URL}nothing/html/").status_code == 404


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "MOST_KEPT", 2)
    for subject in ("First", "Second", "Third"):
        send(subject)

    assert [mail["Subject"] for _, mail in backend.mails()] == ["Third", "Second"]
