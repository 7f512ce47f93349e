"""A small invented authority: a root, an intermediate, signers, a stamping authority, lists."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kelisim.papers.trees.chains import Trust

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAMPED = AT - timedelta(hours=1)
# Invented: nobody's number begins with the 99th month.
PERSONAL = "999999300123"
TEXT = "Хаттама: шешім қабылданды.\n".encode()


class Holder:
    """A key and its certificate."""

    def __init__(self, key, certificate) -> None:
        self.key, self.certificate = key, certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self):
        return asn1.Certificate.load(self.der)

    @property
    def asn1_key(self):
        return keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


@cache
def key(kind: str, name: str):
    """A key of a kind, made once for each name."""
    if kind == "rsa":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def issue(
    name: str,
    *,
    by: Holder | None = None,
    kind: str = "ec",
    authority: bool = False,
    organisation: str = "Келісім орталығы (ойдан)",
    post: str = "",
    number: str = "",
    purpose=None,
    since: datetime = AT - timedelta(days=300),
    until: datetime = AT + timedelta(days=300),
) -> Holder:
    """Issue a certificate; without an issuer it signs itself."""
    own = key(kind, name)
    parts = [(NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation)]
    parts += [(NameOID.TITLE, post)] if post else []
    if number:
        parts += [
            (NameOID.SERIAL_NUMBER, f"IIN{number}"),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{number}"),
        ]
    subject = x509.Name([x509.NameAttribute(kind, words) for kind, words in parts])
    build = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    )
    if by:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        build = build.add_extension(above, critical=False)
    if purpose:
        build = build.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return Holder(own, build.sign(by.key if by else own, hashes.SHA256()))


def usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


class Authority:
    """The whole of it, with the trust that an operator would install."""

    def __init__(self) -> None:
        self.root = issue("Root of the invented", kind="rsa", authority=True)
        self.intermediate = issue("Intermediate of the invented", by=self.root, authority=True)
        self.stamping = issue(
            "Stamps", kind="rsa", by=self.intermediate, purpose=Purpose.TIME_STAMPING
        )
        self.signer = self.person("Айгүл Үлгіова")
        self.other = self.person("Пример Примеров", kind="rsa")
        self.trust = Trust(anchors=(self.root.der,))

    def person(self, name: str, **facts) -> Holder:
        facts = {"by": self.intermediate, "post": "Төраға", "number": PERSONAL, **facts}
        return issue(name, **facts)

    def sign(
        self,
        content: bytes = TEXT,
        *,
        by: Holder | None = None,
        detached: bool = False,
        stamped_at: datetime | None = STAMPED,
        chain: tuple[Holder, ...] | None = None,
        stamping: Holder | None = None,
        digest: str = "sha256",
    ) -> bytes:
        """A container as a signing program gives it: DER."""
        who = by or self.signer
        chain = (self.intermediate,) if chain is None else chain
        store = SimpleCertificateStore()
        store.register_multiple([each.asn1 for each in chain])
        stamper = None
        if stamped_at:
            authority = stamping or self.stamping
            above = SimpleCertificateStore()
            above.register_multiple([each.asn1 for each in chain])
            stamper = DummyTimeStamper(
                authority.asn1, authority.asn1_key, certs_to_embed=above, fixed_dt=stamped_at
            )
        signer = SimpleSigner(who.asn1, who.asn1_key, store)
        act = signer.async_sign_general_data(
            content, digest, detached=detached, timestamper=stamper
        )
        # In a thread of its own: where a browser is driven, this one has a loop already.
        with ThreadPoolExecutor(1) as pool:
            made = pool.submit(asyncio.run, act).result()
        return made.dump()

    def crl(self, *, by: Holder, revoked: Holder | None = None) -> bytes:
        """A list of what an authority revoked."""
        build = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(by.certificate.subject)
            .last_update(AT - timedelta(days=1))
            .next_update(AT + timedelta(days=1))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()),
                critical=False,
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        if revoked:
            build = build.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(revoked.certificate.serial_number)
                .revocation_date(AT - timedelta(days=2))
                .build()
            )
        return build.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def authority() -> Authority:
    """Made once for all tests: keys take their time."""
    return Authority()


def joined(*containers: bytes) -> bytes:
    """One container with the signatures of several over the same content."""
    first, *others = [cms.ContentInfo.load(each) for each in containers]
    data = first["content"]
    certificates = {each.dump(): each for each in data["certificates"]}
    digests = {each.dump(): each for each in data["digest_algorithms"]}
    infos = list(data["signer_infos"])
    for other in others:
        certificates |= {each.dump(): each for each in other["content"]["certificates"]}
        digests |= {each.dump(): each for each in other["content"]["digest_algorithms"]}
        infos += other["content"]["signer_infos"]
    data["certificates"] = list(certificates.values())
    data["digest_algorithms"] = list(digests.values())
    data["signer_infos"] = infos
    return first.dump(force=True)
