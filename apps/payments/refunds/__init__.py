"""Money on its way back: whether, how much, and sending it."""
