"""The agenda: items put and proposed, ordered, given their papers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.states import Role
from kelisim.charter.models import Provision
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate as InTheNameOf
from kelisim.meetings import rights
from kelisim.meetings.actions.planning import locked
from kelisim.meetings.models import Item, ItemPaper, Meeting
from kelisim.meetings.queries.procedures import procedure as procedure_of
from kelisim.meetings.queries.sitting import members
from kelisim.meetings.rules import convening
from kelisim.meetings.states import ItemState, Subject
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.papers.models import File
    from kelisim.people.models import Person

type Words = Mapping[str, str]

BY_RULE = InTheNameOf("meetings.rule", "a rule of the house")
"""In whose name an item is proposed that no member moved."""


def locked_item(item_id: int) -> Item:
    """An item with its meeting locked first: all who change one meeting stand in one line."""
    meeting = locked(Item.objects.values_list("meeting_id", flat=True).get(pk=item_id))
    item = Item.objects.select_for_update(of=("self",)).get(pk=item_id)
    item.meeting = meeting
    return item


def renumber(meeting: Meeting) -> None:
    """Number the agenda from one, in its order."""
    for position, item in enumerate(
        Item.objects.filter(meeting=meeting).exclude(
            state__in=[ItemState.PROPOSED, ItemState.DECLINED]
        ),
        1,
    ):
        if item.position != position:
            Item.objects.filter(pk=item.pk).update(position=position)


@transaction.atomic
def put_item(
    meeting_id: int,
    *,
    title: Words,
    text: Words | None = None,
    draft: Words | None = None,
    subject: Subject = Subject.GENERAL,
    weighty: bool = False,
    provisions: Iterable[Provision] = (),
    by: "Person",
    at: datetime,
) -> Item:
    """Put an item at the end of the agenda."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(convening.may_prepare(held, meeting), convening.may_title(title))
    item = add_item(
        meeting,
        title=title,
        text=text,
        draft=draft,
        subject=subject,
        weighty=weighty,
        provisions=provisions,
    )
    record(
        "meetings.item_put",
        subject=item,
        by=by,
        mandate=held.mandate(rights.PREPARE, meeting.body),
        after={"meeting": meeting.pk, "position": item.position},
        at=at,
    )
    return item


def add_item(meeting: Meeting, *, provisions: Iterable[Provision], **facts: Any) -> Item:
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    words = {name: dict(facts.pop(name, None) or {}) for name in ("title", "text", "draft")}
    item = Item.objects.create(meeting=meeting, position=last + 1, **words, **facts)
    item.provisions.set(provisions)
    return item


@transaction.atomic
def propose_item(
    meeting_id: int,
    *,
    title: Words,
    text: Words | None = None,
    draft: Words | None = None,
    by: "Person",
    at: datetime,
) -> Item:
    """A member proposes an item; whoever prepares puts it on the agenda or declines it."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    on = localtime(at).date()
    procedure = procedure_of(meeting.body, on)
    mine = members(meeting.body, on).filter(person=by).first()
    mover = mine is not None and Role(mine.seat.role) in procedure.move
    require(convening.may_propose(held, meeting, mover=mover), convening.may_title(title))
    item = add_item(
        meeting,
        title=title,
        text=text,
        draft=draft,
        mover=mine,
        state=ItemState.PROPOSED,
        provisions=(),
    )
    record(
        "meetings.item_proposed",
        subject=item,
        by=by,
        mandate=held.mandate(rights.TAKE_PART, meeting.body),
        after={"meeting": meeting.pk},
        at=at,
    )
    return item


@transaction.atomic
def propose_by_rule(meeting_id: int, *, title: Words, text: Words, at: datetime) -> Item:
    """The rules of another room propose an item: nobody moves it, a preparer lists or declines it.

    Who prepares is free in their judgement as with any proposal.
    """
    meeting = locked(meeting_id)
    require(convening.may_take_on(meeting), convening.may_title(title))
    item = add_item(meeting, title=title, text=text, state=ItemState.PROPOSED, provisions=())
    record(
        "meetings.item_proposed",
        subject=item,
        by=None,
        mandate=BY_RULE,
        after={"meeting": meeting.pk},
        at=at,
    )
    return item


@transaction.atomic
def list_item(item_id: int, *, by: "Person", at: datetime) -> Item:
    """Put a proposed item on the agenda."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    require(convening.may_list(held, item, ItemState.LISTED))
    item.state = ItemState.LISTED
    item.save(update_fields=["state"])
    renumber(item.meeting)
    record(
        "meetings.item_listed",
        subject=item,
        by=by,
        mandate=held.mandate(rights.PREPARE, item.meeting.body),
        after={"meeting": item.meeting_id},
        at=at,
    )
    return item


