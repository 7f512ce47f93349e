"""Fields in three languages, and files."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kelisim.pages.languages import IN, LANGUAGES


class InThreeLanguages(forms.Form):
    """A form some of whose words are asked in each language: `title_kk`, `title_ru`, `title_en`."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {}
    """Label and greatest length by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, length) in self.words.items():
            for code, said in IN.items():
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label}, {said}",
                    max_length=length,
                    required=False,
                    widget=forms.TextInput(attrs={"lang": code}),
                )
        self.order_fields(self.field_order)

    def by_language(self, name: str) -> dict[str, str]:
        said = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in LANGUAGES}
        return {code: words for code, words in said.items() if words}

    def need(self, name: str) -> None:
        """At least one language is needed; the first field says so."""
        if not any(self.cleaned_data.get(f"{name}_{code}") for code in LANGUAGES):
            self.add_error(f"{name}_kk", gettext("Fill in one language at least."))


class Day(forms.DateInput):
    """A date by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=Day(),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


class Reading(forms.Form):
    """A text to read: a file or what was pasted, never both."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Markdown, plain text, Word (DOCX), HTML, Akoma Ntoso or our own JSON; at most 50 MB. "
            "What the file is, is told from its contents."
        ),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text", "")
        if bool(file) == bool(text.strip()) and "file" not in self.errors:
            self.add_error("file", _("Choose a file or paste a text: one of the two."))
        elif file and file.size > settings.MAX_UPLOAD_BYTES:
            self.add_error("file", _("The file is over 50 MB. Divide it."))
        return given

    def contents(self) -> tuple[str, bytes]:
        """The name and the bytes that were given."""
        file = self.cleaned_data["file"]
        if file:
            return str(file.name), bytes(file.read())
        return "text.md", str(self.cleaned_data["text"]).encode()
