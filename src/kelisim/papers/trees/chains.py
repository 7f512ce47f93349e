"""Whether a signed file is what it says: arithmetic, time stamp, chain. No network, no clock.

pyHanko and its certificate validator do the cryptography. What is decided here is what their
answers mean to an office: *broken* only when the arithmetic does not come out, *verified* only when
nothing at all is left to say against it, *not verified* with its reasons otherwise. Parts of a
container that no signature covers could be altered unseen, so they must be as the standard (RFC
5652) says: no algorithm is named that is not used, no certificate that no installed root vouches
for, no addition but the time stamp.

A certificate is judged at the moment of a verified time stamp, else at the moment `at` at which the
file was received, which the ledger proves.
"""

import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.utils import DEFAULT_ALGORITHM_USAGE_POLICY as POLICY
from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from kelisim.papers.trees.containers import (
    FAULTS,
    bundled,
    exact,
    named,
    oid,
    signed_at,
    unknown_algorithm,
    unsigned,
)
from kelisim.papers.trees.signed import STAMP, Signed, Signer, Verification
from kelisim.refusals import Refusal

# These libraries log whom a certificate names, with their number: such words go nowhere.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).addHandler(logging.NullHandler())
    logging.getLogger(name).propagate = False

SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
STAMPING = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, extd_key_usage={"time_stamping"}
)
NULL = core.Null().dump()
TIME_STAMP = "signature_time_stamp_token"
REASONS: tuple[tuple[type[Exception], Refusal], ...] = (
    (errors.ExpiredError, Refusal("papers.certificate_expired")),
    (errors.NotYetValidError, Refusal("papers.certificate_not_yet")),
    (errors.RevokedError, Refusal("papers.certificate_revoked")),
    (errors.InsufficientRevinfoError, Refusal("papers.revocation_unknown")),
    (errors.DisallowedAlgorithmError, Refusal("papers.algorithm_weak")),
    (errors.PathBuildingError, Refusal("papers.chain_unknown")),
    (errors.InvalidCertificateError, Refusal("papers.chain_unknown")),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a connector brought about revocation: lists and answers, each as its DER."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Trust:
    """The certificates that the operator installed, each as its DER."""

    anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    stamping: tuple[bytes, ...] = ()

    @cached_property
    def all(self) -> frozenset[bytes]:
        return frozenset(self.anchors + self.intermediates + self.stamping)

    def roots(self, usage: KeyUsageConstraints) -> list[x509.Certificate]:
        """What may end a chain: for stamps also the authorities that only stamp."""
        ders = self.anchors + (self.stamping if usage is STAMPING else ())
        return [x509.Certificate.load(der) for der in ders]

    def hashes(self) -> tuple[str, ...]:
        return tuple(sorted(sha256(der).hexdigest() for der in self.all))


class Unsupported(Exception):
    """An algorithm that we cannot compute; its text is its name or identifier, nothing else."""


class Validator(DefaultSignatureValidator):
    """Tells what it cannot compute from what does not come out."""

    def validate_signature(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().validate_signature(*args, **kwargs)
        except (errors.AlgorithmNotSupported, errors.DSAParametersUnavailable):
            raise Unsupported from None


def verify(
    signed: Signed, *, trust: Trust, at: datetime, evidence: Evidence | None = None
) -> Verification:
    """Verify every signature of a container that the reader opened."""
    data = cms.ContentInfo.load(signed.der, strict=True)["content"]
    checking = Checking(data, signed.content, trust, at, evidence, SIGNING)
    return Verification(tuple(checking.signers()), trust.hashes())


def drive[T](coroutine: Coroutine[Any, Any, T]) -> T:
    """Run what has nothing to wait for. Were it to wait, it would be for a network: refused."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    coroutine.close()
    raise RuntimeError("Verification waits for nothing.")


@dataclass(frozen=True)
class Checking:
    """One set of signatures over one content: of a signed file, or of a time stamp."""

    data: cms.SignedData
    content: bytes
    trust: Trust
    at: datetime
    evidence: Evidence | None
    usage: KeyUsageConstraints

    @cached_property
    def bundled(self) -> list[x509.Certificate]:
        return bundled(self.data)

    def signers(self) -> list[Signer]:
        """Every signature, checked; what is wrong with the container is said of each."""
        return [self.signer(info) for info in self.data["signer_infos"]]

    def signer(self, info: cms.SignerInfo) -> Signer:
        certificate, whom = named(self.data, info)
        findings: list[Refusal] = []
        notes: list[Refusal] = []
        broken = False
        stamped_at = None
        try:
            if foreign := unknown_algorithm(info, certificate):
                findings.append(Refusal("papers.algorithm_unknown", oid=foreign))
            elif certificate is None:
                findings.append(Refusal("papers.signer_unknown"))
            else:
                wrong = self.arithmetic(info, certificate)
                broken = bool(wrong)
                findings += [wrong] if wrong else []
                if not self.regular(info):
                    findings.append(Refusal("papers.signed_irregular"))
                if not broken:
                    stamped_at, said = self.stamp(info)
                    findings += said
                    if stamped_at is None and not said and self.usage is SIGNING:
                        notes.append(Refusal("papers.no_stamp"))
                    findings += self.chain(info, certificate, stamped_at or self.at)
        except Unsupported:
            findings.append(
                Refusal("papers.algorithm_unknown", oid=oid(info["signature_algorithm"]))
            )
        except FAULTS:
            findings.append(Refusal("papers.signed_irregular"))
        if self.evidence is None:
            notes.append(Refusal("papers.revocation_unchecked"))
        return Signer(
            holder=whom,
            certificate=sha256(certificate.dump()).hexdigest() if certificate else "",
            signed_at=signed_at(info),
            stamped_at=stamped_at,
            findings=once(findings),
            notes=tuple(notes),
            broken=broken,
        )

    def arithmetic(self, info: cms.SignerInfo, certificate: x509.Certificate) -> Refusal | None:
        """Whether digest and signature come out; the finding is that they do not."""
        digest = hashes.Hash(get_pyca_cryptography_hash(oid(info["digest_algorithm"])))
        digest.update(self.content)
        intact, valid = validate_sig_integrity(
            info,
            certificate,
            expected_content_type=self.data["encap_content_info"]["content_type"].native,
            actual_digest=digest.finalize(),
            sig_validator=Validator(),
        )
        if not valid:
            return Refusal("papers.signature_wrong")
        return None if intact else Refusal("papers.content_changed")

    def regular(self, info: cms.SignerInfo) -> bool:
        """Whether the parts that no signature covers are as the standard says they must be."""
        kind = self.data["encap_content_info"]["content_type"].native
        keyed = info["sid"].name != "issuer_and_serial_number"
        any_keyed = any(
            each["sid"].name != "issuer_and_serial_number" for each in self.data["signer_infos"]
        )
        named = [*self.data["digest_algorithms"]]
        used = {oid(each["digest_algorithm"]) for each in self.data["signer_infos"]}
        plain = [*named, info["digest_algorithm"]]
        if "pss" not in oid(info["signature_algorithm"]):
            plain.append(info["signature_algorithm"])
        inner = self.data["encap_content_info"]
        return (
            exact(self.data, inner, info, *plain, *unsigned(info))
            and info["version"].native == ("v3" if keyed else "v1")
            and self.data["version"].native == ("v3" if any_keyed or kind != "data" else "v1")
            and {oid(each) for each in named} == used
            and len(named) == len(used)
            and all(each["parameters"].dump() in {b"", NULL} for each in plain)
            and isinstance(self.data["crls"], core.Void)
            and (kind == "data" or not isinstance(info["signed_attrs"], core.Void))
            and {each["type"].native for each in unsigned(info)} <= {TIME_STAMP}
        )

    def stamp(self, info: cms.SignerInfo) -> tuple[datetime | None, list[Refusal]]:
        """The moment of a time stamp that stands, and what is said against stamps that do not."""
        moments, said = [], []
        for attribute in unsigned(info):
            if attribute["type"].native != TIME_STAMP:
                continue
            for token in attribute["values"]:
                try:
                    moment, found = self.token(token, info["signature"].native)
                except FAULTS:
                    moment, found = None, [Refusal("papers.signed_irregular", place=STAMP)]
                moments += [moment] if moment and not found else []
                said += found
        return (min(moments, default=None), said)

    def token(
        self, token: cms.ContentInfo, signature: bytes
    ) -> tuple[datetime | None, list[Refusal]]:
        """One time-stamp token (RFC 3161): over this signature, by an authority that we know."""
        if token["content_type"].native != "signed_data" or not exact(token):
            raise ValueError
        data = token["content"]
        told = bytes(data["encap_content_info"]["content"])
        info = tsp.TSTInfo.load(told, strict=True)
        checking = Checking(data, told, self.trust, self.at, self.evidence, STAMPING)
        signers = checking.signers()
        if len(signers) != 1 or data["encap_content_info"]["content_type"].native != "tst_info":
            raise ValueError
        said = [
            Refusal(each.code, place=STAMP, **each.facts)
            for each in signers[0].findings
            if each.code not in {"papers.content_changed", "papers.signature_wrong"}
        ]
        imprint = info["message_imprint"]
        digest = hashes.Hash(get_pyca_cryptography_hash(oid(imprint["hash_algorithm"])))
        digest.update(signature)
        if signers[0].broken or digest.finalize() != imprint["hashed_message"].native:
            said.append(Refusal("papers.stamp_wrong", place=STAMP))
        moment = info["gen_time"].native
        if moment > self.at:
            said.append(Refusal("papers.stamp_early", place=STAMP))
        return moment, said

    def chain(
        self, info: cms.SignerInfo, certificate: x509.Certificate, moment: datetime
    ) -> list[Refusal]:
        """What is said against the signer's certificate, its use, and others that came along."""
        said = []
        key = certificate.public_key
        if not (
            POLICY.digest_algorithm_allowed(info["digest_algorithm"], moment)
            and POLICY.signature_algorithm_allowed(info["signature_algorithm"], moment, key)
        ):
            said.append(Refusal("papers.algorithm_weak"))
        if found := self.path(certificate, moment):
            return [*said, found]
        try:
            self.usage.validate(certificate)
        except errors.InvalidCertificateError:
            said.append(Refusal("papers.certificate_for_other_use"))
        if not all(self.vouched(each, moment) for each in self.bundled):
            said.append(Refusal("papers.certificate_stranger"))
        return said

    def vouched(self, certificate: x509.Certificate, moment: datetime) -> bool:
        """Whether a certificate that came along is installed, or leads to one that is."""
        return certificate.dump() in self.trust.all or not self.path(
            certificate, moment, revocation=False
        )

    def path(
        self, certificate: x509.Certificate, moment: datetime, *, revocation: bool = True
    ) -> Refusal | None:
        """Whether a chain leads from a certificate to an installed root, valid at a moment."""
        roots = self.trust.roots(self.usage)
        if not roots:
            return Refusal("papers.no_roots")
        known = [x509.Certificate.load(der) for der in self.trust.intermediates]
        evidence = self.evidence if revocation else None
        context = ValidationContext(
            trust_roots=roots,
            other_certs=[*known, *self.bundled],
            moment=moment,
            allow_fetching=False,
            crls=evidence.crls if evidence else None,
            ocsps=evidence.ocsps if evidence else None,
            revocation_mode="require" if evidence else "soft-fail",
        )
        try:
            drive(
                CertificateValidator(certificate, validation_context=context).async_validate_path()
            )
        except (errors.PathError, errors.ValidationError) as fault:
            said = (finding for kind, finding in REASONS if isinstance(fault, kind))
            return next(said, Refusal("papers.chain_wrong"))
        except UnsupportedAlgorithm:
            return Refusal("papers.chain_wrong")
        return None


def once(findings: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Each finding once, in the order in which they were found."""
    return tuple({(each.code, each.place): each for each in findings}.values())
