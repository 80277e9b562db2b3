"""Proof of a bank transfer: the bank's reference, and a slip."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.common.api.fields import TextField
from apps.common.api.negotiation import AnyAccept
from apps.common.api.parsers import FormParser, JsonParser
from apps.common.openapi import domain_errors
from apps.common.permissions import IsCustomer, customer_or_admin_with
from apps.common.throttling import UploadThrottle
from apps.payments.api.views import PAYMENT_THROTTLES, parsed
from apps.payments.gateways.bank_transfer.actions import bank_transfer_prove
from apps.payments.gateways.bank_transfer.slip_quota import require_slip_quota
from apps.payments.gateways.bank_transfer.slips import UnfitSlip, checked_slip, slip_response
from apps.payments.models import BankTransferProof, Payment
from apps.payments.selectors import latest_proof, payment_for

MayReadProof = customer_or_admin_with("payments.view_banktransferproof")


class SlipField(serializers.FileField):
    """A picture or a PDF, by its content."""

    def to_internal_value(self, data: Any) -> ContentFile[bytes]:
        upload = super().to_internal_value(data)
        try:
            return checked_slip(upload)
        except UnfitSlip as error:
            raise serializers.ValidationError(str(error), code="invalid_slip") from error


class ProofWriteSerializer(serializers.Serializer[Any]):
    reference = TextField(max_length=100, help_text="The bank's number of the transfer.")
    slip = SlipField(
        required=False,
        allow_null=True,
        help_text="JPEG, PNG or WebP of at most 25 megapixels, or PDF; at most 5 MB, as multipart.",
    )


class ProofSerializer(serializers.ModelSerializer[BankTransferProof]):
    slip = serializers.SerializerMethodField()

    class Meta:
        model = BankTransferProof
        fields = ["id", "payment", "reference", "slip", "created_at"]
        read_only_fields = fields

    def get_slip(self, proof: BankTransferProof) -> str | None:
        """Where to download it, with the same login; null without one."""
        if not proof.has_slip:
            return None
        return reverse("payment-slip", args=[proof.payment_id], request=self.context["request"])


class ProofView(APIView):
    parser_classes = (JsonParser, FormParser)
    throttle_classes = (*PAYMENT_THROTTLES, UploadThrottle)

    def get_permissions(self) -> list[BasePermission]:
        return [IsCustomer() if self.request.method == "POST" else MayReadProof()]

    @extend_schema(responses=ProofSerializer)
    def get(self, request: Request, payment_id: int) -> Response:
        """The newest proof of a bank transfer; 404 before there is one."""
        proof = newest_proof(payment_for(signed_in(request), payment_id))
        return Response(ProofSerializer(proof, context={"request": request}).data)

    @extend_schema(
        request={"multipart/form-data": ProofWriteSerializer, "application/json": ProofWriteSerializer},
        responses={201: ProofSerializer},
        examples=[OpenApiExample("Without a slip", {"reference": "FT26335-0042"}, request_only=True)],
    )
    @domain_errors("invalid_transition")
    def post(self, request: Request, payment_id: int) -> Response:
        """Say that the money was transferred. An admin looks at the statement; until then nothing moves.

        A newer proof takes the place of the one before. After a rejection `initiate` begins a new payment.
        Slips beyond a day's quota (`MAX_SLIPS_PER_DAY`, `MAX_SLIP_MEGABYTES_PER_DAY`) are answered with 429.
        """
        user = signed_in(request)
        payment = payment_for(user, payment_id)
        if request.FILES:
            # Before the work of decoding it; the action looks again, with its size.
            require_slip_quota(user, size=0, now=timezone.now())
        values = parsed(ProofWriteSerializer, request)
        proof = bank_transfer_prove(
            payment=payment, customer=user, reference=values["reference"], slip=values.get("slip")
        )
        answer = ProofSerializer(proof, context={"request": request}).data
        return Response(answer, status=status.HTTP_201_CREATED)


class SlipView(APIView):
    permission_classes = (MayReadProof,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The file.")}
    )
    def get(self, request: Request, payment_id: int) -> FileResponse:
        """The slip of the newest proof, as a file to save."""
        return slip_response(newest_proof(payment_for(signed_in(request), payment_id)))


def newest_proof(payment: Payment) -> BankTransferProof:
    """Return the proof that counts. Raises Http404."""
    proof = latest_proof(payment)
    if proof is None:
        raise Http404
    return proof
