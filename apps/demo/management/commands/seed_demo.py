from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.demo.marketplace import marketplace_create, marketplace_exists
from apps.demo.marketplace.people import PASSWORD


class Command(BaseCommand):
    help = "Add a demo marketplace in Kathmandu, once. Refuses with DEBUG off, since its password is known."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: demo accounts have a password that everybody knows.")
        if marketplace_exists():
            self.stdout.write("Demo marketplace: there already, nothing added.")
            return
        counts = marketplace_create()
        self.stdout.write(
            f"Demo marketplace: {counts.services} services to book, {counts.bookings} bookings,"
            f" {counts.reviews} reviews. Password of every account: {PASSWORD}"
        )
