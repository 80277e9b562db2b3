import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from apps.common.append_only import append_only_trigger


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_return_rests_until")]

    operations = [
        migrations.AddField(
            model_name="banktransferproof",
            name="slip_bytes",
            field=models.PositiveIntegerField(
                default=0, help_text="Before it was encrypted; stays when the slip goes."
            ),
        ),
        migrations.CreateModel(
            name="SlipRemoval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("removed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "proof",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removal",
                        to="payments.banktransferproof",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        append_only_trigger("payments_slipremoval"),
    ]
