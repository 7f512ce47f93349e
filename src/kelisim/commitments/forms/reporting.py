"""The one form of an executor: words, numbers, money, evidence; what is missing said at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.queries.reporting import Desk
from kelisim.commitments.rules import reporting as rules
from kelisim.commitments.states import Source
from kelisim.pages.forms import day
from kelisim.pages.languages import NAMES, spoken
from kelisim.pages.templatetags.kelisim import figure, tongue

EVIDENCE = ("file", "address", "title", "effective_on", "shows_form", "public", "consent")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        many = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in many]


def number(label: str, help_text: str, initial: object) -> forms.CharField:
    """A number as people write it: with spaces and a comma, exact."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=30,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 18, "autocomplete": "off"}),
    )


class Reporting(forms.Form):
    """A report for a term. Its fields of numbers are those of the commitment."""

    words = forms.CharField(
        label=_("What was done"),
        help_text=_(
            "In your own words: what was done, where, for how many people. Everybody will read it"
            " once it is accepted; name no private person."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=list(NAMES.items()))
    percent = forms.IntegerField(
        label=_("Done, %"),
        help_text=_("Only where the work can be counted. Else leave it empty."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
    )
    figures_source = forms.CharField(
        label=_("Where the values come from"),
        help_text=_("A register, a survey, a letter with its number."),
        required=False,
        max_length=300,
    )
    file = FilesField(
        label=_("Files"),
        help_text=_(
            "One or several. Photographs as JPEG, PNG or WebP: they lose the place and the device"
            " that are written in them. Files must be chosen again if the form is refused."
        ),
        required=False,
    )
    address = forms.URLField(
        label=_("Link"),
        help_text=_("To a publication, an event, a decision."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    title = forms.CharField(
        label=_("What it shows"),
        help_text=_("Of a photograph: what one sees in it, for those who cannot."),
        required=False,
        max_length=300,
    )
    effective_on = day(_("From which day it is"), required=False)
    shows_form = forms.BooleanField(
        label=_("It is the promised form of completion"), required=False
    )
    public = forms.BooleanField(
        label=_("Everybody may see it once the report is accepted"), required=False
    )
    consent = forms.BooleanField(
        label=_(
            "Photograph: all who can be recognised in it agreed to be shown, and no child can be"
            " recognised"
        ),
        required=False,
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk, report, said = desk, desk.report, tongue()
        self.fields["language"].initial = said
        for indicator in desk.indicators:
            named = (spoken(indicator.name, said).text, spoken(indicator.unit, said).text)
            self.fields[f"figure_{indicator.pk}"] = number(
                ", ".join(text for text in named if text),
                "",
                (report.figures if report else {}).get(str(indicator.pk), ""),
            )
        for money in desk.money:
            self.fields[f"spent_{money.pk}"] = number(
                f"{money.year}, {Source(money.source).label}",
                gettext("Planned %(planned)s ₸; give all that was spent so far.")
                % {"planned": figure(money.planned)},
                (report.spent if report else {}).get(str(money.pk), ""),
            )
        if not desk.indicators:
            del self.fields["figures_source"]
        for part in desk.parts:
            if part.waits and part.told:
                pk = part.told.report.pk
                self.fields[f"gather_{pk}"] = forms.BooleanField(
                    label=gettext("Gather into our report"), required=False, initial=True
                )
                self.fields[f"because_{pk}"] = forms.CharField(
                    label=gettext("Why it is returned"),
                    required=False,
                    max_length=5000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        if report:
            for name in ("words", "language", "percent", "figures_source"):
                if name in self.fields:
                    self.fields[name].initial = getattr(report, name)

    def telling(self) -> list[forms.BoundField]:
        return [self[name] for name in ("words", "language", "percent")]

    def measuring(self) -> list[forms.BoundField]:
        names = [f"figure_{one.pk}" for one in self.desk.indicators]
        return [self[name] for name in (*names, "figures_source")] if names else []

    def spending(self) -> list[forms.BoundField]:
        return [self[f"spent_{one.pk}"] for one in self.desk.money]

    def proving(self) -> list[forms.BoundField]:
        return [self[name] for name in EVIDENCE]

    def gathering(self) -> list[tuple[Any, forms.BoundField | None, forms.BoundField | None]]:
        """Each co-executor's part, with what the lead does about it."""
        told = []
        for part in self.desk.parts:
            pk = part.told.report.pk if part.told else 0
            open_still = f"gather_{pk}" in self.fields
            told.append(
                (
                    part,
                    self[f"gather_{pk}"] if open_still else None,
                    self[f"because_{pk}"] if open_still else None,
                )
            )
        return told

    def numbers(self, kind: str) -> dict[str, str]:
        """What was filled in of `figure` or `spent`, by the row's key."""
        return {
            name.removeprefix(f"{kind}_"): said
            for name, said in self.cleaned_data.items()
            if name.startswith(f"{kind}_") and name != "figures_source" and said
        }

    def gathers(self) -> list[int]:
        return [
            int(name.removeprefix("gather_"))
            for name, ticked in self.cleaned_data.items()
            if name.startswith("gather_") and ticked
        ]

    def gives_evidence(self) -> bool:
        given = self.cleaned_data
        return bool(given.get("file") or given.get("address"))

    def report(self) -> dict[str, Any]:
        """The report as `actions.reporting.write` takes it."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "language": given["language"],
            "percent": given["percent"],
            "figures": self.numbers("figure"),
            "figures_source": given.get("figures_source", ""),
            "spent": self.numbers("spent"),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for refusal in rules.figure_faults(
            percent=given.get("percent"),
            figures=self.numbers("figure"),
            figures_source=given.get("figures_source", ""),
            spent=self.numbers("spent"),
            indicators=[one.pk for one in self.desk.indicators],
            money=[one.pk for one in self.desk.money],
        ):
            self.add_error(refusal.place, gettext(refusal.code) % dict(refusal.facts))
        if "file" not in self.errors and "address" not in self.errors:
            self.need_of_evidence(given)
        return given

    def need_of_evidence(self, given: dict[str, Any]) -> None:
        """Evidence has its day, and a link its title; described evidence is there."""
        if self.gives_evidence():
            if not given.get("effective_on") and "effective_on" not in self.errors:
                self.add_error("effective_on", gettext("Say from which day it is."))
            if given.get("address") and not given.get("title"):
                self.add_error("title", gettext("Say what the link shows."))
        elif given.get("title") or given.get("shows_form"):
            self.add_error("file", gettext("Choose a file or give a link."))
