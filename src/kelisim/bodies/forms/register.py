"""What the office fills in about a record: verified, returned, merged, accredited, handed in."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.actions.founding import Act
from kelisim.bodies.queries.office import Asked
from kelisim.bodies.rules.register import LARGEST_FILE, MONTHS_ACCREDITED
from kelisim.bodies.states import FactState, Level, YearlyKind
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import NAMES

STATES = {
    "proposed": gettext_lazy("a change is proposed"),
    FactState.DUE.value: gettext_lazy("facts are due again"),
    FactState.DECLARED.value: gettext_lazy("facts are only declared"),
    FactState.VERIFIED.value: gettext_lazy("all is verified"),
}


class Looking(forms.Form):
    """Which records of the register."""

    words = forms.CharField(label=gettext_lazy("Name or BIN"), required=False, max_length=200)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all")), *STATES.items()],
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        choices=[("", gettext_lazy("all")), *((one.value, one.label) for one in Level)],
    )

    def __init__(self, data: Mapping[str, Any], *, regions: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["region"].choices = [("", _("all")), *regions]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was asked for, without what could not be understood."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**said)


class Verifying(forms.Form):
    """Which facts are verified, and from what."""

    facts = forms.MultipleChoiceField(label=gettext_lazy("Facts"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Known from"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The paper against which you checked the facts marked above."),
    )

    def __init__(self, *args: Any, facts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facts"].choices = list(facts)  # type: ignore[attr-defined]


class Accepting(forms.Form):
    """How a proposal is accepted."""

    declared = forms.BooleanField(
        label=gettext_lazy("Take it over as declared only: I have not checked it"), required=False
    )
    looked = forms.BooleanField(
        label=gettext_lazy("I have looked at what changed meanwhile and write over it"),
        required=False,
    )

    def __init__(self, *args: Any, changed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed:
            del self.fields["looked"]


class Because(forms.Form):
    """An act that needs a reason."""

    because = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Returning(forms.Form):
    """Why a proposal is given back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The association reads it and proposes again."),
    )


class Merging(Because):
    """Which record is kept, and what it takes from the other."""

    keep = forms.ChoiceField(
        label=gettext_lazy("The record that is kept"), widget=forms.RadioSelect
    )
    take = forms.MultipleChoiceField(
        label=gettext_lazy("What it takes from the other"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What is not marked stays as the kept record has it."),
    )
    field_order = ["keep", "take", "because"]

    def __init__(
        self,
        *args: Any,
        records: Iterable[tuple[str, str]],
        facts: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = list(records)  # type: ignore[attr-defined]
        self.fields["take"].choices = list(facts)  # type: ignore[attr-defined]


class CitingAct(InThreeLanguages):
    """The act by which something is done."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "act": (gettext_lazy("Act"), 120),
    }
    number = forms.CharField(label=gettext_lazy("Number of the act"), max_length=60, required=False)
    signed = day(gettext_lazy("Date of the act"), required=False)

    def act(self) -> Act:
        given = self.cleaned_data
        return Act(number=given["number"], signed=given["signed"], kind=self.by_language("act"))


class Accrediting(CitingAct):
    """A commission's decision on accreditation."""

    since = day(gettext_lazy("Accredited from"))
    months = forms.IntegerField(
        label=gettext_lazy("For so many months"),
        min_value=1,
        max_value=240,
        initial=MONTHS_ACCREDITED,
    )
    field_order = ["since", "months", "act_kk", "act_ru", "act_en", "number", "signed"]


class Revoking(Because):
    """The end of an accreditation before its term."""

    on = day(gettext_lazy("Without it from"))
    field_order = ["on", "because"]


class HandingIn(forms.Form):
    """A plan or a report for a year."""

    kind = forms.ChoiceField(label=gettext_lazy("Plan or report"), choices=YearlyKind)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1900, max_value=2200)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Everybody reads the text. A text, a file, or both."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(NAMES.items()))
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("At most 20 MB."),
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is over 20 MB."))
        return file


class WhichYear(forms.Form):
    """Of which year and sort papers are missing."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is missing"), required=False, choices=YearlyKind
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1988, max_value=2200
    )
