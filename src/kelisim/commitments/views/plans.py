"""Plans as everybody reads them: the list, the official table, its editions, two side by side."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kelisim.commitments import rights
from kelisim.commitments.models import Edition, Plan
from kelisim.commitments.queries import plans as reading
from kelisim.commitments.states import PlanState
from kelisim.commitments.views.access import tongue

EVERY = ("", _("all"))


class Filters(forms.Form):
    """Which plans are listed."""

    kind = forms.ChoiceField(label=_("Level"), required=False)
    body = forms.ChoiceField(label=_("Whose plan"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[EVERY, *((one.value, one.label) for one in reading.PUBLIC)],
    )

    def __init__(self, data: object, language: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        given = {
            "kind": reading.kinds(language),
            "body": reading.bodies(language),
            "year": [(str(year), str(year)) for year in reading.years()],
        }
        for name, choices in given.items():
            self.fields[name].choices = [EVERY, *choices]  # type: ignore[attr-defined]


def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that is or was in force, with how its commitments fare."""
    form = Filters(request.GET, tongue())
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) or "" for name in ("kind", "body", "state")}
    found = reading.listed(**asked, year=form.cleaned_data.get("year"))
    page = Paginator(found, reading.PAGE).get_page(request.GET.get("page"))
    counts = reading.counts(plan.pk for plan in page.object_list)
    return TemplateResponse(
        request,
        "commitments/plans.html",
        {
            "section": "plans",
            "form": form,
            "page": page,
            "rows": [(plan, counts.get(plan.pk, {})) for plan in page.object_list],
            "filtered": any(request.GET.get(name) for name in form.fields),
        },
    )


def known(slug: str) -> Plan:
    found = reading.plan(slug)
    if found is None:
        raise Http404(slug)
    return found


def chosen(of: Plan, number: int | None) -> tuple[list[Edition], Edition]:
    """The approved editions of a plan, and the one that is read; else 404."""
    found = reading.editions(of)
    one = reading.present(found)
    if number is not None:
        one = next((each for each in found if each.number == number), None)
    if one is None:
        raise Http404(number)
    one.plan = of
    return found, one


def plan(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A plan as its official table, in the edition that holds or in an older one."""
    of = known(slug)
    editions, edition = chosen(of, number)
    counts = reading.counts([of.pk]).get(of.pk, {})
    held = request.powers  # type: ignore[attr-defined]
    return TemplateResponse(
        request,
        "commitments/plan.html",
        {
            "section": "plans",
            "plan": of,
            "edition": edition,
            "editions": editions,
            "current": reading.present(editions) == edition,
            "table": reading.official(edition, tongue()),
            "approved_on": reading.approved_on(edition),
            "counts": counts,
            "others": reading.others(of),
            "drafts": held.may(rights.DRAFT, of.body) if held else False,
            "closed": of.state == PlanState.CLOSED,
            "today": timezone.localdate(),
        },
    )


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two editions of a plan side by side, or a plan beside another."""
    of = known(slug)
    editions, after = chosen(of, number(request.GET.get("edition", "")))
    other = request.GET.get("with", "")
    if other and other != slug:
        _editions, before = chosen(known(other), None)
    else:
        earlier = number(request.GET.get("before", ""))
        older = [one for one in editions if one.number < after.number]
        if earlier is None and not older:
            raise Http404(slug)
        _editions, before = chosen(of, earlier if earlier is not None else older[-1].number)
    rows = reading.compared(before, after, tongue())
    kinds = ("added", "removed", "changed", "same")
    return TemplateResponse(
        request,
        "commitments/plan_compare.html",
        {
            "section": "plans",
            "plan": of,
            "before": before,
            "after": after,
            "same_plan": before.plan_id == after.plan_id,
            "rows": [row for row in rows if row.pair.kind != "same"],
            "counts": {kind: sum(row.pair.kind == kind for row in rows) for kind in kinds},
        },
    )


def number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004
