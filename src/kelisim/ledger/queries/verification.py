"""Prove that the ledger is as it was written, or name the first entry that is not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import CharField, Exists, Max, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.query import QuerySet

from kelisim.ledger import chain
from kelisim.ledger.chain import GENESIS, Checkpoint
from kelisim.ledger.models import Entry, Head
from kelisim.pages.sentences import sentence
from kelisim.refusals import Refusal, Refused, require

CHUNK = 1000
UNREADABLE = (TypeError, ValueError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were proved, where the chain stands, and the first fault if there is one."""

    entries: int
    checkpoint: Checkpoint
    fault: Refusal | None = None

    @property
    def whole(self) -> bool:
        return self.fault is None

    def __str__(self) -> str:
        return sentence(self.fault or Refusal("ledger.whole", entries=self.entries))


@dataclass(frozen=True, slots=True)
class Seal:
    """What is known of the chain so far: its last number, that hash, and the hash before."""

    number: int = 0
    hash: str = GENESIS
    previous: str = ""


def verify(checkpoint: Checkpoint | None = None) -> Verdict:
    """Walk the whole chain in constant memory.

    A changed, removed, inserted or reordered entry is found, and so is a reason that is not the
    one committed to. A tail that was removed together with the head, or a chain that was computed
    anew from some entry on, can be seen only with a checkpoint that was kept elsewhere.
    """
    end = ends()
    seal, last = Seal(), Checkpoint(0, GENESIS, None)
    try:
        for entry in stream(end.last):
            seal = follow(seal, entry, end)
            last = Checkpoint(entry.number, entry.hash, entry.at)
            if checkpoint and checkpoint.number == entry.number:
                require(kept(checkpoint, last))
        require(ended(seal, end), reached(checkpoint, seal))
    except Refused as refused:
        return Verdict(seal.number, last, refused.refusals[0])
    return Verdict(seal.number, last)


@dataclass(frozen=True, slots=True)
class End:
    """Where the head says that the chain ends, and where the entries end, at one moment."""

    number: int | None
    hash: str
    last: int


def ends() -> End:
    """Both ends in one statement, so that an act of this very moment is no contradiction."""
    tail = Entry.objects.order_by().values(one=Value(1)).annotate(most=Max("number"))
    heads = Head.objects.annotate(last=Coalesce(Subquery(tail.values("most")), 0))
    try:
        if head := heads.values_list("number", "hash", "last").first():
            return End(*head)
        return End(None, "", Entry.objects.aggregate(most=Max("number"))["most"] or 0)
    except ValueError:
        # SQLite keeps whatever it was given: a number that is none stands after all numbers.
        number = Head.objects.values_list("number", flat=True).first()
        return End(number, "", (number or 0) + 1)


def stream(last: int) -> Iterator[Entry]:
    """Entries in their order, a chunk at a time, each with its reason where that still exists."""
    forgotten = Entry.objects.filter(
        act="ledger.reason_destroyed",
        subject_kind="ledger.entry",
        subject_ref=Cast(OuterRef("number"), CharField()),
    )
    rows = Entry.objects.annotate(forgotten=Exists(forgotten)).select_related("sealed")
    after: Any = 0
    while after is not None:
        chunk = rows.filter(number__gt=after, number__lte=last).order_by("number")
        after = None
        for entry in readable(chunk):
            yield entry
            after = entry.number


def readable(rows: QuerySet[Entry]) -> Iterator[Entry]:
    """A chunk; where it holds what no entry can hold: the entries before that, then refusal."""
    try:
        yield from list(rows[:CHUNK])
    except UNREADABLE:
        for number in list(rows.values_list("number", flat=True)[:CHUNK]):
            try:
                entry = rows.get(pk=number)
            except UNREADABLE:
                raise Refused(Refusal("ledger.changed", number=number)) from None
            yield entry


