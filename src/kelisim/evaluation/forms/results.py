"""Indicators of results, their values, links of the chain, on the desk."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.forms.control import reason
from kelisim.commitments.states import Direction
from kelisim.evaluation.actions.results import Knowledge, Measure, Statement
from kelisim.evaluation.models import ResultIndicator
from kelisim.evaluation.queries.results import Node, Results
from kelisim.evaluation.states import Known
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import LANGUAGES

NAME, UNIT, SOURCE = 300, 60, 300


def number(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=required, max_digits=18, decimal_places=4
    )


def year(label: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=1900, max_value=2200)


def listed(nodes: list[Node]) -> list[tuple[int, str]]:
    """Provisions to choose from, by citation and words."""
    return [(node.pk, f"{node.cite} {node.words.text}".strip()[:160]) for node in nodes]


class Indicating(InThreeLanguages):
    """An indicator: of which result, its words, where it began and where it shall be."""

    provision = forms.TypedChoiceField(label=_("Expected result"), coerce=int)
    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "name": (_("Indicator of a result"), NAME),
        "unit": (_("Unit"), UNIT),
        "source": (_("Where its values come from"), SOURCE),
    }
    direction = forms.ChoiceField(label=_("What is better"), choices=Direction.choices)
    baseline = number(_("Baseline"), _("What it was before; empty where it is not known."))
    baseline_year = year(_("Year of the baseline"))
    target = number(_("Target"), _("What it shall be; empty where the charter names none."))
    target_year = year(_("Year of the target"))
    field_order = ("provision",)

    def __init__(self, *args: Any, found: Results, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provision"].choices = listed([node for node, _told in found.results])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in self.words:
            self.need(name)
        return given

    @property
    def measure(self) -> Measure:
        given = self.cleaned_data
        return Measure(
            name=self.by_language("name"),
            unit=self.by_language("unit"),
            source=self.by_language("source"),
            direction=Direction(given["direction"]),
            baseline=given["baseline"],
            baseline_year=given["baseline_year"],
            target=given["target"],
            target_year=given["target_year"],
        )


def filled(of: ResultIndicator, provision: int) -> dict[str, Any]:
    """An indicator as its form shows it first; `provision`: on which it hangs today."""
    texts = {
        f"{name}_{code}": getattr(of, name).get(code, "")
        for name in Indicating.words
        for code in LANGUAGES
    }
    names = ("direction", "baseline", "baseline_year", "target", "target_year")
    return {"provision": provision, **texts, **{name: getattr(of, name) for name in names}}


class Stating(forms.Form):
    """A value of a year as a source stated it."""

    year = year(_("For the year"), required=True)
    value = number(_("Value"), required=True)
    margin = number(
        _("Uncertainty, ±"),
        _("Half the width of the 95 % interval, if the source gives it."),
    )
    on = day(_("Stated on"))
    source = forms.CharField(label=_("Source of the value"), max_length=SOURCE)

    @property
    def statement(self) -> Statement:
        given = self.cleaned_data
        return Statement(
            given["year"], given["on"], given["value"], given["source"], given["margin"]
        )


class Linking(InThreeLanguages):
    """That one provision serves another, and what is known of it."""

    below = forms.TypedChoiceField(label=_("This measure or task"), coerce=int)
    above = forms.TypedChoiceField(label=_("serves this task or result"), coerce=int)
    known = forms.ChoiceField(label=_("What is known of it"), choices=Known.choices)
    words: ClassVar[dict[str, tuple[Any, int]]] = {"words": (_("In words"), 600)}
    long = frozenset({"words"})
    source = forms.CharField(
        label=_("Source of the evidence"),
        help_text=_("Needed where evidence shows it: a study, a count, a publication."),
        required=False,
        max_length=SOURCE,
    )
    field_order = ("below", "above", "known")

    def __init__(self, *args: Any, found: Results, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        results = [node for node, _told in found.results]
        given = {"below": found.measures + found.tasks, "above": found.tasks + results}
        for name, nodes in given.items():
            self.fields[name].choices = listed(nodes)  # type: ignore[attr-defined]

    @property
    def knowledge(self) -> Knowledge:
        given = self.cleaned_data
        return Knowledge(Known(given["known"]), self.by_language("words"), given["source"])


class Withdrawing(forms.Form):
    """Why something is taken back."""

    because = reason(_("Reason of the withdrawal"))
