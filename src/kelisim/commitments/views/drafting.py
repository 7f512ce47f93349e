"""Plans on the desk: begun, drafted as a table, and as forms where there is no script."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.charter.models import Version
from kelisim.commitments import rights
from kelisim.commitments.actions import drafting, plans
from kelisim.commitments.forms.plans import Beginning, Lines, RowForm
from kelisim.commitments.models import Edition, Line, Plan
from kelisim.commitments.queries import drafting as reading
from kelisim.commitments.queries import rows
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.states import EditionState
from kelisim.commitments.trees import sheet
from kelisim.commitments.trees.table import Entry, Heading, Row, from_json
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tongue, words
from kelisim.meetings.models import Point
from kelisim.pages.languages import spoken
from kelisim.refusals import Refusal, Refused

MOST_CELLS = 5000


@signed_in
def office(request: PersonRequest) -> HttpResponse:
    """The plans that somebody drafts or approves, and what waits for their agreement."""
    held = request.held
    if not (held.may(rights.DRAFT) or held.may(rights.APPROVE) or held.may(rights.AGREE)):
        raise PermissionDenied
    found = list(reading.drafted(held)[: reading.PAGE * 5])
    editions = reading.open_editions(found)
    return TemplateResponse(
        request,
        "commitments/desk/plans.html",
        {
            "section": "desk",
            "place": "plans",
            "rows": [(plan, editions.get(plan.pk)) for plan in found],
            "asked": reading.asked(held),
            "begins": held.may(rights.DRAFT),
        },
    )


@signed_in
def begin(request: PersonRequest) -> HttpResponse:
    """Begin a plan, empty or as a copy of an earlier one."""
    held = request.held
    if not held.may(rights.DRAFT):
        raise PermissionDenied
    language = tongue()
    past = list(reading.drafted(held).exclude(state="prepared")[:100])
    earlier = [
        (plan.pk, f"{spoken(plan.title, language).text}, {spoken(plan.body.name, language).text}")
        for plan in past
    ]
    form = Beginning(
        request.POST or None,
        choices={
            "body": reading.drafting_bodies(held, language),
            "like": earlier,
            "version": reading.versions(language),
            "point": reading.points(held, language),
        },
        owners={plan.pk: plan.body_id for plan in past},
    )
    made: list[Plan] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, lambda: made.append(begun(request, form)), form=form)
    ):
        return redirect("commitments:draft", made[0].editions.get().pk)
    context = {"section": "desk", "place": "plans", "form": form}
    return TemplateResponse(request, "commitments/desk/plan_new.html", context)


def begun(request: PersonRequest, form: Beginning) -> Plan:
    given = form.cleaned_data
    common: dict[str, Any] = {
        "title": form.by_language("title"),
        "starts": given["starts"],
        "ends": given["ends"],
        "by": request.user,
        "at": timezone.now(),
    }
    common["version"] = Version.objects.filter(pk=given["version"]).first()
    common["point"] = Point.objects.filter(pk=given["point"]).first()
    if given["like"]:
        return plans.copy(given["like"], **common)
    return plans.begin(given["body"], **common)


def drafted(request: PersonRequest, pk: int) -> Edition:
    """An edition that somebody may draft or approve; else 404 or 403."""
    found = reading.edition(pk)
    if found is None:
        raise Http404(pk)
    held, body = request.held, found.plan.body
    if not (held.may(rights.DRAFT, body) or held.may(rights.APPROVE, body)):
        raise PermissionDenied
    return found


def line_of(edition: Edition, key: str) -> Line:
    found = Line.objects.filter(edition=edition, key=key).first()
    if found is None:
        raise Http404(key)
    return found


def problems_box(request: HttpRequest, edition: Edition, lines: list[Line]) -> str:
    """The problems as the page shows them, to be put in place of those before an edit."""
    context = {
        "edition": edition,
        "rows": lines,
        "problems": problems(edition, lines),
    }
    return render_to_string("commitments/desk/problems.html", context, request)


def problems(edition: Edition, lines: list[Line]) -> list[tuple[str, str]]:
    """Everything that the rules have against the table: the row's key and why."""
    table = rows.table(lines)
    frame = rows.frame(edition, table)
    if not lines:
        return []
    return [
        (line.key, words(refusal))
        for line in lines
        if isinstance(entry := from_json(line.content), Row)
        for refusal in rules.faults(entry, frame)
    ]


