"""Texts in several languages on one tree."""

from dataclasses import asdict
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter import rights
from kelisim.charter.actions.publishing import BATCH, File, keep, locked
from kelisim.charter.models import Edition, Step, Version, Wording
from kelisim.charter.queries.sealing import main_language
from kelisim.charter.rules import editing as rules
from kelisim.charter.trees.alignment import Alignment, align
from kelisim.charter.trees.draft import Draft
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def add_edition(
    version_id: int,
    *,
    draft: Draft,
    authentic: bool,
    translated_by: str = "",
    file: File | None = None,
    by: "Person",
    at: datetime,
) -> Edition:
    """Join a text in another language to the tree; what does not fit is listed, never forced.

    Joining it again replaces the earlier one. Raises Refused when the draft may not be edited, or
    when it is the language that the tree was read from.
    """
    version = locked(version_id)
    held = powers_at(by, at)
    require(rules.may_edit(version, by, held))
    if draft.language == main_language(version):
        raise Refused(Refusal("charter.edition_is_main"))
    found = aligned(version, draft)
    Edition.objects.filter(version=version, language=draft.language).delete()
    edition = Edition.objects.create(
        version=version,
        language=draft.language,
        authentic=authentic,
        translated_by="" if authentic else translated_by,
        source=keep(version, draft.language, file) if file else None,
        problems=[asdict(problem) for problem in found.problems],
    )
    word(version, draft, found)
    # Undoing ends here: what was joined is replaced by joining again (decision 4).
    Step.objects.filter(version=version, undone_at__isnull=False).delete()
    last = Step.objects.filter(version=version).order_by("-number").first()
    Step.objects.create(
        version=version,
        number=last.number + 1 if last else 1,
        verb="edition",
        arguments={"language": draft.language},
        by=by,
        at=at,
    )
    record(
        "charter.edition_added",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PREPARE),
        after={
            "language": draft.language,
            "authentic": authentic,
            "matched": len(found.matches),
            "problems": len(found.problems),
        },
        at=at,
    )
    return edition


def aligned(version: Version, draft: Draft) -> Alignment:
    """The new text held against the tree, by structure alone."""
    language = main_language(version)
    texts = dict(
        Wording.objects.filter(provision__version=version, language=language).values_list(
            "provision_id", "text"
        )
    )
    tree = [
        SimpleNamespace(eid=eid, kind=kind, number=number, parent=parent, text=texts.get(pk, ""))
        for pk, eid, kind, number, parent in version.provisions.order_by("position").values_list(
            "pk", "eid", "kind", "number", "parent__eid"
        )
    ]
    return align(tree, draft.provisions)


def word(version: Version, draft: Draft, found: Alignment) -> None:
    """Each matched provision has its text; what had one and has no match any more loses it."""
    language = draft.language
    texts = {p.eid: p.text for p in draft.provisions}
    said = {ours: texts[theirs] for ours, theirs in found.matches}
    stored = dict(version.provisions.values_list("eid", "pk"))
    rows = {
        row.provision_id: row
        for row in Wording.objects.filter(provision__version=version, language=language)
    }
    for row in rows.values():
        row.text = ""
    new = []
    for eid, text in said.items():
        if stored[eid] in rows:
            rows[stored[eid]].text = text
        else:
            new.append(Wording(provision_id=stored[eid], language=language, text=text))
    Wording.objects.bulk_update(rows.values(), ["text"], batch_size=BATCH)
    Wording.objects.bulk_create(new, batch_size=BATCH)
