"""Receipts of payments: issued once, and shown."""
