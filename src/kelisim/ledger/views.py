"""The ledger as anybody may read it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from kelisim.ledger import forms, queries
from kelisim.ledger.models import Entry

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the reader's language."""

    entry: Entry

    @property
    def act(self) -> str:
        return gettext(self.entry.act)

    @property
    def mandate(self) -> str:
        """The words of today in this language; where there are none, those of the day itself."""
        said = gettext(self.entry.mandate_key)
        return self.entry.mandate_words if said == self.entry.mandate_key else said

    @property
    def subject(self) -> str:
        return f"{forms.kind_words(self.entry.subject_kind)} · {self.entry.subject_ref}"

    @property
    def of_subject(self) -> str:
        """The query that shows every act about the same thing."""
        return urlencode({"kind": self.entry.subject_kind, "ref": self.entry.subject_ref})


def entries(request: HttpRequest) -> HttpResponse:
    """The public list of acts, newest first, and the checkpoint that anybody may keep."""
    form = forms.Filter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    names = ("act", "kind", "ref")
    found = queries.entries(**{name: asked.get(name, "") for name in names}).order_by("-number")
    if asked.get("before"):
        found = found.filter(number__lt=asked["before"])
    rows = list(found[: ON_A_PAGE + 1])
    more = len(rows) > ON_A_PAGE
    further = {name: asked[name] for name in names if asked.get(name)}
    context = {
        "form": form,
        "lines": [Line(entry) for entry in rows[:ON_A_PAGE]],
        "checkpoint": queries.checkpoint(),
        "narrowed": bool(further or asked.get("before") or form.errors),
        "earlier": urlencode({**further, "before": rows[ON_A_PAGE - 1].number}) if more else "",
    }
    return render(request, "ledger/entries.html", context)


def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Where the chain stands now, as the file that `kelisim ledger verify` reads."""
    return JsonResponse(queries.checkpoint().as_json())
