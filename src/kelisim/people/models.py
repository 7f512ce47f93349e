"""Who signs in: a name, contacts and a language, nothing more (harm.md)."""

import secrets
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.people.states import PersonState

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


def new_ledger_key() -> bytes:
    """The secret with which the ledger commits to this person; destroying it is the erasure."""
    return secrets.token_bytes(32)


class People(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **facts)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str, **facts: Any) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)


class Person(AbstractBaseUser, PermissionsMixin):
    """A person known to the system. Their ethnicity, faith and opinions are nobody's record.

    What they may do in the council is none of it: that comes from their mandates alone.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_staff = models.BooleanField(_("administers the system"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    state = models.CharField(
        _("standing"), max_length=10, choices=PersonState, default=PersonState.ACTIVE
    )
    erasure_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    ledger_key = models.BinaryField(
        max_length=32, default=new_ledger_key, editable=False, blank=True
    )

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="person_erased_keeps_nothing",
                condition=~Q(state="erased")
                | Q(
                    name="",
                    phone="",
                    email__endswith="@erased.invalid",
                    ledger_key=b"",
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
            ),
            models.CheckConstraint(
                name="person_leaving_iff_asked",
                condition=Q(state="leaving", erasure_asked_at__isnull=False)
                | ~Q(state="leaving") & Q(erasure_asked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="person_suspended_is_locked_out",
                condition=~Q(state="suspended") | Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        if self.state == PersonState.ERASED:
            return gettext("Erased person")
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """Signed in somewhere. The row itself is what its person sees and ends.

    It names the kind of device in plain words, never an address or a browser's full string.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    device = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[BaseSessionManager["Session"]] = BaseSessionManager()  # type: ignore[assignment]

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]
        verbose_name_plural = _("sessions")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.device

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
