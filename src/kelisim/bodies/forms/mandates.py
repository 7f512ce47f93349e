"""What is filled in to appoint, to end, to suspend, to deputise, to consent."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.forms.register import Because, CitingAct
from kelisim.bodies.models import Body
from kelisim.bodies.queries.choices import find
from kelisim.pages.forms import day
from kelisim.pages.templatetags.kelisim import plainly

MANY = 6


class Appointing(CitingAct):
    """Who takes a seat."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail of the account"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Whoever is to act in the system needs an account."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Of somebody without an account, or of whom you invite."),
    )
    invite = forms.BooleanField(
        label=gettext_lazy("There is no account yet: make one and send an invitation"),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the invitation"),
        choices=settings.LANGUAGES,
        required=False,
    )
    represents = forms.CharField(
        label=gettext_lazy("Represents"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("An organisation, by its name, BIN or code."),
    )
    since = day(gettext_lazy("From"))
    grounds = forms.CharField(
        label=gettext_lazy("Grounds, for the body that consents"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["email", "name", "invite", "language", "represents", "since", "grounds"]

    def __init__(self, *args: Any, consent: bool, invites: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not invites:
            del self.fields["invite"], self.fields["language"]
        if consent:
            for name in ("act_kk", "act_ru", "act_en", "number", "signed"):
                del self.fields[name]
        else:
            del self.fields["grounds"]

    def clean_represents(self) -> Body | None:
        said = self.cleaned_data["represents"].strip()
        if not said:
            return None
        found = find(said, MANY)
        if not found:
            raise forms.ValidationError(_("No body is called so."))
        if len(found) > 1:
            names = "; ".join(f"{plainly(body.name)} ({body.slug})" for body in found)
            raise forms.ValidationError(
                _("Several fit: %(names)s. Write the code in brackets.") % {"names": names}
            )
        return found[0]


class Ending(Because, CitingAct):
    """The end of a mandate."""

    on = day(gettext_lazy("Without it from"))
    field_order = ["on", "because", "act_kk", "act_ru", "act_en", "number", "signed"]


class Suspending(Because, CitingAct):
    """A mandate rests from a day on."""

    since = day(gettext_lazy("Rests from"))
    field_order = ["since", "because", "act_kk", "act_ru", "act_en", "number", "signed"]


class Deputising(CitingAct):
    """Who acts in a seat for a time."""

    deputy = forms.ChoiceField(label=gettext_lazy("Who acts instead"))
    since = day(gettext_lazy("From"))
    until = day(gettext_lazy("Until before"))
    field_order = ["deputy", "since", "until", "act_kk", "act_ru", "act_en", "number", "signed"]

    def __init__(self, *args: Any, deputies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = list(deputies)  # type: ignore[attr-defined]


class Completing(CitingAct):
    """The appointment, after consent was given."""

    since = day(gettext_lazy("From"))
    field_order: Sequence[str] = ["since", "act_kk", "act_ru", "act_en", "number", "signed"]
