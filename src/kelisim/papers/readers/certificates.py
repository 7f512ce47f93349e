"""Certificates of authorities as they are given out: DER, or PEM with one or several."""

from asn1crypto import pem

from kelisim.papers.trees.authorities import Authority, authority
from kelisim.refusals import Refusal, Refused

FAULTS = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def read(data: bytes, *, name: str) -> list[Authority]:
    """Every certificate of a file. Raises Refused with the name of a file that holds none."""
    try:
        ders = (
            [der for kind, _headers, der in pem.unarmor(data, multiple=True) if "CERT" in kind]
            if pem.detect(data)
            else [data]
        )
        found = [authority(der) for der in ders]
    except FAULTS:
        found = []
    if not found:
        raise Refused(Refusal("papers.certificate_unreadable", file=name))
    return found
