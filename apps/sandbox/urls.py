from django.urls import URLPattern, URLResolver, include, path

from apps.sandbox import console, fault_views
from apps.sandbox.connectips import form as connectips_form
from apps.sandbox.connectips import pages as connectips_pages
from apps.sandbox.connectips import validation as connectips_validation
from apps.sandbox.esewa import form as esewa_form
from apps.sandbox.esewa import pages as esewa_pages
from apps.sandbox.esewa import status as esewa_status
from apps.sandbox.khalti import checkout, legacy, transactions, widget_frame
from apps.sandbox.khalti import pages as khalti_pages
from apps.sandbox.mail import pages as mail_pages

app_name = "sandbox"

# Old plugins call list and detail without `v2` too; the refund has no `v2` at all.
transaction_patterns: list[URLPattern | URLResolver] = [
    path("merchant-transaction/", transactions.transaction_list),
    path("merchant-transaction/<slug:transaction_id>/", transactions.transaction_show),
]

khalti_patterns: list[URLPattern | URLResolver] = [
    path("api/v2/epayment/initiate/", checkout.initiate, name="khalti-initiate"),
    path("api/v2/epayment/lookup/", checkout.lookup, name="khalti-lookup"),
    path("api/v2/payment/verify/", legacy.verify, name="khalti-verify"),
    path("api/v2/payment/status/", legacy.status, name="khalti-status"),
    path("api/v2/", include(transaction_patterns)),
    path("api/", include(transaction_patterns)),
    path("api/merchant-transaction/<slug:transaction_id>/refund/", transactions.refund, name="khalti-refund"),
    path("pay/", khalti_pages.pay, name="khalti-pay"),
    path("widget/", khalti_pages.widget, name="khalti-widget"),
    path("widget.js", widget_frame.script, name="khalti-widget-script"),
    path("widget/frame/", widget_frame.frame, name="khalti-frame"),
    path("widget/token/", khalti_pages.widget_token, name="khalti-widget-token"),
    path("payments/<slug:reference>/", console.khalti_override, name="khalti-override"),
]

esewa_patterns: list[URLPattern | URLResolver] = [
    path("api/epay/main/v2/form", esewa_form.form, name="esewa-form"),
    path("api/epay/transaction/status/", esewa_status.status, name="esewa-status"),
    path("pay/<slug:transaction_uuid>/", esewa_pages.pay, name="esewa-pay"),
    path("payments/<slug:transaction_uuid>/", console.esewa_override, name="esewa-override"),
]

connectips_patterns: list[URLPattern | URLResolver] = [
    path("connectipswebgw/loginpage", connectips_form.form, name="connectips-form"),
    path("connectipswebws/api/creditor/validatetxn", connectips_validation.validate),
    path("pay/<slug:txn_id>/", connectips_pages.pay, name="connectips-pay"),
    path("payments/<slug:txn_id>/", console.connectips_override, name="connectips-override"),
]

urlpatterns = [
    path("", console.index, name="index"),
    path("mail/", mail_pages.mail_list, name="mail"),
    path("mail/<slug:name>/html/", mail_pages.mail_html, name="mail-html"),
    path("faults/", fault_views.faults, name="faults"),
    path("faults/clear/", fault_views.clear, name="faults-clear"),
    path("khalti/", include(khalti_patterns)),
    path("esewa/", include(esewa_patterns)),
    path("connectips/", include(connectips_patterns)),
]
