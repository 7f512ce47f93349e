"""On which day."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
