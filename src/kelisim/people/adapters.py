"""How allauth is told our ways: who may register, in which language a mail speaks, what is kept."""

import base64
import hashlib
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage

from kelisim.people import actions, queries
from kelisim.people.models import Person


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation, unless the installation opens its door."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return bool(settings.SIGNUP_OPEN)

    def get_client_ip(self, request: HttpRequest) -> str:
        """A keyed digest: limits can count by it, and no address is ever written down."""
        address = truncate_ip(super().get_client_ip(request))
        return salted_hmac("kelisim.people.address", address, algorithm="sha256").hexdigest()[:32]

    def set_password(self, user: Person, password: str) -> None:
        """A new password ends every session, so that a thief is out as well."""
        actions.set_password(user, password=password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Plain text, in the language of whoever receives it."""
        person = context.get("user") or queries.by_address(email)
        with translation.override(person.language if person else translation.get_language()):
            super().send_mail(template_prefix, email, context)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second step lie encrypted, so that a stolen database is not enough."""

    def get_totp_issuer(self) -> str:
        return f"Kelisim ({allauth_context.request.get_host().partition(':')[0]})"

    def build_totp_svg(self, url: str) -> str:
        """The QR code on its own white ground, so that it is read on a dark page too."""
        svg = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(svg.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        return lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return lock().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)d") % {"number": count + 1}


def lock() -> MultiFernet:
    """Derived from the secret key; the fallbacks let that be renewed without losing anybody."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        Fernet(
            base64.urlsafe_b64encode(
                hashlib.sha256(b"kelisim.people.second-factor:" + key.encode()).digest()
            )
        )
        for key in keys
    )
