"""The way of a version: begun from a file, submitted by one, published or returned by another."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.charter import rights
from kelisim.charter.actions.acts import Cited, Words, act_of
from kelisim.charter.actions.correspondence import carry
from kelisim.charter.actions.indexing import index
from kelisim.charter.actions.succession import propose_successions
from kelisim.charter.models import Charter, Edition, Provision, Source, Version, Wording
from kelisim.charter.queries import reading
from kelisim.charter.queries.sealing import digest
from kelisim.charter.rules import publishing as rules
from kelisim.charter.states import OPEN, VersionState
from kelisim.charter.trees.citation import citations
from kelisim.charter.trees.draft import Draft
from kelisim.charter.trees.types import known
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

BATCH = 500


@dataclass(frozen=True, slots=True)
class File:
    """The file that a draft was read from."""

    name: str
    content: bytes
    media_type: str = ""
    lines: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a version begins with, beside its tree: whose text it is and by which act it holds."""

    act: Cited
    in_force_from: date
    authentic: bool = True
    translated_by: str = ""
    file: File | None = None
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Short titles by eId and language."""


@transaction.atomic
def begin_charter(
    *,
    slug: str,
    title: Words,
    draft: Draft,
    beginning: Beginning,
    by: "Person",
    at: datetime,
    fields: Mapping[str, Mapping[str, str]] | None = None,
    invented: bool = False,
) -> Version:
    """Begin a charter with the draft of its first version. Raises Refused."""
    held = powers_at(by, at)
    require(rules.may_begin(held))
    if Charter.objects.filter(slug=slug).exists():
        raise Refused(Refusal("charter.slug_taken", place="slug", slug=slug))
    charter = Charter.objects.create(
        slug=slug,
        type=draft.charter_type,
        title=dict(title),
        fields=dict(fields) if fields else {draft.language: dict(draft.fields)},
        invented=invented,
        adopted_by=act_of(beginning.act),
        in_force_from=beginning.in_force_from,
    )
    return begun(charter, 1, draft, beginning, by=by, held=held, at=at)


@transaction.atomic
def begin_version(
    charter_id: int, *, draft: Draft, beginning: Beginning, by: "Person", at: datetime
) -> Version:
    """Begin the next version, from an amending act; the mapping old → new is proposed at once."""
    charter = Charter.objects.select_for_update(of=("self",)).get(pk=charter_id)
    open_version = charter.versions.filter(state__in=OPEN).first()
    held = powers_at(by, at)
    require(rules.may_begin(held, open_version=open_version))
    last = charter.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    version = begun(charter, number, draft, beginning, by=by, held=held, at=at)
    carry_titles(version)
    propose_successions(version)
    return version


def begun(
    charter: Charter,
    number: int,
    draft: Draft,
    beginning: Beginning,
    *,
    by: "Person",
    held: Powers,
    at: datetime,
) -> Version:
    version = Version.objects.create(
        charter=charter,
        number=number,
        by_act=act_of(beginning.act),
        in_force_from=beginning.in_force_from,
        prepared_by=by,
        created_at=at,
        leavings=[{"text": x.text, "why": x.why, "lines": list(x.lines)} for x in draft.leavings],
        guesses=[
            {"what": g.what, "lines": list(g.lines), "certainty": g.certainty, "settled": False}
            for g in draft.guesses
        ],
    )
    source = keep(version, draft.language, beginning.file) if beginning.file else None
    Edition.objects.create(
        version=version,
        language=draft.language,
        authentic=beginning.authentic,
        translated_by=beginning.translated_by,
        source=source,
    )
    plant(version, draft, beginning.titles)
    record(
        "charter.draft_begun",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PREPARE),
        after={"charter": charter.slug, "version": number, "provisions": len(draft.provisions)},
        at=at,
    )
    return version


def keep(version: Version, language: str, file: File) -> Source:
    """The file itself, so that every line can be held against its provision for ever."""
    return Source.objects.create(
        version=version,
        language=language,
        name=file.name[:200],
        media_type=file.media_type,
        sha256=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
        lines=file.lines,
    )


def plant(version: Version, draft: Draft, titles: Mapping[str, Mapping[str, str]]) -> None:
    """The tree's rows, in as many statements as batches need."""
    charter_type = known().get(version.charter.type, known()["generic"])
    promises = frozenset(kind.key for kind in charter_type.kinds.values() if kind.promise)
    cites = citations(draft.provisions, promises)
    depths: dict[str | None, int] = {None: -1}
    rows: list[Provision] = []
    for position, p in enumerate(draft.provisions):
        depths[p.eid] = depths[p.parent] + 1
        rows.append(
            Provision(
                version=version,
                eid=p.eid,
                kind=p.kind,
                number=p.number,
                cite=cites[p.eid],
                heading=p.heading,
                position=position,
                depth=depths[p.eid],
                first_line=p.lines[0],
                last_line=p.lines[1],
            )
        )
    Provision.objects.bulk_create(rows, batch_size=BATCH)
    stored = dict(version.provisions.values_list("eid", "pk"))
    for row, p in zip(rows, draft.provisions, strict=True):
        row.pk = stored[p.eid]
        row.parent_id = stored[p.parent] if p.parent else None
    Provision.objects.bulk_update(
        [row for row in rows if row.parent_id], ["parent"], batch_size=BATCH
    )
    Wording.objects.bulk_create(wordings(draft, stored, titles), batch_size=BATCH)


