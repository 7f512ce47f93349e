"""What visitors ask: on which day, and which associations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.queries.counts import Counts
from kelisim.bodies.queries.directory import BY_TAG, Asked, Known
from kelisim.bodies.states import Level
from kelisim.pages.forms import Day
from kelisim.pages.templatetags.kelisim import figure, plainly

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class OnDay(forms.Form):
    """The day that a page is about; nothing asked is today."""

    on = forms.DateField(
        label=_("As of the day"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=Day(),
        error_messages={
            "invalid": _("This is no date. Write it as 2018-06-19 or 19.06.2018."),
        },
    )

    def __init__(self, data: Mapping[str, Any], *, today: date) -> None:
        super().__init__({"on": data.get("on") or today.isoformat()})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if not EARLIEST <= on <= LATEST:
            raise forms.ValidationError(_("Choose a day between 1900 and 2199."))
        return on

    def day(self) -> date:
        """The day that was asked for; today where it is none."""
        return self.cleaned_data["on"] if self.is_valid() else self.today


@dataclass(frozen=True, slots=True)
class Places:
    """Territories to choose from, by KATO code, as they are called today."""

    regions: Mapping[str, str]
    districts: Mapping[str, str]


class Filters(forms.Form):
    """Which associations: every choice with how many it would find."""

    q = forms.CharField(label=_("Words of the name"), required=False, max_length=200)
    region = forms.ChoiceField(label=_("Region"), required=False)
    district = forms.ChoiceField(label=_("District or city"), required=False)
    community = forms.ChoiceField(label=_("Community whose culture it keeps"), required=False)
    language = forms.ChoiceField(label=_("Language taught"), required=False)
    activity = forms.ChoiceField(label=_("Activity"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    accredited = forms.BooleanField(label=_("publicly accredited"), required=False)
    verified = forms.BooleanField(label=_("every fact verified"), required=False)

    def __init__(self, data: Mapping[str, Any], *, known: Known, places: Places) -> None:
        # A district of another region than the one asked for is dropped, not refused: it is left
        # over from the choice before.
        super().__init__({name: data[name] for name in data if self.keeps(name, data, places)})
        self.options: dict[str, dict[str, str]] = {
            "region": dict(places.regions),
            "district": dict(places.districts),
            "level": {level.value: str(level.label) for level in Level},
            **{
                name: {key: plainly(words) for key, words in known.tags.get(kind, {}).items()}
                for name, kind in BY_TAG.items()
            },
        }
        for name, options in self.options.items():
            self.choose(name, options.items())
        if not places.districts:
            del self.fields["district"]

    @staticmethod
    def keeps(name: str, data: Mapping[str, Any], places: Places) -> bool:
        return name != "district" or data[name] in places.districts

    def choose(self, name: str, options: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [("", _("all")), *options]

    def asked(self) -> Asked:
        """What was asked for, without what could not be understood."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        words = str(said.pop("q", ""))
        return Asked(words=words, **said)

    def tell(self, counts: Counts) -> None:
        """Put the counts beside the choices; what would find nothing is left out."""
        numbers = {
            "region": counts.regions,
            "district": counts.districts,
            "community": counts.community,
            "language": counts.language,
            "activity": counts.activity,
            "level": counts.level,
        }
        for name, options in self.options.items():
            if name not in self.fields:
                continue
            chosen = self.data.get(name)
            self.fields[name].widget.choices = [
                ("", _("all")),
                *(
                    (key, f"{words} ({figure(numbers[name].get(key, 0))})")
                    for key, words in options.items()
                    if numbers[name].get(key) or key == chosen
                ),
            ]
        for name, number in (("accredited", counts.accredited), ("verified", counts.verified)):
            self[name].label = f"{self.fields[name].label} ({figure(number)})"
