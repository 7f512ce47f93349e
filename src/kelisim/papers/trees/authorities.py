"""What an authority's certificate says of itself. A certificate of a person is none."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from asn1crypto import x509

from kelisim.papers.states import CertificateRole
from kelisim.papers.trees.signed import holder


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate that an operator brings, and what it may be trusted for."""

    der: bytes = field(repr=False)
    sha256: str
    subject: str
    not_before: datetime
    not_after: datetime
    roles: tuple[CertificateRole, ...]


def authority(der: bytes) -> Authority:
    """Read a certificate; ValueError when it is none."""
    certificate = x509.Certificate.load(der, strict=True)
    whom = holder(certificate)
    purposes = certificate.extended_key_usage_value
    roles = []
    if certificate.ca:
        rooted = certificate.subject == certificate.issuer
        roles = [CertificateRole.INTERMEDIATE, CertificateRole.ANCHOR]
        roles = roles[::-1] if rooted else roles
    elif purposes is not None and "time_stamping" in purposes.native:
        roles = [CertificateRole.TSA]
    return Authority(
        der=der,
        sha256=sha256(der).hexdigest(),
        subject=", ".join(dict.fromkeys(filter(None, (whom.name, whom.organisation))))[:300],
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        roles=tuple(roles),
    )
