"""Who signs in: a name, contacts and a language, nothing more (harm.md)."""

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


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
    """A person known to the system. Their ethnicity, faith and opinions are nobody's record."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    may_prepare = models.BooleanField(_("prepares charters"), default=False)
    may_publish = models.BooleanField(_("publishes charters"), default=False)
    is_staff = models.BooleanField(_("administers the system"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    ledger_key = models.BinaryField(max_length=32, default=new_ledger_key, editable=False)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
