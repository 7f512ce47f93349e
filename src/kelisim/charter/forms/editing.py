"""One small form for each verb of editing; every one works without script."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kelisim.charter.models import Instrument
from kelisim.charter.states import Correspond
from kelisim.charter.trees.types import CharterType
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import IN, LANGUAGES, NAMES, spoken

LONGEST = 100_000


def kinds(charter_type: CharterType) -> list[tuple[str, str]]:
    """Kinds of provision that this type of charter has, in the reader's language."""
    tongue = get_language() or settings.LANGUAGE_CODE
    return [(key, spoken(kind.names, tongue).text) for key, kind in charter_type.kinds.items()]


class Verb(forms.Form):
    """A form whose fields carry the verb's name, so that ids on one page never meet."""

    verb = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.verb}_%s", **kwargs})


class Join(Verb):
    verb = "join"
    following = forms.TypedChoiceField(
        label=_("With which"),
        choices=[("", _("with the one before it")), ("1", _("with the one after it"))],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
    )


class Split(Verb):
    """The text in each language; an empty line says where it is parted."""

    verb = "split"

    def __init__(self, *args: Any, texts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, text in texts.items():
            self.fields[f"text_{code}"] = forms.CharField(
                label=f"{gettext('Text')}, {IN.get(code, code)}",
                help_text=_(
                    "Set an empty line where the next provision begins. Change nothing else."
                ),
                initial=text,
                max_length=LONGEST,
                strip=False,
                widget=forms.Textarea(attrs={"lang": code, "rows": 6}),
            )

    def marked(self) -> dict[str, str]:
        return {
            name.removeprefix("text_"): text.replace("\r\n", "\n")
            for name, text in self.cleaned_data.items()
        }


class Rekind(Verb):
    verb = "rekind"
    kind = forms.ChoiceField(label=_("Kind"))
    heading = forms.BooleanField(
        label=_("Its words are a heading"),
        required=False,
    )

    def __init__(self, *args: Any, charter_type: CharterType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds(charter_type)  # type: ignore[attr-defined]


class Renumber(Verb):
    verb = "renumber"
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("As it stands in the text, without closing punctuation: 5.2.3"),
    )


class Rename(Verb, InThreeLanguages):
    """Short titles in three languages."""

    verb = "rename"
    words: ClassVar[dict[str, tuple[Any, int]]] = {"title": (_("Short title"), 300)}

    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"title_{code}", "") for code in LANGUAGES}


class Correct(Verb):
    verb = "correct"
    language = forms.ChoiceField(label=_("Language"), choices=list(NAMES.items()))
    text = forms.CharField(
        label=_("Text as it should have been read"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only for mistakes of reading. The publisher sees each correction."),
    )


class Shift(Verb):
    verb = "shift"
    levels = forms.TypedChoiceField(
        label=_("Where to"),
        choices=[("-1", _("a level up")), ("1", _("a level down"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    following = forms.BooleanField(
        label=_("with those that follow it at its level"), required=False
    )


class Move(Verb):
    verb = "move"
    place = forms.ChoiceField(
        label=_("Place"),
        choices=[
            ("before", _("before this one")),
            ("after", _("after this one")),
            ("into", _("under this one, last")),
        ],
    )
    target = forms.CharField(
        label=_("Which one"),
        max_length=300,
        help_text=_("Its citation, for example 5.2.3-3, or its identifier."),
    )


class SetAside(Verb):
    verb = "set_aside"
    whole = forms.BooleanField(
        label=_("with everything that stands under it"),
        required=False,
    )


class TakeBack(Verb):
    verb = "take_back"
    leaving = forms.IntegerField(label=_("Left aside"), widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label=_("Kind"))
    after = forms.CharField(
        label=_("After which provision"),
        required=False,
        max_length=300,
        help_text=_("Its citation or identifier; empty: at the very beginning."),
    )

    def __init__(self, *args: Any, charter_type: CharterType, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds(charter_type)  # type: ignore[attr-defined]


class Corresponding(InThreeLanguages):
    """A place of another instrument beside a provision; the instrument is chosen or named."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "title": (_("Name of the new instrument"), 300),
        "note": (_("Note"), 500),
    }
    provision = forms.CharField(
        label=_("Provision"), max_length=300, help_text=_("Its citation or its identifier.")
    )
    instrument = forms.ModelChoiceField(
        label=_("Instrument"),
        queryset=Instrument.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("a new one, named below"),
    )
    place = forms.CharField(
        label=_("Place in it"), max_length=120, required=False, help_text=_("For example: art. 27")
    )
    relation = forms.ChoiceField(label=_("Relation"), choices=Correspond.choices)
    slug = forms.SlugField(
        label=_("Short name of the new instrument"),
        max_length=80,
        required=False,
        help_text=_("Latin letters, figures and hyphens."),
    )
    address = forms.URLField(label=_("Where it is published"), required=False)
    field_order = [
        *("provision", "instrument", "place", "relation", "note_kk", "note_ru", "note_en"),
        *("slug", "title_kk", "title_ru", "title_en", "address"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongue = get_language() or settings.LANGUAGE_CODE
        known = self.fields["instrument"]
        known.label_from_instance = lambda one: spoken(one.title, tongue).text or one.slug  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("instrument"):
            if not given.get("slug"):
                self.add_error("instrument", _("Choose an instrument or name a new one."))
            self.need("title")
        return given


class Passport(InThreeLanguages):
    """What the charter is called, and the lines of its passport by language."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"title": (_("Title"), 300)}
    in_force_from = day(_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, said in IN.items():
            self.fields[f"fields_{code}"] = forms.CharField(
                label=f"{gettext('Passport')}, {said}",
                help_text=_("A line for each field: its name, a colon, what it says."),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"lang": code, "rows": 6}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code in LANGUAGES:
            for line in given.get(f"fields_{code}", "").splitlines():
                name, colon, words = line.partition(":")
                if line.strip() and not (name.strip() and colon and words.strip()):
                    message = _("A line without a name or without a colon: %(line)s")
                    self.add_error(f"fields_{code}", message % {"line": line.strip()[:60]})
        self.need("title")
        return given

    def fields_by_language(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for code in LANGUAGES:
            lines = [
                line.partition(":")
                for line in self.cleaned_data[f"fields_{code}"].splitlines()
                if line.strip()
            ]
            if lines:
                found[code] = {name.strip(): words.strip() for name, _colon, words in lines}
        return found


def passport_lines(fields: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {words}" for name, words in fields.items())


class Reason(forms.Form):
    """Why a draft is returned, in words that its preparer can act on."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What should be changed, and where. The reason is kept in the ledger."),
    )
