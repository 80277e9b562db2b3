"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from apps.payments.api import cancellation, proofs, receipts, refund, returns, statement, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("payment-methods/", views.PaymentMethodListView.as_view(), name="payment-methods"),
    path(
        "bookings/<int:booking_id>/cancellation-preview/",
        cancellation.CancellationPreviewView.as_view(),
        name="cancellation-preview",
    ),
    path("payments/", views.PaymentListView.as_view(), name="payments"),
    path("payments/initiate/", views.InitiateView.as_view(), name="payment-initiate"),
    path(
        "payments/process-khalti-payment/",
        views.ProcessKhaltiPaymentView.as_view(),
        name="process-khalti-payment",
    ),
    *returns.return_paths(),
    path(
        "payments/earnings-statement/", statement.EarningsStatementView.as_view(), name="earnings-statement"
    ),
    path("payments/<int:payment_id>/", views.PaymentView.as_view(), name="payment"),
    path("payments/<int:payment_id>/verify/", views.VerifyView.as_view(), name="payment-verify"),
    path("payments/<int:payment_id>/proof/", proofs.ProofView.as_view(), name="payment-proof"),
    path("payments/<int:payment_id>/proof/slip/", proofs.SlipView.as_view(), name="payment-slip"),
    path("payments/<int:payment_id>/receipt/", receipts.ReceiptView.as_view(), name="payment-receipt"),
    path("payments/<int:payment_id>/refund/", refund.RefundView.as_view(), name="payment-refund"),
]
