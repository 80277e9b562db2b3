"""A client that shows each request and its answer in a line or two. Follows no redirect by itself."""

import json
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPResponse
from typing import Any

TIMEOUT_SECONDS = 30
LONGEST_LINE = 150
SECRET = ("access", "refresh", "password")


class Unexpected(Exception):
    """An answer with another status than the story needs."""


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


class Client:
    def __init__(self, address: str) -> None:
        self.address = address
        self.token = ""
        # Never through a proxy: everything happens on this machine.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirects)

    def get(self, path: str, **query: object) -> Any:
        """Return the decoded answer of a GET."""
        return self.json("GET", f"{path}?{urllib.parse.urlencode(query)}" if query else path)

    def post(self, path: str, body: dict[str, Any], *, status: int = 200, **headers: str) -> Any:
        """Return the decoded answer of a POST. Raises Unexpected for another status."""
        return self.json("POST", path, body, status=status, headers=headers)

    def json(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Any:
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        self.show_request(method, path, body)
        _, text = self.exchange(self.address + path, method=method, data=data, headers=sent, status=status)
        answer = json.loads(text)
        self.show(f"{status}  {shortened(answer)}")
        return answer

    def page(self, url: str) -> str:
        """Return a page as a browser would show it."""
        self.show_request("GET", self.path_of(url))
        _, text = self.exchange(url, status=200)
        self.show("200  a page with a form")
        return text

    def submit(self, url: str, fields: dict[str, str]) -> str:
        """Post a form, and return where it redirects to."""
        self.show_request("POST", self.path_of(url), fields)
        data = urllib.parse.urlencode(fields).encode()
        location, _ = self.exchange(url, method="POST", data=data, status=302)
        self.show(f"302  to {location}")
        return location

    def follow(self, url: str) -> str:
        """Booking an address that redirects, and return where to."""
        self.show_request("GET", self.path_of(url))
        location, _ = self.exchange(url, status=302)
        self.show(f"302  to {location}")
        return location

    def exchange(
        self,
        url: str,
        *,
        method: str = "GET",
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        status: int,
    ) -> tuple[str, str]:
        """Return the address of a redirect, and the text. Raises Unexpected."""
        if not url.startswith(f"{self.address}/"):
            raise Unexpected(f"{url} is not an address of this server")
        request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)  # noqa: S310
        try:
            response: HTTPResponse = self.opener.open(request, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as error:
            got, location, text = error.code, error.headers.get("Location", ""), error.read().decode()
        except OSError as error:
            raise Unexpected(f"{method} {url}: {error}") from error
        else:
            with response:
                got, location, text = response.status, "", response.read().decode()
        if got != status:
            raise Unexpected(f"{method} {url} answered {got} instead of {status}: {text[:500]}")
        return location, text

    def path_of(self, url: str) -> str:
        return url.removeprefix(self.address)

    def show_request(self, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        self.show(f"{method} {path}" + (f"  {shortened(body)}" if body else ""))

    def show(self, line: str) -> None:
        print("   ", line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 4] + " ...", flush=True)


def shortened(value: Any) -> str:
    """Return an answer as one line, without what nobody wants to read."""
    if isinstance(value, list):
        return f"{len(value)} entries, the last: {shortened(value[-1])}" if value else "[]"
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if "results" in value:
        return (
            f"{value['count']} results, the first: {shortened(value['results'][0])}"
            if value["count"]
            else "none"
        )
    shown = {name: part for name, part in value.items() if name not in SECRET}
    if "booking_step" in shown and "booking" in shown:
        shown["booking"] = "..."
    return json.dumps(shown, ensure_ascii=False)
