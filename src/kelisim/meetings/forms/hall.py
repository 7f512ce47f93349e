"""What is entered while a body sits."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.meetings.actions.voting import Counted
from kelisim.meetings.models import Motion
from kelisim.meetings.states import BallotForm
from kelisim.pages.forms import InThreeLanguages
from kelisim.pages.languages import spoken


class Question(InThreeLanguages):
    """What is put to the vote, and how."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"question": (_("Question"), 500)}
    form = forms.ChoiceField(label=_("How the vote is taken"), choices=BallotForm)
    motion = forms.TypedChoiceField(
        label=_("On a motion"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Left empty: on the decision itself."),
    )

    def __init__(self, *args: Any, motions: Sequence[Motion], tongue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motion"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((motion.pk, spoken(motion.text, tongue).text[:120]) for motion in motions),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("question")
        return given


def number(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, required=required)


class Tallied(forms.Form):
    """What was counted."""

    handed_out = number(_("Papers handed out"), required=False)
    in_favour = number(_("For"))
    against = number(_("Against"))
    abstained = number(_("Abstained"))
    spoiled = number(_("Spoiled"), required=False)

    def counted(self) -> Counted:
        given = self.cleaned_data
        return Counted(
            given["in_favour"],
            given["against"],
            given["abstained"],
            given["spoiled"] or 0,
            given["handed_out"],
        )


class Moved(InThreeLanguages):
    """A motion or an amendment."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"text": (_("Motion"), 5000)}
    long = frozenset({"text"})
    amendment = forms.BooleanField(label=_("It amends the draft decision"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("text")
        return given