def follow(seal: Seal, entry: Entry, end: End) -> Seal:
    """The chain with one more link. Raises Refused when this entry is not its next link."""
    number = seal.number + 1
    sound = (
        entry.number == number
        and entry.previous == seal.hash
        and fits(entry, number=number, previous=seal.hash)
    )
    require(None if sound else diagnose(seal, entry, end), reasoned(entry))
    return Seal(number, entry.hash, seal.hash)


def fits(entry: Entry, *, number: int, previous: str) -> bool:
    """Tell whether this entry would have this hash, if it stood there."""
    try:
        return chain.digest(entry, number=number, previous=previous) == entry.hash
    except UNREADABLE:
        return False


def diagnose(seal: Seal, entry: Entry, end: End) -> Refusal:
    """What happened where the chain first breaks. Told from where the neighbours point."""
    number = seal.number + 1
    if entry.number != number:
        return Refusal("ledger.removed", number=number)
    if seal.number and fits(entry, number=seal.number, previous=seal.previous):
        # This entry is at home one place earlier: what stands there pushed it away.
        return Refusal("ledger.inserted", number=seal.number)
    if entry.previous == seal.hash:
        after = Entry.objects.filter(number=number + 1).first()
        pushed = after is not None and fits(after, number=number, previous=seal.hash)
        return Refusal("ledger.inserted" if pushed else "ledger.changed", number=number)
    return misplaced(seal, entry, end)


def misplaced(seal: Seal, entry: Entry, end: End) -> Refusal:
    """What happened to an entry that does not point to the one before it."""
    number = seal.number + 1
    home = next((n for n in places(end) if fits(entry, number=n, previous=entry.previous)), None)
    rightful = Entry.objects.filter(previous=seal.hash, number__gt=number).first()
    if rightful and home in {None, number}:
        return Refusal("ledger.inserted", number=number)
    if rightful:
        return Refusal("ledger.reordered", number=number, stands=rightful.number)
    if home not in {None, number}:
        return Refusal("ledger.removed", number=number)
    # Sound in itself, but following another entry than the one that now stands before it:
    # whichever of the two the rest of the chain does not follow was rewritten.
    followed = Entry.objects.filter(previous=entry.hash).exists() or end.hash == entry.hash
    earlier = home == number and followed and seal.number
    return Refusal("ledger.changed", number=earlier or number)


def places(end: End) -> range:
    """Every number that an entry could have had, with some room for those that were removed."""
    return range(1, max(end.last, end.number or 0) + CHUNK)


def reasoned(entry: Entry) -> Refusal | None:
    """Refuse a reason that is not the one committed to, or that is gone without a record."""
    sealed = getattr(entry, "sealed", None)
    if sealed is None:
        lost = entry.because and not cast("Any", entry).forgotten
        return Refusal("ledger.reason_removed", number=entry.number) if lost else None
    try:
        same = entry.because == chain.reason_commitment(
            bytes(sealed.key), entry.number, sealed.text
        )
    except UNREADABLE:
        same = False
    return None if same else Refusal("ledger.reason_changed", number=entry.number)


def ended(seal: Seal, end: End) -> Refusal | None:
    """Refuse a chain that does not end where its head says."""
    if end.number is None:
        return Refusal("ledger.headless", number=seal.number) if seal.number else None
    if seal.number < end.number:
        return Refusal("ledger.removed", number=seal.number + 1)
    if seal.number > end.number:
        return Refusal("ledger.inserted", number=end.number + 1)
    if seal.hash != end.hash:
        return Refusal("ledger.head_differs", number=seal.number)
    return None


def kept(checkpoint: Checkpoint, found: Checkpoint) -> Refusal | None:
    """Refuse an entry that is not the one whose hash was kept."""
    return None if found == checkpoint else Refusal("ledger.rewritten", number=found.number)


def reached(checkpoint: Checkpoint | None, seal: Seal) -> Refusal | None:
    """Refuse a chain that is shorter than it was when the checkpoint was kept."""
    if checkpoint and checkpoint.number > seal.number:
        return Refusal("ledger.removed", number=seal.number + 1)
    return None
