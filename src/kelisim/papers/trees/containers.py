"""The parts of a container: whose certificate a signature names, with which algorithms."""

from collections.abc import Iterable
from datetime import datetime

from asn1crypto import algos, cms, core, keys, parser, x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from kelisim.papers.trees.signed import Holder, Signed, holder

# Whatever hostile bytes make of the libraries below; a fault of ours would show in the tests.
FAULTS = (ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError)


def holders(signed: Signed) -> list[Holder]:
    """Whom the signatures of a container name, in the order of `verify`; nothing is verified."""
    data = cms.ContentInfo.load(signed.der, strict=True)["content"]
    return [named(data, info)[1] for info in data["signer_infos"]]


def named(data: cms.SignedData, info: cms.SignerInfo) -> tuple[x509.Certificate | None, Holder]:
    """The signer's certificate and whom it names, as far as they can be read."""
    try:
        certificate = next((one for one in bundled(data) if whose(one, info["sid"])), None)
        return certificate, holder(certificate) if certificate else Holder()
    except FAULTS:
        return None, Holder()


def bundled(data: cms.SignedData) -> list[x509.Certificate]:
    """The certificates inside; one of FAULTS when something else is there or they are no DER."""
    if isinstance(data["certificates"], core.Void):
        return []
    found = []
    for choice in data["certificates"]:
        if choice.name != "certificate":
            raise ValueError
        certificate = x509.Certificate.load(choice.chosen.untag().dump(), strict=True)
        inner = certificate["tbs_certificate"]["signature"].dump()
        unused_bits = certificate["signature_value"].contents[0]
        if certificate["signature_algorithm"].dump() != inner or unused_bits:
            raise ValueError
        found.append(certificate)
    return found


def whose(certificate: x509.Certificate, sid: cms.SignerIdentifier) -> bool:
    """Whether a signature names this certificate: byte for byte, not by a likeness of names."""
    if sid.name != "issuer_and_serial_number":
        return bool(certificate.key_identifier == sid.chosen.native)
    serial = certificate["tbs_certificate"]["serial_number"].dump()
    return bool(
        certificate.issuer.dump() == sid.chosen["issuer"].dump()
        and serial == sid.chosen["serial_number"].dump()
    )


def oid(algorithm: core.Sequence) -> str:
    """An algorithm's name where it has one, else its identifier."""
    return str(algorithm["algorithm"].native)


def unknown_algorithm(info: cms.SignerInfo, certificate: x509.Certificate | None) -> str:
    """The first algorithm that we cannot compute (GOST R 34.10-2015, Kazakhstan's own); or ''."""
    digest = oid(info["digest_algorithm"])
    try:
        get_pyca_cryptography_hash(digest)
    except (AttributeError, ValueError, NotImplementedError):
        return str(info["digest_algorithm"]["algorithm"].dotted)
    if not signs(info["signature_algorithm"]):
        return str(info["signature_algorithm"]["algorithm"].dotted)
    if certificate is None:
        return ""
    key = certificate["tbs_certificate"]["subject_public_key_info"]
    return "" if computable(key) else str(key["algorithm"]["algorithm"].dotted)


def signs(algorithm: algos.SignedDigestAlgorithm) -> bool:
    """Whether a signature algorithm has a name that the libraries know."""
    try:
        return bool(algorithm.signature_algo)
    except ValueError:
        return False


def computable(key: keys.PublicKeyInfo) -> bool:
    """Whether the libraries can load a public key."""
    if key["algorithm"]["algorithm"].native == "rsassa_pss":
        return True
    try:
        load_der_public_key(key.dump())
    except (UnsupportedAlgorithm, ValueError):
        return False
    return True


def unsigned(info: cms.SignerInfo) -> Iterable[cms.CMSAttribute]:
    """The attributes that the signature does not cover."""
    attributes = info["unsigned_attrs"]
    return () if isinstance(attributes, core.Void) else attributes


def exact(*sequences: core.Sequence) -> bool:
    """Whether nothing stands in these but their known fields: what is not known is passed over."""
    return all(
        parts(each.contents) == sum(not isinstance(each[name], core.Void) for name in each)
        for each in sequences
    )


def parts(contents: bytes) -> int:
    """How many values follow one another."""
    count = at = 0
    while at < len(contents):
        at += parser.peek(contents[at:])
        count += 1
    return count


def signed_at(info: cms.SignerInfo) -> datetime | None:
    """When the signer says that they signed: nobody vouches for it."""
    try:
        return extract_self_reported_ts(info)
    except FAULTS:
        return None