@signed_in
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """A draft as a table: typed into where there is script, by forms where there is none."""
    edition = drafted(request, pk)
    held = request.held
    if edition.state != EditionState.DRAFT or not held.may(rights.DRAFT, edition.plan.body):
        return redirect("commitments:sheet", pk)
    lines = rows.lines(edition)
    ground = reading.ground(edition.plan, tongue())
    columns = sheet.columns(ground.years)
    return TemplateResponse(
        request,
        "commitments/desk/draft.html",
        {
            "section": "desk",
            "place": "plans",
            "edition": edition,
            "plan": edition.plan,
            "columns": [(name, heading(name)) for name in columns],
            "rows": [shown(line, ground, columns) for line in lines],
            "problems": problems(edition, lines),
            "last": lines[-1].key if lines else "",
            "step": reading.last_step(edition),
        },
    )


def shown(line: Line, ground: sheet.Ground, columns: tuple[str, ...]) -> dict[str, Any]:
    """A line as its cells."""
    entry = from_json(line.content)
    texts = sheet.texts(entry, ground)
    return {
        "key": line.key,
        "heading": isinstance(entry, Heading),
        "number": getattr(entry, "number", ""),
        "title": entry.title,
        "cells": [(name, texts.get(name, "")) for name in columns],
    }


def heading(column: str) -> str:
    """What a column is called."""
    name, _sign, rest = column.partition("_")
    called = {
        "number": "№",
        "title": _("Measure"),
        "form": _("Form of completion"),
        "executors": _("Responsible executors"),
        "term": _("Term"),
        "cost": _("Costs, ₸"),
        "sources": _("Sources"),
    }[name]
    return f"{called}, {rest}" if rest else str(called)


@signed_in
def row(request: PersonRequest, pk: int, key: str = "") -> HttpResponse:
    """One row as a form; without a key a new one, behind the line that `after` names."""
    edition = editable(request, pk)
    language, plan = tongue(), edition.plan
    entry = from_json(line_of(edition, key).content) if key else Row()
    if isinstance(entry, Heading):
        return titled(request, edition, key, entry)
    form = RowForm(
        request.POST or None,
        ground=reading.ground(plan, language),
        row=entry,
        bodies=reading.executing(language),
        provisions=reading.provisions(plan, language),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, lambda: kept(request, edition, key, form.row))
    ):
        return redirect("commitments:draft", pk)
    context = {"section": "desk", "place": "plans", "edition": edition, "plan": plan, "form": form}
    return TemplateResponse(request, "commitments/desk/row.html", context)


@signed_in
def new_heading(request: PersonRequest, pk: int) -> HttpResponse:
    """A new heading, behind the line that `after` names."""
    return titled(request, editable(request, pk), "", Heading({}))


def titled(request: PersonRequest, edition: Edition, key: str, entry: Heading) -> HttpResponse:
    initial = {f"title_{code}": text for code, text in entry.title.items()}
    form = Lines(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, lambda: kept(request, edition, key, form.entry(entry.level)))
    ):
        return redirect("commitments:draft", edition.pk)
    context = {
        "section": "desk",
        "place": "plans",
        "edition": edition,
        "plan": edition.plan,
        "form": form,
        "heading": True,
    }
    return TemplateResponse(request, "commitments/desk/row.html", context)


def kept(request: PersonRequest, edition: Edition, key: str, entry: Entry) -> None:
    by, at = request.user, timezone.now()
    if key:
        drafting.change(edition.pk, rows={key: entry}, by=by, at=at)
    else:
        after = request.GET.get("after") or None
        drafting.add(edition.pk, entries=[entry], after=after, by=by, at=at)


