from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def confirm_address(user: Any, **_facts: Any) -> None:
    """A mailed link was used: the address is theirs. allauth tells it only by a signal."""
    from kelisim.people import actions  # noqa: PLC0415  (models are not there yet at import)

    actions.confirm_address(user)


class PeopleConfig(AppConfig):
    name = "kelisim.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.account.signals import password_reset  # noqa: PLC0415

        password_reset.connect(confirm_address, dispatch_uid="people.confirm_address")
