"""Acts of control, each a small form with its reason."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.rules.reporting import amount
from kelisim.commitments.states import Status
from kelisim.pages.forms import day

MOST = Decimal(10) ** 15

type Choices = Sequence[tuple[object, str]]


def reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class Act(forms.Form):
    """An act that needs nothing but to be pressed; others add what they need."""

    def __init__(
        self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, given in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = given  # type: ignore[attr-defined]


class Reasoned(Act):
    because = reason(_("Reason"))


class Asking(Act):
    """A question of the controller."""

    question = reason(_("Question"))


class Bound(Act):
    """An act on what was read: its digest comes with it."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class Extending(Act):
    """A later term for one that still runs."""

    stage = forms.TypedChoiceField(label=_("Term"), coerce=int)
    until = day(_("Until which day"))
    because = reason(_("Why more time is needed"))


class Deciding(Act):
    """The issuer's answer to a request for a later term."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Needed when it is refused."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Transferring(Act):
    to_body = forms.TypedChoiceField(label=_("To which executor"), coerce=int)
    because = reason(_("Reason"))


class Judging(Act):
    status = forms.ChoiceField(label=_("How it fares"), choices=Status.choices)
    because = reason(_("Reason"))


class Allocating(Act):
    money = forms.TypedChoiceField(label=_("Year and source"), coerce=int)
    amount = forms.CharField(
        label=_("Allocated, ₸"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 18}),
    )

    def clean_amount(self) -> Decimal:
        """A sum as people write it: with spaces and a comma, exact to hundredths."""
        value = amount(self.cleaned_data["amount"])
        if value is None or value != round(value, 2) or value >= MOST:
            text = gettext("commitments.not_a_number") % {"text": self.cleaned_data["amount"]}
            raise forms.ValidationError(text)
        return value
