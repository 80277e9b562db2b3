from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "apps.common"
    label = "common"

    def ready(self) -> None:
        from rest_framework.serializers import ModelSerializer

        from apps.common import checks  # noqa: F401  registers them
        from apps.common.api.fields import TextField, TextLinesField
        from apps.common.model_fields import LineField, LinesField

        ModelSerializer.serializer_field_mapping |= {LineField: TextField, LinesField: TextLinesField}
