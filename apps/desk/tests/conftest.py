"""The desk: Sabina looks after bookings, Farid after money, and neither is a superuser."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.conftest import clock
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.desk.roles import FINANCE, SUPPORT, staff_roles_create
from apps.payments.models import Payment, Refund
from apps.payments.refunds.request import payment_refund
from apps.payments.tests.factories import paid
from apps.services.models import Service

__all__ = ["clock"]
Browser = Callable[[User], Client]


def with_role(name: str, group: str) -> User:
    staff_roles_create()
    user: User = UserFactory(email=f"{name.lower()}@example.com", full_name=name, role="admin", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def sabina(db: None) -> User:
    """Support."""
    return with_role("Sabina", SUPPORT)


@pytest.fixture
def farid(db: None) -> User:
    """Finance."""
    return with_role("Farid", FINANCE)


@pytest.fixture
def browser() -> Browser:
    """Return a browser in which somebody is logged in to the admin."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def support(browser: Browser, sabina: User) -> Client:
    return browser(sabina)


@pytest.fixture
def finance(browser: Browser, farid: User) -> Client:
    return browser(farid)


@pytest.fixture
def chief(browser: Browser, anita: User) -> Client:
    return browser(anita)


@pytest.fixture
def booking(kamala: User, service: Service) -> Booking:
    return booked(kamala, service)


@pytest.fixture
def payment(kamala: User, service: Service) -> Payment:
    """Paid online, and no gateway of it knows."""
    payment = paid(draft_at_payment_step(kamala, service))
    Payment.objects.update(gateway_transaction_id="")
    return payment


@pytest.fixture
def refund(payment: Payment, anita: User) -> Refund:
    return payment_refund(payment=payment, actor=anita, reason="nobody came")
