"""Papers are registered under their numbers, attached, resolved."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.papers import rights, rules
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Attached, Counter, Document, File, FileIndex
from kelisim.papers.states import Direction, PaperKind, Part
from kelisim.papers.trees.made import Made
from kelisim.papers.trees.numbers import printed
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def next_number(body: Body, code: str, direction: Direction, year: int) -> int:
    """The next number under a line of the index; whoever asks waits for who asked before."""
    counter, _made = Counter.objects.select_for_update().get_or_create(
        body=body, code=code, direction=direction, year=year
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@transaction.atomic
def register(
    body_id: int,
    *,
    kind: PaperKind,
    direction: Direction,
    title: Mapping[str, str],
    index: FileIndex | None = None,
    day: date | None = None,
    correspondent: str = "",
    their_number: str = "",
    their_day: date | None = None,
    copies: str = "",
    enclosures: str = "",
    about: tuple[str, str] = ("", ""),
    by: "Person",
    at: datetime,
) -> Document:
    """Give a paper its number: without gap or double under its index, direction and year."""
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    held = powers_at(by, at)
    today = localtime(at).date()
    day = day or today
    require(
        *rules.may_register(
            held,
            body,
            title=title,
            direction=direction,
            correspondent=correspondent,
            index_body=index.body_id if index else None,
            day=day,
            today=today,
        )
    )
    code = index.code if index else ""
    number = next_number(body, code, direction, day.year)
    document = Document.objects.create(
        body=body,
        kind=kind,
        direction=direction,
        index=index,
        code=code,
        year=day.year,
        number=number,
        printed=printed(code, number),
        day=day,
        title={code: words.strip() for code, words in title.items() if words.strip()},
        correspondent=correspondent,
        their_number=their_number,
        their_day=their_day,
        copies=copies,
        enclosures=enclosures,
        about_kind=about[0],
        about_ref=about[1],
        registered_at=at,
        registered_by=by,
    )
    record(
        "papers.registered",
        subject=document,
        by=by,
        mandate=held.mandate(rights.KEEP, body),
        after={"number": document.printed, "kind": kind.value, "direction": direction.value},
        at=at,
    )
    return document


def locked(document_id: int) -> Document:
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent", "index")
        .get(pk=document_id)
    )


@transaction.atomic
def attach(
    document_id: int,
    *,
    file: File,
    name: str,
    part: Part = Part.PAPER,
    language: str = "",
    by: "Person",
    at: datetime,
) -> Attached:
    """Put a file to a paper; the ledger notes its hash."""
    document = locked(document_id)
    held = powers_at(by, at)
    require(rules.may_keep(held, document.body))
    attached, made = Attached.objects.get_or_create(
        document=document,
        file=file,
        defaults={"name": name[-200:], "part": part, "language": language, "at": at},
    )
    if made:
        record(
            "papers.attached",
            subject=document,
            by=by,
            mandate=held.mandate(rights.KEEP, document.body),
            after={"sha256": file.sha256, "part": part.value},
            at=at,
        )
    return attached


@transaction.atomic
def attach_made(
    document_id: int, made: Sequence[Made], *, by: "Person", at: datetime
) -> list[Attached]:
    """Keep what was made of a registered paper, all of it or nothing."""
    return [
        attach(
            document_id,
            file=keep(name=each.name, content=each.content, media_type=each.media_type, at=at),
            name=each.name,
            language=each.language,
            by=by,
            at=at,
        )
        for each in made
    ]


@transaction.atomic
def resolve(document_id: int, *, text: str, by: "Person", at: datetime) -> Document:
    """Put a resolution on a paper; its words stay with the paper."""
    document = locked(document_id)
    held = powers_at(by, at)
    require(rules.may_resolve(held, document, text=text))
    document.resolution, document.resolved_by, document.resolved_at = text, by, at
    document.save(update_fields=["resolution", "resolved_by", "resolved_at"])
    record(
        "papers.resolved",
        subject=document,
        by=by,
        mandate=held.mandate(rights.RESOLVE, document.body),
        at=at,
    )
    return document


@transaction.atomic
def send(document_id: int, *, on: date, by: "Person", at: datetime) -> Document:
    """Note the day on which an outgoing paper left."""
    document = locked(document_id)
    held = powers_at(by, at)
    require(rules.may_send(held, document, on=on, today=localtime(at).date()))
    document.sent_on = on
    document.save(update_fields=["sent_on"])
    record(
        "papers.sent",
        subject=document,
        by=by,
        mandate=held.mandate(rights.KEEP, document.body),
        after={"number": document.printed, "on": on.isoformat()},
        at=at,
    )
    return document


@transaction.atomic
def open_index(
    body_id: int, *, code: str, title: dict[str, str], years: int | None, by: "Person", at: datetime
) -> FileIndex:
    """Add a line to a body's file index, or correct it."""
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    held = powers_at(by, at)
    require(rules.may_keep(held, body))
    index, _made = FileIndex.objects.update_or_create(
        body=body, code=code, defaults={"title": title, "years": years}
    )
    record(
        "papers.index_opened",
        subject=index,
        by=by,
        mandate=held.mandate(rights.KEEP, body),
        after={"code": code, "years": years},
        at=at,
    )
    return index
