"""What is set side by side: two years, or two regions of one year or of all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.evaluation.queries.coverage import Asked, Choices

YEARS, REGIONS = "years", "regions"


class Sides(forms.Form):
    """A question in an address; what is left out is the two newest years."""

    by = forms.ChoiceField(
        label=_("Set side by side"),
        choices=[(YEARS, _("two years")), (REGIONS, _("two regions"))],
    )
    one = forms.ChoiceField(label=_("First"))
    other = forms.ChoiceField(label=_("Second"))

    def __init__(self, data: Any, *, given: Choices) -> None:
        self.regional = data.get("by") == REGIONS
        offered: list[tuple[int, str]] = (
            list(given.regions) if self.regional else [(year, str(year)) for year in given.years]
        )
        self.words = {str(key): words for key, words in offered}
        keys = [*self.words, "", ""]
        usual = (keys[0], keys[1]) if self.regional else (keys[1], keys[0])
        filled = {
            "by": REGIONS if self.regional else YEARS,
            "one": data.get("one") if data.get("one") in self.words else usual[0],
            "other": data.get("other") if data.get("other") in self.words else usual[1],
        }
        super().__init__(filled)
        for name in ("one", "other"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(self.words.items())

    def asked(self, name: str) -> Asked | None:
        """One side's question; none where there is nothing to choose."""
        key = self.cleaned_data.get(name, "")
        if not key:
            return None
        return Asked(unit=int(key)) if self.regional else Asked(year=int(key))

    def called(self, name: str) -> str:
        return self.words.get(self.cleaned_data.get(name, ""), "")
