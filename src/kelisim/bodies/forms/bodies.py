"""What is filled in to found, rename, move, describe and dissolve bodies, and to make seats."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from kelisim.bodies.forms.register import CitingAct
from kelisim.bodies.models import Body
from kelisim.bodies.states import ROLES, Nature, Role
from kelisim.pages.forms import InThreeLanguages, day

type Choices = Sequence[tuple[str, Any]]
NAMES: dict[str, tuple[Any, int]] = {
    "name": (gettext_lazy("Full name"), 300),
    "short": (gettext_lazy("Short name"), 80),
}


class Citing(CitingAct):
    """An act, where there is one."""


class Founding(Citing):
    """A new body."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {**NAMES, **CitingAct.words}
    places: ClassVar[dict[str, str]] = {"name": "name_kk"}
    kind = forms.ChoiceField(label=gettext_lazy("Kind of body"))
    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    on = day(gettext_lazy("Founded on"), required=False)
    field_order = [
        *("kind", "parent", "name_kk", "name_ru", "name_en", "short_kk", "short_ru", "short_en"),
        *("unit", "on", "act_kk", "act_ru", "act_en", "number", "signed"),
    ]

    def __init__(
        self, *args: Any, kinds: Choices, parents: Choices, units: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["parent"].choices = parents  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class Renaming(Citing):
    """Another name from a day on."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {**NAMES, **CitingAct.words}
    places: ClassVar[dict[str, str]] = {"name": "name_kk"}
    on = day(gettext_lazy("Called so from"))
    field_order = [
        *("name_kk", "name_ru", "name_en", "short_kk", "short_ru", "short_en", "on"),
        *("act_kk", "act_ru", "act_en", "number", "signed"),
    ]


class Moving(Citing):
    """Another place in the tree."""

    parent = forms.ChoiceField(label=gettext_lazy("Under"), required=False)
    field_order = ["parent", "act_kk", "act_ru", "act_en", "number", "signed"]

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = parents  # type: ignore[attr-defined]


class Describing(InThreeLanguages):
    """A body's tasks and contacts."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "tasks": (gettext_lazy("Tasks"), 5000),
        "address": (gettext_lazy("Address"), 300),
    }
    long = frozenset({"tasks"})
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=60)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    site = forms.URLField(label=gettext_lazy("Site"), required=False, max_length=200)
    office_phone = forms.CharField(
        label=gettext_lazy("Telephone for the office"), required=False, max_length=60
    )
    office_email = forms.EmailField(
        label=gettext_lazy("E-mail for the office"), required=False, max_length=254
    )
    office_note = forms.CharField(
        label=gettext_lazy("Note for the office"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["tasks_kk", "tasks_ru", "tasks_en", "address_kk", "address_ru", "address_en"]

    def described(self) -> dict[str, Any]:
        given = self.cleaned_data
        plain = ("phone", "email", "site", "office_phone", "office_email", "office_note")
        return {
            **{name: self.by_language(name) for name in self.words},
            **{name: given[name] for name in plain},
        }


def described(body: Body) -> dict[str, Any]:
    """What the form begins with."""
    found: dict[str, Any] = {
        f"{name}_{code}": text
        for name in Describing.words
        for code, text in getattr(body, name).items()
    }
    return found | {name: getattr(body, name) for name in Describing.base_fields}


class Dissolving(Citing):
    """The end of a body."""

    on = day(gettext_lazy("Dissolved from"))
    field_order = ["on", "act_kk", "act_ru", "act_en", "number", "signed"]


class Establishing(InThreeLanguages):
    """Posts of one sort."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "post": (gettext_lazy("What the post is called here"), 200),
        "competence": (gettext_lazy("Competence"), 3000),
        "duties": (gettext_lazy("Duties"), 3000),
    }
    long = frozenset({"competence", "duties"})
    role = forms.ChoiceField(label=gettext_lazy("Post"))
    places_ = forms.IntegerField(
        label=gettext_lazy("Places"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=gettext_lazy("Empty: as many as are appointed."),
    )
    term_months = forms.IntegerField(
        label=gettext_lazy("Term in months"), required=False, min_value=1, max_value=600
    )
    most_terms = forms.IntegerField(
        label=gettext_lazy("Terms in a row at most"), required=False, min_value=1, max_value=50
    )
    rotates = forms.BooleanField(
        label=gettext_lazy("Goes round: each year to another body’s representative"),
        required=False,
    )
    votes = forms.BooleanField(label=gettext_lazy("Votes"), required=False, initial=True)
    consent_of = forms.ChoiceField(
        label=gettext_lazy("Appointed with the consent of"), required=False
    )
    field_order = ["role", "post_kk", "post_ru", "post_en", "places_", "term_months", "most_terms"]

    def __init__(self, *args: Any, nature: Nature, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in ROLES[nature]]  # type: ignore[attr-defined]
        self.fields["consent_of"].choices = bodies  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "role": Role(given["role"]),
            "words": self.by_language("post"),
            "competence": self.by_language("competence"),
            "duties": self.by_language("duties"),
            "places": given["places_"],
            **{name: given[name] for name in ("term_months", "most_terms", "rotates", "votes")},
        }


class OnDay(forms.Form):
    """An act that needs only its day."""

    on = day(gettext_lazy("From"))
