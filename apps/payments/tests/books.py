"""Khalti and eSewa as books in memory, behind a real socket: what was opened, paid and given back there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from apps.payments.tests.misbehaving_server import Handler, hanging_up, misbehaving_server

PAYABLE = ("Initiated", "Pending", "Confirmed")
# What eSewa's status call says where Khalti's says this.
ESEWA_WORDS = {
    "Initiated": "NOT_FOUND",
    "Pending": "PENDING",
    "Completed": "COMPLETE",
    "User canceled": "CANCELED",
    "Expired": "NOT_FOUND",
    "Refunded": "FULL_REFUND",
    "Partially Refunded": "PARTIAL_REFUND",
}
TOKEN_WORDS = {"Completed": "Complete", "Pending": "Initiated", "Partially Refunded": "Partially refunded"}


@dataclass
class Entry:
    """One payment there; amounts in paisa. `name` is a pidx, a token, or our reference at eSewa."""

    name: str
    kind: str
    amount: int
    status: str = "Initiated"
    refunded: int = 0

    @property
    def word(self) -> str:
        if self.status == "Completed" and self.refunded:
            return "Refunded" if self.refunded >= self.amount else "Partially Refunded"
        return self.status

    @property
    def transaction_id(self) -> str:
        return f"transaction-{self.name}" if self.status == "Completed" else ""


@dataclass
class Books:
    """`fault` spoils the next call: `lost` after it was carried out, `500` before."""

    entries: dict[str, Entry] = field(default_factory=dict)
    fault: str = ""

    def open(self, name: str, kind: str, amount: int, status: str = "Initiated") -> Entry:
        return self.entries.setdefault(name, Entry(name, kind, amount, status))

    def behave(self, handler: Handler) -> None:
        fault, self.fault = self.fault, ""
        if fault == "500":
            handler.send(500, b"<h1>Server Error (500)</h1>", "text/html")
            return
        status, answer = self._answer(urlsplit(handler.path), handler.asked)
        if fault == "lost":
            hanging_up(handler)
            return
        handler.send(status, json.dumps(answer).encode())

    def _answer(self, address: Any, asked: Any) -> tuple[int, Any]:
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        match address.path.rstrip("/").split("/")[-2:]:
            case ["epayment", "initiate"]:
                pidx = f"pidx{len(self.entries)}"
                self.open(pidx, "pidx", asked["amount"])
                return 200, {"pidx": pidx, "payment_url": f"https://test-pay.khalti.com/?pidx={pidx}"}
            case ["epayment", "lookup"]:
                return self._looked_up(self.entries[asked["pidx"]])
            case ["payment", "verify"]:
                return self._verified(self.entries.get(asked["token"]), asked["amount"])
            case ["payment", "status"]:
                return 200, {"state": TOKEN_WORDS.get(word := self.entries[query["token"]].word, word)}
            case [transaction_id, "refund"]:
                return self._given_back(transaction_id, asked.get("amount"))
            case _:
                return 200, self._esewa(query)

    @staticmethod
    def _looked_up(entry: Entry) -> tuple[int, Any]:
        body = {"pidx": entry.name, "total_amount": entry.amount, "status": entry.word}
        is_refusal = entry.word in ("Expired", "User canceled")
        return 400 if is_refusal else 200, {**body, "transaction_id": entry.transaction_id or None}

    @staticmethod
    def _verified(entry: Entry | None, amount: int) -> tuple[int, Any]:
        if entry is None or entry.status != "Confirmed" or entry.amount != amount:
            return 400, {"token": ["Invalid token."]}
        entry.status = "Completed"
        return 200, {"idx": entry.transaction_id, "state": {"name": "Completed"}, "amount": entry.amount}

    def _given_back(self, transaction_id: str, amount: int | None) -> tuple[int, Any]:
        entry = self.entries[transaction_id.removeprefix("transaction-")]
        left = entry.amount - entry.refunded
        wanted = left if amount is None else amount
        if not 0 < wanted <= left:
            return 400, {"detail": "Transaction cannot be refunded.", "error_key": "validation_error"}
        entry.refunded += wanted
        return 200, {"detail": "Transaction refund successful."}

    def _esewa(self, query: dict[str, str]) -> Any:
        entry = self.entries.get(query["transaction_uuid"])
        word = ESEWA_WORDS[entry.word] if entry else "NOT_FOUND"
        reference = entry.transaction_id if entry else ""
        amount = float(query["total_amount"])
        return {**query, "total_amount": amount, "status": word, "ref_id": reference or None}


@contextmanager
def books_behind(settings: Any) -> Iterator[Books]:
    """Let the settings lead to a gateway that keeps these books."""
    books = Books()
    with misbehaving_server() as server:
        settings.KHALTI_BASE_URL = f"{server.url}api/v2/"
        settings.ESEWA_STATUS_URL = f"{server.url}status/"
        server.behaviours = [books.behave]
        yield books
