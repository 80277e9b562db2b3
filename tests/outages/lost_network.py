"""A way to a server over which, from some moment on, nothing gets through, and no end is told of it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from scripts.serve import HOST


class Way:
    def __init__(self, port: int) -> None:
        self.target = port
        self.cut = Event()
        self.listener = socket.create_server((HOST, 0))
        self.port: int = self.listener.getsockname()[1]
        self.ends: list[socket.socket] = []
        Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:  # closed: the test is over
                return
            far = socket.create_connection((HOST, self.target))
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                if not self.cut.is_set():
                    other.sendall(data)
        except OSError:  # closed: the test is over
            return


@contextmanager
def way_to(port: int) -> Iterator[Way]:
    way = Way(port)
    try:
        yield way
    finally:
        way.listener.close()
        for end in way.ends:
            end.close()
