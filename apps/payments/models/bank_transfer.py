"""Bank transfers, and what customers say of them."""

from django.db import models
from django.utils import timezone

from apps.common.model_fields import LineField
from apps.common.models import AppendOnlyModel
from apps.common.private_files import PrivateStorage
from apps.payments.models.payment import Payment


class BankTransfer(Payment):
    """A payment by bank transfer, as the admin lists them apart."""

    class Meta:
        proxy = True


class BankTransferProof(AppendOnlyModel):
    """What a customer says of a transfer; the newest one counts. Proves nothing: our statement does."""

    SLIPS = "bank-transfer-slips/"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="proofs")
    reference = LineField(max_length=100, help_text="The bank's number of the transfer.")
    slip = models.FileField(storage=PrivateStorage, upload_to=SLIPS, blank=True)
    slip_bytes = models.PositiveIntegerField(
        default=0, help_text="Before it was encrypted; stays when the slip goes."
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"proof {self.pk}"

    @property
    def has_slip(self) -> bool:
        """Whether there is a slip to look at: one was sent, and it was not removed since."""
        return bool(self.slip) and not hasattr(self, "removal")


class SlipRemoval(AppendOnlyModel):
    """A slip whose file is gone: its payment ended unpaid, or a newer one took its place, long ago."""

    proof = models.OneToOneField(BankTransferProof, on_delete=models.PROTECT, related_name="removal")
    removed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"removal of the slip of proof {self.proof_id}"
