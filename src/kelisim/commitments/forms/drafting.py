"""Forms of preparing plans beside the rows themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.forms.control import Choices


class HandingDown(forms.Form):
    """Which bodies beneath take a commitment up."""

    bodies = forms.TypedMultipleChoiceField(
        label=_("To whose plans"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = choices  # type: ignore[attr-defined]
