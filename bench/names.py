"""What the scenarios are called, in the order in which they are measured."""

FLOOR = "empty DRF view"
SLOTS = "available-slots"
DATES = "available-dates"
SERVICES = "services list"
CUSTOMERS_BOOKINGS = "bookings list, customer"
PROVIDERS_BOOKINGS = "bookings list, provider"
BOOKING = "a whole booking, five steps, cash"
