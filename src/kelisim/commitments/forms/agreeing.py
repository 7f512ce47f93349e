"""What is said of a plan, how it is settled, by which act it is approved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.forms.control import Act, Bound, Reasoned, reason
from kelisim.commitments.states import Say
from kelisim.pages.forms import day as day_field

__all__ = ["Act", "Approving", "Reasoned", "Saying", "Settling"]

SAYS = (Say.AGREED, Say.PROPOSES, Say.DISAGREES)


class Saying(Bound):
    """An executor's word on exactly the table that it read."""

    state = forms.ChoiceField(
        label=_("Your body’s answer"),
        choices=[(one.value, one.label) for one in SAYS],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Reasons, or the change that you propose"),
        help_text=_("Needed unless you agree. Name the number of the row."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Settling(Act):
    settlement = reason(_("How it was settled"))


class Approving(Bound):
    """The act that approves a plan."""

    number = forms.CharField(label=_("Number of the act"), max_length=60, required=False)
    day = day_field(_("Day of the act"), _("Today, if it is left empty."), required=False)
    in_force_from = day_field(
        _("In force from"),
        _("If it is left empty: today, or the first day of the plan’s period."),
        required=False,
    )
