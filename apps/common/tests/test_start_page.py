import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def addresses(page: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="([^"]*)"', page)


# Readiness looks over a connection of its own, which must not wait for this test's.
@pytest.mark.django_db(transaction=True)
def test_every_address_on_it_answers(client: Client) -> None:
    page = client.get("/").content.decode()
    links = [address for address in addresses(page) if address.startswith("/")]
    assert {"/api/docs/", "/api/schema/", "/admin/", "/sandbox/", "/healthz/", "/readyz/"} <= set(links)
    for link in links:
        if not link.startswith("/static/"):
            assert client.get(link, follow=True).status_code == 200, link


def test_it_needs_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    answer = client.get("/")
    page = answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "//" not in page.replace("<!doctype html>", "")
    assert not re.search(r"<script|<style|style=|\son\w+=", page)


def test_the_demo_accounts_are_named_only_while_they_can_log_in(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    assert "customer@sewabazaar.test" in client.get("/").content.decode()
    settings.DEBUG = False
    assert "sewabazaar.test" not in client.get("/").content.decode()
