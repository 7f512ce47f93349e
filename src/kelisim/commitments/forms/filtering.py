"""The filters of the control table, and the name under which somebody keeps them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.commitments.queries.table import OPEN, Asked, Sort
from kelisim.commitments.states import Control, Source, Status
from kelisim.pages.forms import day
from kelisim.pages.templatetags.kelisim import plainly

EVERY = ("", _("all"))


class Filters(forms.Form):
    """Read from an address; what cannot be read is said at its field and left out."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[EVERY, *Status.choices])
    control = forms.ChoiceField(
        label=_("Control"),
        required=False,
        choices=[
            ("", _("on control")),
            ("all", _("all")),
            *((key, words) for key, words in Control.choices if key != Control.ON),
        ],
    )
    body = forms.ChoiceField(label=_("Whose plan"), required=False)
    executor = forms.ChoiceField(label=_("Executor"), required=False)
    source = forms.ChoiceField(
        label=_("Money from"), required=False, choices=[EVERY, *Source.choices]
    )
    due_from = day(_("Last term from"), required=False)
    due_to = day(_("Last term to"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("nearest term first")),
            (Sort.LATEST.value, _("latest term first")),
            (Sort.PLAN.value, _("as in the plans")),
        ],
    )
    plan = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    provision = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    region = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, planning: Iterable[Body] = (), leading: Iterable[Body] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, bodies in (("body", planning), ("executor", leading)):
            given = [EVERY, *((one.slug, plainly(one.name)) for one in bodies)]
            self.fields[name].choices = given  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        first, last = known.get("due_from"), known.get("due_to")
        if first and last and last < first:
            self.add_error("due_to", _("The last day is before the first."))
        return known

    def asked(self) -> Asked:
        """What is looked for; a field that is wrong asks for nothing."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        control = given["control"] or OPEN
        return Asked(
            words=given["q"],
            status=given["status"],
            control="" if control == "all" else control,
            sort=Sort(given["sort"] or Sort.TERM),
            due_from=self.cleaned_data.get("due_from"),
            due_to=self.cleaned_data.get("due_to"),
            **{
                name: given[name]
                for name in ("body", "executor", "region", "plan", "provision", "source")
            },
        )


class Keep(forms.Form):
    """A name for the filters that are set."""

    name = forms.CharField(label=_("Keep these filters as"), max_length=80)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
