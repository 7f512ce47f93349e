"""May records be merged, accredited, handed a plan or report? Facts in, a Refusal or nothing."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.bodies.states import YearlyKind
from kelisim.bodies.trees.terms import months_after
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Accreditation, Association, Merging
    from kelisim.bodies.queries.powers import Powers

LARGEST_FILE = 20 * 1024 * 1024
MONTHS_ACTIVE = 12
MONTHS_ACCREDITED = 36
FIRST_YEAR = 1988


def may_merge(
    held: "Powers", keep: "Association", away: "Association", *, open_proposals: int
) -> Refusal | None:
    """Two standing records of one's own territory, while nothing is proposed about either."""
    if not (held.may(rights.MERGE, keep.body) and held.may(rights.MERGE, away.body)):
        return Refusal("bodies.not_merger")
    if keep.pk == away.pk:
        return Refusal("bodies.merged_with_itself")
    if keep.body.merged_into_id or away.body.merged_into_id:
        return Refusal("bodies.merged")
    if keep.body.path.startswith(away.body.path):
        return Refusal("bodies.merged_into_branch")
    return Refusal("bodies.proposal_first") if open_proposals else None


def may_unmerge(held: "Powers", merging: "Merging") -> Refusal | None:
    """Once, while the kept record itself still stands."""
    if not held.may(rights.MERGE, merging.kept.body):
        return Refusal("bodies.not_merger")
    if merging.undone_at:
        return Refusal("bodies.merging_undone_already")
    return Refusal("bodies.merged") if merging.kept.body.merged_into_id else None


def may_tell_apart(
    held: "Powers", one: "Association", other: "Association", *, because: str
) -> Refusal | None:
    """Whoever may merge two records may say that they are two, and why."""
    if not (held.may(rights.MERGE, one.body) and held.may(rights.MERGE, other.body)):
        return Refusal("bodies.not_merger")
    return None if because.strip() else Refusal("bodies.reason_needed", place="because")


def may_accredit(  # noqa: PLR0911  (one reason a line)
    held: "Powers",
    association: "Association",
    *,
    since: date,
    active_since: date | None,
    others: "list[Accreditation]",
    decided: bool,
) -> Refusal | None:
    """By a decision, after a year of activity at least, once at a time."""
    if not held.may(rights.ACCREDIT, association.body):
        return Refusal("bodies.not_accreditor")
    if association.body.merged_into_id:
        return Refusal("bodies.merged")
    if not decided:
        return Refusal("bodies.decision_needed", place="number")
    if active_since is None:
        return Refusal("bodies.activity_unknown", place="since")
    earliest = months_after(active_since, MONTHS_ACTIVE)
    if since < earliest:
        return Refusal("bodies.activity_too_short", place="since", day=earliest.isoformat())
    if any(other.since <= since < lasts_until(other) for other in others):
        return Refusal("bodies.accredited_already", place="since")
    return None


def lasts_until(accreditation: "Accreditation") -> date:
    """The first day without it."""
    return accreditation.revoked_on or accreditation.until


def may_revoke(
    held: "Powers", accreditation: "Accreditation", *, on: date, because: str
) -> Refusal | None:
    """Once, while it lasts, with a reason."""
    if not held.may(rights.ACCREDIT, accreditation.association.body):
        return Refusal("bodies.not_accreditor")
    if accreditation.revoked_on:
        return Refusal("bodies.revoked_already")
    if not accreditation.since <= on < accreditation.until:
        return Refusal("bodies.not_accredited_then", place="on")
    return None if because.strip() else Refusal("bodies.reason_needed", place="because")


def open_years(kind: YearlyKind, on: date) -> tuple[int, int]:
    """The years of which a plan or report may be handed in and replaced on a day.

    A plan: of this year and the next; a report: of the last year and this one.
    """
    return (on.year, on.year + 1) if kind is YearlyKind.PLAN else (on.year - 1, on.year)


def may_hand_in(  # noqa: PLR0911  (one reason a line)
    held: "Powers",
    association: "Association",
    kind: YearlyKind,
    *,
    year: int,
    on: date,
    replaces: bool,
    text: str,
    size: int,
) -> Refusal | None:
    """A text or a file or both; what is there is replaced only until its year closes."""
    if not held.may(rights.HAND_IN, association.body):
        return Refusal("bodies.not_representative")
    if association.body.merged_into_id:
        return Refusal("bodies.merged")
    first, last = open_years(kind, on)
    if not FIRST_YEAR <= year <= last:
        return Refusal("bodies.year_not_yet", place="year", last=last)
    if replaces and year < first:
        return Refusal("bodies.year_closed", place="year")
    if not text.strip() and not size:
        return Refusal("bodies.text_or_file", place="text")
    if size > LARGEST_FILE:
        return Refusal("bodies.file_too_large", place="file")
    return None
