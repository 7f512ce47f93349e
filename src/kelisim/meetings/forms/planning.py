"""Planning a meeting, its items and papers."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision
from kelisim.meetings.states import MeetingKind, Subject
from kelisim.pages.forms import InThreeLanguages, moment
from kelisim.pages.languages import NAMES, spoken


class Plan(InThreeLanguages):
    """A meeting: of which body, when, where."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (gettext_lazy("What it is called"), 300),
        "place": (gettext_lazy("Place"), 300),
    }
    body = forms.TypedChoiceField(label=gettext_lazy("Body"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of meeting"), choices=MeetingKind)
    starts_at = moment(gettext_lazy("Begins"))
    ends_at = moment(gettext_lazy("Ends"), required=False)
    link = forms.URLField(
        label=gettext_lazy("Address for taking part from afar"),
        required=False,
        help_text=gettext_lazy("Only members see it."),
    )
    field_order = ["body", "kind", "title_kk", "title_ru", "title_en", "starts_at", "ends_at"]

    def __init__(self, *args: Any, bodies: Sequence[Body], tongue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (body.pk, spoken(body.name, tongue).text) for body in bodies
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        begins, ends = given.get("starts_at"), given.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it begins."))
        return given


class Postponement(forms.Form):
    starts_at = moment(gettext_lazy("Begins"))
    ends_at = moment(gettext_lazy("Ends"), required=False)


class Because(forms.Form):
    """An act that needs a reason."""

    because = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class PutItem(InThreeLanguages):
    """An item: its title, why it is brought, the draft of a decision, what it is about."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (gettext_lazy("Item"), 500),
        "text": (gettext_lazy("Why it is brought"), 20_000),
        "draft": (gettext_lazy("Draft decision"), 20_000),
    }
    long = frozenset({"text", "draft"})
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), choices=Subject, required=False)
    weighty = forms.BooleanField(
        label=gettext_lazy("Weighty: needs the greater majority"), required=False
    )
    provisions = forms.CharField(
        label=gettext_lazy("Provisions of the charter"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Their numbers as they are cited, one after another: 5.2.3-3, 4¶2."),
    )

    def clean_subject(self) -> str:
        return self.cleaned_data["subject"] or Subject.GENERAL

    def clean_provisions(self) -> list[Provision]:
        cited = [each for each in self.cleaned_data["provisions"].replace(",", " ").split() if each]
        found = cited_provisions(cited)
        unknown = [each for each in cited if each not in found]
        if unknown:
            words = ", ".join(unknown)
            raise forms.ValidationError(
                _("No provision of a charter in force is cited so: %(cited)s.") % {"cited": words}
            )
        return [found[each] for each in dict.fromkeys(cited)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        return given

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.by_language("title"),
            "text": self.by_language("text"),
            "draft": self.by_language("draft"),
            "subject": Subject(self.cleaned_data["subject"]),
            "weighty": self.cleaned_data["weighty"],
            "provisions": self.cleaned_data["provisions"],
        }


class Proposal(InThreeLanguages):
    """An item that a member proposes."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (gettext_lazy("Item"), 500),
        "text": (gettext_lazy("Why it is brought"), 20_000),
    }
    long = frozenset({"text"})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        return given


class Paper(forms.Form):
    """A paper of an item."""

    file = forms.FileField(label=gettext_lazy("File"))
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=300)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=list(NAMES.items()))
    public = forms.BooleanField(
        label=gettext_lazy("Show it to everybody"),
        required=False,
        help_text=gettext_lazy("Otherwise only members and the office read it."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is over 50 MB. Divide it."))
        return file


class InvitedGuest(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    post_held = forms.CharField(
        label=gettext_lazy("Post and organisation"), max_length=300, required=False
    )


def cited_provisions(cited: Iterable[str]) -> dict[str, Provision]:
    """Provisions of the newest published versions by how they are cited; one query."""
    rows = (
        Provision.objects.filter(cite__in=set(cited), version__state="published")
        .select_related("version__charter")
        .order_by("version__published_at")
    )
    return {row.cite: row for row in rows}
