"""On which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.pages.sentences import sentence
from kelisim.territory import rules


class Day(forms.Form):
    on = forms.DateField(
        label=_("As of the day"),
        help_text=_("Regions and their names have changed: a table belongs to its day."),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("This is no date. Write it as 2018-06-19 or 19.06.2018."),
            "required": _("Say the day, for example 2018-06-19."),
        },
    )

    def __init__(self, data: Any, *, begins: date | None, today: date) -> None:
        super().__init__(data)
        self.begins, self.today = begins, today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if refusal := rules.may_ask(on, self.begins, self.today):
            raise forms.ValidationError(sentence(refusal))
        return on
