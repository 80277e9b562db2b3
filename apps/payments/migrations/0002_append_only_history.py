"""On PostgreSQL a trigger refuses any change of the history."""

from django.db import migrations

from apps.common.append_only import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        append_only_trigger("payments_paymentevent"),
        append_only_trigger("payments_banktransferproof"),
        append_only_trigger("payments_receipt"),
        append_only_trigger("payments_payout"),
        append_only_trigger("payments_attentionnote"),
        append_only_trigger("payments_slipremoval"),
    ]
