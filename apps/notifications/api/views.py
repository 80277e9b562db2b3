"""`/api/notifications/`: one's own messages, and which of them are sent."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.authentication import signed_in
from apps.common.api.bodies import valid_body
from apps.common.api.conditional import ETAG, json_with_etag
from apps.common.api.list_query import ListQuery
from apps.notifications import selectors
from apps.notifications.actions.reading import (
    notification_read,
    notifications_read_all,
    preferences_change,
)
from apps.notifications.api.serializers import (
    NotificationSerializer,
    PreferencesSerializer,
    UnreadCountSerializer,
)
from apps.notifications.models import Notification


class NotificationFilter(serializers.Serializer):
    unread = serializers.BooleanField(required=False, default=False, help_text="Only what is not read yet.")


class NotificationListView(ListQuery, mixins.ListModelMixin, generics.GenericAPIView[Notification]):
    """My messages, newest first, in my language."""

    serializer_class = NotificationSerializer
    queryset = Notification.objects.none()
    query_class = NotificationFilter
    filter_backends = ()

    @extend_schema(parameters=[ETAG], responses={200: NotificationSerializer(many=True), 304: None})
    def get(self, request: Request) -> HttpResponse:
        return json_with_etag(request, self.list(request).data)

    def get_queryset(self) -> QuerySet[Notification]:
        query = NotificationFilter(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        mine = selectors.notifications_of(signed_in(self.request))
        return mine.filter(read_at=None) if query.validated_data["unread"] else mine


class UnreadCountView(APIView):
    @extend_schema(parameters=[ETAG], responses={200: UnreadCountSerializer, 304: None})
    def get(self, request: Request) -> HttpResponse:
        """How many of my messages are not read yet."""
        return json_with_etag(request, {"unread_count": selectors.unread_count(signed_in(request))})


class ReadView(APIView):
    @extend_schema(request=None, responses=NotificationSerializer)
    def post(self, request: Request, notification_id: int) -> Response:
        """Note that I have read a message; again is fine, the first time counts."""
        notification = selectors.notification_for(signed_in(request), notification_id)
        notification_read(notification=notification, now=timezone.now())
        return Response(NotificationSerializer(notification, context={"request": request}).data)


class ReadAllView(APIView):
    @extend_schema(request=None, responses=UnreadCountSerializer)
    def post(self, request: Request) -> Response:
        """Note that I have read all of my messages."""
        user = signed_in(request)
        notifications_read_all(user=user, now=timezone.now())
        return Response({"unread_count": selectors.unread_count(user)})


class PreferencesView(APIView):
    @extend_schema(responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        """What is sent to me; everything, until I switch something off."""
        return Response(PreferencesSerializer(selectors.preferences_of(signed_in(request))).data)

    @extend_schema(request=PreferencesSerializer(partial=True), responses=PreferencesSerializer)
    def patch(self, request: Request) -> Response:
        """Switch mails of a group, or SMS, off or on."""
        changes = valid_body(PreferencesSerializer, request, partial=True)
        preferences = preferences_change(user=signed_in(request), changes=changes)
        return Response(PreferencesSerializer(preferences).data)
