import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings


def test_it_refuses_to_load_in_production(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(ImproperlyConfigured, match="DEBUG=False"):
        apps.get_app_config("sandbox").ready()


def test_it_loads_in_development(settings: Settings) -> None:
    settings.DEBUG = True
    apps.get_app_config("sandbox").ready()
