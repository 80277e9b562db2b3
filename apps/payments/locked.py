"""Payments that nobody else moves until this transaction ends. What moves a payment asks for one.

The row of its booking is locked, which everybody takes first. `apps.payments.selectors` alone makes them; at
run time they are the payments themselves.
"""

from typing import NewType

from apps.payments.models import Payment

LockedPayment = NewType("LockedPayment", Payment)
