"""A report for a period: whose and which, its texts, why it is corrected."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.commitments.forms.control import Act, reason
from kelisim.evaluation.states import PeriodKind, Said
from kelisim.evaluation.trees.periods import Span, span
from kelisim.pages.forms import InThreeLanguages
from kelisim.pages.languages import LANGUAGES
from kelisim.pages.templatetags.kelisim import plainly

EARLIEST, LATEST = 1995, 2199


class Beginning(forms.Form):
    """Which council reports, and of which period."""

    body = forms.ModelChoiceField(label=_("Whose report"), queryset=Body.objects.none())
    kind = forms.ChoiceField(label=_("Kind of period"), choices=PeriodKind.choices)
    year = forms.IntegerField(label=_("Year"), min_value=EARLIEST, max_value=LATEST)
    number = forms.IntegerField(
        label=_("Which half or quarter"),
        help_text=_("1 for the first, 2 for the second … Leave it empty for a whole year."),
        required=False,
        min_value=1,
        max_value=4,
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])
            field.choices = [(body.pk, plainly(body.name)) for body in bodies]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not {"kind", "year"} <= given.keys():
            return given
        number = given.get("number") or (1 if given["kind"] == PeriodKind.YEAR else 0)
        try:
            given["span"] = span(given["kind"], given["year"], number)
        except ValueError:
            self.add_error("number", _("A year has no such part."))
        return given

    @property
    def period(self) -> Span:
        found: Span = self.cleaned_data["span"]
        return found


class Writing(InThreeLanguages):
    """Every part in every language; `seen` names the words that the writer had before them."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words: ClassVar[dict[str, tuple[Any, int]]] = {
        part.value: (part.label, 20_000) for part in Said
    }
    long = frozenset(part.value for part in Said)

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        return {
            (part, code): self.cleaned_data[f"{part}_{code}"]
            for part in self.words
            for code in LANGUAGES
        }


def filled(texts: Mapping[tuple[str, str], str], seen: str) -> dict[str, str]:
    """The texts as the form shows them first."""
    return {"seen": seen, **{f"{part}_{code}": text for (part, code), text in texts.items()}}


class Correcting(Act):
    """Why a published report is replaced."""

    because = reason(_("What was wrong in it"))
