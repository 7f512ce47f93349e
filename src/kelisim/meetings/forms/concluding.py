"""Decisions with their points, minutes, answers, rules of procedure."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body
from kelisim.bodies.states import COLLEGIAL, Role
from kelisim.meetings.actions.concluding import DraftPoint, Wording
from kelisim.meetings.models import Item, Minutes
from kelisim.meetings.states import ANSWERED, AnswerState, BallotForm, Subject
from kelisim.meetings.trees.procedure import Majority, Tie
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import IN, LANGUAGES, NAMES, spoken

MAJORITIES = {
    Majority.VOTING: gettext_lazy("more for than against"),
    Majority.PRESENT: gettext_lazy("more than half of those present"),
    Majority.MEMBERS: gettext_lazy("more than half of all members"),
    Majority.TWO_THIRDS_PRESENT: gettext_lazy("two thirds of those present"),
    Majority.TWO_THIRDS_MEMBERS: gettext_lazy("two thirds of all members"),
}
TIES = {
    Tie.LOST: gettext_lazy("it is lost"),
    Tie.CHAIR: gettext_lazy("the chair’s voice decides, in an open vote"),
}


class Adoption(InThreeLanguages):
    """A decision as it is adopted: its title, and whom it binds to answer."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (gettext_lazy("Title of the decision"), 500),
        "preamble": (gettext_lazy("Preamble"), 10_000),
    }
    long = frozenset({"preamble"})
    must_consider = forms.BooleanField(
        label=gettext_lazy("Must be considered: those it is addressed to answer by a set day"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        return given


class Points(forms.BaseFormSet[Any]):
    """The points of a decision, in their order; empty ones are left out."""

    def points(self) -> list[DraftPoint]:
        return [form.point() for form in self.forms if form.says_something()]


class PointForm(InThreeLanguages):
    """One point: its text, who answers it, who carries it out by when."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"text": (gettext_lazy("Text"), 10_000)}
    long = frozenset({"text"})
    addressees = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Addressed to"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("These bodies must answer."),
    )
    executor = forms.TypedChoiceField(
        label=gettext_lazy("Instruction to"), coerce=int, required=False, empty_value=None
    )
    due_on = day(gettext_lazy("to be carried out by"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], tongue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in bodies}
        named = [(body.pk, spoken(body.name, tongue).text) for body in bodies]
        self.fields["addressees"].choices = named  # type: ignore[attr-defined]
        self.fields["executor"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def says_something(self) -> bool:
        given = getattr(self, "cleaned_data", {})
        return any(given.get(name) for name in self.fields)

    def point(self) -> DraftPoint:
        given = self.cleaned_data
        return DraftPoint(
            text=self.by_language("text"),
            addressees=[self.bodies[pk] for pk in given["addressees"]],
            executor=self.bodies.get(given["executor"]),
            due_on=given["due_on"],
        )


PointFormSet = forms.formset_factory(PointForm, formset=Points, extra=3, max_num=60)


class Writing(forms.Form):
    """The minutes: for each item what was heard, who spoke, what was resolved, by language."""

    PARTS: ClassVar[dict[str, Any]] = {
        "heard": gettext_lazy("Heard"),
        "spoke": gettext_lazy("Spoke"),
        "resolved": gettext_lazy("Resolved"),
    }

    def __init__(
        self, *args: Any, items: Sequence[Item], minutes: Minutes | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        known = {row.item_id: row for row in minutes.passages.all()} if minutes else {}
        for item in items:
            for part, label in self.PARTS.items():
                for code, said in IN.items():
                    there = getattr(known.get(item.pk), part, {}) or {}
                    self.fields[f"{part}_{item.pk}_{code}"] = forms.CharField(
                        label=f"{label}, {said}",
                        required=False,
                        max_length=50_000,
                        initial=there.get(code, ""),
                        widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
                    )

    def of(self, item: Item) -> list[forms.BoundField]:
        """The fields of one item."""
        return [self[f"{part}_{item.pk}_{code}"] for part in self.PARTS for code in LANGUAGES]

    def by_item(self) -> list[tuple[Item, list[forms.BoundField]]]:
        return [(item, self.of(item)) for item in self.items]

    def passages(self) -> list[Wording]:
        given = self.cleaned_data

        def said(part: str, item: Item) -> dict[str, str]:
            texts = {code: given[f"{part}_{item.pk}_{code}"].strip() for code in LANGUAGES}
            return {code: text for code, text in texts.items() if text}

        return [Wording(item.pk, *(said(part, item) for part in self.PARTS)) for item in self.items]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        many = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in many]


class Answering(forms.Form):
    """What a body answers to a point."""

    state = forms.ChoiceField(
        label=gettext_lazy("Our answer"),
        choices=[(state.value, state.label) for state in AnswerState if state in ANSWERED],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Needed where the point is not wholly accepted. Everybody reads them."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"), choices=list(NAMES.items())
    )
    papers = FilesField(
        label=gettext_lazy("Documents"),
        required=False,
        help_text=gettext_lazy("Everybody can download them."),
    )

    def clean_papers(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["papers"]
        if sum(file.size for file in files) > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is over 50 MB. Divide it."))
        return files


def days(label: Any, most: int = 366) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most)


class Regulation(forms.Form):
    """A body's rules of procedure."""

    since = day(gettext_lazy("In force from"))
    notice_days = days(gettext_lazy("Days between the invitation and the meeting"))
    papers_days = days(gettext_lazy("Days by which papers go out before it"))
    working_days = forms.BooleanField(label=gettext_lazy("These are working days"), required=False)
    quorum = forms.CharField(
        label=gettext_lazy("Quorum, as a share of the members"),
        max_length=9,
        help_text=gettext_lazy("A fraction such as 2/3."),
    )
    majority = forms.ChoiceField(
        label=gettext_lazy("Majority"), choices=[(m.value, w) for m, w in MAJORITIES.items()]
    )
    weighty_majority = forms.ChoiceField(
        label=gettext_lazy("Majority for the weighty"),
        choices=[(m.value, w) for m, w in MAJORITIES.items()],
    )
    tie = forms.ChoiceField(
        label=gettext_lazy("As many for as against"),
        choices=[(t.value, w) for t, w in TIES.items()],
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How votes are taken as a rule"), choices=BallotForm
    )
    convene = forms.MultipleChoiceField(
        label=gettext_lazy("Who convenes"),
        choices=[(r.value, r.label) for r in (Role.CHAIR, Role.DEPUTY, Role.HEAD)],
        widget=forms.CheckboxSelectMultiple,
    )
    move = forms.MultipleChoiceField(
        label=gettext_lazy("Who may move"),
        choices=[(r.value, r.label) for r in COLLEGIAL],
        widget=forms.CheckboxSelectMultiple,
    )
    vote = forms.MultipleChoiceField(
        label=gettext_lazy("Who votes"),
        choices=[(r.value, r.label) for r in COLLEGIAL],
        widget=forms.CheckboxSelectMultiple,
    )
    secret = forms.MultipleChoiceField(
        label=gettext_lazy("Secret for these subjects"),
        choices=Subject,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weighty = forms.MultipleChoiceField(
        label=gettext_lazy("Weighty are these subjects"),
        choices=Subject,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    change_vote = forms.BooleanField(
        label=gettext_lazy("A voice may be changed until the vote is closed"), required=False
    )
    speech_seconds = days(gettext_lazy("Seconds for a speech"), 36_000)
    answer_days = days(gettext_lazy("Working days to answer a decision"))
    least_a_year = days(gettext_lazy("Meetings a year at least"))

    def rules(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "since"}
