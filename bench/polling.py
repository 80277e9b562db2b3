"""Browsers that are left open: each asks every five seconds whether anything has changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle

from apps.accounts.models import Role
from bench import names, targets
from bench.client import Connection, Round, http_request
from bench.scenario import Scenario

BROWSERS = 1_000
SECONDS_BETWEEN = 5
RATE = BROWSERS / SECONDS_BETWEEN
CONNECTIONS = 100
# Of five browsers four look at a day's slots, one at its owner's booking.
ONE_IN = 5
PAGES = 200
# Beyond the days that other scenarios book.
DAYS = (51, 58)
# Every second somebody takes one of the slots that are looked at.
TAKEN_EVERY = round(RATE)


@dataclass(slots=True)
class Browser:
    path: str
    token: str = ""
    etag: bytes = b""

    async def poll(self, connection: Connection) -> int:
        request = http_request("GET", self.path, token=self.token, etag=self.etag)
        await connection.expect(request, 200, 304)
        self.etag = connection.etag
        return 1


def scenario() -> Scenario:
    """Return the scenario: what they have seen once, they ask for with its ETag."""
    slots = targets.free_slots(PAGES, days=DAYS)
    queue: Iterator[Browser] = cycle(_browsers(slots))
    takers = zip(cycle(targets.tokens(Role.CUSTOMER)), slots, strict=False)
    turns = count(1)

    def rounds() -> Round:
        turn = next(turns)
        if turn > BROWSERS and turn % TAKEN_EVERY == 0 and (task := next(takers, None)):
            return lambda connection: _take(connection, *task)
        return next(queue).poll

    return Scenario(names.POLLING, rounds, rate=RATE, connections=CONNECTIONS, warm_up=BROWSERS)


def _browsers(slots: list[targets.FreeSlot]) -> list[Browser]:
    pages = cycle(
        f"/api/booking-slots/available-slots/?service_id={slot.service_id}&date={slot.date}" for slot in slots
    )
    own = cycle(targets.own_bookings(BROWSERS // ONE_IN))
    browsers = []
    for number in range(BROWSERS):
        if number % ONE_IN == 0:
            token, booking_id = next(own)
            browsers.append(Browser(f"/api/bookings/{booking_id}/", token))
        else:
            browsers.append(Browser(next(pages)))
    return browsers


async def _take(connection: Connection, token: str, slot: targets.FreeSlot) -> int:
    """Hold a slot, so that whoever looks at it gets a new answer."""
    path = "/api/booking-wizard/create-step/"
    begin = {"booking_step": "service_selection", "service": slot.service_id}
    begun = await connection.expect(http_request("POST", path, token=token, body=_json(begin)), 201)
    when = {
        "booking_step": "datetime_selection",
        "booking_id": json.loads(begun)["booking_id"],
        "booking_date": slot.date,
        "booking_time": slot.time,
    }
    await connection.expect(http_request("POST", path, token=token, body=_json(when)), 200)
    return 2


def _json(body: dict[str, object]) -> bytes:
    return json.dumps(body).encode()
