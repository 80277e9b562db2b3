"""Asking gateways about payments that nobody asks about any more, and setting our books against theirs."""
