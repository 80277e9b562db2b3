from django.core.management.base import BaseCommand

from apps.payments.actions.methods import default_payment_methods, default_payment_methods_create


class Command(BaseCommand):
    help = "Add the ways to pay that are missing; changes none that is there."

    def handle(self, *args: object, **options: object) -> None:
        added = default_payment_methods_create()
        there = len(default_payment_methods()) - added
        self.stdout.write(f"Payment methods: {added} added, {there} there already.")
