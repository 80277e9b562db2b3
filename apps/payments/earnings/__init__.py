"""What providers earned, what is held, owed and paid out to them."""
