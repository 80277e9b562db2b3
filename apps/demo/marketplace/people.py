"""Who uses the demo marketplace. Everybody has the same password, hashed once because argon2 is slow."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from apps.accounts.events import provider_registered
from apps.accounts.models import Role, User
from apps.desk.roles import FINANCE, SUPPORT, staff_roles_create
from apps.services.models import StaffMember

PASSWORD = "sewabazaar-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    gender: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Firm:
    """A provider: an account, who owns it, and who else works there."""

    account: str
    name: str
    owner: Person
    staff: tuple[Person, ...] = field(default=())


ADMIN = Person("Anita Joshi", "female", "admin")
# Who sits at the desk, by what they look after there.
STAFF = {
    SUPPORT: Person("Sabina Lamichhane", "female", "support"),
    FINANCE: Person("Farid Khan", "male", "finance"),
}

FIRMS = (
    Firm(
        "provider",
        "Sagarmatha Home Care",
        Person("Bishal Shrestha", "male"),
        (
            Person("Sunita Tamang", "female"),
            Person("Maya Gurung", "female"),
            Person("Dipesh Rai", "male"),
        ),
    ),
    Firm(
        "bijuli",
        "Bijuli Ghar Electricals",
        Person("Ramesh Maharjan", "male"),
        (Person("Anil Karki", "male"), Person("Sarita Chaudhary", "female")),
    ),
    Firm(
        "dhara",
        "Dhara Plumbing Works",
        Person("Krishna Bahadur Thapa", "male"),
        (Person("Santosh Magar", "male"),),
    ),
    Firm(
        "gyan",
        "Gyan Jyoti Tuition",
        Person("Prakash Acharya", "male"),
        (Person("Srijana Poudel", "female"), Person("Bimala Khatri", "female")),
    ),
    Firm(
        "shanti",
        "Shanti Yoga Studio",
        Person("Ganga Devi Sharma", "female"),
        (Person("Yogesh Bhattarai", "male"),),
    ),
    Firm(
        "sundari",
        "Sundari Beauty Parlour",
        Person("Manisha Lama", "female"),
        (Person("Rekha Shahi", "female"), Person("Pinky Gurung", "other")),
    ),
    Firm(
        "chiso",
        "Chiso Tato Appliance Repair",
        Person("Nabin Dangol", "male"),
        (Person("Suman Bajracharya", "male"),),
    ),
    Firm(
        "rang",
        "Rangeen Painters",
        Person("Hari Prasad Yadav", "male"),
        (Person("Mohan Sah", "male"), Person("Laxmi Mandal", "female")),
    ),
    Firm("kaath", "Kaathko Kaam Carpentry", Person("Rajendra Shilpakar", "male")),
    Firm("safa", "Safa Ghar Pest Control", Person("Deepak Basnet", "male"), (Person("Asmita KC", "female"),)),
    Firm(
        "phewa",
        "Phewa Lakeside Cleaning",
        Person("Kopila Thakali", "female"),
        (Person("Tek Bahadur Pun", "male"),),
    ),
    Firm(
        "annapurna", "Annapurna Fitness", Person("Roshan Gurung", "male"), (Person("Ichchha Ale", "female"),)
    ),
    Firm("nirmala", "Nirmala Adhikari", Person("Nirmala Adhikari", "female")),
    Firm("nayabato", "Naya Bato Movers", Person("Umesh Chaudhary", "male")),
)

CUSTOMERS = (
    Person("Kamala Shrestha", "female", "customer"),
    Person("Suresh Gurung", "male", "suresh"),
    Person("Pratima Rai", "female", "pratima"),
    Person("Rabin Maharjan", "male", "rabin"),
    Person("Sushila Karki", "female", "sushila"),
    Person("Arjun Adhikari", "male", "arjun"),
    Person("Nisha Tuladhar", "female", "nisha"),
    Person("Bikash Thapa", "male", "bikash"),
    Person("Gita Pandey", "female", "gita"),
    Person("Sandesh Limbu", "male", "sandesh"),
    Person("Mina Tamang", "female", "mina"),
    Person("Rohit Agrawal", "male", "rohit"),
    Person("Ayesha Ansari", "female", "ayesha"),
    Person("Dawa Sherpa", "other", "dawa"),
    Person("Kabita Bhandari", "female", "kabita"),
    Person("Niranjan Koirala", "male", "niranjan"),
)


@dataclass(frozen=True, slots=True)
class Accounts:
    admin: User
    providers: dict[str, User]
    customers: list[User]


def address_of(account: str) -> str:
    """Return the e-mail of an account; the domain keeps it out of a production system."""
    return f"{account}{settings.DEMO_EMAIL_DOMAIN}"


def people_create(*, now: datetime) -> Accounts:
    """Add all accounts, and the staff of the firms. Nobody gets a mail."""
    common = {
        "password": make_password(PASSWORD),
        "email_verified_at": now,
        "phone_verified_at": now,
        "date_joined": now - timedelta(days=200),
    }
    admin = _admin_create(ADMIN, "+9779851000000", is_superuser=True, **common)
    staff_roles_create()
    for index, (role, person) in enumerate(STAFF.items(), 1):
        _admin_create(person, f"+97798520{index:05d}", **common).groups.add(Group.objects.get(name=role))
    return Accounts(
        admin=admin,
        providers={firm.account: _firm_create(firm, index, common) for index, firm in enumerate(FIRMS, 1)},
        customers=[_customer_create(person, index, common) for index, person in enumerate(CUSTOMERS, 1)],
    )


def _admin_create(person: Person, phone: str, **columns: Any) -> User:
    return User.objects.create(
        email=address_of(person.account),
        full_name=person.name,
        gender=person.gender,
        phone=phone,
        role=Role.ADMIN,
        is_staff=True,
        **columns,
    )


def _firm_create(firm: Firm, index: int, common: dict[str, Any]) -> User:
    provider = User.objects.create(
        email=address_of(firm.account),
        full_name=firm.name,
        gender=firm.owner.gender,
        phone=f"+97798510{index:05d}",
        role=Role.PROVIDER,
        **common,
    )
    provider_registered.send(sender=User, user=provider)
    # Registration made a member who is called like the account; in a firm the owner has a name of their own.
    StaffMember.objects.filter(provider=provider).update(full_name=firm.owner.name)
    for person in firm.staff:
        StaffMember.objects.create(provider=provider, full_name=person.name, gender=person.gender)
    return provider


def _customer_create(person: Person, index: int, common: dict[str, Any]) -> User:
    return User.objects.create(
        email=address_of(person.account),
        full_name=person.name,
        gender=person.gender,
        phone=f"+97798410{index:05d}",
        role=Role.CUSTOMER,
        language="ne" if index % 3 == 0 else "en",
        **common,
    )
