"""A locked booking, draft or payment comes from a selector that locks, and from nowhere else."""

import re

import pytest
from django.conf import settings

MADE_IN = {
    "LockedBooking": {"apps/bookings/selectors.py"},
    "LockedDraft": {"apps/bookings/selectors.py"},
    "LockedPayment": {"apps/payments/selectors.py"},
}


@pytest.mark.parametrize("name", sorted(MADE_IN))
def test_only_selectors_call_a_row_locked(name: str) -> None:
    made = re.compile(rf"\b{name}\(")
    sources = {path.relative_to(settings.BASE_DIR) for path in (settings.BASE_DIR / "apps").rglob("*.py")}
    code = {path for path in sources if "tests" not in path.parts}
    assert {f"{path}" for path in code if made.search((settings.BASE_DIR / path).read_text())} == MADE_IN[
        name
    ]
