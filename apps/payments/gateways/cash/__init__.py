"""Cash, taken at the door."""
