"""Payments whose gateway never answers: what they must not do to anybody else."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bench.client import HOST, http_request

PAYMENTS = 4


@contextmanager
def silent_gateway() -> Iterator[str]:
    """Yield the address of a gateway that takes connections and says nothing."""
    with socket.create_server((HOST, 0)) as listener:
        # Never accepted: the kernel greets whoever comes, and that is all that happens.
        yield f"http://{HOST}:{listener.getsockname()[1]}/api/v2"


@contextmanager
def hanging_payments(port: int, drafts: list[tuple[str, int]]) -> Iterator[None]:
    """Keep one `initiate` hanging for each draft, given as (token of its customer, booking id)."""
    ended = threading.Event()
    connections: list[socket.socket] = []
    threads = [
        threading.Thread(target=_pay_again_and_again, args=(port, *draft, connections, ended))
        for draft in drafts
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for connection in [*connections]:
            connection.close()
        for thread in threads:
            thread.join()


def _pay_again_and_again(
    port: int, token: str, booking_id: int, connections: list[socket.socket], ended: threading.Event
) -> None:
    """Pay; when the server gives up on the gateway, pay again, as the contract lets a customer."""
    body = json.dumps({"booking_id": booking_id, "payment_method": "khalti"}).encode()
    request = http_request("POST", "/api/payments/initiate/", token=token, body=body)
    while not ended.is_set():
        with socket.create_connection((HOST, port)) as connection:
            connections.append(connection)
            connection.sendall(request)
            try:
                answer = connection.recv(65536)
            except OSError:  # closed from outside: the measurement is over
                return
        if not ended.is_set() and b" 503 " not in answer[:20]:
            raise RuntimeError(f"a payment did not hang: {answer[:300]!r}")
