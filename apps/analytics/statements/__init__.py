"""Statements over rollups and raw rows together. Each is one snapshot, so it counts nothing twice."""