@transaction.atomic
def decline_item(item_id: int, *, because: str, by: "Person", at: datetime) -> Item:
    """Do not put a proposed item on the agenda, and say why; its mover sees the reason."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    require(convening.may_list(held, item, ItemState.DECLINED, reason=because))
    item.state, item.declined_because = ItemState.DECLINED, because
    item.save(update_fields=["state", "declined_because"])
    record(
        "meetings.item_declined",
        subject=item,
        by=by,
        mandate=held.mandate(rights.PREPARE, item.meeting.body),
        because=because,
        after={"meeting": item.meeting_id},
        at=at,
    )
    return item


CHANGEABLE = ("title", "text", "draft", "subject", "weighty")


@transaction.atomic
def change_item(
    item_id: int,
    *,
    provisions: Iterable[Provision] | None = None,
    by: "Person",
    at: datetime,
    **facts: Any,
) -> Item:
    """Correct an item before the meeting opens."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    require(
        convening.may_prepare(held, item.meeting),
        convening.may_title(facts.get("title", item.title)),
    )
    changed = [name for name in CHANGEABLE if name in facts and facts[name] != getattr(item, name)]
    for name in changed:
        setattr(item, name, facts[name])
    if changed:
        item.save(update_fields=changed)
    if provisions is not None:
        item.provisions.set(provisions)
        changed.append("provisions")
    if changed:
        record(
            "meetings.item_changed",
            subject=item,
            by=by,
            mandate=held.mandate(rights.PREPARE, item.meeting.body),
            after={"fields": " ".join(sorted(changed))},
            at=at,
        )
    return item


@transaction.atomic
def order_items(meeting_id: int, *, order: Sequence[int], by: "Person", at: datetime) -> Meeting:
    """Put the agenda into this order; items that are not named follow in the order they had."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(convening.may_prepare(held, meeting))
    items = {item.pk: item for item in Item.objects.filter(meeting=meeting)}
    wanted = [pk for pk in order if pk in items]
    rest = [pk for pk in items if pk not in wanted]
    for position, pk in enumerate([*wanted, *rest], 1):
        Item.objects.filter(pk=pk).update(position=position)
    renumber(meeting)
    record(
        "meetings.agenda_ordered",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.PREPARE, meeting.body),
        after={"order": " ".join(map(str, wanted))},
        at=at,
    )
    return meeting


@transaction.atomic
def remove_item(item_id: int, *, by: "Person", at: datetime) -> None:
    """Take an item off the agenda before the meeting is convened or opened."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    require(convening.may_remove(held, item))
    record(
        "meetings.item_removed",
        subject=item,
        by=by,
        mandate=held.mandate(rights.PREPARE, item.meeting.body),
        before={"meeting": item.meeting_id, "position": item.position},
        at=at,
    )
    meeting = item.meeting
    item.delete()
    renumber(meeting)


@transaction.atomic
def add_paper(
    item_id: int,
    *,
    file: "File",
    title: str,
    language: str = "kk",
    public: bool = False,
    by: "Person",
    at: datetime,
) -> ItemPaper:
    """Lay a paper before the members; the ledger notes its hash."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    require(convening.may_prepare(held, item.meeting))
    paper = ItemPaper.objects.create(
        item=item, file=file, title=title, language=language, public=public, added_at=at
    )
    record(
        "meetings.paper_added",
        subject=paper,
        by=by,
        mandate=held.mandate(rights.PREPARE, item.meeting.body),
        after={"item": item.pk, "sha256": file.sha256, "public": public},
        at=at,
    )
    return paper
