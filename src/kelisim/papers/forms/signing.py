"""The form by which a signed file is handed in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body
from kelisim.pages.languages import spoken


class Receiving(forms.Form):
    """A container, and the file that it signs when it does not hold it itself."""

    body = forms.TypedChoiceField(label=gettext_lazy("Body"), coerce=int)
    container = forms.FileField(
        label=gettext_lazy("Signed file"),
        help_text=gettext_lazy("As it came, for example from NCALayer: .cms, .p7s, .p7m or .txt."),
    )
    content = forms.FileField(
        label=gettext_lazy("The file that was signed"),
        help_text=gettext_lazy("Only when the signature came apart from it."),
        required=False,
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], tongue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (body.pk, spoken(body.name, tongue).text) for body in bodies
        ]
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0].pk

    def sized(self, name: str) -> Any:
        file = self.cleaned_data[name]
        if file and file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is over 50 MB. Divide it."))
        return file

    def clean_container(self) -> Any:
        return self.sized("container")

    def clean_content(self) -> Any:
        return self.sized("content")
