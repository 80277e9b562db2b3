from django.urls import path

from apps.notifications.api import views

urlpatterns = [
    path("", views.NotificationListView.as_view(), name="notifications"),
    path("unread-count/", views.UnreadCountView.as_view(), name="notifications-unread-count"),
    path("read-all/", views.ReadAllView.as_view(), name="notifications-read-all"),
    path("preferences/", views.PreferencesView.as_view(), name="notification-preferences"),
    path("<int:notification_id>/read/", views.ReadView.as_view(), name="notification-read"),
]
