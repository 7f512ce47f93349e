"""May a paper be registered, resolved, sent round, agreed to? Facts in, refusals out."""

from typing import TYPE_CHECKING

from kelisim.papers import rights
from kelisim.papers.states import NEXT_ROUND, NEXT_VERDICT, Direction, RoundState, Verdict
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.papers.models import Consent, Document, Round

MEGABYTE = 1024 * 1024


def may_keep(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.KEEP, body) else Refusal("papers.not_keeper")


def may_register(
    held: "Powers",
    body: "Body",
    *,
    title: str,
    direction: Direction,
    correspondent: str,
    index_body: int | None,
) -> list[Refusal]:
    """By the body's office; a letter names the other side; the index is the body's own."""
    if refusal := may_keep(held, body):
        return [refusal]
    found = []
    if not title.strip():
        found.append(Refusal("papers.title_needed", place="title"))
    if direction is not Direction.INTERNAL and not correspondent.strip():
        found.append(Refusal("papers.correspondent_needed", place="correspondent"))
    if index_body is not None and index_body != body.pk:
        found.append(Refusal("papers.index_of_another", place="index"))
    return found


def may_resolve(held: "Powers", document: "Document", *, text: str) -> Refusal | None:
    if not held.may(rights.RESOLVE, document.body):
        return Refusal("papers.not_resolver")
    if document.resolution:
        return Refusal("papers.resolved_already")
    return None if text.strip() else Refusal("papers.text_needed", place="text")


def may_edit(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.EDIT, body) else Refusal("papers.not_editor")


def fits(size: int, most: int) -> Refusal | None:
    """A file is not empty and not too large."""
    if size == 0:
        return Refusal("papers.file_empty", place="file")
    if size > most:
        return Refusal("papers.file_too_large", place="file", most=most // MEGABYTE)
    return None


def may_begin(held: "Powers", body: "Body", *, title: str, bodies: int) -> list[Refusal]:
    """A paper is sent round by its office, to at least one body."""
    if refusal := may_keep(held, body):
        return [refusal]
    found = []
    if not title.strip():
        found.append(Refusal("papers.title_needed", place="title"))
    if not bodies:
        found.append(Refusal("papers.bodies_needed", place="bodies"))
    return found


def may_say(
    held: "Powers",
    consent: "Consent",
    to: Verdict,
    *,
    remark: str,
    disagreements: int,
    read: str,
) -> list[Refusal]:
    """For one's own body, of the very paper that was read; what is not agreed says where."""
    if not held.may(rights.APPROVE, consent.body):
        return [Refusal("papers.not_asked")]
    if consent.round.state != RoundState.OPEN:
        return [Refusal("papers.round_closed")]
    found = []
    if to not in NEXT_VERDICT[Verdict(consent.verdict)]:
        found.append(Refusal("papers.verdict_needed", place="verdict"))
    if to in {Verdict.REMARKS, Verdict.NOT_AGREED} and not remark.strip():
        found.append(Refusal("papers.remark_needed", place="remark"))
    if to is Verdict.NOT_AGREED and not disagreements:
        found.append(Refusal("papers.disagreement_needed", place="disagreements"))
    if read != consent.round.file.sha256:
        found.append(Refusal("papers.another_paper"))
    return found


def may_close(held: "Powers", round_: "Round") -> Refusal | None:
    if refusal := may_keep(held, round_.body):
        return refusal
    if RoundState.CLOSED not in NEXT_ROUND[RoundState(round_.state)]:
        return Refusal("papers.round_closed")
    return None


def may_settle(held: "Powers", round_: "Round", *, text: str) -> Refusal | None:
    """Whoever sent the paper round says how a disagreement was settled."""
    if refusal := may_keep(held, round_.body):
        return refusal
    return None if text.strip() else Refusal("papers.text_needed", place="settlement")
