"""allauth's forms of keys leave their field without a label in anybody's language."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The hidden answer of the key is named when it is missing or wrong.
        self.fields["credential"].label = _("Key")


class RenameKey(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Name of the key"), max_length=60)
