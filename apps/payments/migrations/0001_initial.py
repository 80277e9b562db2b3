import apps.common.encryption
import apps.common.private_files
import apps.payments.models.payment
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bookings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('khalti', 'Khalti'), ('esewa', 'eSewa'), ('connectips', 'ConnectIPS'), ('bank_transfer', 'Bank transfer'), ('cash', 'Cash')], max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_ne', models.CharField(blank=True, help_text='Empty: the English one.', max_length=60, verbose_name='name in Nepali')),
                ('payment_type', models.CharField(choices=[('wallet', 'Wallet'), ('bank', 'Bank'), ('cash', 'Cash')], max_length=10)),
                ('description', models.CharField(blank=True, max_length=200)),
                ('description_ne', models.CharField(blank=True, help_text='Empty: the English one.', max_length=200, verbose_name='description in Nepali')),
                ('icon', models.CharField(blank=True, max_length=200)),
                ('processing_fee_percentage', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)])),
                ('min_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('max_amount', models.DecimalField(decimal_places=2, default=Decimal('999999.99'), max_digits=10)),
                ('configuration', models.JSONField(blank=True, default=dict)),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReceiptCounter',
            fields=[
                ('fiscal_year', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('processing_fee', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('total_amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('currency', models.CharField(default='NPR', max_length=3)),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('processing', 'Processing'), ('completed', 'Completed'), ('failed', 'Failed'), ('expired', 'Expired'), ('superseded', 'Superseded'), ('refund_pending', 'Refund Pending'), ('partially_refunded', 'Partially Refunded'), ('refunded', 'Refunded'), ('needs_attention', 'Needs Attention')], default='pending', max_length=20)),
                ('is_settlement', models.BooleanField(default=False)),
                ('is_widget_token', models.BooleanField(default=False, help_text="Began in Khalti's older widget, with a token instead of a link.")),
                ('transaction_id', models.CharField(help_text='Ours; the gateway gets it as reference.', max_length=40, unique=True)),
                ('gateway_transaction_id', models.CharField(blank=True, max_length=100)),
                ('gateway_token_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('failure_reason', models.CharField(blank=True, max_length=200)),
                ('link_expires_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, help_text='When the gateway was last asked.', null=True)),
                ('return_rests_until', models.DateTimeField(blank=True, help_text="Until then returns don't ask: another one is asking, or just has.", null=True)),
                ('try_again_at', models.DateTimeField(blank=True, help_text='When reconciliation asks next.', null=True)),
                ('times_tried', models.PositiveIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, help_text='Until then reconciliation is asking about it, on some machine.', null=True)),
                ('claimed_paid_at', models.DateTimeField(blank=True, help_text="When eSewa's signed redirect called it paid, which proves nothing.", null=True)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('amount_collected', models.DecimalField(blank=True, decimal_places=2, help_text='Cash the provider took.', max_digits=10, null=True)),
                ('commission_percent', models.DecimalField(decimal_places=2, default=apps.payments.models.payment.commission_percent_now, help_text="Of the provider's share; as it was when the payment was opened.", max_digits=5)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='bookings.booking')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payments.paymentmethod')),
            ],
            options={
                'ordering': ['-created_at', '-id'],
                'permissions': [('act_on_payment', 'Can decide about payments, refunds and payouts')],
            },
        ),
        migrations.CreateModel(
            name='BankTransferProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(help_text="The bank's number of the transfer.", max_length=100)),
                ('slip', models.FileField(blank=True, storage=apps.common.private_files.PrivateStorage, upload_to='bank-transfer-slips/')),
                ('slip_bytes', models.PositiveIntegerField(default=0, help_text='Before it was encrypted; stays when the slip goes.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='payments.payment')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BankTransfer',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('payments.payment',),
        ),
        migrations.CreateModel(
            name='PaymentSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', apps.common.encryption.EncryptedTextField(blank=True, default='', help_text="Khalti's pidx, or the older widget's token.")),
                ('payment_url', apps.common.encryption.EncryptedTextField(blank=True, default='')),
                ('last_answer', apps.common.encryption.EncryptedTextField(blank=True, default='')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='secret', to='payments.payment')),
            ],
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, help_text='Rupees; negative where the provider paid us.', max_digits=12)),
                ('period_from', models.DateField()),
                ('period_to', models.DateField(help_text='Included.')),
                ('note', models.CharField(blank=True, help_text="The bank's reference, for example.", max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('provider', models.ForeignKey(limit_choices_to={'role': 'provider'}, on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.CharField(help_text='Bikram Sambat, as 2083/84.', max_length=7)),
                ('number', models.PositiveIntegerField()),
                ('seller_name', models.CharField(max_length=120)),
                ('seller_pan', models.CharField(blank=True, max_length=9, verbose_name="seller's PAN")),
                ('customer_name', models.CharField(max_length=120)),
                ('service_title', models.CharField(max_length=120)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='payments.payment')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('reason', models.CharField(max_length=500)),
                ('status', models.CharField(choices=[('pending', 'Pending'), ('processing', 'Processing'), ('completed', 'Completed'), ('failed', 'Failed'), ('needs_attention', 'Needs Attention')], default='pending', max_length=16)),
                ('attention_reason', models.CharField(blank=True, choices=[('amount_differs', 'the amount differs'), ('other_payment', 'the answer names another payment'), ('transaction_used', "the transaction id is another payment's"), ('link_used', "the link is another payment's"), ('unknown_answer', "we don't know what the gateway's answer means"), ('not_known_there', 'its gateway does not know it'), ('given_back', 'given back at the gateway, not by us'), ('part_given_back', 'a part was given back at the gateway, not by us'), ('refused', 'the gateway refuses it'), ('unclear', "the look-up can't tell whether it was carried out"), ('not_sent', 'it could not be sent for days')], help_text='Why it needs attention.', max_length=20)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, help_text='What a person found or did.', max_length=500)),
                ('sent_at', models.DateTimeField(blank=True, help_text='Of a request that the gateway may still be working on.', null=True)),
                ('try_again_at', models.DateTimeField(blank=True, null=True)),
                ('times_tried', models.PositiveIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, help_text='Until then some machine is sending it.', null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('completed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AttentionNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attention_notes', to='payments.payment')),
                ('refund', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attention_notes', to='payments.refund')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='RefundKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64)),
                ('body_hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('refund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='payments.refund')),
            ],
        ),
        migrations.CreateModel(
            name='SellerDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('pan', models.CharField(max_length=9, validators=[django.core.validators.RegexValidator('^[0-9]{9}$', 'A PAN has nine digits.')], verbose_name='PAN')),
                ('provider', models.OneToOneField(limit_choices_to={'role': 'provider'}, on_delete=django.db.models.deletion.PROTECT, related_name='seller_details', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'seller details',
            },
        ),
        migrations.CreateModel(
            name='SlipRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('removed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('proof', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='removal', to='payments.banktransferproof')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'Request'), ('answer', 'Answer'), ('move', 'Move')], max_length=8)),
                ('operation', models.CharField(blank=True, max_length=20)),
                ('from_status', models.CharField(blank=True, max_length=20)),
                ('to_status', models.CharField(blank=True, max_length=20)),
                ('outcome', models.CharField(blank=True, choices=[('paid', 'Paid'), ('processing', 'Processing'), ('begun', 'Begun'), ('unpaid', 'Unpaid'), ('expired', 'Expired'), ('failed', 'Failed'), ('refunded', 'Refunded'), ('partially_refunded', 'Partially refunded'), ('unknown', 'Unknown')], help_text='What the gateway said, in our words.', max_length=20)),
                ('reason', models.CharField(blank=True, choices=[('amount_differs', 'the amount differs'), ('other_payment', 'the answer names another payment'), ('transaction_used', "the transaction id is another payment's"), ('link_used', "the link is another payment's"), ('unknown_answer', "we don't know what the gateway's answer means"), ('not_known_there', 'its gateway does not know it'), ('given_back', 'given back at the gateway, not by us'), ('part_given_back', 'a part was given back at the gateway, not by us'), ('refused', 'the gateway refuses it'), ('unclear', "the look-up can't tell whether it was carried out"), ('not_sent', 'it could not be sent for days')], help_text='Why it needs attention.', max_length=20)),
                ('detail', models.CharField(blank=True, help_text='For people; nothing reads it.', max_length=200)),
                ('digest', models.CharField(blank=True, help_text='SHA-256 of the raw answer.', max_length=64)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='payments.payment')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('reason', 'given_back')), fields=['payment'], name='payment_taken_back')],
            },
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['status', '-created_at'], name='payment_by_status'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['-created_at', '-id'], name='payment_newest'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('is_settlement', True)), fields=['paid_at'], name='payment_by_day_paid'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('amount_collected', 0), ('is_settlement', False)), fields=['booking'], name='payment_uncollected'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('try_again_at__isnull', False)), fields=['try_again_at'], name='payment_to_ask'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_settlement', True)), fields=('booking',), name='payment_one_settlement'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('gateway_transaction_id', ''), _negated=True), fields=('method', 'gateway_transaction_id'), name='payment_gateway_transaction_once'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'processing', 'completed', 'failed', 'expired', 'superseded', 'refund_pending', 'partially_refunded', 'refunded', 'needs_attention'])), name='payment_status_known'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0), ('processing_fee__gte', 0), ('total_amount', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('amount'), '+', models.F('processing_fee')), 2))), name='payment_total_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('is_settlement', False), ('paid_at__isnull', False), _connector='OR'), name='payment_settlement_was_paid'),
        ),
        migrations.AddConstraint(
            model_name='paymentevent',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'paid', 'processing', 'begun', 'unpaid', 'expired', 'failed', 'refunded', 'partially_refunded', 'unknown'])), name='payment_event_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='paymentevent',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['', 'amount_differs', 'other_payment', 'transaction_used', 'link_used', 'unknown_answer', 'not_known_there', 'given_back', 'part_given_back', 'refused', 'unclear', 'not_sent'])), name='payment_event_reason_known'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(fields=['provider', 'at'], name='payout_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='payout_of_something', violation_error_message='Of what?'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('period_from__lte', models.F('period_to'))), name='payout_period_in_order', violation_error_message='The period ends before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.UniqueConstraint(fields=('provider', 'period_from', 'period_to', 'amount', 'note'), name='payout_once', violation_error_message='This payout is recorded already. Is it another? Say so in the note.'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('fiscal_year', 'number'), name='receipt_number_once'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['status', 'created_at'], name='refund_by_status'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('status', 'completed')), fields=['completed_at'], name='refund_by_day_completed'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'processing', 'completed', 'failed', 'needs_attention'])), name='refund_status_known'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('attention_reason__in', ['', 'amount_differs', 'other_payment', 'transaction_used', 'link_used', 'unknown_answer', 'not_known_there', 'given_back', 'part_given_back', 'refused', 'unclear', 'not_sent'])), name='refund_attention_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='refundkey',
            constraint=models.UniqueConstraint(fields=('payment', 'key_hash'), name='refund_key_once'),
        ),
    ]
