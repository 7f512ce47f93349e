"""The form that takes a table of the register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.trees.notation import LARGEST


class Upload(forms.Form):
    """One file; what it is, is told from its contents."""

    file = forms.FileField(
        label=_("Table of the register"),
        allow_empty_file=True,
        help_text=_(
            "XLSX or CSV with headings in Kazakh, Russian or English, or our own export; at most "
            "20 MB. You will see what it would change before anything is saved."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.json"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            self.too_large = True
            raise forms.ValidationError(_("The file is over 20 MB. Divide it by regions."))
        return file

    too_large = False
