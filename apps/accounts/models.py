"""Users: e-mail login, one role each."""

import re
from contextlib import suppress
from typing import Any

import idna
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.common.phones import InvalidPhone, normalised_phone
from apps.common.text import pasted


class Role(models.TextChoices):
    CUSTOMER = "customer"
    PROVIDER = "provider"
    ADMIN = "admin"


class Gender(models.TextChoices):
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    NEPALI = "ne", "Nepali"


def normalised_email(text: str) -> str:
    """Return the e-mail as it is stored, so that login cares neither for case nor for marks pasted along.

    The domain is in the letters of DNS: `नेपाल.com` and `xn--l2bey1c2b.com` are one. What can't be a domain
    stays as it is, and no form takes it.
    """
    local_part, at, domain = pasted(text).lower().rpartition("@")
    # `"ram"@example.com` is the mailbox of `ram@example.com` (RFC 5321, 4.1.2).
    if re.fullmatch(r'"[a-z0-9!#$%&\'*+/=?^_`{|}~.-]+"', local_part):
        local_part = local_part[1:-1]
    if not domain.isascii():
        with suppress(idna.IDNAError):
            domain = idna.encode(domain, uts46=True).decode()
    return f"{local_part}{at}{domain}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=normalised_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"role": Role.ADMIN, "is_staff": True, "is_superuser": True}
        # Who makes one has the shell: they need no link in a mail.
        fields.setdefault("email_verified_at", timezone.now())
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalised_email(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in. E-mails are stored in lower case, so that login doesn't care for case."""

    email = models.EmailField(unique=True)
    full_name = LineField(max_length=120)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164, as +9779841234567")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.CUSTOMER)
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text="May log in to the admin.")
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.full_name or f"user {self.pk}"

    def clean(self) -> None:
        """Bring what a form of the admin takes into the shape that the API stores."""
        self.email = normalised_email(self.email)
        if not self.email.isascii():
            raise ValidationError({"email": "Enter a valid email address."})
        if self.phone:
            try:
                self.phone = normalised_phone(self.phone)
            except InvalidPhone as error:
                raise ValidationError({"phone": str(error)}) from error

    @property
    def email_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def phone_verified(self) -> bool:
        return self.phone_verified_at is not None

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    def may(self, permission: str) -> bool:
        """Return whether it is an admin who may do this: a superuser, or one who was given the permission."""
        return self.is_admin and self.has_perm(permission)


class UsedRefreshToken(models.Model):
    """When a refresh token was used up. Its successor follows from this row: no text of a token is stored."""

    jti = models.CharField(max_length=64, primary_key=True)
    used_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"used at {self.used_at}"


class EndedSession(models.Model):
    """A session, which is all refresh tokens that come from one login, of which none is good any more."""

    session = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"ended, kept until {self.expires_at}"


class PhoneCode(models.Model):
    """A code that is on its way to a phone, by SMS. Only its keyed hash is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="phone_code")
    phone = models.CharField(max_length=16)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"code of user {self.user_id}"


class AttemptCount(models.Model):
    """How often a subject tried since `started_at`. A keyed hash: neither e-mail nor address is kept."""

    subject = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} since {self.started_at}"
