"""What to show of the ledger."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.ledger import queries

MOST = 2**63 - 1


def kind_words(kind: str) -> str:
    """A kind of thing in the reader's language; one that is no longer built keeps its code."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name))  # noqa: SLF001
    except LookupError:
        return kind


class Filter(forms.Form):
    """Which acts: of one sort, upon one kind of thing, upon one thing, before a number."""

    act = forms.ChoiceField(label=_("Act"), required=False)
    kind = forms.ChoiceField(label=_("About"), required=False)
    ref = forms.CharField(
        label=_("Reference"), max_length=64, required=False, widget=forms.HiddenInput
    )
    before = forms.IntegerField(
        label=_("Before entry No."),
        min_value=1,
        max_value=MOST,
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = sorted(((code, gettext(code)) for code in queries.acts()), key=lambda act: act[1])
        kinds = [(kind, kind_words(kind)) for kind in queries.kinds()]
        self.fields["act"].choices = [("", _("every act")), *acts]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("everything")), *kinds]  # type: ignore[attr-defined]
