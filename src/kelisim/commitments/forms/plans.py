"""Forms of plans: begin one, draft its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.forms.control import Choices
from kelisim.commitments.states import Direction
from kelisim.commitments.trees import sheet
from kelisim.commitments.trees.sheet import Ground
from kelisim.commitments.trees.table import Fulfilled, Heading, Indicator, Milestone, Row
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.refusals import Refusal

MOST_MILESTONES = 3
NONE = ("", "—")


class Beginning(InThreeLanguages):
    """A plan of a body for a period, from nothing or from an earlier one."""

    words: ClassVar = {"title": (_("Title"), 300)}
    field_order = ("body", "like")
    body = forms.TypedChoiceField(label=_("Whose plan"), coerce=int)
    like = forms.TypedChoiceField(
        label=_("Copy of"),
        help_text=_("Its rows are moved to the new years and stay linked to the old ones."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    starts = day(_("From"))
    ends = day(_("To"))
    version = forms.TypedChoiceField(
        label=_("Charter that it carries out"), required=False, coerce=int, empty_value=None
    )
    point = forms.TypedChoiceField(
        label=_("Point of a decision that it arises from"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(
        self,
        *args: Any,
        choices: Mapping[str, Choices],
        owners: Mapping[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = owners
        for name, given in choices.items():
            required = self.fields[name].required
            self.fields[name].choices = [  # type: ignore[attr-defined]
                *([] if required else [NONE]),
                *given,
            ]

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        self.need("title")
        like, body = known.get("like"), known.get("body")
        if like and body and self.owners[like] != body:
            self.add_error("like", gettext("That is another body’s plan."))
        return known


class Lines(InThreeLanguages):
    """A heading of the table."""

    words: ClassVar = {"title": (_("Heading of a section"), 500)}

    def entry(self, level: int = 1) -> Heading:
        return Heading(self.by_language("title"), level)


class RowForm(InThreeLanguages):
    """A whole row: what the official table has a column for, and what it has none for."""

    words: ClassVar = {
        "title": (_("Measure"), 2000),
        "form": (_("Form of completion"), 500),
        "description": (_("Description"), 5000),
        "risks": (_("Risks"), 2000),
        "indicator": (_("Indicator"), 500),
        "unit": (_("Unit of the indicator"), 100),
    }
    long: ClassVar = frozenset({"title", "description", "risks"})
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    lead = forms.ChoiceField(label=_("Responsible executor"), required=False)
    others = forms.MultipleChoiceField(
        label=_("Co-executors"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    term = forms.CharField(
        label=_("Term"),
        help_text=_("As offices write it: “IV quarter 2026”, “yearly, by 10 December”."),
        max_length=200,
        required=False,
    )
    sources = forms.CharField(
        label=_("Sources"),
        help_text=_("As in the table, parted by semicolons."),
        max_length=200,
        required=False,
    )
    provisions = forms.MultipleChoiceField(
        label=_("Provisions that it fulfils"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    direction = forms.ChoiceField(
        label=_("What is better"), choices=Direction.choices, required=False
    )
    baseline = forms.CharField(label=_("Baseline"), max_length=30, required=False)
    baseline_year = forms.IntegerField(
        label=_("Year of the baseline"), min_value=1990, max_value=2100, required=False
    )

    def __init__(
        self,
        *args: Any,
        ground: Ground,
        row: Row,
        bodies: Choices,
        provisions: Choices,
        **kwargs: Any,
    ) -> None:
        self.ground, self.row = ground, row
        super().__init__(*args, initial=started(row, ground), **kwargs)
        self.fields["lead"].choices = [NONE, *bodies]  # type: ignore[attr-defined]
        self.fields["others"].choices = bodies  # type: ignore[attr-defined]
        self.fields["provisions"].choices = provisions  # type: ignore[attr-defined]
        for year in ground.years:
            self.fields[f"cost_{year}"] = forms.CharField(
                label=f"{gettext('Costs')}, {year}",
                help_text=gettext("A sum, each with its source where there are several."),
                max_length=200,
                required=False,
            )
            self.fields[f"target_{year}"] = forms.CharField(
                label=f"{gettext('Target')}, {year}", max_length=30, required=False
            )
        for place in range(MOST_MILESTONES):
            self.fields[f"stage_{place}"] = day(
                f"{gettext('Stage on the way')} {place + 1}", required=False
            )
            self.fields[f"stage_words_{place}"] = forms.CharField(
                label=f"{gettext('What shall be done by then')} {place + 1}",
                max_length=300,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        row: Row = self.row
        lead = known.get("lead", "")
        row = replace(
            row,
            number=known.get("number", "").strip(),
            title=self.by_language("title"),
            form=self.by_language("form"),
            description=self.by_language("description"),
            risks=self.by_language("risks"),
            lead=lead,
            others=tuple(slug for slug in known.get("others", ()) if slug != lead),
            provisions=self.fulfilled(known.get("provisions", ())),
            milestones=self.milestones(known),
        )
        cells = ["sources", "term", *(f"cost_{year}" for year in self.ground.years)]
        for name in cells:
            made = sheet.put_row(row, name, known.get(name, "").strip(), self.ground)
            if isinstance(made, Refusal):
                self.add_error(name, gettext(made.code) % dict(made.facts))
            else:
                row = made
        self.row = replace(row, indicators=self.indicators(known))
        return known

    def fulfilled(self, chosen: Sequence[str]) -> tuple[Fulfilled, ...]:
        """The provisions chosen; each keeps the part of it that was told before."""
        parts = {one.eid: one for one in self.row.provisions}
        return tuple(parts.get(eid, Fulfilled(eid)) for eid in chosen)

    def milestones(self, known: Mapping[str, Any]) -> tuple[Milestone, ...]:
        language = self.ground.language
        told = []
        for place in range(MOST_MILESTONES):
            on = known.get(f"stage_{place}")
            said = known.get(f"stage_words_{place}", "").strip()
            old = self.row.milestones[place : place + 1]
            words = {**(old[0].title if old else {}), language: said} if said else {}
            if on:
                told.append(Milestone(on, words))
            elif said:
                self.add_error(f"stage_{place}", gettext("Say by which day."))
        return (*told, *self.row.milestones[MOST_MILESTONES:])

    def indicators(self, known: Mapping[str, Any]) -> tuple[Indicator, ...]:
        """The first indicator as it was written; the others stay."""
        rest = self.row.indicators[1:]
        name = self.by_language("indicator")
        targets = {
            year: value
            for year in self.ground.years
            if (value := self.figure(f"target_{year}")) is not None
        }
        baseline = self.figure("baseline")
        if not name:
            if targets or baseline is not None:
                self.add_error("indicator_kk", gettext("Say what the numbers measure."))
            return rest
        before = self.row.indicators[0] if self.row.indicators else Indicator({}, {})
        beyond = {y: v for y, v in before.targets.items() if y not in self.ground.years}
        first = replace(
            before,
            name=name,
            unit=self.by_language("unit"),
            direction=Direction(known.get("direction") or Direction.UP),
            baseline=baseline,
            baseline_year=known.get("baseline_year"),
            targets={**beyond, **targets},
        )
        return (first, *rest)

    def figure(self, name: str) -> Any:
        text = self.cleaned_data.get(name, "").strip()
        value = sheet.number(text) if text else None
        if text and value is None:
            self.add_error(name, gettext("commitments.not_a_number") % {"text": text})
        return value


def started(row: Row, ground: Ground) -> dict[str, Any]:
    """A row as its form begins."""
    texts = sheet.texts(row, ground)
    first = row.indicators[0] if row.indicators else None
    known: dict[str, Any] = {
        **texts,
        "lead": row.lead,
        "others": list(row.others),
        "provisions": [one.eid for one in row.provisions],
        "direction": first.direction if first else Direction.UP,
    }
    for name in ("description", "risks"):
        known |= {f"{name}_{code}": text for code, text in getattr(row, name).items()}
    if first:
        known |= {f"indicator_{code}": text for code, text in first.name.items()}
        known |= {f"unit_{code}": text for code, text in first.unit.items()}
        known |= {
            f"target_{year}": sheet.figure(value, ground.language)
            for year, value in first.targets.items()
        }
        known["baseline_year"] = first.baseline_year
        if first.baseline is not None:
            known["baseline"] = sheet.figure(first.baseline, ground.language)
    for place, one in enumerate(row.milestones[:MOST_MILESTONES]):
        known[f"stage_{place}"] = one.day
        known[f"stage_words_{place}"] = one.title.get(ground.language) or next(
            iter(one.title.values()), ""
        )
    return known
