import apps.sandbox.identifiers
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ConnectipsPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('txn_id', models.CharField(max_length=20, unique=True)),
                ('reference_id', models.CharField(max_length=20)),
                ('amount', models.BigIntegerField()),
                ('status', models.CharField(choices=[('STARTED', 'Started'), ('CANCELED', 'Canceled'), ('SUCCESS', 'Success'), ('FAILED', 'Failed')], default='STARTED', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='EsewaPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction_uuid', models.CharField(max_length=100, unique=True)),
                ('product_code', models.CharField(max_length=50)),
                ('total_amount', models.DecimalField(decimal_places=2, max_digits=11)),
                ('status', models.CharField(choices=[('STARTED', 'Started'), ('PENDING', 'Pending'), ('COMPLETE', 'Complete'), ('AMBIGUOUS', 'Ambiguous'), ('NOT_FOUND', 'Not Found'), ('CANCELED', 'Canceled'), ('FULL_REFUND', 'Full Refund'), ('PARTIAL_REFUND', 'Partial Refund')], default='STARTED', max_length=20)),
                ('ref_id', models.CharField(blank=True, max_length=20)),
                ('success_url', models.CharField(max_length=2048)),
                ('failure_url', models.CharField(max_length=2048)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Fault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=10)),
                ('operation', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('slow', 'slow: carried out, answered late'), ('error_500', '500: not carried out'), ('error_502', '502: not carried out'), ('html', 'HTML with 200: not carried out'), ('empty', 'empty body with 200: not carried out'), ('unavailable', "eSewa's own words for an outage, with 200: not carried out"), ('dropped', 'dropped connection: not carried out'), ('dropped_later', 'dropped connection: carried out after the delay'), ('error_500_later', '500: carried out after the delay'), ('lost_answer', 'dropped connection: carried out'), ('broken_json', 'first half of the answer: carried out'), ('slow_drip', 'answer in drips: carried out'), ('wrong_amount', 'another amount in the answer: carried out'), ('wrong_id', 'another identifier in the answer: carried out')], max_length=20)),
                ('remaining', models.PositiveIntegerField(default=1)),
                ('delay_seconds', models.FloatField(default=5)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='KhaltiPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('checkout', 'Checkout'), ('widget', 'Widget')], default='checkout', max_length=10)),
                ('reference', models.CharField(default=apps.sandbox.identifiers.khalti_identifier, max_length=40, unique=True)),
                ('transaction_id', models.CharField(blank=True, max_length=40)),
                ('status', models.CharField(choices=[('Initiated', 'Initiated'), ('Confirmed', 'Confirmed'), ('Pending', 'Pending'), ('Completed', 'Completed'), ('User canceled', 'Canceled'), ('Expired', 'Expired'), ('Failed', 'Failed')], default='Initiated', max_length=20)),
                ('amount', models.BigIntegerField()),
                ('refunded_amount', models.BigIntegerField(default=0)),
                ('order_id', models.CharField(blank=True, max_length=255)),
                ('order_name', models.CharField(blank=True, max_length=255)),
                ('order_url', models.CharField(blank=True, max_length=2048)),
                ('return_url', models.CharField(blank=True, max_length=2048)),
                ('merchant_extra', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('transaction_id', ''), _negated=True), fields=('transaction_id',), name='sandbox_transaction_id')],
            },
        ),
    ]
