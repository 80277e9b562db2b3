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
        ('services', '0001_initial'),
        ('slots', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=16, unique=True)),
                ('is_staff_requested', models.BooleanField(default=False, help_text='The customer asked for this very member.')),
                ('booking_date', models.DateField(help_text='Local date.', null=True)),
                ('booking_time', models.TimeField(help_text='Local time.', null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('estimated_duration', models.PositiveIntegerField(help_text='Minutes.', null=True)),
                ('address', models.CharField(blank=True, max_length=255)),
                ('phone', models.CharField(blank=True, help_text='E.164', max_length=16)),
                ('special_instructions', models.TextField(blank=True, max_length=2000)),
                ('preferred_provider_gender', models.CharField(choices=[('any', 'Any'), ('male', 'Male'), ('female', 'Female'), ('other', 'Other')], default='any', max_length=6)),
                ('is_recurring', models.BooleanField(default=False)),
                ('recurring_frequency', models.CharField(blank=True, choices=[('weekly', 'Weekly'), ('biweekly', 'Biweekly'), ('monthly', 'Monthly')], max_length=10)),
                ('recurring_count', models.PositiveSmallIntegerField(blank=True, help_text='How many bookings were asked for, the first one included.', null=True)),
                ('on_conflict', models.CharField(blank=True, choices=[('skip', 'Skip'), ('fail', 'Fail')], max_length=4)),
                ('is_first_of_series', models.BooleanField(default=False, help_text='The others were made when this one was confirmed or paid.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('pending', 'Pending'), ('confirmed', 'Confirmed'), ('in_progress', 'In Progress'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('rejected', 'Rejected'), ('no_show', 'No Show'), ('expired', 'Expired')], default='draft', max_length=12)),
                ('booking_step', models.CharField(choices=[('service_selection', 'Service'), ('datetime_selection', 'Datetime'), ('details_input', 'Details'), ('payment', 'Payment'), ('confirmation', 'Confirmation'), ('completed', 'Completed')], default='service_selection', max_length=20)),
                ('price', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('fee', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('total_amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10)),
                ('payment_method', models.CharField(blank=True, help_text='Code of the payment method.', max_length=20)),
                ('payment_status', models.CharField(default='pending', max_length=20)),
                ('cancellation_reason', models.CharField(blank=True, max_length=500)),
                ('rejection_reason', models.CharField(blank=True, max_length=500)),
                ('is_repeat', models.BooleanField(default=False, help_text='When it was sent off, its customer had sent off another before.')),
                ('reschedule_count', models.PositiveSmallIntegerField(default=0, help_text='By the customer.')),
                ('moved_by_provider_at', models.DateTimeField(blank=True, help_text='The provider or an admin moved it last: the customer cancels free.', null=True)),
                ('calendar_sequence', models.PositiveIntegerField(default=0, help_text='Goes up with every change that calendars must notice.')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('no_show_at', models.DateTimeField(blank=True, help_text='When it was marked so.', null=True)),
                ('expires_at', models.DateTimeField(blank=True, help_text='When a draft or an unanswered request runs out.', null=True)),
                ('dropped_at', models.DateTimeField(blank=True, help_text='The customer threw the draft away.', null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('booking_slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bookings', to='slots.bookingslot')),
                ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='services.city')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(help_text="The service's provider, copied so that lists by provider need no join.", on_delete=django.db.models.deletion.PROTECT, related_name='provided_bookings', to=settings.AUTH_USER_MODEL)),
                ('reservation', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='booking', to='slots.reservation')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='services.service')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='services.staffmember')),
            ],
            options={
                'ordering': ['-created_at', '-id'],
                'permissions': [('act_on_booking', 'Can confirm, reject, cancel and otherwise move bookings')],
            },
        ),
        migrations.CreateModel(
            name='BookingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(blank=True, max_length=12)),
                ('to_status', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='bookings.booking')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='BookingSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('frequency', models.CharField(choices=[('weekly', 'Weekly'), ('biweekly', 'Biweekly'), ('monthly', 'Monthly')], max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='booking_series', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'booking series',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='booking',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.bookingseries'),
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decision', models.CharField(blank=True, choices=[('customer', 'Customer'), ('provider', 'Provider')], max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, help_text='Why: customer and provider read it.', max_length=500)),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='bookings.booking')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(help_text='Local date.')),
                ('time', models.TimeField(help_text='Local time.')),
                ('is_available', models.BooleanField(help_text='It was free when it was last asked for.')),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='bookings.booking')),
                ('reservation', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='occurrence', to='slots.reservation')),
            ],
            options={
                'ordering': ['date'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rating', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('comment', models.TextField(blank=True, max_length=2000)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(blank=True, help_text='The customer changed it since.', null=True)),
                ('is_counted', models.BooleanField(default=False, editable=False, help_text='In ratings and figures: the booking was paid, and its time is over.')),
                ('booking', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='bookings.booking')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='services.service')),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['customer', '-created_at', '-id'], name='booking_of_customer'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['provider', '-created_at', '-id'], name='booking_of_provider'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['-created_at', '-id'], name='booking_newest'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['status', '-created_at', '-id'], name='booking_by_status'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['booking_date', 'service', 'status'], name='booking_by_date'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['provider', 'booking_date'], name='booking_of_provider_by_date'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='booking_running_out'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('status', 'expired'), models.Q(('booking_step', 'completed'), _negated=True)), fields=['updated_at'], name='booking_expired_drafts'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('no_show_at__isnull', False)), fields=['no_show_at'], name='booking_no_shows'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'pending', 'confirmed', 'in_progress', 'completed', 'cancelled', 'rejected', 'no_show', 'expired'])), name='booking_status_known'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('discount__gte', 0), ('discount__lte', models.F('price')), ('fee__gte', 0), ('price__gte', 0)), name='booking_amounts_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('total_amount', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('price'), '-', models.F('discount')), '+', models.F('fee')), 2))), name='booking_total_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'expired']), models.Q(('ends_at__isnull', False), ('staff__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='booking_has_a_time'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['opened_at'], name='dispute_open'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(('decided_at__isnull', False), ('decision__in', ['customer', 'provider'])), _connector='OR'), name='dispute_decided_or_not'),
        ),
        migrations.AddConstraint(
            model_name='occurrence',
            constraint=models.UniqueConstraint(fields=('booking', 'date'), name='occurrence_once'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['service', '-created_at', '-id'], name='review_of_service'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['created_at'], name='review_by_day'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('is_counted', False)), fields=['service'], name='review_to_count'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('rating__range', (1, 5))), name='review_one_to_five'),
        ),
    ]
