"""What verification finds: verified, not verified with its reason, broken."""

import logging
from datetime import timedelta

import pytest
from asn1crypto import algos, cms, core
from cryptography import x509
from hypothesis import example, given, settings
from hypothesis import strategies as some

from kelisim.papers.readers.cms import read
from kelisim.papers.trees.chains import Evidence, Trust, verify
from kelisim.papers.trees.containers import holders
from kelisim.papers.trees.signed import stored, without_numbers
from kelisim.refusals import Refused
from tests.papers.readers.authority import (
    AT,
    PERSONAL,
    STAMPED,
    TEXT,
    authority,
    issue,
    joined,
)

HOUSE = authority()


def check(container, content=None, *, trust=HOUSE.trust, at=AT, evidence=None):
    return verify(read(container, content), trust=trust, at=at, evidence=evidence)


def codes(found, *, signer=0):
    return [(each.code, each.place) for each in found.signers[signer].findings]


def notes(found):
    return [each.code for each in found.signers[0].notes]


@pytest.fixture(scope="module")
def attached():
    return HOUSE.sign()


@pytest.mark.parametrize("by", [HOUSE.signer, HOUSE.other], ids=["ec", "rsa"])
@pytest.mark.parametrize("detached", [False, True], ids=["attached", "detached"])
def test_a_good_signature_is_verified_at_the_moment_of_its_stamp(by, detached):
    found = check(HOUSE.sign(by=by, detached=detached), TEXT if detached else None)
    assert (found.state, codes(found)) == ("verified", [])
    assert found.stamped_at == STAMPED
    assert notes(found) == ["papers.revocation_unchecked"]
    assert found.checked_with == HOUSE.trust.hashes()


def test_a_missing_stamp_is_said_and_the_moment_of_receipt_counts():
    found = check(HOUSE.sign(stamped_at=None))
    assert (found.state, found.stamped_at) == ("verified", None)
    assert notes(found) == ["papers.no_stamp", "papers.revocation_unchecked"]


def test_several_signatures_are_each_checked():
    both = joined(HOUSE.sign(), HOUSE.sign(by=HOUSE.other))
    assert [each.state for each in check(both).signers] == ["verified", "verified"]
    stranger = issue("Nobody", by=issue("Unknown root", authority=True))
    mixed = joined(HOUSE.sign(), HOUSE.sign(by=stranger))
    found = check(mixed)
    assert found.state == "not_verified"
    # The set is sorted when it is written: whose is whose is told by the finding.
    unknown = [("papers.chain_unknown", "") in codes(found, signer=each) for each in (0, 1)]
    assert sorted(unknown) == [False, True]


def test_another_content_is_broken():
    found = check(HOUSE.sign(detached=True), TEXT + b" ")
    assert (found.state, codes(found)) == ("broken", [("papers.content_changed", "")])
    info = cms.ContentInfo.load(HOUSE.sign())
    info["content"]["encap_content_info"]["content"] = core.OctetString(b"another")
    assert check(info.dump(force=True)).state == "broken"


def test_another_signature_value_is_broken():
    info = cms.ContentInfo.load(HOUSE.sign(by=HOUSE.other))
    signer = info["content"]["signer_infos"][0]
    value = signer["signature"].native
    signer["signature"] = value[:-1] + bytes([value[-1] ^ 1])
    found = check(info.dump(force=True))
    assert (found.state, codes(found)[0]) == ("broken", ("papers.signature_wrong", ""))


def test_one_broken_signature_breaks_the_whole():
    good, bad = HOUSE.sign(), HOUSE.sign(b"another text")
    found = check(joined(good, bad))
    assert {each.state for each in found.signers} == {"verified", "broken"}
    assert found.state == "broken"


def test_without_installed_roots_nothing_is_verified(attached):
    found = check(attached, trust=Trust())
    assert found.state == "not_verified"
    assert ("papers.no_roots", "") in codes(found)


def test_a_chain_to_an_unknown_root_is_not_verified(attached):
    other = issue("Another root", authority=True)
    found = check(attached, trust=Trust(anchors=(other.der,)))
    assert found.state == "not_verified"
    assert {("papers.chain_unknown", ""), ("papers.chain_unknown", "stamp")} <= set(codes(found))


