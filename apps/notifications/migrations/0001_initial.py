import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('bookings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NotificationPreference',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notification_preference', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email_bookings', models.BooleanField(default=True)),
                ('email_payments', models.BooleanField(default=True)),
                ('email_reminders', models.BooleanField(default=True)),
                ('email_reviews', models.BooleanField(default=True)),
                ('sms', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False, unique=True)),
                ('audience', models.CharField(choices=[('customer', 'Customer'), ('provider', 'Provider'), ('admin', 'Admin')], max_length=8)),
                ('kind', models.CharField(choices=[('booking_requested', 'Booking Requested'), ('booking_confirmed', 'Booking Confirmed'), ('booking_rejected', 'Booking Rejected'), ('booking_cancelled', 'Booking Cancelled'), ('booking_rescheduled', 'Booking Rescheduled'), ('booking_expired', 'Booking Expired'), ('booking_no_show', 'Booking No Show'), ('dispute_opened', 'Dispute Opened'), ('dispute_decided', 'Dispute Decided'), ('occurrence_skipped', 'Occurrence Skipped'), ('review_request', 'Review Request'), ('reminder_24h', 'Reminder 24H'), ('reminder_2h', 'Reminder 2H'), ('payment_received', 'Payment Received'), ('payment_failed', 'Payment Failed'), ('payment_late_kept', 'Payment Late Kept'), ('payment_late_returned', 'Payment Late Returned'), ('payment_needs_attention', 'Payment Needs Attention'), ('payment_taken_back', 'Payment Taken Back'), ('refund_requested', 'Refund Requested'), ('refund_completed', 'Refund Completed'), ('transfer_rejected', 'Transfer Rejected')], max_length=24)),
                ('context', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('booking', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='bookings.booking')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Sms')], max_length=5)),
                ('state', models.CharField(choices=[('pending', 'Pending'), ('sent', 'Sent'), ('failed', 'Failed'), ('skipped', 'Skipped')], default='pending', max_length=7)),
                ('payments', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('leased_until', models.DateTimeField(blank=True, help_text='Until then some machine is sending it.', null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.notification', to_field='key')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='NotificationSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('from_starts_at', models.DateTimeField(help_text='Of one that was moved.', null=True)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.booking')),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='notifications.notification', to_field='key')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['recipient', '-created_at', '-id'], name='notification_of_recipient'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notification_unread'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['booking_requested', 'booking_confirmed', 'booking_rejected', 'booking_cancelled', 'booking_rescheduled', 'booking_expired', 'booking_no_show', 'dispute_opened', 'dispute_decided', 'occurrence_skipped', 'review_request', 'reminder_24h', 'reminder_2h', 'payment_received', 'payment_failed', 'payment_late_kept', 'payment_late_returned', 'payment_needs_attention', 'payment_taken_back', 'refund_requested', 'refund_completed', 'transfer_rejected'])), name='notification_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['customer', 'provider', 'admin'])), name='notification_audience_known'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['channel', 'next_try_at', 'id'], name='delivery_due'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notification', 'channel'), name='delivery_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'sent', 'failed', 'skipped'])), name='delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'sms'])), name='delivery_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='notificationsnapshot',
            constraint=models.UniqueConstraint(fields=('notification', 'booking'), name='notification_snapshot_once'),
        ),
    ]
