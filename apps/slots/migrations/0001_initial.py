import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('services', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BookingSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_override', models.BooleanField(default=False)),
                ('is_available', models.BooleanField(default=True)),
                ('max_bookings', models.PositiveIntegerField(blank=True, help_text='Empty: as the service says.', null=True)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='services.service')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='services.staffmember')),
            ],
            options={
                'ordering': ['-starts_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot_starts_at', models.DateTimeField(help_text="The slot's start, without the buffer.")),
                ('slot_ends_at', models.DateTimeField(help_text='The end that was chosen with it, without the buffer.')),
                ('starts_at', models.DateTimeField(help_text='Buffer before included.')),
                ('ends_at', models.DateTimeField(help_text='Buffer after included.')),
                ('seat', models.PositiveIntegerField(default=1, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('is_renewed', models.BooleanField(default=False, help_text='A payment has renewed this hold already.')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='services.service')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='slots.bookingslot')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='services.staffmember')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_off', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='time_off', to='services.staffmember')),
            ],
            options={
                'verbose_name_plural': 'time off',
                'ordering': ['-starts_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='WorkingHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('start_time', models.TimeField()),
                ('end_time', models.TimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='working_hours', to='services.staffmember')),
            ],
            options={
                'verbose_name_plural': 'working hours',
                'ordering': ['staff_id', 'weekday', 'start_time'],
            },
        ),
        migrations.AddIndex(
            model_name='bookingslot',
            index=models.Index(condition=models.Q(('is_override', True)), fields=['service'], name='slot_override_owner'),
        ),
        migrations.AddConstraint(
            model_name='bookingslot',
            constraint=models.UniqueConstraint(fields=('staff', 'service', 'starts_at'), name='slot_once'),
        ),
        migrations.AddConstraint(
            model_name='bookingslot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_takes_time'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(fields=['staff', 'starts_at'], name='reservation_of_staff'),
        ),
        migrations.AddIndex(
            model_name='reservation',
            index=models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='reservation_hold'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.UniqueConstraint(fields=('slot', 'seat'), name='reservation_seat_once'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='reservation_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__isnull', False), ('seat__isnull', False), _connector='OR'), name='reservation_firm_has_seat'),
        ),
        migrations.AddIndex(
            model_name='timeoff',
            index=models.Index(fields=['provider', 'ends_at'], name='time_off_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='timeoff',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='time_off_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='working_hours_weekday'),
        ),
        migrations.AddConstraint(
            model_name='workinghours',
            constraint=models.CheckConstraint(condition=models.Q(('end_time', datetime.time(0, 0)), ('end_time__gt', models.F('start_time')), _connector='OR'), name='working_hours_end_after_start'),
        ),
    ]
