import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from apps.analytics.actions.roll_up import days_roll_up
from apps.common.database import sweep
from apps.demo.load.bookings import LOADED, load_create

SEED = 1


class Command(BaseCommand):
    help = (
        "Add bookings for measurements, over three years and sixty days ahead, with providers, staff,"
        " customers, reservations, history and payments of their own, figures rolled up. Every run adds as"
        " many again."
        " Nobody in it has a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bookings", type=int, required=True, metavar="N", help="How many to add.")

    def handle(self, *args: object, bookings: int, verbosity: int, **options: object) -> None:
        if bookings < 1:
            raise CommandError("Ask for at least one booking.")
        begun = time.monotonic()
        with tqdm(total=bookings, unit=" bookings", mininterval=1, disable=verbosity == 0) as bar:
            supply = load_create(bookings=bookings, seed=SEED, now=timezone.now(), progress=bar.update)
        with tqdm(unit=" days rolled up", mininterval=1, disable=verbosity == 0) as bar:
            days_roll_up(progress=bar.update)
        sweep(*LOADED)
        seconds = time.monotonic() - begun
        self.stdout.write(
            f"Load: {bookings} bookings by {len(supply.customers)} customers with {len(supply.workers)}"
            f" members of staff, in {seconds:.0f} s ({bookings / seconds:.0f} a second)."
        )
