"""Figures over bookings and payments: read-only over the other apps, exact, quick at a million bookings."""
