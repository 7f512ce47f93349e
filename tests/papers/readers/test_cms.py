"""A signed file in every form in which it comes, and every fault by its name."""

import base64

import pytest
from asn1crypto import cms as asn1

from kelisim.papers.readers.cms import read
from kelisim.refusals import Refused
from tests.papers.readers.authority import TEXT, authority


def codes(*files):
    with pytest.raises(Refused) as refused:
        read(*files)
    return [(each.code, each.place) for each in refused.value.refusals]


def armoured(der, label=b"CMS"):
    return (
        b"-----BEGIN " + label + b"-----\r\n"
        + base64.encodebytes(der).replace(b"\n", b"\r\n")
        + b"-----END " + label + b"-----\r\n"
    )  # fmt: skip


@pytest.fixture(scope="module")
def attached():
    return authority().sign()


@pytest.fixture(scope="module")
def detached():
    return authority().sign(detached=True)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lambda der: der, id="der"),
        pytest.param(base64.b64encode, id="base64"),
        pytest.param(base64.encodebytes, id="base64 in lines"),
        pytest.param(lambda der: b"\xef\xbb\xbf" + base64.b64encode(der), id="with a mark"),
        pytest.param(armoured, id="pem"),
        pytest.param(lambda der: armoured(der, b"PKCS7"), id="pem of pkcs7"),
    ],
)
def test_a_container_is_read_in_every_form_and_kept_as_it_came(form, attached):
    came = form(attached)
    signed = read(came)
    assert (signed.container, signed.der) == (came, attached)
    assert (signed.content, signed.detached) == (TEXT, False)


def test_a_detached_signature_is_read_with_the_file_beside_it(detached):
    signed = read(detached, TEXT)
    assert (signed.content, signed.detached) == (TEXT, True)


def test_a_container_of_indefinite_lengths_is_read(attached):
    """As Java's libraries write it (BER)."""
    info = asn1.ContentInfo.load(attached)
    inside = info["content_type"].dump() + info["content"].dump()
    ber = b"\x30\x80" + inside + b"\x00\x00"
    assert ber != attached
    assert read(ber).content == TEXT


def test_the_same_content_beside_an_attached_one_is_no_fault(attached):
    assert read(attached, TEXT).detached is False


def test_what_is_no_container_is_named(attached, detached):
    assert codes(b"  \n") == [("papers.signed_empty", "container")]
    assert codes("Хаттама".encode()) == [("papers.signed_not_cms", "container")]
    assert codes(b"%PDF-1.7 ...") == [("papers.signed_not_cms", "container")]
    assert codes(authority().root.pem) == [("papers.signed_not_cms", "container")]
    assert codes(authority().root.der) == [("papers.signed_not_cms", "container")]
    assert codes(base64.b64encode(b"Xattama")) == [("papers.signed_not_cms", "container")]


def test_what_is_cut_off_is_named(attached):
    assert codes(attached[:-7]) == [("papers.signed_truncated", "container")]
    assert codes(base64.b64encode(attached)[:-7]) == [("papers.signed_truncated", "container")]
    assert codes(armoured(attached)[:-40]) == [("papers.signed_truncated", "container")]


def test_what_goes_on_after_its_end_is_named(attached):
    assert codes(attached + b"more") == [("papers.signed_goes_on", "container")]


def test_a_signature_without_its_content_is_named(detached):
    assert codes(detached) == [("papers.signed_without_content", "content")]


def test_another_file_beside_an_attached_content_is_named(attached):
    assert codes(attached, b"another") == [("papers.signed_other_content", "content")]


def test_a_container_that_nobody_signed_is_named(attached):
    info = asn1.ContentInfo.load(attached)
    info["content"]["signer_infos"] = []
    assert codes(info.dump(force=True)) == [("papers.signed_by_nobody", "container")]


def test_much_white_space_is_read_at_once():
    assert codes(b"A" + b"\n" * 2_000_000 + b"!") == [("papers.signed_not_cms", "container")]
