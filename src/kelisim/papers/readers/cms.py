"""A signed file: CMS (PKCS #7) as DER or BER, as PEM, or as base64 text.

Nothing is verified here: what can be read is read, and what cannot is named. The bytes come from
strangers, so any fault of the libraries below is a fault of the file, and its text, which may hold
what stands in a certificate, goes nowhere.
"""

import base64
import binascii
import re

from asn1crypto import cms, core, parser

from kelisim.papers.trees.containers import exact
from kelisim.papers.trees.signed import Signed
from kelisim.refusals import Refusal, Refused

SEQUENCE = 0x30
ARMOUR = re.compile(
    rb"-----BEGIN (PKCS7|CMS|PKCS #7 SIGNED DATA)-----(.*?)-----END \1-----\s*\Z", re.DOTALL
)
BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def read(container: bytes, content: bytes | None = None) -> Signed:
    """Read a container, with the file beside it when it holds no content of its own.

    Raises Refused with the reason; the place is the field of the form that it concerns.
    """
    der = unwrapped(container)
    whole(der)
    try:
        signed_data = opened(der)
        inner = signed_data["encap_content_info"]["content"]
        held = None if isinstance(inner, core.Void) else bytes(inner)
        nobody = not list(signed_data["signer_infos"])
    except Refused:
        raise
    except Exception:  # noqa: BLE001  (whatever hostile bytes make of the parser)
        raise Refused(Refusal("papers.signed_not_cms", place="container")) from None
    if nobody:
        raise Refused(Refusal("papers.signed_by_nobody", place="container"))
    if held is None and content is None:
        raise Refused(Refusal("papers.signed_without_content", place="content"))
    if held is not None and content is not None and held != content:
        raise Refused(Refusal("papers.signed_other_content", place="content"))
    given = held if held is not None else content
    return Signed(container, der, given or b"", detached=held is None)


def unwrapped(data: bytes) -> bytes:
    """The binary container inside its text, where it came as text."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        raise Refused(Refusal("papers.signed_empty", place="container"))
    if data[0] == SEQUENCE:
        return data
    if text.startswith(b"-----BEGIN "):
        found = ARMOUR.match(text)
        if found is None:
            if b"-----END " not in text:
                raise Refused(Refusal("papers.signed_truncated", place="container"))
            raise Refused(Refusal("papers.signed_not_cms", place="container"))
        text = found[2]
    text = b"".join(text.split())
    if not BASE64.fullmatch(text):
        raise Refused(Refusal("papers.signed_not_cms", place="container"))
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise Refused(Refusal("papers.signed_truncated", place="container")) from None


def whole(der: bytes) -> None:
    """Refuse what is cut off, and what goes on after the end."""
    if not der or der[0] != SEQUENCE:
        raise Refused(Refusal("papers.signed_not_cms", place="container"))
    try:
        length = parser.peek(der)
    except ValueError:
        raise Refused(Refusal("papers.signed_truncated", place="container")) from None
    if length < len(der):
        raise Refused(Refusal("papers.signed_goes_on", place="container"))


def opened(der: bytes) -> cms.SignedData:
    """The signed data of a container."""
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data" or not exact(info):
        raise Refused(Refusal("papers.signed_not_cms", place="container"))
    return info["content"]