def test_a_signature_by_a_self_signed_certificate_is_not_verified():
    found = check(HOUSE.sign(by=issue("Myself"), stamped_at=None))
    assert (found.state, codes(found)) == ("not_verified", [("papers.chain_unknown", "")])


def test_an_installed_intermediate_completes_a_chain():
    bare = HOUSE.sign(chain=())
    assert check(bare).state == "not_verified"
    whole = Trust(anchors=(HOUSE.root.der,), intermediates=(HOUSE.intermediate.der,))
    assert check(bare, trust=whole).state == "verified"


def test_a_stamping_authority_may_be_trusted_for_stamps_alone():
    alone = issue("Stamps alone", kind="rsa", purpose=x509.ExtendedKeyUsageOID.TIME_STAMPING)
    made = HOUSE.sign(stamping=alone)
    assert check(made).state == "not_verified"
    trust = Trust(anchors=HOUSE.trust.anchors, stamping=(alone.der,))
    assert check(made, trust=trust).state == "verified"
    signs = Trust(stamping=(HOUSE.root.der,))
    assert ("papers.no_roots", "") in codes(check(HOUSE.sign(), trust=signs))


def test_a_certificate_that_had_expired_when_it_was_stamped_is_not_verified():
    person = HOUSE.person("Late", until=STAMPED - timedelta(days=1))
    found = check(HOUSE.sign(by=person))
    assert (found.state, codes(found)) == ("not_verified", [("papers.certificate_expired", "")])


def test_a_certificate_that_expired_since_its_stamp_is_verified():
    person = HOUSE.person("Then", until=STAMPED + timedelta(minutes=5))
    assert check(HOUSE.sign(by=person)).state == "verified"
    found = check(HOUSE.sign(by=person, stamped_at=None))
    assert codes(found) == [("papers.certificate_expired", "")]


def test_a_certificate_that_was_not_valid_yet_is_not_verified():
    person = HOUSE.person("Soon", since=STAMPED + timedelta(minutes=5))
    assert codes(check(HOUSE.sign(by=person))) == [("papers.certificate_not_yet", "")]


def test_a_stamp_of_a_later_moment_than_the_receipt_is_not_verified():
    found = check(HOUSE.sign(stamped_at=AT + timedelta(days=1)))
    assert (found.state, codes(found)) == ("not_verified", [("papers.stamp_early", "stamp")])


def test_a_stamp_over_another_signature_does_not_count():
    first = cms.ContentInfo.load(HOUSE.sign(b"one"))
    second = cms.ContentInfo.load(HOUSE.sign(b"two"))
    infos = [each["content"]["signer_infos"][0] for each in (first, second)]
    infos[0]["unsigned_attrs"] = infos[1]["unsigned_attrs"]
    found = check(first.dump(force=True))
    assert (found.state, found.stamped_at) == ("not_verified", None)
    assert codes(found) == [("papers.stamp_wrong", "stamp")]


def test_a_person_cannot_stamp():
    found = check(HOUSE.sign(stamping=HOUSE.other))
    assert codes(found) == [("papers.certificate_for_other_use", "stamp")]


def test_an_authority_does_not_sign_papers():
    found = check(HOUSE.sign(by=HOUSE.intermediate, chain=()))
    assert ("papers.certificate_for_other_use", "") in codes(found)


def test_a_weak_digest_is_not_verified():
    found = check(HOUSE.sign(by=HOUSE.other, digest="sha1", stamped_at=None))
    assert (found.state, codes(found)) == ("not_verified", [("papers.algorithm_weak", "")])


def test_a_certificate_that_nobody_vouches_for_is_not_let_by():
    stranger = issue("Came along")
    found = check(HOUSE.sign(chain=(HOUSE.intermediate, stranger)))
    assert ("papers.certificate_stranger", "") in codes(found)


def altered(attached, change):
    info = cms.ContentInfo.load(attached)
    change(info["content"])
    return info.dump(force=True)


def test_a_kazakh_algorithm_is_named_and_not_called_broken(attached):
    def gost(data):
        signer = data["signer_infos"][0]
        signer["signature_algorithm"] = algos.SignedDigestAlgorithm(
            {"algorithm": "1.2.398.3.10.1.1.2.3.2"}
        )

    [finding] = check(altered(attached, gost)).signers[0].findings
    assert (finding.code, finding.facts) == (
        "papers.algorithm_unknown",
        {"oid": "1.2.398.3.10.1.1.2.3.2"},
    )

    def digest(data):
        unknown = algos.DigestAlgorithm({"algorithm": "1.2.398.3.10.1.3.3"})
        data["signer_infos"][0]["digest_algorithm"] = unknown
        data["digest_algorithms"] = [unknown]

    found = check(altered(attached, digest))
    assert found.state == "not_verified"
    assert found.signers[0].findings[0].facts == {"oid": "1.2.398.3.10.1.3.3"}


