"""Beginning a draft: the text first, then whose text it is and by which act it holds."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kelisim.charter.actions.acts import Cited
from kelisim.charter.forms.texts import Reading
from kelisim.charter.trees.types import known
from kelisim.pages.forms import InThreeLanguages, day
from kelisim.pages.languages import NAMES, spoken


def types() -> list[tuple[str, Any]]:
    """Kinds of charter, in the reader's language; the first lets the text tell."""
    tongue = get_language() or settings.LANGUAGE_CODE
    names = [(key, spoken(kind.names, tongue).text) for key, kind in known().items()]
    return [("", _("as the text itself tells")), *names]


class Beginning(Reading):
    """The text of a charter's first version."""

    charter_type = forms.ChoiceField(label=_("Kind of document"), choices=types, required=False)
    field_order = ["charter_type", "file", "text"]


class ActOf(InThreeLanguages):
    """The act by which a version holds."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {
        "kind": (_("What the act is"), 120),
        "issuer": (_("Who issued it"), 200),
    }
    number = forms.CharField(
        label=_("Number of the act"), max_length=40, help_text=_("As it is cited, without №.")
    )
    date = day(_("Date of the act"))
    in_force_from = day(_("In force from"))
    address = forms.URLField(
        label=_("Where the act is published"),
        required=False,
        help_text=_("An address in the official register of acts."),
    )
    authentic = forms.BooleanField(
        label=_("This text is authentic"),
        required=False,
        initial=True,
        help_text=_("Not a translation: the act says so."),
    )
    translated_by = forms.CharField(
        label=_("Translated by"),
        required=False,
        max_length=200,
        help_text=_("An organisation, when the text is a translation."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("authentic") and given.get("translated_by"):
            self.add_error("translated_by", _("An authentic text has no translator."))
        return given

    field_order = [
        "number",
        "date",
        *("kind_kk", "kind_ru", "kind_en", "issuer_kk", "issuer_ru", "issuer_en"),
        *("address", "in_force_from", "authentic", "translated_by"),
    ]

    def act(self) -> Cited:
        """The act as it will be cited."""
        return Cited(
            number=self.cleaned_data["number"],
            date=self.cleaned_data["date"],
            kind=self.by_language("kind"),
            issuer=self.by_language("issuer"),
            address=self.cleaned_data["address"],
        )


class NewCharter(ActOf):
    """What a new charter is called and where it will be found."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {"title": (_("Title"), 300), **ActOf.words}
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=80,
        help_text=_("Latin letters, figures and hyphens. It stays as it is."),
    )
    field_order = ["title_kk", "title_ru", "title_en", "slug", *ActOf.field_order]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.need("title")
        return given


class Another(Reading):
    """A text in another language, to be joined to the tree."""

    language = forms.ChoiceField(label=_("Language of the text"), choices=list(NAMES.items()))
    authentic = forms.BooleanField(
        label=_("This text is authentic"),
        required=False,
        help_text=_("Not a translation: the act says so."),
    )
    translated_by = forms.CharField(
        label=_("Translated by"),
        required=False,
        max_length=200,
        help_text=_("An organisation, when the text is a translation."),
    )
    field_order = ["language", "file", "text", "authentic", "translated_by"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("authentic") and given.get("translated_by"):
            self.add_error("translated_by", _("An authentic text has no translator."))
        return given
