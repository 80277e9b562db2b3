"""What an error answer says."""

from rest_framework.response import Response


def error(response: Response) -> tuple[int, str, str | None]:
    """Return (status, code, attr) of an answer with one error."""
    (only,) = response.data["errors"]
    return response.status_code, only["code"], only["attr"]


def attributes(response: Response) -> set[str]:
    """Return the fields at fault of a 400."""
    assert response.status_code == 400, response.content
    return {item["attr"] for item in response.data["errors"]}
