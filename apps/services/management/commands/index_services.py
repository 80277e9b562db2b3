"""`manage.py index_services`."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.services.models import Service
from apps.services.search import services_index


class Command(BaseCommand):
    help = "Write anew what services are found by. Needed after rows were written past this program."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{services_index(Service.objects.all())} services indexed anew")
