from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kelisim.meetings"
