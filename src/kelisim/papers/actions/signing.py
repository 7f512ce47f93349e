"""Signed files are received and checked again; the operator installs certificates."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import OPERATOR, powers_at
from kelisim.ledger.actions import record
from kelisim.papers import rights
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Certificate, Check, Document, Signature
from kelisim.papers.queries.signing import trust
from kelisim.papers.rules import signing as rules
from kelisim.papers.states import CertificateRole
from kelisim.papers.trees.authorities import Authority
from kelisim.papers.trees.chains import Evidence, verify
from kelisim.papers.trees.signed import Signed, Verification, stored, without_numbers
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

CONTAINER = "application/pkcs7-signature"


@transaction.atomic
def receive(
    signed: Signed,
    *,
    body_id: int,
    name: str,
    content_name: str = "",
    content_type: str = "",
    document_id: int | None = None,
    evidence: Evidence | None = None,
    by: "Person | None",
    at: datetime,
) -> Signature:
    """Keep a container as it came, with what it signs, and verify it at this moment.

    `evidence` is what a connector brought about revocation; without it none is checked, and the
    check says so. The ledger notes hashes and the finding, nothing that a certificate says.
    """
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    document = Document.objects.get(pk=document_id) if document_id else None
    held = powers_at(by, at)
    beside = {"content": len(signed.content)} if signed.detached else {}
    require(
        *rules.may_receive(
            held,
            body,
            paper_of=document.body_id if document else None,
            sizes={"container": len(signed.container), **beside},
            most=settings.MAX_UPLOAD_BYTES,
        )
    )
    found = verify(signed, trust=trust(), at=at, evidence=evidence)
    name = without_numbers(name)[-200:] or "signed"
    file = keep(name=name, content=signed.container, media_type=CONTAINER, at=at)
    content = None
    if signed.detached and signed.content:
        content_name = without_numbers(content_name)[-200:] or "content"
        content = keep(name=content_name, content=signed.content, media_type=content_type, at=at)
    signature, made = Signature.objects.get_or_create(
        body=body,
        file=file,
        content=content,
        defaults={
            "document": document,
            "name": name,
            "state": found.state,
            "stamped_at": found.stamped_at,
            "received_at": at,
            "received_by": by,
        },
    )
    if not made:
        raise Refused(Refusal("papers.signed_already", place="container"))
    write(signature, found, number=1, at=at)
    record(
        "papers.signed_file_kept",
        subject=signature,
        by=by,
        mandate=held.mandate(rights.KEEP, body),
        after={
            "sha256": file.sha256,
            "content": sha256(signed.content).hexdigest(),
            "state": found.state.value,
        },
        at=at,
    )
    return signature


def write(signature: Signature, found: Verification, *, number: int, at: datetime) -> Check:
    return Check.objects.create(
        signature=signature,
        number=number,
        state=found.state,
        signers=[stored(each) for each in found.signers],
        checked_with=list(found.checked_with),
        at=at,
    )


@transaction.atomic
def reverify(
    signature_id: int,
    signed: Signed,
    *,
    evidence: Evidence | None = None,
    by: "Person | None",
    at: datetime,
) -> Check | None:
    """Check a kept file again, with the certificates that are installed now.

    Its validity stays a question of the moment when it was stamped or received. What was found
    before stays in the history; None when the same was found, and then nothing is written.
    """
    signature = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent", "file", "content")
        .get(pk=signature_id)
    )
    held = powers_at(by, at)
    require(rules.may_verify(held, signature.body))
    hashes = [sha256(signed.container).hexdigest()]
    kept = [signature.file.sha256]
    if signature.content:
        hashes.append(sha256(signed.content).hexdigest())
        kept.append(signature.content.sha256)
    if hashes != kept:
        raise ValueError("What is checked again is the file that was kept.")
    before = signature.checks.order_by("-number")[0]
    found = verify(signed, trust=trust(), at=signature.received_at, evidence=evidence)
    if [stored(each) for each in found.signers] == before.signers:
        return None
    check = write(signature, found, number=before.number + 1, at=at)
    signature.state, signature.stamped_at = found.state, found.stamped_at
    signature.save(update_fields=["state", "stamped_at"])
    record(
        "papers.signed_file_reverified",
        subject=signature,
        by=by,
        mandate=held.mandate(rights.KEEP, signature.body),
        before={"state": before.state},
        after={"state": found.state.value, "check": check.number},
        at=at,
    )
    return check


@transaction.atomic
def install(
    brought: Authority, *, role: CertificateRole | None = None, at: datetime
) -> Certificate:
    """Trust an authority's certificate: the operator of the server does, at its command line."""
    asked = role or next(iter(brought.roles), CertificateRole.ANCHOR)
    installed = Certificate.objects.filter(sha256=brought.sha256).exists()
    require(rules.may_install(brought, asked, installed=installed))
    certificate = Certificate.objects.create(
        sha256=brought.sha256,
        subject=brought.subject,
        role=asked,
        not_before=brought.not_before,
        not_after=brought.not_after,
        der=brought.der,
        installed_at=at,
    )
    record(
        "papers.certificate_installed",
        subject=certificate,
        by=None,
        mandate=OPERATOR,
        after={"sha256": brought.sha256, "role": asked.value},
        at=at,
    )
    return certificate


@transaction.atomic
def remove(beginning: str, *, at: datetime) -> str:
    """Trust a certificate no more; it is named by the beginning of its hash. Gives the hash."""
    found = list(
        Certificate.objects.select_for_update().filter(sha256__startswith=beginning.lower())[:2]
    )
    if not beginning or len(found) != 1:
        raise Refused(Refusal("papers.certificate_not_one", given=beginning))
    [certificate] = found
    record(
        "papers.certificate_removed",
        subject=certificate,
        by=None,
        mandate=OPERATOR,
        before={"sha256": certificate.sha256, "role": certificate.role},
        at=at,
    )
    certificate.delete()
    return certificate.sha256
