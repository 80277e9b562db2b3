"""Any number of bookings for measurements: bulk inserts, the same rows on every run but for the date."""
