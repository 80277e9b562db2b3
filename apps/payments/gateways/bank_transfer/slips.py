"""Slips of bank transfers: a picture that is written anew, or a PDF that is kept as it came."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.http import FileResponse, Http404

from apps.common.image_reading import ACCEPTED, UnfitImage
from apps.common.images import MAX_BYTES, reencoded_image
from apps.common.private_files import attachment
from apps.payments.models import BankTransferProof

PDF_BEGINS = b"%PDF-"
PDF_ENDS = b"%%EOF"
# Readers look for the end in so many bytes, since some writers add something after it.
PDF_TAIL = 1024


class UnfitSlip(Exception):
    """The upload is no slip that we take. The message is for people."""


def checked_slip(upload: File[bytes]) -> ContentFile[bytes]:
    """Return the slip under a random name; its content decides what it is, not its name. Raises UnfitSlip."""
    if upload.size > MAX_BYTES:
        raise UnfitSlip("The slip is larger than 5 MB.")
    upload.seek(0)
    if upload.read(len(PDF_BEGINS)) == PDF_BEGINS:
        return _checked_pdf(upload)
    try:
        return reencoded_image(upload)
    except UnfitImage as error:
        raise UnfitSlip(str(error).replace(ACCEPTED, "Upload a JPEG, PNG, WebP or PDF.")) from error


def _checked_pdf(upload: File[bytes]) -> ContentFile[bytes]:
    upload.seek(0)
    content = upload.read()
    if PDF_ENDS not in content[-PDF_TAIL:]:
        raise UnfitSlip("This PDF is not complete.")
    return ContentFile(content, name=f"{secrets.token_hex(16)}.pdf")


def slip_response(proof: BankTransferProof) -> FileResponse:
    """Return a proof's slip as a file to save. Raises Http404 where there is none."""
    if not proof.has_slip:
        raise Http404
    suffix = Path(proof.slip.name or "").suffix
    return attachment(proof.slip.open("rb"), name=f"payment-{proof.payment_id}-slip{suffix}")
