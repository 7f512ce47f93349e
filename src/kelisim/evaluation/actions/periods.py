"""A report for a period is begun, written, frozen, published, and corrected by a later edition."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.evaluation import rights
from kelisim.evaluation.models import PeriodReport, PeriodText
from kelisim.evaluation.queries import periods as reading
from kelisim.evaluation.rules import periods as rules
from kelisim.evaluation.states import PeriodKind, PeriodState, Said
from kelisim.evaluation.trees.comparing import digest
from kelisim.evaluation.trees.periods import EDITION, Span
from kelisim.ledger.actions import record
from kelisim.ledger.chain import Fact
from kelisim.ledger.queries import checkpoint
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Texts = Mapping[tuple[str, str], str]
"""What is written, by part and language."""


def locked(report_id: int) -> PeriodReport:
    """A report that nobody else acts on meanwhile. Raises Refused where there is none."""
    found = PeriodReport.objects.select_for_update().filter(pk=report_id).first()
    if found is None:
        raise Refused(Refusal("evaluation.period_unknown"))
    found.body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=found.body_id)
    return found


def note(
    act: str,
    of: PeriodReport,
    *,
    by: "Person | None",
    at: datetime,
    right: str = rights.WRITE,
    because: str = "",
    **after: Fact,
) -> None:
    facts = {"body": of.body.slug, "starts": of.starts.isoformat(), "ends": of.ends.isoformat()}
    record(
        act,
        subject=of,
        by=by,
        mandate=powers_at(by, at).mandate(right, of.body),
        because=because,
        after={**facts, "number": of.number, **after},
        at=at,
    )


@transaction.atomic
def begin(
    body_id: int, kind: PeriodKind, span: Span, *, by: "Person | None", at: datetime
) -> PeriodReport:
    """Begin the report of a council for a period; a second one is a correction, not another."""
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    there = PeriodReport.objects.filter(body=body, starts=span.first, ends=span.last).exclude(
        state=PeriodState.DISCARDED
    )
    today = localtime(at).date()
    require(*rules.may_begin(powers_at(by, at), body, span, today, there=there.exists()))
    report = PeriodReport.objects.create(
        body=body, kind=kind, starts=span.first, ends=span.last, begun_by=by, begun_at=at
    )
    note("evaluation.period_begun", report, by=by, at=at)
    return report


def texts(of: PeriodReport) -> dict[tuple[str, str], str]:
    """What is written of a report; one query."""
    found = PeriodText.objects.filter(report=of).values_list("part", "language", "text")
    return {(part, language): text for part, language, text in found}


def texts_digest(found: Texts) -> str:
    """What names exactly these words: whoever writes says which words they saw."""
    return digest(sorted([part, language, text] for (part, language), text in found.items()))


@transaction.atomic
def write(
    report_id: int, said: Texts, *, seen: str, by: "Person | None", at: datetime
) -> PeriodReport:
    """Put these texts in place of what stood; what is left empty is taken out.

    `seen` is the digest of the texts that the writer had before them: over words that somebody
    else wrote meanwhile nobody writes.
    """
    report = locked(report_id)
    held, there = powers_at(by, at), texts(report)
    require(*rules.may_write(held, report, seen, texts_digest(there)))
    given = {(part, code): text.strip() for (part, code), text in said.items() if part in Said}
    changed = {key: text for key, text in given.items() if text != there.get(key, "")}
    if not changed:
        return report
    post = held.mandate(rights.WRITE, report.body).key
    for (part, code), text in changed.items():
        rows = PeriodText.objects.filter(report=report, part=part, language=code)
        if text:
            rows.update_or_create(
                report=report,
                part=part,
                language=code,
                defaults={"text": text, "post": post, "by": by, "at": at},
            )
        else:
            rows.delete()
    changes: list[Fact] = [f"{part}.{code}" for part, code in sorted(changed)]
    note("evaluation.period_written", report, by=by, at=at, parts=changes)
    return report


@transaction.atomic
def freeze(report_id: int, *, by: "Person | None", at: datetime) -> PeriodReport:
    """Compute every table once and keep all of it: from here on nothing of it moves by itself."""
    report, today = locked(report_id), localtime(at).date()
    wordless = not report.texts.exists()
    require(*rules.may_freeze(powers_at(by, at), report, today, wordless=wordless))
    known = checkpoint()
    report.content = reading.composed(report, today)
    report.digest = digest(report.content)
    report.made_from = {"entry": known.number, "hash": known.hash, "edition": EDITION}
    report.state, report.frozen_by, report.frozen_at = PeriodState.FROZEN, by, at
    report.save()
    note("evaluation.period_frozen", report, by=by, at=at, sha256=report.digest)
    return report


@transaction.atomic
def reopen(report_id: int, *, by: "Person | None", at: datetime) -> PeriodReport:
    """Write on: what was computed is forgotten, the texts stay."""
    report = locked(report_id)
    require(*rules.may_reopen(powers_at(by, at), report))
    report.state, report.frozen_by, report.frozen_at = PeriodState.DRAFT, None, None
    report.content, report.digest, report.made_from = {}, "", {}
    report.save()
    note("evaluation.period_reopened", report, by=by, at=at)
    return report


@transaction.atomic
def publish(report_id: int, *, seen: str, by: "Person | None", at: datetime) -> PeriodReport:
    """Open it to everybody, as somebody else computed it and as it was read (`seen`)."""
    report, held = locked(report_id), powers_at(by, at)
    pk = by.pk if by else None
    require(*rules.may_publish(held, report, pk, seen, whole=reading.whole(report)))
    report.state, report.published_by, report.published_at = PeriodState.PUBLISHED, by, at
    report.save()
    note(
        "evaluation.period_published",
        report,
        by=by,
        at=at,
        right=rights.PUBLISH,
        because=report.because,
        sha256=report.digest,
    )
    return report


@transaction.atomic
def discard(report_id: int, *, by: "Person | None", at: datetime) -> PeriodReport:
    """Give up a report that was never published."""
    report = locked(report_id)
    require(*rules.may_discard(powers_at(by, at), report))
    report.state = PeriodState.DISCARDED
    report.save()
    note("evaluation.period_discarded", report, by=by, at=at)
    return report


@transaction.atomic
def correct(report_id: int, *, because: str, by: "Person | None", at: datetime) -> PeriodReport:
    """Begin the next edition of a published report with its texts; until it is out, that stands."""
    old = locked(report_id)
    corrected = old.corrections.exclude(state=PeriodState.DISCARDED).exists()
    require(*rules.may_correct(powers_at(by, at), old, because, corrected=corrected))
    new = PeriodReport.objects.create(
        body=old.body,
        kind=old.kind,
        starts=old.starts,
        ends=old.ends,
        number=old.number + 1,
        corrects=old,
        because=because.strip(),
        begun_by=by,
        begun_at=at,
    )
    PeriodText.objects.bulk_create(
        PeriodText(
            report=new,
            part=text.part,
            language=text.language,
            text=text.text,
            post=text.post,
            by=text.by,
            at=text.at,
        )
        for text in old.texts.all()
    )
    note("evaluation.period_corrected", new, by=by, at=at, because=because.strip())
    return new
