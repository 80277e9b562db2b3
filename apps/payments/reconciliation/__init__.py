"""Asking gateways about attempts that nobody asks about any more, and setting our books against theirs."""
