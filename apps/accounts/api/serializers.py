"""What the account calls take and answer."""

from typing import Any

from rest_framework import serializers

from apps.accounts.actions import account_change
from apps.accounts.models import Gender, Language, Role, User, normalised_email
from apps.common.api.fields import PhoneField, TextField

LONGEST_PASSWORD = 128
LONGEST_TOKEN = 2000
# Nobody becomes an admin by registering.
OFFERED_ROLES = [Role.CUSTOMER, Role.PROVIDER]


class EmailField(serializers.EmailField):
    """An e-mail in the case in which it is stored, so that its length is checked as such."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)

    def to_internal_value(self, data: Any) -> str:
        email = normalised_email(super().to_internal_value(data))
        if not email.isascii():
            self.fail("invalid")
        return email


class PasswordField(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=LONGEST_PASSWORD, trim_whitespace=False, style={"input_type": "password"}, **options
        )


class UserSerializer(serializers.ModelSerializer[User]):
    phone = PhoneField()
    email_verified = serializers.BooleanField(read_only=True)
    phone_verified = serializers.BooleanField(read_only=True)

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "email_verified",
            "full_name",
            "phone",
            "phone_verified",
            "role",
            "gender",
            "language",
        ]
        read_only_fields = ["id", "email", "role"]

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        return account_change(user=instance, changes=validated_data)


class RegistrationSerializer(serializers.Serializer[Any]):
    email = EmailField()
    password = PasswordField()
    full_name = TextField(max_length=120)
    phone = PhoneField()
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in OFFERED_ROLES])
    gender = serializers.ChoiceField(choices=Gender.choices, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class LoginSerializer(serializers.Serializer[Any]):
    email = EmailField()
    password = PasswordField()


class RefreshTokenSerializer(serializers.Serializer[Any]):
    refresh = TextField(max_length=LONGEST_TOKEN)


class TokensSerializer(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="Good for 15 minutes: `Authorization: Bearer <access>`.")
    refresh = serializers.CharField(help_text="Good for 14 days, and for one use (and 20 seconds more).")


class SessionSerializer(TokensSerializer):
    user = UserSerializer()


class PasswordChangeSerializer(serializers.Serializer[Any]):
    old_password = PasswordField()
    new_password = PasswordField()


class PasswordResetSerializer(serializers.Serializer[Any]):
    email = EmailField()


class PasswordResetConfirmationSerializer(serializers.Serializer[Any]):
    uid = TextField(max_length=64, help_text="From the link in the mail.")
    token = TextField(max_length=LONGEST_TOKEN, help_text="From the link in the mail.")
    password = PasswordField(help_text="The new one.")


class EmailVerificationSerializer(serializers.Serializer[Any]):
    token = TextField(max_length=LONGEST_TOKEN, help_text="From the link in the mail.")
    password = PasswordField(required=False, help_text="The present one.")
    new_password = PasswordField(required=False, help_text="One that only who reads the mail knows.")


class PhoneVerificationSerializer(serializers.Serializer[Any]):
    code = serializers.RegexField(r"^[0-9]{6}\Z", required=False, help_text="From the SMS.")
