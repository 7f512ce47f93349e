"""What a comparison is asked for: which bodies, which year, which weights, which rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kelisim.engines.composite import Rule
from kelisim.evaluation.queries.effectiveness import Group
from kelisim.evaluation.trees.comparing import Asked
from kelisim.evaluation.trees.formula import Formula
from kelisim.evaluation.words import COMPONENTS, LEVELS, RULES
from kelisim.pages.templatetags.kelisim import figure, plainly

HEAVIEST = 100


def called(group: Group) -> str:
    """A group as it is chosen: kind, level, how many."""
    return f"{plainly(group.kind.plural)}, {LEVELS[group.level]} ({figure(group.size)})"


class Comparison(forms.Form):
    """A question in an address: what is left out is as published."""

    group = forms.ChoiceField(label=gettext_lazy("Bodies"))
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), choices=RULES)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        groups: Sequence[Group],
        years: Sequence[int],
        formula: Formula,
    ) -> None:
        self.formula = formula
        usual = {
            "group": groups[0].key if groups else "",
            "year": str(years[0]) if years else "",
            "rule": Rule.ARITHMETIC.value,
            **{key: f"{weight:g}" for key, weight in formula.weights.items()},
        }
        super().__init__({key: data.get(key) or value for key, value in usual.items()})
        self.given = {group.key: group for group in groups}
        self.choose("group", [(group.key, called(group)) for group in groups])
        self.choose("year", [(str(year), str(year)) for year in years])
        for one in formula.components:
            self.fields[one.key] = forms.IntegerField(
                label=gettext("Weight: %(component)s") % {"component": COMPONENTS[one.key]},
                min_value=0,
                max_value=HEAVIEST,
            )

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        weights = [given.get(one.key) for one in self.formula.components]
        if None not in weights and not any(weights):
            raise forms.ValidationError(gettext("Something must weigh more than nought."))
        return given

    @property
    def chosen(self) -> Group:
        return self.given[self.cleaned_data["group"]]

    @property
    def asked(self) -> Asked:
        weights = {one.key: float(self.cleaned_data[one.key]) for one in self.formula.components}
        return Asked(weights, Rule(self.cleaned_data["rule"]))
