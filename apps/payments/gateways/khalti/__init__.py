"""Khalti: its payment page and its older widget."""