def editable(request: PersonRequest, pk: int) -> Edition:
    edition = drafted(request, pk)
    if not request.held.may(rights.DRAFT, edition.plan.body):
        raise PermissionDenied
    if edition.state != EditionState.DRAFT:
        raise Http404(pk)
    return edition


@require_POST
@signed_in
def act(request: PersonRequest, pk: int) -> HttpResponse:
    """Move a line, take it out, undo, redo; by one press each."""
    edition = editable(request, pk)
    by, at = request.user, timezone.now()
    verb, key = request.POST.get("act", ""), request.POST.get("key", "")
    order = [line.key for line in rows.lines(edition)]
    place = order.index(key) if key in order else -1
    verbs: dict[str, Any] = {
        "undo": lambda: drafting.undo(pk, by=by, at=at),
        "redo": lambda: drafting.redo(pk, by=by, at=at),
        "remove": lambda: drafting.remove(pk, keys=[key], by=by, at=at),
        "up": lambda: drafting.move(
            pk, key=key, after=order[place - 2] if place > 1 else None, by=by, at=at
        ),
        "down": lambda: drafting.move(
            pk, key=key, after=order[min(place + 1, len(order) - 1)], by=by, at=at
        ),
    }
    if verb not in verbs or (verb in {"remove", "up", "down"} and place < 0):
        raise Http404(verb)
    done(request, verbs[verb])
    return redirect(f"{reverse('commitments:draft', args=[pk])}#{key}")


@require_POST
@signed_in
def cells(request: PersonRequest, pk: int) -> JsonResponse:
    """Cells that were typed or pasted, as one step: what stands in them now, or why not.

    Takes `{"step": 7, "cells": [{"key", "column", "text"}]}`, where `step` is the last edit that
    the page knows. A line that somebody else changed since is not written over.
    """
    edition = editable(request, pk)
    try:
        sent = asked(request)
    except (ValueError, KeyError, TypeError) as wrong:
        raise Http404 from wrong
    ground = reading.ground(edition.plan, tongue())
    lines = {line.key: line for line in rows.lines(edition)}
    foreign = reading.touched_since(edition, sent["step"])
    entries: dict[str, Entry] = {}
    faults: list[dict[str, str]] = []
    for cell in sent["cells"]:
        key, column = cell["key"], cell["column"]
        made: Entry | Refusal
        if key not in lines:
            made = Refusal("commitments.row_gone", place=key)
        elif key in foreign:
            made = Refusal("commitments.row_changed_meanwhile", place=key)
        else:
            made = sheet.put(
                entries.get(key) or from_json(lines[key].content), column, cell["text"], ground
            )
        if isinstance(made, Refusal):
            faults.append({"key": key, "column": column, "why": words(made)})
        else:
            entries[key] = made
    try:
        drafting.change(pk, rows=entries, by=request.user, at=timezone.now())
    except Refused as refused:
        faults += [
            {"key": refusal.place, "column": "", "why": words(refusal)}
            for refusal in refused.refusals
        ]
    now = rows.lines(edition)
    columns = sheet.columns(ground.years)
    fresh = [
        shown(line, ground, columns) for line in now if line.key in entries or line.key in foreign
    ]
    return JsonResponse(
        {
            "step": reading.last_step(edition),
            "rows": {one["key"]: dict(one["cells"]) for one in fresh},
            "faults": faults,
            "problems": problems_box(request, edition, now),
        }
    )


def asked(request: HttpRequest) -> dict[str, Any]:
    """What was sent, in its form or not at all."""
    sent = json.loads(request.body)
    cells_sent = [
        {name: str(cell[name])[:4000] for name in ("key", "column", "text")}
        for cell in sent["cells"]
    ]
    if len(cells_sent) > MOST_CELLS:
        raise ValueError
    return {"step": int(sent["step"]), "cells": cells_sent}
