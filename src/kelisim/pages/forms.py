"""Forms of every room: words in three languages, dates, moments."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext

from kelisim.pages.languages import IN, LANGUAGES


class InThreeLanguages(forms.Form):
    """A form some of whose words are asked in each language: `title_kk`, `title_ru`, `title_en`."""

    words: ClassVar[dict[str, tuple[Any, int]]] = {}
    """Label and greatest length by name."""
    long: ClassVar[frozenset[str]] = frozenset()
    """Names that are written in several lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, length) in self.words.items():
            for code, said in IN.items():
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label}, {said}",
                    max_length=length,
                    required=False,
                    widget=self.widget(name, code),
                )
        self.order_fields(self.field_order)

    def widget(self, name: str, code: str) -> forms.Widget:
        if name in self.long:
            return forms.Textarea(attrs={"lang": code, "rows": 4})
        return forms.TextInput(attrs={"lang": code})

    def by_language(self, name: str) -> dict[str, str]:
        said = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in LANGUAGES}
        return {code: words for code, words in said.items() if words}

    def need(self, name: str) -> None:
        """At least one language is needed; the first field says so."""
        if not any(self.cleaned_data.get(f"{name}_{code}") for code in LANGUAGES):
            self.add_error(f"{name}_kk", gettext("Fill in one language at least."))


class Day(forms.DateInput):
    """A date by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=Day(),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


class Moment(forms.DateTimeInput):
    """A day and a time by the browser's own means."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def moment(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=Moment(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"],
    )
