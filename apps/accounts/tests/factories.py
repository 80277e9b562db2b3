"""Users for tests."""

import factory
from django.utils import timezone

from apps.accounts.models import Role, User

PASSWORD = "mountain-River-27"


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.com")
    full_name = factory.Sequence(lambda number: f"Person {number}")
    phone = factory.Sequence(lambda number: f"+97798{41000000 + number}")
    role = Role.CUSTOMER
    email_verified_at = factory.LazyFunction(timezone.now)
    phone_verified_at = factory.LazyFunction(timezone.now)
    password = factory.django.Password(PASSWORD)
