"""Figures over bookings and payments: read-only over the other apps, exact, and quick at a million bookings."""
