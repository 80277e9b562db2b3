from django.apps import AppConfig
from django.contrib.admin import apps as admin


class DeskConfig(AppConfig):
    name = "apps.desk"
    default = True


class DeskAdminConfig(admin.AdminConfig):
    """Django's admin with our site, which asks for the role."""

    default = False
    default_site = "apps.desk.site.DeskSite"
