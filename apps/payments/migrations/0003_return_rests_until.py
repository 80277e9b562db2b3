from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_append_only_history")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="return_rests_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then returns don't ask: another one is asking, or just has.",
                null=True,
            ),
        ),
    ]
