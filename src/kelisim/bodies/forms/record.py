"""A whole record of the register in one form; schools, courses and members by year in rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.queries.showing import VALUES
from kelisim.bodies.rules.record import TAGGED
from kelisim.bodies.states import Level, OfferingKind
from kelisim.bodies.trees.record import Facts, Offer
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import LANGUAGES

type Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen in a record: territories by region, parents, words by sort."""

    units: Choices
    parents: Choices
    tags: Mapping[str, Choices]


class OfferForm(InThreeLanguages):
    """A school, a course or a collective; without a name it is left out."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "name": (gettext_lazy("Full name"), 200),
        "place": (gettext_lazy("Place"), 200),
    }
    kind = forms.ChoiceField(
        label=gettext_lazy("Sort"),
        choices=[(kind.value, kind.label) for kind in OfferingKind if kind != OfferingKind.ROOM],
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language taught"), required=False)
    seats = forms.IntegerField(
        label=gettext_lazy("Places"), required=False, min_value=0, max_value=100_000
    )
    field_order = ["kind", "name_kk", "name_ru", "name_en", "language"]

    def __init__(self, *args: Any, languages: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *languages]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A sort alone says nothing."""
        return any(name != "kind" for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        said = [name for name in (*given,) if name != "kind" and given[name] not in (None, "")]
        if said and not any(given.get(f"name_{code}") for code in LANGUAGES):
            self.add_error("name_kk", _("Fill in one language at least."))
        return given

    def offer(self) -> Offer | None:
        given = self.cleaned_data
        name = self.by_language("name")
        if not name:
            return None
        return Offer(
            OfferingKind(given["kind"] or OfferingKind.COURSE),
            name,
            given["language"],
            self.by_language("place"),
            given["seats"],
        )


class MembersForm(forms.Form):
    """How many members there were in a year."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1900, max_value=2200
    )
    count = forms.IntegerField(
        label=gettext_lazy("Members"), required=False, min_value=0, max_value=100_000_000
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("year") is None) != (given.get("count") is None) and not self.errors:
            self.add_error("year", _("Give both the year and the number, or neither."))
        return given


class Rows(forms.BaseFormSet[Any]):
    """Rows of one sort, with empty ones to spare."""


Offers = forms.formset_factory(OfferForm, formset=Rows, extra=1, max_num=60, absolute_max=80)
Members = forms.formset_factory(MembersForm, formset=Rows, extra=1, max_num=40, absolute_max=60)

GROUPS: Sequence[tuple[Any, Sequence[str]]] = [
    (gettext_lazy("Names"), ("name", "short")),
    (
        gettext_lazy("Registration"),
        ("level", "legal_form", "bin", "justice", "record_number", "recorded_on", "recorded_where"),
    ),
    (gettext_lazy("Place in the register"), ("unit", "parent")),
    (gettext_lazy("What it does"), ("communities", "languages", "activities")),
    (gettext_lazy("Leader"), ("leader", "leader_since")),
    (gettext_lazy("Contacts for everybody"), ("address", "phone", "email", "site")),
    (gettext_lazy("Contacts for the office only"), ("office_phone", "office_email")),
]


class RecordForm(InThreeLanguages):
    """The facts of a record, and where they come from."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "name": (VALUES["name"], 300),
        "short": (VALUES["short"], 80),
        "legal_form": (VALUES["legal_form"], 200),
        "recorded_where": (VALUES["recorded_where"], 300),
        "address": (VALUES["address"], 300),
    }
    places: ClassVar[dict[str, str]] = {"name": "name_kk"}
    level = forms.ChoiceField(label=VALUES["level"], choices=Level)
    bin = forms.CharField(
        label=VALUES["bin"],
        required=False,
        max_length=20,
        help_text=gettext_lazy("Twelve digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    justice = forms.BooleanField(
        label=VALUES["justice"],
        required=False,
        help_text=gettext_lazy("Otherwise it is on local record."),
    )
    record_number = forms.CharField(label=VALUES["record_number"], required=False, max_length=60)
    recorded_on = day(VALUES["recorded_on"], required=False)
    unit = forms.ChoiceField(label=VALUES["unit"], required=False)
    parent = forms.ChoiceField(label=VALUES["parent"], required=False)
    phone = forms.CharField(label=VALUES["phone"], required=False, max_length=60)
    email = forms.EmailField(label=VALUES["email"], required=False, max_length=254)
    site = forms.URLField(label=VALUES["site"], required=False, max_length=200)
    office_phone = forms.CharField(label=VALUES["office_phone"], required=False, max_length=60)
    office_email = forms.EmailField(label=VALUES["office_email"], required=False, max_length=254)
    leader = forms.CharField(label=VALUES["leader"], required=False, max_length=200)
    leader_since = day(VALUES["leader_since"], required=False)
    source = forms.CharField(
        label=gettext_lazy("Known from"),
        max_length=200,
        help_text=gettext_lazy(
            "The paper that says so: a charter, a certificate, minutes, a letter."
        ),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        facts: Facts | None,
        options: Options,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, initial=flat(facts) if facts else None, **kwargs)
        for name, kind in TAGGED.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=VALUES[name],
                choices=options.tags.get(kind, ()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["unit"].choices = options.units  # type: ignore[attr-defined]
        self.fields["parent"].choices = options.parents  # type: ignore[attr-defined]
        languages = {"languages": options.tags.get("language", ())}
        self.offers = Offers(
            data,
            prefix="offers",
            initial=[offer_flat(offer) for offer in facts.offers if kept(offer)] if facts else None,
            form_kwargs=languages,
        )
        self.members = Members(
            data,
            prefix="members",
            initial=[
                {"year": year, "count": count} for year, count in sorted(facts.members.items())
            ]
            if facts
            else None,
        )
        # Rooms stand with houses of friendship and are not asked here; they stay as they are.
        self.rooms = tuple(offer for offer in facts.offers if not kept(offer)) if facts else ()

    def clean_bin(self) -> str:
        return "".join(self.cleaned_data["bin"].split())

    def is_valid(self) -> bool:
        """All parts are asked, so that everything that is wrong is said at once."""
        parts = [super().is_valid(), self.offers.is_valid(), self.members.is_valid()]
        return all(parts)

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by group, in order."""
        return [(str(words), [*self.of(names)]) for words, names in GROUPS]

    def of(self, names: Iterable[str]) -> Iterable[forms.BoundField]:
        for name in names:
            if name in self.words:
                yield from (self[f"{name}_{code}"] for code in LANGUAGES)
            else:
                yield self[name]

    @property
    def last(self) -> list[forms.BoundField]:
        """What is asked besides the facts."""
        grouped = {field.name for _words, fields in self.parts for field in fields}
        return [field for field in self if field.name not in grouped]

    def facts(self) -> Facts:
        given = self.cleaned_data
        offers = (form.offer() for form in self.offers if form.has_changed() or form.initial)
        years = [form.cleaned_data for form in self.members if form.cleaned_data]
        words: dict[str, Any] = {name: self.by_language(name) for name in self.words}
        tagged: dict[str, Any] = {name: tuple(sorted(given[name])) for name in TAGGED}
        return Facts(
            **words,
            **tagged,
            level=Level(given["level"]),
            bin=given["bin"],
            justice=given["justice"],
            record_number=given["record_number"],
            recorded_on=given["recorded_on"],
            parent=given["parent"],
            unit=given["unit"],
            offers=(*(offer for offer in offers if offer), *self.rooms),
            phone=given["phone"],
            email=given["email"],
            site=given["site"],
            office_phone=given["office_phone"],
            office_email=given["office_email"],
            leader=given["leader"].strip(),
            leader_since=given["leader_since"] if given["leader"].strip() else None,
            members={row["year"]: row["count"] for row in years if row.get("year") is not None},
        )


class Proposing(RecordForm):
    """What an association proposes that its record say."""

    note = forms.CharField(
        label=gettext_lazy("Note to the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Correcting(RecordForm):
    """What the office writes in the record."""

    verified = forms.BooleanField(
        label=gettext_lazy("Checked against the source: what changes is verified"), required=False
    )


class Entering(RecordForm):
    """A new record."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of body"))
    founded_on = day(gettext_lazy("Founded on"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


def kept(offer: Offer) -> bool:
    return offer.kind != OfferingKind.ROOM


def flat(facts: Facts) -> dict[str, Any]:
    """A record as the form's fields begin with."""
    values: dict[str, Any] = {
        f"{name}_{code}": text
        for name in RecordForm.words
        for code, text in getattr(facts, name).items()
    }
    for name in (*RecordForm.base_fields, *TAGGED):
        if hasattr(facts, name):
            values[name] = getattr(facts, name)
    values["level"] = facts.level.value
    return values


def offer_flat(offer: Offer) -> dict[str, Any]:
    said = {f"name_{code}": text for code, text in offer.name.items()}
    said |= {f"place_{code}": text for code, text in offer.place.items()}
    return {**said, "kind": offer.kind.value, "language": offer.language, "seats": offer.seats}
