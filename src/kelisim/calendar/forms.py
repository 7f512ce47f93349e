"""Days that acts moved: one by a form, many by a table."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import Change
from kelisim.pages.forms import InThreeLanguages
from kelisim.pages.forms import day as day_field


class Moved(InThreeLanguages):
    """A day that an act made working or free."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "name": (_("What it is called"), 120),
        "act_kind": (_("What the act is"), 120),
    }
    day = day_field(_("Day"))
    kind = forms.ChoiceField(label=_("It becomes a"), choices=DayKind)
    number = forms.CharField(label=_("Number of the act"), max_length=40)
    signed = day_field(_("Date of the act"), required=False)
    field_order = ["day", "kind", "number", "signed"]

    def change(self) -> Change:
        given = self.cleaned_data
        return Change(
            given["day"],
            given["kind"] == DayKind.WORKING,
            self.by_language("name"),
            {
                "number": given["number"],
                "date": given["signed"].isoformat() if given["signed"] else "",
                "kind": self.by_language("act_kind"),
            },
        )


class Table(forms.Form):
    """A table of moved days."""

    file = forms.FileField(
        label=_("Table (CSV)"),
        help_text=_("In the form in which this page gives it: day, kind, names, act."),
    )
