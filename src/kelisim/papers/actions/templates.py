"""Templates are edited: another edition is kept, or the shipped form is taken again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.papers import rights, rules
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Template
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.checking import problems
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def locked(body_id: int) -> Body:
    return (
        Body.objects.select_for_update(of=("self",))
        .select_related("kind", "unit__parent", "parent")
        .get(pk=body_id)
    )


@transaction.atomic
def edit(
    body_id: int,
    *,
    kind: PaperKind,
    language: str,
    name: str,
    content: bytes,
    by: "Person",
    at: datetime,
) -> Template:
    """Use this template from now on. Raises Refused with everything that is wrong with it."""
    body = locked(body_id)
    held = powers_at(by, at)
    require(rules.may_edit(held, body))
    require(*problems(kind, content))
    file = keep(name=name, content=content, media_type=DOCX, at=at)
    own = Template.objects.filter(body=body, kind=kind, language=language)
    last = own.aggregate(last=Max("edition"))["last"] or 0
    own.filter(in_use=True).update(in_use=False)
    template = Template.objects.create(
        body=body,
        kind=kind,
        language=language,
        edition=last + 1,
        file=file,
        uploaded_at=at,
        uploaded_by=by,
    )
    record(
        "papers.template_edited",
        subject=template,
        by=by,
        mandate=held.mandate(rights.EDIT, body),
        after={"kind": kind.value, "language": language, "sha256": file.sha256},
        at=at,
    )
    return template


@transaction.atomic
def use_shipped(
    body_id: int, *, kind: PaperKind, language: str, by: "Person", at: datetime
) -> None:
    """Take the shipped form again; the body's own editions stay."""
    body = locked(body_id)
    held = powers_at(by, at)
    require(rules.may_edit(held, body))
    used = Template.objects.filter(body=body, kind=kind, language=language, in_use=True).first()
    if used is None:
        return
    used.in_use = False
    used.save(update_fields=["in_use"])
    record(
        "papers.template_left",
        subject=used,
        by=by,
        mandate=held.mandate(rights.EDIT, body),
        after={"kind": kind.value, "language": language},
        at=at,
    )
