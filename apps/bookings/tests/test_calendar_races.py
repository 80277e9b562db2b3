"""Two browsers that renew one calendar address at the same moment."""

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import calendar_feed_renew
from apps.bookings.calendar_selectors import calendar_owner
from apps.bookings.models import CalendarFeed
from apps.bookings.tests.threads import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_address_is_left(kamala: User) -> None:
    for _ in range(3):
        secrets = at_once([lambda: calendar_feed_renew(user=kamala, now=timezone.now())] * 4)

        assert [calendar_owner(secret) for secret in secrets].count(kamala) == 1
        assert CalendarFeed.objects.count() == 1
