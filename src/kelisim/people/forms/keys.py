"""allauth's forms of keys leave their field without a label in anybody's language."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"), max_length=60, required=False)


class RenameKey(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"), max_length=60)
