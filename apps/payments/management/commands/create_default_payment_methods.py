from django.core.management.base import BaseCommand

from apps.payments.actions.methods import DEFAULTS, default_payment_methods_create


class Command(BaseCommand):
    help = "Add Khalti, eSewa, bank transfer and cash where they are missing; changes none that is there."

    def handle(self, *args: object, **options: object) -> None:
        added = default_payment_methods_create()
        self.stdout.write(f"Payment methods: {added} added, {len(DEFAULTS) - added} there already.")
