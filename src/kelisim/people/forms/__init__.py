"""What people fill in about themselves, and administrators about others."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kelisim.people import actions
from kelisim.people.models import Person


class Tongues(forms.Select):
    """Languages by their own names, each marked as what it is."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return {**option, "attrs": {**option["attrs"], "lang": option["value"]}}


class Profile(forms.Form):
    """The three things that a person's record has, and the language of its mails."""

    name = forms.CharField(label=_("Name"), max_length=200)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of mails"),
        choices=settings.LANGUAGES,
        widget=Tongues,
        help_text=_("Pages speak the language of their address; mails speak this one."),
    )


class Registration(forms.Form):
    """What allauth asks beside the address and the password, where registration is open."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def signup(self, request: HttpRequest, user: Person) -> None:  # noqa: ARG002
        """Called by allauth once the account exists."""
        actions.change_profile(
            user,
            name=self.cleaned_data["name"],
            phone="",
            language=get_language() or user.language,
        )


class Invitation(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A link to set the password is sent to this address.")
    )
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=settings.LANGUAGES, widget=Tongues
    )
    is_staff = forms.BooleanField(label=_("administers the system"), required=False)
    because = forms.CharField(label=_("On what ground"), max_length=500, required=False)

    def facts(self) -> dict[str, Any]:
        """The cleaned answers as `actions.invite` takes them."""
        return dict(self.cleaned_data)


class Reason(forms.Form):
    """Why an act about another person is done: the order, the letter, the request."""

    because = forms.CharField(label=_("On what ground"), max_length=500)
