from django.core.management.base import BaseCommand

from apps.desk.roles import PERMISSIONS, staff_roles_create


class Command(BaseCommand):
    help = (
        "Make the groups Support and Finance, each with exactly its permissions. Run it after migrate:"
        " migrations themselves can't, since permissions are only there once all of them have run."
    )

    def handle(self, *args: object, **options: object) -> None:
        changed = staff_roles_create()
        self.stdout.write(f"Staff roles: {len(changed)} of {len(PERMISSIONS)} set, the others as they were.")
