"""The form that takes the official table of a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.trees.notation import LARGEST


class Upload(forms.Form):
    """One file; what it is, is told from its contents."""

    file = forms.FileField(
        label=_("Table of the plan"),
        allow_empty_file=True,
        help_text=_(
            "XLSX or DOCX in Kazakh, Russian or English, as your office keeps it; at most 20 MB. "
            "You will see what it would change before anything is saved."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is over 20 MB."))
        return file
