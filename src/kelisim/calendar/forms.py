"""Days that acts moved: one by a form, many by a table."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import LONGEST, Change
from kelisim.pages.forms import InThreeLanguages
from kelisim.pages.forms import day as day_field
from kelisim.refusals import Refused


class Moved(InThreeLanguages):
    """A day that an act made working or free; its fields are called like a table's columns."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "name": (_("What it is called"), LONGEST["name_en"]),
        "act_kind": (_("What the act is"), LONGEST["act_kind_en"]),
    }
    day = day_field(_("Day"))
    kind = forms.ChoiceField(label=_("It becomes a"), choices=DayKind)
    act_number = forms.CharField(label=_("Number of the act"), max_length=LONGEST["act_number"])
    act_date = day_field(_("Date of the act"), required=False)
    field_order = ["day", "kind", "act_number", "act_date"]

    def change(self) -> Change:
        given = self.cleaned_data
        texts = {name: given[name] for name in LONGEST if name != "act_date"}
        texts["act_date"] = given["act_date"].isoformat() if given["act_date"] else ""
        return Change.told(given["day"], texts, working=given["kind"] == DayKind.WORKING)

    def refuse(self, refused: Refused) -> None:
        """Put each reason beside the field that it is about."""
        for refusal in refused.refusals:
            words = gettext(refusal.code) % dict(refusal.facts)
            self.add_error(refusal.place if refusal.place in self.fields else None, words)


class Table(forms.Form):
    """A table of moved days."""

    file = forms.FileField(
        label=_("Table (CSV)"),
        help_text=_("In the form in which this page gives it: day, kind, names, act."),
    )