def wordings(
    draft: Draft, stored: Mapping[str, int], titles: Mapping[str, Mapping[str, str]]
) -> Sequence[Wording]:
    """A wording for every language in which a provision has a text or a title."""
    return [
        Wording(
            provision_id=stored[p.eid],
            language=language,
            text=p.text if language == draft.language else "",
            title=titles.get(p.eid, {}).get(language, ""),
        )
        for p in draft.provisions
        for language in sorted({draft.language, *titles.get(p.eid, {})})
    ]


def carry_titles(version: Version) -> None:
    """Short titles come over from the version before, where the words have not changed."""
    before = (
        version.charter.versions.filter(state=VersionState.PUBLISHED).order_by("-number").first()
    )
    if before is None:
        return
    known_titles = {
        (w.provision.eid, w.language): w.title
        for w in Wording.objects.filter(provision__version=before)
        .exclude(title="")
        .select_related("provision")
    }
    now = {
        (eid, language): (pk, provision)
        for eid, language, pk, provision in Wording.objects.filter(
            provision__version=version
        ).values_list("provision__eid", "language", "pk", "provision_id")
    }
    stored = dict(version.provisions.values_list("eid", "pk"))
    Wording.objects.bulk_update(
        [
            Wording(pk=now[key][0], provision_id=now[key][1], language=key[1], title=title)
            for key, title in known_titles.items()
            if key in now
        ],
        ["title"],
        batch_size=BATCH,
    )
    Wording.objects.bulk_create(
        [
            Wording(provision_id=stored[eid], language=language, title=title)
            for (eid, language), title in known_titles.items()
            if (eid, language) not in now and eid in stored
        ],
        batch_size=BATCH,
    )


def locked(version_id: int) -> Version:
    return (
        Version.objects.select_for_update(of=("self",)).select_related("charter").get(pk=version_id)
    )


@transaction.atomic
def submit(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Hand a draft to whoever publishes. Raises Refused when rules.may_submit says no."""
    version = locked(version_id)
    held = powers_at(by, at)
    require(rules.may_submit(version, by, held, provisions=version.provisions.count()))
    propose_successions(version)
    before = version.state
    version.state, version.submitted_at = VersionState.SUBMITTED, at
    version.return_reason = ""
    version.save(update_fields=["state", "submitted_at", "return_reason"])
    record(
        "charter.submitted",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PREPARE),
        before={"state": before},
        after={"state": version.state},
        at=at,
    )
    return version


@transaction.atomic
def return_(version_id: int, *, by: "Person", reason: str, at: datetime) -> Version:
    """Give a draft back with a reason. Raises Refused when rules.may_return says no."""
    version = locked(version_id)
    held = powers_at(by, at)
    require(rules.may_return(version, by, held, reason=reason))
    version.state, version.return_reason = VersionState.RETURNED, reason.strip()
    version.save(update_fields=["state", "return_reason"])
    record(
        "charter.returned",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PUBLISH),
        because=reason.strip(),
        after={"state": version.state},
        at=at,
    )
    return version


@transaction.atomic
def publish(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Publish for good: seal it, index it, record it, all or nothing. Raises Refused."""
    version = locked(version_id)
    unconfirmed = version.successions.filter(confirmed=False).count()
    held = powers_at(by, at)
    require(rules.may_publish(version, by, held, unconfirmed=unconfirmed))
    version.digest = digest(version)
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, at, by
    version.save(update_fields=["state", "published_at", "published_by", "digest"])
    if before := reading.previous(version):
        carry(before, version)
    index(version)
    record(
        "charter.published",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PUBLISH),
        after={
            "charter": version.charter.slug,
            "version": version.number,
            "digest": version.digest,
        },
        at=at,
    )
    return version


@transaction.atomic
def discard(version_id: int, *, by: "Person", at: datetime) -> Version:
    """Give a draft up. Its number stays used; its text stays readable to preparers."""
    version = locked(version_id)
    held = powers_at(by, at)
    require(rules.may_discard(version, by, held))
    version.state = VersionState.DISCARDED
    version.save(update_fields=["state"])
    record(
        "charter.discarded",
        subject=version,
        by=by,
        mandate=held.mandate(rights.PREPARE),
        after={"state": version.state},
        at=at,
    )
    return version