def test_a_container_without_its_signers_certificate_is_not_verified(attached):
    def bare(data):
        data["certificates"] = [
            each for each in data["certificates"] if each.chosen.dump() == HOUSE.intermediate.der
        ]

    assert codes(check(altered(attached, bare))) == [("papers.signer_unknown", "")]


def test_an_addition_that_no_signature_covers_is_not_let_by(attached):
    def add(data):
        signer = data["signer_infos"][0]
        more = cms.CMSAttribute(
            {"type": "1.2.840.113549.1.9.16.2.24", "values": [core.Sequence.load(b"\x30\x00")]}
        )
        signer["unsigned_attrs"] = cms.CMSAttributes([*signer["unsigned_attrs"], more])

    assert ("papers.signed_irregular", "") in codes(check(altered(attached, add)))


def test_what_a_connector_brings_about_revocation_counts(attached):
    lists = [HOUSE.crl(by=HOUSE.root), HOUSE.crl(by=HOUSE.intermediate)]
    found = check(attached, evidence=Evidence(crls=tuple(lists)))
    assert (found.state, codes(found), notes(found)) == ("verified", [], [])
    lists[1] = HOUSE.crl(by=HOUSE.intermediate, revoked=HOUSE.signer)
    found = check(attached, evidence=Evidence(crls=tuple(lists)))
    assert (found.state, codes(found)) == ("not_verified", [("papers.certificate_revoked", "")])
    found = check(attached, evidence=Evidence(crls=tuple(lists[:1])))
    assert found.state == "not_verified"
    assert ("papers.revocation_unknown", "") in codes(found)


DER = HOUSE.sign()


@settings(max_examples=400)
@given(place=some.integers(0, len(DER) - 1), by=some.integers(1, 255))
def test_one_changed_byte_is_never_verified(place, by):
    changed = bytearray(DER)
    changed[place] ^= by
    try:
        found = check(bytes(changed))
    except Refused:
        return
    assert found.state != "verified"


@settings(max_examples=100)
@given(place=some.integers(0, len(TEXT) - 1), by=some.integers(1, 255))
@example(place=0, by=1)
def test_one_changed_byte_of_the_content_is_broken(place, by):
    changed = bytearray(TEXT)
    changed[place] ^= by
    assert check(DETACHED, bytes(changed)).state == "broken"


DETACHED = HOUSE.sign(detached=True)


@settings(max_examples=200)
@given(some.binary(max_size=300))
def test_any_bytes_are_refused_or_judged(data):
    try:
        check(data, TEXT)
    except Refused:
        return


def test_a_personal_number_is_in_nothing_that_comes_out(attached, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    signed = read(attached)
    assert PERSONAL.encode() in signed.container
    found = [
        verify(signed, trust=trust, at=AT)
        for trust in (HOUSE.trust, Trust(), Trust(anchors=(HOUSE.intermediate.der,)))
    ]
    late = check(HOUSE.sign(by=HOUSE.person("Late too", until=STAMPED - timedelta(days=1))))
    told = [signed, *found, late, holders(signed), [stored(each) for each in found[1].signers]]
    assert PERSONAL not in repr(told)
    assert PERSONAL not in caplog.text + "".join(capfd.readouterr())


def test_the_desk_sees_who_signed_for_whom(attached):
    [whom] = holders(read(attached))
    assert (whom.name, whom.post) == ("Айгүл Үлгіова", "Төраға")
    assert whom.organisation == "Келісім орталығы (ойдан)"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("IIN999999300123", ""),
        ("АБЕНОВ 999999300123", "АБЕНОВ"),
        ("ЖСН: 9999 9930 0123 Төраға", "Төраға"),
        ("2026 жыл, № 12", "2026 жыл, № 12"),
    ],
)
def test_twelve_digits_are_taken_out_of_a_name(text, left):
    assert without_numbers(text) == left
