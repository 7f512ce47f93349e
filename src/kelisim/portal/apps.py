from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kelisim.portal"
