"""`/api/auth/`."""

from typing import Any

from django.contrib.auth import authenticate
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts import actions
from apps.accounts.api import examples, serializers
from apps.accounts.authentication import signed_in
from apps.accounts.models import User
from apps.accounts.phones import phone_code_send, phone_verify
from apps.accounts.tokens import session_end, tokens_issue, tokens_rotate
from apps.common.api.bodies import valid_body
from apps.common.client_address import client_network
from apps.common.openapi import ErrorSerializer, domain_errors


def session(user: User) -> dict[str, Any]:
    return {"user": serializers.UserSerializer(user).data, **tokens_issue(user)}


def refusal(code: str) -> OpenApiResponse:
    return OpenApiResponse(ErrorSerializer, description=f"Code: `{code}`.")


class ProofInBodyView(APIView):
    """The body alone says who asks: an access token that has run out must not keep anybody from a new one."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class RegisterView(ProofInBodyView):
    @extend_schema(
        summary="Register",
        description="A customer or a provider; a mail asks to confirm the e-mail. A taken e-mail is 400. "
        "An address may register `THROTTLE_REGISTER` (10 an hour) times, then 429 with `Retry-After`.",
        request=serializers.RegistrationSerializer,
        responses={201: serializers.SessionSerializer},
        examples=examples.REGISTER,
    )
    def post(self, request: Request) -> Response:
        data = valid_body(serializers.RegistrationSerializer, request)
        user = actions.user_register(**data, address=client_network(request))
        return Response(session(user), status=201)


class LoginView(ProofInBodyView):
    @extend_schema(
        summary="Log in",
        description="401 `no_active_account` for unknown e-mail, wrong password and closed account alike.",
        request=serializers.LoginSerializer,
        responses={200: serializers.SessionSerializer, 401: refusal("no_active_account")},
        examples=examples.LOGIN,
    )
    def post(self, request: Request) -> Response:
        data = valid_body(serializers.LoginSerializer, request)
        user = authenticate(request, username=data["email"], password=data["password"])
        if not isinstance(user, User):
            raise AuthenticationFailed("No account has this e-mail and password.", code="no_active_account")
        return Response(session(user))


class RefreshView(ProofInBodyView):
    @extend_schema(
        summary="Get new tokens",
        description="Uses the refresh token up: the answer holds the next one. Within 20 seconds of that "
        "the used one answers with the same next one again, as often as it is asked: several processes of a "
        "site may ask at once. Later it ends the whole session, all tokens that come from one login: 401.",
        request=serializers.RefreshTokenSerializer,
        responses={200: serializers.TokensSerializer, 401: refusal("token_not_valid")},
        examples=examples.REFRESH,
    )
    def post(self, request: Request) -> Response:
        return Response(tokens_rotate(valid_body(serializers.RefreshTokenSerializer, request)["refresh"]))


class LogoutView(ProofInBodyView):
    @extend_schema(
        summary="Log out",
        description="Ends all refresh tokens of this login. The access token runs out by itself.",
        request=serializers.RefreshTokenSerializer,
        responses={204: None, 401: refusal("token_not_valid")},
        examples=examples.LOGOUT,
    )
    def post(self, request: Request) -> Response:
        session_end(valid_body(serializers.RefreshTokenSerializer, request)["refresh"])
        return Response(status=204)


@extend_schema_view(
    get=extend_schema(summary="My account", examples=examples.PROFILE),
    patch=extend_schema(
        summary="Change my account",
        description="Name, phone, gender and language; e-mail and role stay. A new phone is not confirmed.",
        examples=examples.PROFILE,
    ),
)
class MeView(RetrieveUpdateAPIView[User]):
    serializer_class = serializers.UserSerializer
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> User:
        return signed_in(self.request)


class PasswordChangeView(APIView):
    @extend_schema(
        summary="Change my password",
        description="Ends all refresh tokens of this account.",
        request=serializers.PasswordChangeSerializer,
        responses={204: None},
        examples=examples.PASSWORD_CHANGE,
    )
    def post(self, request: Request) -> Response:
        data = valid_body(serializers.PasswordChangeSerializer, request)
        actions.password_change(user=signed_in(request), address=client_network(request), **data)
        return Response(status=204)


class PasswordResetView(ProofInBodyView):
    @extend_schema(
        summary="Ask for a new password",
        description="204 whether there is such an account or not. If there is, a mail brings a link that is "
        "good for an hour and for one use; an account gets five of them an hour.",
        request=serializers.PasswordResetSerializer,
        responses={204: None},
        examples=examples.PASSWORD_RESET,
    )
    def post(self, request: Request) -> Response:
        data = valid_body(serializers.PasswordResetSerializer, request)
        actions.password_reset_begin(email=data["email"], address=client_network(request))
        return Response(status=204)


class PasswordResetConfirmationView(ProofInBodyView):
    @extend_schema(
        summary="Set the new password",
        description="`uid` and `token` come from the mail's link. Ends all refresh tokens of the account.",
        request=serializers.PasswordResetConfirmationSerializer,
        responses={204: None},
        examples=examples.PASSWORD_RESET_CONFIRMATION,
    )
    def post(self, request: Request) -> Response:
        actions.password_reset_finish(**valid_body(serializers.PasswordResetConfirmationSerializer, request))
        return Response(status=204)


class EmailVerificationView(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Confirm an e-mail",
        description="`token` comes from the link in the mail that a registration sends. Who registered may "
        "be somebody else than who reads the mail, so it takes one of three more: a login of this account, "
        "its `password`, or a `new_password`, which ends all refresh tokens. Without: 400 "
        "`password_required` on `new_password`. Of a confirmed e-mail the token alone is fine.",
        request=serializers.EmailVerificationSerializer,
        responses={204: None},
        examples=examples.EMAIL_VERIFICATION,
    )
    def post(self, request: Request) -> Response:
        data = valid_body(serializers.EmailVerificationSerializer, request)
        caller = request.user if isinstance(request.user, User) else None
        actions.email_verify(caller=caller, address=client_network(request), **data)
        return Response(status=204)


class EmailVerificationResendView(APIView):
    @extend_schema(
        summary="Send the mail that confirms my e-mail again",
        description="Nothing is sent where it is confirmed. Five mails an hour, then 429.",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        actions.verification_resend(user=signed_in(request), address=client_network(request))
        return Response(status=204)


class PhoneVerificationView(APIView):
    @extend_schema(
        summary="Confirm my phone",
        description="Without a `code` one of six digits goes to my phone by SMS, in development to the "
        "console: five a day and number, then 429. With it the phone is confirmed: it is good for ten "
        "minutes and five tries; `wrong_code`, `expired_code` (400). Only a confirmed phone gets SMS.",
        request=serializers.PhoneVerificationSerializer,
        responses={204: None},
        examples=examples.PHONE_VERIFICATION,
    )
    @domain_errors("feature_disabled", "gateway_unavailable")
    def post(self, request: Request) -> Response:
        user = signed_in(request)
        code = valid_body(serializers.PhoneVerificationSerializer, request).get("code")
        if code:
            phone_verify(user=user, code=code)
        else:
            phone_code_send(user=user, address=client_network(request))
        return Response(status=204)
