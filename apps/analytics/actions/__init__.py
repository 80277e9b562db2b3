"""Writes: the rollup alone."""
