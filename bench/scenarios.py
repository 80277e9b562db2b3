"""What is measured."""

import json
from collections.abc import Iterator
from dataclasses import replace

from apps.accounts.models import Role
from bench import names, polling, targets
from bench.client import Connection, Round, http_request
from bench.hanging import PAYMENTS, hanging_payments
from bench.scenario import Scenario

REQUESTS_A_BOOKING = 5
CUSTOMERS = 4000


def scenarios(seconds: float) -> list[Scenario]:
    """Return all scenarios on the database of the settings."""
    services, days = targets.service_ids(), targets.working_days()
    slots = [
        f"/api/booking-slots/available-slots/?service_id={service}&date={days[turn % len(days)]}"
        for turn, service in enumerate(services)
    ]
    months = sorted({f"{day:%Y-%m}" for day in days})
    dates = [
        f"/api/booking-slots/available-dates/?service_id={service}&month={months[turn % len(months)]}"
        for turn, service in enumerate(services)
    ]
    return [
        _reads(names.FLOOR, ["/bench/empty/"]),
        _reads(names.SLOTS, slots),
        _hanging(_reads(names.HANGING, slots)),
        _reads(names.DATES, dates),
        *_largest(),
        _reads(names.SERVICES, [f"/api/services/?page={page}" for page in range(1, 6)]),
        _lists(names.CUSTOMERS_BOOKINGS, Role.CUSTOMER),
        _lists(names.PROVIDERS_BOOKINGS, Role.PROVIDER),
        *_analytics(),
        _bookings(round(seconds * 300) + 200),
        polling.scenario(),
    ]


def _reads(name: str, paths: list[str]) -> Scenario:
    return _endless(name, [http_request("GET", path) for path in paths])


def _largest() -> Iterator[Scenario]:
    """One connection each, as for the analytics."""
    service, first_day = targets.largest()
    month = f"/api/booking-slots/available-dates/?service_id={service}&month={first_day:%Y-%m}"
    day = (
        f"/api/booking-slots/available-slots/?service_id={service}&date={first_day}&include_unavailable=true"
    )
    yield replace(_reads(names.LARGEST_MONTH, [month]), connections=1)
    yield replace(_reads(names.LARGEST_DAY, [day]), connections=1)


def _hanging(reads: Scenario) -> Scenario:
    drafts = targets.drafts_to_pay(PAYMENTS)
    return replace(reads, beside=lambda port: hanging_payments(port, drafts))


def _lists(name: str, role: Role) -> Scenario:
    return _endless(
        name, [http_request("GET", "/api/bookings/", token=token) for token in targets.tokens(role)]
    )


def _analytics() -> Iterator[Scenario]:
    """One connection each: how long an answer takes, not how long it waits for others."""
    yield replace(_reads(names.COUNT, ["/bench/count/"]), connections=1)
    admins, providers = [targets.admin_token()], targets.tokens(Role.PROVIDER)
    askers = {
        names.BY_ADMIN: admins,
        names.BY_PROVIDER: providers,
        names.BY_CUSTOMER: targets.tokens(Role.CUSTOMER),
    }
    addresses = {
        names.BOOKING_ANALYTICS: "/api/bookings/booking-analytics/",
        names.PAYMENT_ANALYTICS: "/api/payments/payment-analytics/",
        names.PROVIDER_STATISTICS: "/api/bookings/provider-statistics/",
    }
    for who, tokens in askers.items():
        for name, address in addresses.items():
            if (name, who) != (names.PROVIDER_STATISTICS, names.BY_CUSTOMER):
                requests = [http_request("GET", address, token=token) for token in tokens]
                yield replace(_endless(name + who, requests), connections=1)


def _endless(name: str, requests: list[bytes]) -> Scenario:
    queue = targets.endlessly(requests)

    def rounds() -> Round:
        request = next(queue)

        async def read(connection: Connection) -> int:
            await connection.expect(request, 200)
            return 1

        return read

    return Scenario(name, rounds)


def _bookings(count: int) -> Scenario:
    people = targets.tokens(Role.CUSTOMER, CUSTOMERS)
    queue: Iterator[tuple[str, targets.FreeSlot]] = (
        (people[turn % len(people)], slot) for turn, slot in enumerate(targets.free_slots(count))
    )

    def rounds() -> Round | None:
        task = next(queue, None)
        return None if task is None else lambda connection: _book(connection, *task)

    return Scenario(names.BOOKING, rounds, requests=REQUESTS_A_BOOKING)


async def _book(connection: Connection, token: str, slot: targets.FreeSlot) -> int:
    def step(name: str, **fields: object) -> bytes:
        body = json.dumps({"booking_step": name, **fields}).encode()
        return http_request("POST", "/api/booking-wizard/create-step/", token=token, body=body)

    begun = await connection.expect(step("service_selection", service=slot.service_id), 201)
    draft = {"booking_id": json.loads(begun)["booking_id"]}
    when = {"booking_date": slot.date, "booking_time": slot.time}
    await connection.expect(step("datetime_selection", **draft, **when), 200)
    where = {"address": "New Road 1", "city": "kathmandu", "phone": "9841000000"}
    await connection.expect(step("details_input", **draft, **where), 200)
    await connection.expect(step("payment", **draft, payment_method="cash"), 200)
    await connection.expect(step("confirmation", **draft), 200)
    return REQUESTS_A_BOOKING
