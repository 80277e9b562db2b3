"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from apps.accounts.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("register/", views.RegisterView.as_view(), name="register"),
    path("login/", views.LoginView.as_view(), name="login"),
    path("refresh/", views.RefreshView.as_view(), name="refresh"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("me/", views.MeView.as_view(), name="me"),
    path("password-change/", views.PasswordChangeView.as_view(), name="password-change"),
    path("password-reset/", views.PasswordResetView.as_view(), name="password-reset"),
    path(
        "password-reset/confirm/",
        views.PasswordResetConfirmationView.as_view(),
        name="password-reset-confirm",
    ),
    path("verify-email/", views.EmailVerificationView.as_view(), name="verify-email"),
    path("verify-email/resend/", views.EmailVerificationResendView.as_view(), name="verify-email-resend"),
    path("verify-phone/", views.PhoneVerificationView.as_view(), name="verify-phone"),
]
