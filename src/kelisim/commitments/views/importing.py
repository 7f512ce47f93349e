"""The official table of a plan comes into a draft: looked at first, then taken, all or nothing.

Nothing is kept between the look and the press: the page itself carries, signed, what was read.
"""

import re
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.commitments.actions import drafting
from kelisim.commitments.forms.importing import Upload
from kelisim.commitments.models import Edition
from kelisim.commitments.queries import drafting as reading
from kelisim.commitments.queries import rows
from kelisim.commitments.queries.importing import preview
from kelisim.commitments.readers.table import MOST, Reading, read
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.trees.comparing import laid_over
from kelisim.commitments.trees.table import Table, as_json, from_json
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tell, tongue, words
from kelisim.commitments.views.drafting import editable
from kelisim.refusals import Refusal, Refused

SALT = "commitments.table"
LASTS = 24 * 60 * 60
LARGEST = 4 * 1024 * 1024
"""A page carries no more than this back."""
SHOWN = 300
CELL = re.compile(r"#(\d+)!R(\d+)C(\d+)")


@signed_in
def upload(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file and show what it would change, or every fault. Nothing is written."""
    edition = editable(request, pk)
    sent = request.method == "POST"
    form = Upload(request.POST if sent else None, request.FILES if sent else None)
    context = {
        "section": "desk",
        "place": "plans",
        "edition": edition,
        "plan": edition.plan,
        "form": form,
        "shown": SHOWN,
    }
    status = 200
    if sent:
        status = 422
        if form.is_valid() and (found := understood(request, form, edition)):
            context |= seen(request, edition, found, form)
            status = 422 if found.faults or form.errors else 200
    return TemplateResponse(request, "commitments/desk/import.html", context, status=status)


def understood(request: PersonRequest, form: Upload, edition: Edition) -> Reading | None:
    """What the file says; or None, with the reason said beside the field."""
    plan, file = edition.plan, form.cleaned_data["file"]
    names = reading.ground(plan, tongue()).names
    data, present = bytes(file.read()), rows.table(rows.lines(edition))
    try:
        return read(data, names=names, starts=plan.starts, ends=plan.ends, present=present)
    except Refused as refused:
        tell(request, refused, form, {refusal.place: "file" for refusal in refused.refusals})
        return None


def seen(request: PersonRequest, edition: Edition, found: Reading, form: Upload) -> dict[str, Any]:
    """What the page shows of a file."""
    step = reading.last_step(edition)
    present = rows.table(rows.lines(edition))
    table = laid_over(present, found.table)
    context: dict[str, Any] = {
        "found": found,
        "faults": [(where(fault.place), words(fault)) for fault in found.faults],
        "corner": " · ".join(found.corner),
    }
    if found.faults:
        return context
    carried = signing.dumps(
        {
            "edition": edition.pk,
            "person": request.user.pk,
            "step": step,
            "table": [as_json(entry) for entry in table.entries],
        },
        salt=SALT,
        compress=True,
    )
    if len(carried) > LARGEST:
        form.add_error("file", words(Refusal("commitments.table_too_long", most=MOST)))
        return {}
    against = rules.table_faults(table, rows.frame(edition, table))
    return context | {
        "preview": preview(edition.plan, present, table, tongue()),
        "problems": [words(refusal) for refusal in against],
        "carried": carried,
    }


def where(place: str) -> str:
    """Where a fault stands, as a person looks for it."""
    if met := CELL.fullmatch(place):
        table, row, column = met.groups()
        return _("table %(table)s, row %(row)s, column %(column)s") % {
            "table": table,
            "row": row,
            "column": column,
        }
    sheet, _sign, cell = place.rpartition("!")
    return _("sheet “%(sheet)s”, cell %(cell)s") % {"sheet": sheet, "cell": cell}


@require_POST
@signed_in
def take(request: PersonRequest, pk: int) -> HttpResponse:
    """Take what was looked at. Pressed again it changes nothing."""
    edition = editable(request, pk)
    try:
        carried = signing.loads(request.POST.get("carried", ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        carried = {}
    if (carried.get("edition"), carried.get("person")) != (pk, request.user.pk):
        messages.error(request, _("The look at this file is out of date. Give the file again."))
        return redirect("commitments:import", pk)
    table = Table(tuple(from_json(kept) for kept in carried["table"]))
    present = rows.table(rows.lines(edition))
    if not preview(edition.plan, present, laid_over(present, table), tongue()).changes:
        messages.success(request, _("The draft says what the file says."))
        return redirect("commitments:draft", pk)
    if reading.last_step(edition) != carried["step"]:
        text = _("The draft was changed since you looked. Give the file again.")
        messages.error(request, text)
        return redirect("commitments:import", pk)
    by, at = request.user, timezone.now()
    said = _("The draft says what the file says. It can be undone as one step.")
    if done(request, lambda: drafting.take(pk, table=table, by=by, at=at), said=said):
        return redirect("commitments:draft", pk)
    return redirect("commitments:import", pk)
