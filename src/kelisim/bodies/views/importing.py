"""A table of the register comes in: looked at first, then applied, all of it or nothing."""

import csv
from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.bodies import rights
from kelisim.bodies.actions import importing
from kelisim.bodies.actions.importing import Read
from kelisim.bodies.forms.importing import Upload
from kelisim.bodies.models import Import
from kelisim.bodies.queries.importing import preview
from kelisim.bodies.queries.table import vocabulary
from kelisim.bodies.readers import table
from kelisim.bodies.sentences import place
from kelisim.bodies.trees.notation import guarded
from kelisim.bodies.trees.table import Fault
from kelisim.bodies.views.access import PersonRequest, tongue, with_right
from kelisim.bodies.words import listed
from kelisim.pages.sentences import sentence, sentences
from kelisim.refusals import Refused

SHOWN = 300
LAST = 20


def read(content: bytes, on: date) -> Read:
    return Read(content, table.read(content, vocabulary=vocabulary(on, tongue()), on=on))


def kept(request: PersonRequest, pk: int) -> Import:
    """A file that this person uploaded; another's is not theirs to look at."""
    found = Import.objects.filter(pk=pk, uploaded_by=request.user).first()
    if found is None:
        raise Http404(pk)
    return found


@with_right(rights.IMPORT)
def upload(request: PersonRequest) -> HttpResponse:
    """Take a file, and show those that came before."""
    form = Upload(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 413 if not form.is_valid() and form.too_large else 422
        if form.is_valid() and (made := taken(request, form)):
            return redirect("bodies:import-preview", made.pk)
    imports = Import.objects.filter(uploaded_by=request.user).defer("content")[:LAST]
    context = {"section": "desk", "place": "register", "form": form, "imports": imports}
    return TemplateResponse(request, "bodies/import.html", context, status=status)


def taken(request: PersonRequest, form: Upload) -> Import | None:
    """The file, kept; or None, with every reason said beside the field."""
    file = form.cleaned_data["file"]
    at = timezone.now()
    try:
        what = read(bytes(file.read()), timezone.localdate())
        return importing.upload(what, name=str(file.name), by=request.user, at=at)
    except Refused as refused:
        for said in sentences(refused):
            form.add_error("file", said)
        return None


@with_right(rights.IMPORT)
def look(request: PersonRequest, pk: int) -> HttpResponse:
    """What a file would change, and everything that hinders it. Nothing is written."""
    file = kept(request, pk)
    on = timezone.localdate()
    try:
        what = read(bytes(file.content), on)
    except Refused as refused:  # since it was uploaded the readers have become stricter
        for said in sentences(refused):
            messages.error(request, said)
        return redirect("bodies:import")
    found = preview(what.table, held=request.held, on=on)
    context = {
        "section": "desk",
        "place": "register",
        "import": file,
        "found": found,
        "faults": [(fault.where, sentence(fault.why_alone)) for fault in found.faults[:SHOWN]],
        "notes": together(found.notes),
        "new": found.new[:SHOWN],
        "changed": [(one, listed(one.different)) for one in found.changed[:SHOWN]],
        "shown": SHOWN,
        "sheets": any(fault.where.sheet for fault in found.faults),
    }
    return TemplateResponse(request, "bodies/import_preview.html", context)


def together(notes: Sequence[Fault]) -> list[tuple[str, list[str]]]:
    """What is to be known, each thing once, with the places that it concerns."""
    found: dict[str, list[str]] = {}
    for note in notes:
        found.setdefault(sentence(note.why_alone), []).append(place(note.where))
    return list(found.items())


@with_right(rights.IMPORT)
def faults(request: PersonRequest, pk: int) -> HttpResponse:
    """Every fault of a file as a table, to be worked through."""
    file = kept(request, pk)
    on = timezone.localdate()
    try:
        found = preview(read(bytes(file.content), on).table, held=request.held, on=on)
    except Refused as refused:
        raise Http404(pk) from refused
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{pk}-faults.csv"'
    rows = csv.writer(response)
    rows.writerow([_("Sheet"), _("Row"), _("Column"), _("Heading"), _("What is wrong")])
    for fault in found.faults:
        at = fault.where
        said = sentence(fault.why_alone)
        rows.writerow(
            [guarded(at.sheet), at.row or "", at.letter, guarded(at.column), guarded(said)]
        )
    return response


@with_right(rights.IMPORT)
@require_POST
def apply(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Apply a file that was looked at; refused as a whole where anything is wrong with it."""
    file = kept(request, pk)

    try:
        what = read(bytes(file.content), timezone.localdate())
        importing.apply(file.pk, read=what, by=request.user, at=timezone.now())
    except Refused as refused:
        if any(refusal.place for refusal in refused.refusals):
            messages.error(request, _("Nothing was applied. Every fault stands below."))
        else:
            for said in sentences(refused):
                messages.error(request, said)
    else:
        messages.success(request, _("The table is applied. The register now says what it says."))
    return redirect("bodies:import-preview", file.pk)
