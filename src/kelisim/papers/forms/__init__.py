"""Forms of the papers room."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body
from kelisim.pages import forms as pages
from kelisim.pages.forms import InThreeLanguages
from kelisim.pages.languages import NAMES, spoken
from kelisim.papers.models import FileIndex
from kelisim.papers.states import SAID, Direction, PaperKind, Part, Verdict
from kelisim.papers.trees.differing import Differing

ROWS = 5


def checked(file: Any) -> Any:
    if file and file.size > settings.MAX_UPLOAD_BYTES:
        raise forms.ValidationError(_("The file is over 50 MB. Divide it."))
    return file


class Filter(forms.Form):
    """What a list of papers is narrowed to. What is nonsense narrows nothing."""

    direction = forms.ChoiceField(choices=Direction, required=False)
    kind = forms.ChoiceField(choices=PaperKind, required=False)
    body = forms.SlugField(max_length=200, required=False)
    year = forms.IntegerField(min_value=1, max_value=9999, required=False)

    def asked(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class Registration(InThreeLanguages):
    """A paper as it is registered."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (gettext_lazy("What it is about"), 500),
    }
    body = forms.TypedChoiceField(label=gettext_lazy("Body"), coerce=int)
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=PaperKind)
    day = pages.day(
        gettext_lazy("Date of the paper"),
        gettext_lazy("Left empty, it is today."),
        required=False,
    )
    index = forms.TypedChoiceField(
        label=gettext_lazy("File index"), coerce=int, required=False, empty_value=None
    )
    correspondent = forms.CharField(
        label=gettext_lazy("From whom, or to whom"), max_length=300, required=False
    )
    their_number = forms.CharField(
        label=gettext_lazy("Their number"), max_length=60, required=False
    )
    their_day = pages.day(gettext_lazy("Their date"), required=False)
    copies = forms.CharField(label=gettext_lazy("Copies"), max_length=1000, required=False)
    enclosures = forms.CharField(label=gettext_lazy("Enclosures"), max_length=1000, required=False)
    file = forms.FileField(label=gettext_lazy("File"), required=False)
    field_order = [
        "body", "direction", "kind", "index", "title_kk", "title_ru", "title_en", "day",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[Body],
        indexes: Sequence[FileIndex],
        tongue: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (body.pk, spoken(body.name, tongue).text) for body in bodies
        ]
        self.fields["index"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((row.pk, f"{row.code} {spoken(row.title, tongue).text}") for row in indexes),
        ]

    def clean_file(self) -> Any:
        return checked(self.cleaned_data["file"])


class Indexing(InThreeLanguages):
    """A line of the file index."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"title": (gettext_lazy("Title"), 300)}
    code = forms.CharField(label=gettext_lazy("Code"), max_length=30)
    years = forms.IntegerField(
        label=gettext_lazy("Years to keep"), min_value=1, max_value=200, required=False
    )
    field_order = ["code", "title_kk", "title_ru", "title_en", "years"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        return given


class Resolution(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Resolution"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Settlement(forms.Form):
    """How a disagreement was settled."""

    settlement = forms.CharField(max_length=5000, required=False)


class Upload(forms.Form):
    """A template as it was edited."""

    file = forms.FileField(label=gettext_lazy("Template (DOCX)"))

    def clean_file(self) -> Any:
        return checked(self.cleaned_data["file"])


class Attaching(forms.Form):
    """A file for a paper that has its number."""

    file = forms.FileField(label=gettext_lazy("File"))
    part = forms.ChoiceField(label=gettext_lazy("What the file is"), choices=Part)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("", "—"), *NAMES.items()], required=False
    )

    def clean_file(self) -> Any:
        return checked(self.cleaned_data["file"])


class Leaving(forms.Form):
    """The day on which a paper was sent."""

    on = pages.day(gettext_lazy("Sent on"))


class Sending(forms.Form):
    """A paper that is to go round."""

    body = forms.TypedChoiceField(label=gettext_lazy("Body"), coerce=int)
    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=500)
    file = forms.FileField(label=gettext_lazy("File"))
    bodies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who is asked"),
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    due_on = pages.day(gettext_lazy("Answer by"), required=False)

    def __init__(
        self, *args: Any, own: Sequence[Body], others: Sequence[Body], tongue: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, bodies in (("body", own), ("bodies", others)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (body.pk, spoken(body.name, tongue).text) for body in bodies
            ]

    def clean_file(self) -> Any:
        return checked(self.cleaned_data["file"])


class Saying(forms.Form):
    """What a body says of a paper; rows of the table of disagreements below."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Our answer"),
        choices=[(each.value, each.label) for each in Verdict if each in SAID],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=gettext_lazy("Remarks"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "place": gettext_lazy("Place in the paper"),
            "drafted": gettext_lazy("As drafted"),
            "proposed": gettext_lazy("As proposed"),
        }
        for number in range(1, ROWS + 1):
            for name, label in labels.items():
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=f"{number}. {label}",
                    required=False,
                    max_length=5000,
                    widget=forms.TextInput()
                    if name == "place"
                    else forms.Textarea(attrs={"rows": 2}),
                )

    def differing(self) -> list[Differing]:
        given = self.cleaned_data
        rows = [
            Differing(
                n, *(given[f"{name}_{n}"].strip() for name in ("place", "drafted", "proposed"))
            )
            for n in range(1, ROWS + 1)
        ]
        return [row for row in rows if row.place or row.drafted or row.proposed]
