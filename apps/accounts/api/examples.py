"""Examples for the API's page."""

from drf_spectacular.utils import OpenApiExample

USER = {
    "id": 7,
    "email": "kamala@example.com",
    "email_verified": True,
    "full_name": "Kamala Shrestha",
    "phone": "+9779841234567",
    "phone_verified": False,
    "role": "customer",
    "gender": "female",
    "language": "ne",
}
TOKENS = {"access": "eyJhbGciOiJIUzI1NiJ9.access…", "refresh": "eyJhbGciOiJIUzI1NiJ9.refresh…"}
REGISTRATION = {
    "email": "kamala@example.com",
    "password": "mountain-River-27",
    "full_name": "Kamala Shrestha",
    "phone": "9841234567",
    "role": "customer",
    "gender": "female",
    "language": "ne",
}


def request_example(value: object) -> OpenApiExample:
    return OpenApiExample("Request", value=value, request_only=True)


def answer_example(value: object, status: str = "200") -> OpenApiExample:
    return OpenApiExample("Answer", value=value, response_only=True, status_codes=[status])


REGISTER = [request_example(REGISTRATION), answer_example({"user": USER, **TOKENS}, "201")]
LOGIN = [
    request_example({"email": "kamala@example.com", "password": "mountain-River-27"}),
    answer_example({"user": USER, **TOKENS}),
]
REFRESH = [request_example({"refresh": TOKENS["refresh"]}), answer_example(TOKENS)]
LOGOUT = [request_example({"refresh": TOKENS["refresh"]})]
PROFILE = [
    OpenApiExample("Request", value={"phone": "+977 9841234567", "language": "en"}, request_only=True),
    answer_example(USER),
]
PASSWORD_CHANGE = [
    request_example({"old_password": "mountain-River-27", "new_password": "terraced-Hills-81"}),
]
PASSWORD_RESET = [request_example({"email": "kamala@example.com"})]
PASSWORD_RESET_CONFIRMATION = [
    request_example({"uid": "Nw", "token": "cvx1o2-5e1c…", "password": "terraced-Hills-81"}),
]
EMAIL_VERIFICATION = [
    request_example({"token": "eyJ1c2VyIjo3fQ:1tq…", "new_password": "terraced-Hills-81"}),
]
PHONE_VERIFICATION = [request_example({"code": "081275"})]
