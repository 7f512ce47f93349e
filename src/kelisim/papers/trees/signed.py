"""A signed file as it was read, and what its verification found. No personal number is in either.

A finding is a `Refusal`: a code whose sentence says why a signature is not taken for verified. Its
place is `stamp` where it is about the time stamp, and empty where it is about the signature.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import x509

from kelisim.papers.states import SignatureState
from kelisim.refusals import Refusal

# Twelve digits are a personal or a business number, whatever stands between or before them.
NUMBER = re.compile(r"(?:\b(?:IIN|BIN|ИИН|БИН|ЖСН|БСН)\W*)?\d(?:[\s\-.]?\d){11,}", re.IGNORECASE)
STAMP = "stamp"


def without_numbers(text: str) -> str:
    """The text without anything that may be a personal number."""
    return " ".join(NUMBER.sub("", text).split())


@dataclass(frozen=True, slots=True)
class Signed:
    """A container as it came, with what was signed: its own content or the file beside it.

    The bytes are kept out of `repr`: certificates hold the numbers of people.
    """

    container: bytes = field(repr=False)
    der: bytes = field(repr=False)
    content: bytes = field(repr=False)
    detached: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names. The name of a person is for the desk, never for the public."""

    organisation: str = ""
    post: str = ""
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature of a container: whose, when, and why it is not verified."""

    holder: Holder
    certificate: str
    signed_at: datetime | None
    stamped_at: datetime | None
    findings: tuple[Refusal, ...]
    notes: tuple[Refusal, ...]
    broken: bool

    @property
    def state(self) -> SignatureState:
        if self.broken:
            return SignatureState.BROKEN
        return SignatureState.NOT_VERIFIED if self.findings else SignatureState.VERIFIED


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of a whole container: it is as good as the worst of its signatures."""

    signers: tuple[Signer, ...]
    checked_with: tuple[str, ...]

    @property
    def state(self) -> SignatureState:
        found = {signer.state for signer in self.signers} or {SignatureState.NOT_VERIFIED}
        return next(
            state
            for state in (
                SignatureState.BROKEN,
                SignatureState.NOT_VERIFIED,
                SignatureState.VERIFIED,
            )
            if state in found
        )

    @property
    def stamped_at(self) -> datetime | None:
        """The last moment at which somebody's signature is known to have been there."""
        return max((one.stamped_at for one in self.signers if one.stamped_at), default=None)


def holder(certificate: x509.Certificate) -> Holder:
    """Organisation, post and common name of a certificate's subject, without numbers."""
    said: dict[str, str] = {}
    for name in certificate.subject.chosen:
        for part in name:
            words = without_numbers(str(part["value"].native))
            said.setdefault(part["type"].native, words)
    return Holder(
        organisation=said.get("organization_name", ""),
        post=said.get("title", ""),
        name=said.get("common_name", ""),
    )


def stored(signer: Signer) -> dict[str, Any]:
    """What is kept of one signature's check: codes and moments, nothing that its holder is."""
    return {
        "state": signer.state.value,
        "signed_at": signer.signed_at.isoformat() if signer.signed_at else None,
        "stamped_at": signer.stamped_at.isoformat() if signer.stamped_at else None,
        "findings": [written(each) for each in signer.findings],
        "notes": [written(each) for each in signer.notes],
    }


def written(finding: Refusal) -> dict[str, Any]:
    return {"code": finding.code, "place": finding.place, "facts": dict(finding.facts)}


def told(finding: dict[str, Any]) -> Refusal:
    """A finding as it was stored."""
    return Refusal(finding["code"], place=finding["place"], **finding["facts"])
