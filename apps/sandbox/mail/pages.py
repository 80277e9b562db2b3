"""The mails that were sent, for whoever wants to follow a link in one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from apps.sandbox.mail.backend import mail_named, mails, part_of
from apps.sandbox.pages import page

SHOWN = 50
# Whatever is in it: no script runs, nothing loads.
HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    shown = [
        {
            "name": name,
            "subject": mail["Subject"],
            "to": mail["To"],
            "date": mail["Date"],
            "text": part_of(mail, "plain"),
            "has_html": bool(part_of(mail, "html")),
        }
        for name, mail in mails()[:SHOWN]
    ]
    return page(request, "mail.html", {"mails": shown})


@require_GET
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of a mail, as it is."""
    mail = mail_named(name)
    if mail is None:
        raise Http404
    response = HttpResponse(part_of(mail, "html"))
    response["Content-Security-Policy"] = HTML_POLICY
    return response
