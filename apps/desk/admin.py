"""What the admin shows of several apps at once: the start page, and a booking with its payments."""

from django.contrib import admin

from apps.desk import bookings  # noqa: F401

admin.site.index_template = "desk/start_page.html"
admin.site.index_title = "Start"
