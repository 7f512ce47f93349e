"""Texts to read: a file, or what was pasted."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


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
