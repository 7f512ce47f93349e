"""An act on many: what it needs besides those chosen."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.commitments.forms.control import reason
from kelisim.pages.templatetags.kelisim import plainly

if TYPE_CHECKING:
    from kelisim.bodies.models import Body

REASONED = frozenset({"suspend", "resume", "transfer"})


class Many(forms.Form):
    """The reason and the new executor, where the act needs them."""

    to_body = forms.TypedChoiceField(label=_("To which executor"), coerce=int)
    because = reason(_("Reason"))

    def __init__(self, *args: Any, act: str, bodies: "list[Body]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act == "transfer":
            given = [("", "—"), *((body.pk, plainly(body.name)) for body in bodies)]
            self.fields["to_body"].choices = given  # type: ignore[attr-defined]
        else:
            del self.fields["to_body"]
        if act not in REASONED:
            del self.fields["because"]
