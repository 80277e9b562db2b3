"""Feature flags: a view whose flag is off answers `feature_disabled`. A change takes a restart."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.common.errors import DomainError


def require_feature(flag: str) -> None:
    """Raise `feature_disabled` where the flag is off."""
    if not getattr(settings, flag):
        raise DomainError("feature_disabled", "This feature is switched off.")


class FeatureView(APIView):
    """A view that stands behind a flag. It says no before it looks at who asks."""

    feature_flag: str = ""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        require_feature(self.feature_flag)
        super().initial(request, *args, **kwargs)
