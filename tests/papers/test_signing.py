"""Signed files are kept as they came, checked again when certificates change, shown on the desk."""

import json
import logging
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kelisim.cli.main import main
from kelisim.ledger.models import Entry
from kelisim.papers import commands
from kelisim.papers.actions import journal, signing
from kelisim.papers.models import Certificate, Check, File, Signature
from kelisim.papers.queries import signing as queries
from kelisim.papers.readers import certificates
from kelisim.papers.readers.cms import read
from kelisim.papers.states import CertificateRole, Direction, PaperKind
from kelisim.papers.trees.authorities import authority as told
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from kelisim.territory.models import Unit
from tests.bodies.people import chair, council, found, leader, officer, person
from tests.papers.readers.authority import AT, PERSONAL, TEXT, authority, issue

pytestmark = pytest.mark.django_db
HOUSE = authority()


@pytest.fixture
def trusted():
    """The operator installed the root."""
    return signing.install(told(HOUSE.root.der), at=AT)


def kept(container, content=None, *, by=None, **facts):
    return signing.receive(
        read(container, content),
        body_id=council().pk,
        name=facts.pop("name", "hattama.cms"),
        by=by,
        at=AT,
        **facts,
    )


def refused(act, *args, **facts):
    with pytest.raises(Refused) as raised:
        act(*args, **facts)
    return [(each.code, each.place) for each in raised.value.refusals]


def counts():
    return [each.objects.count() for each in (File, Signature, Check, Entry)]


def test_a_signed_file_is_kept_as_it_came_and_its_hash_is_in_the_ledger(trusted):
    who = officer()
    container = HOUSE.sign()
    signature = kept(container, by=who)
    assert bytes(signature.file.content) == container
    assert (signature.state, signature.content) == ("verified", None)
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.after["sha256"]) == ("papers.signed_file_kept", signature.file.sha256)
    assert entry.after["state"] == "verified"


def test_a_detached_signature_is_kept_with_what_it_signs(trusted):
    signature = kept(HOUSE.sign(detached=True), TEXT, by=officer(), content_name="hattama.txt")
    assert bytes(signature.content.content) == TEXT
    assert (signature.state, signature.content.name) == ("verified", "hattama.txt")


def test_a_broken_file_is_kept_and_called_broken(trusted):
    signature = kept(HOUSE.sign(detached=True), b"another", by=officer())
    assert signature.state == "broken"
    assert Entry.objects.latest("number").after["state"] == "broken"


def test_the_same_file_is_kept_once(trusted):
    who, container = officer(), HOUSE.sign()
    kept(container, by=who)
    before = counts()
    assert refused(kept, container, by=who) == [("papers.signed_already", "container")]
    assert counts() == before


def test_a_broken_one_may_come_again_with_its_right_content(trusted):
    who, container = officer(), HOUSE.sign(detached=True)
    assert kept(container, b"another", by=who).state == "broken"
    assert kept(container, TEXT, by=who).state == "verified"


def test_only_its_office_keeps_a_signed_file():
    container = HOUSE.sign()
    assert refused(kept, container, by=person("Nobody")) == [("papers.not_keeper", "")]
    assert refused(kept, container, by=leader(found("association", "Dos"))) == [
        ("papers.not_keeper", "")
    ]
    assert Signature.objects.count() == 0


def test_a_signed_file_belongs_to_a_paper_of_the_same_body(trusted):
    who = officer()
    other = found("commission", "Commission", parent=council())
    papers = [
        journal.register(
            body.pk,
            kind=PaperKind.MINUTES,
            direction=Direction.INTERNAL,
            title={"kk": "Хаттама"},
            by=who,
            at=AT,
        )
        for body in (council(), other)
    ]
    container = HOUSE.sign()
    assert refused(kept, container, by=who, document_id=papers[1].pk) == [
        ("papers.paper_of_another", "document")
    ]
    assert kept(container, by=who, document_id=papers[0].pk).document == papers[0]


def test_too_large_files_are_all_named_at_once(settings):
    settings.MAX_UPLOAD_BYTES = 10
    found = refused(kept, HOUSE.sign(detached=True), TEXT, by=officer())
    assert found == [("papers.file_too_large", "container"), ("papers.file_too_large", "content")]


def test_a_certificate_that_comes_later_verifies_what_was_kept_and_the_first_finding_stays():
    signature = kept(HOUSE.sign(), by=officer())
    assert signature.state == "not_verified"
    signing.install(told(HOUSE.root.der), at=AT)
    later = AT + timedelta(days=900)
    check = signing.reverify(signature.pk, read(bytes(signature.file.content)), by=None, at=later)
    signature.refresh_from_db()
    assert (check.number, check.state, signature.state) == (2, "verified", "verified")
    assert [each.state for each in signature.checks.order_by("number")] == [
        "not_verified",
        "verified",
    ]
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.before, entry.after) == (
        "papers.signed_file_reverified",
        {"state": "not_verified"},
        {"state": "verified", "check": 2},
    )


def test_checking_again_with_the_same_finding_writes_nothing(trusted):
    who = officer()
    signature = kept(HOUSE.sign(), by=who)
    before = counts()
    again = signing.reverify(signature.pk, read(bytes(signature.file.content)), by=who, at=AT)
    assert (again, counts()) == (None, before)


def test_another_file_is_not_checked_in_the_place_of_the_kept_one(trusted):
    signature = kept(HOUSE.sign(), by=officer())
    with pytest.raises(ValueError, match="the file that was kept"):
        signing.reverify(signature.pk, read(HOUSE.sign(b"another")), by=None, at=AT)


def test_a_stranger_does_not_check_again(trusted):
    signature = kept(HOUSE.sign(), by=officer())
    signed = read(bytes(signature.file.content))
    assert refused(signing.reverify, signature.pk, signed, by=person("Nobody"), at=AT) == [
        ("papers.not_keeper", "")
    ]


# The operator's certificates


def test_certificates_are_installed_for_what_they_say_that_they_are():
    roles = [
        signing.install(told(each.der), at=AT).role
        for each in (HOUSE.root, HOUSE.intermediate, HOUSE.stamping)
    ]
    assert roles == ["anchor", "intermediate", "tsa"]
    assert queries.trust().anchors == (HOUSE.root.der,)
    acts = Entry.objects.filter(act="papers.certificate_installed")
    assert [each.after["role"] for each in acts] == roles


def test_the_certificate_of_a_person_is_never_installed():
    assert refused(signing.install, told(HOUSE.signer.der), at=AT) == [
        ("papers.certificate_of_person", "")
    ]
    assert Certificate.objects.count() == 0


def test_a_certificate_is_not_trusted_for_another_use_nor_twice(trusted):
    tsa = CertificateRole.TSA
    assert refused(signing.install, told(HOUSE.intermediate.der), role=tsa, at=AT) == [
        ("papers.certificate_other_role", "")
    ]
    assert refused(signing.install, told(HOUSE.root.der), at=AT) == [
        ("papers.certificate_installed_already", "")
    ]


def test_a_file_of_several_certificates_is_read_whole():
    found = certificates.read(HOUSE.root.pem + HOUSE.intermediate.pem, name="kz.pem")
    assert [each.der for each in found] == [HOUSE.root.der, HOUSE.intermediate.der]
    assert certificates.read(HOUSE.root.der, name="kz.cer")[0].sha256 == told(HOUSE.root.der).sha256
    assert refused(certificates.read, b"nothing", name="kz.cer") == [
        ("papers.certificate_unreadable", "")
    ]


def test_the_operator_adds_lists_and_removes_certificates(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("KELISIM_LANGUAGE", "en")
    monkeypatch.setattr("django.setup", lambda **_: None)
    signature = kept(HOUSE.sign(), by=officer())
    file = tmp_path / "authorities.pem"
    file.write_bytes(HOUSE.root.pem + HOUSE.intermediate.pem)
    assert main(["papers", "certificates", "add", str(file)]) == 0
    assert "1 signed file is found otherwise" in capsys.readouterr().out
    signature.refresh_from_db()
    assert signature.state == "verified"
    assert main(["papers", "certificates", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["role"] for each in told] == ["anchor", "intermediate"]
    assert main(["papers", "certificates", "list"]) == 0
    assert "Root of the invented" in capsys.readouterr().out
    assert main(["papers", "certificates", "remove", told[0]["sha256"][:12]]) == 0
    signature.refresh_from_db()
    assert (signature.state, signature.checks.count()) == ("not_verified", 3)
    assert main(["papers", "certificates", "remove", "zz"]) == 1
    assert "exactly one certificate" in capsys.readouterr().err


def test_certificates_are_added_all_or_none(tmp_path):
    file = tmp_path / "mixed.pem"
    file.write_bytes(HOUSE.root.pem + HOUSE.signer.pem)
    assert refused(commands.add, [file], None) == [("papers.certificate_of_person", "")]
    assert Certificate.objects.count() == 0


# Pages


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    return reverse(f"papers:{name}", args=args)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def handed(client, **files):
    return client.post(at("receive"), {"body": council().pk, **files}, follow=True)


def test_an_office_hands_in_a_signed_file_and_gets_it_back_as_it_came(client, trusted):
    go(client, officer())
    container = HOUSE.sign(detached=True)
    page = handed(
        client, container=upload("hattama.p7s", container), content=upload("hattama.txt", TEXT)
    )
    signature = Signature.objects.get()
    words = page.content.decode()
    assert page.redirect_chain == [(at("signature", signature.pk), 302)]
    assert "Айгүл Үлгіова" in words
    assert "Төраға" in words
    file = client.get(at("signature-file", signature.pk))
    assert file.content == container
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(at("signature-content", signature.pk)).content == TEXT


def test_every_problem_is_said_at_once_and_nothing_is_kept(client, trusted):
    go(client, officer())
    before = counts()
    page = client.post(at("receive"), {"body": "", "container": upload("a.cms", b"nothing")})
    assert set(page.context["form"].errors) == {"body", "container"}
    page = client.post(at("receive"), {"body": council().pk})
    assert set(page.context["form"].errors) == {"container"}
    page = handed(client, container=upload("a.p7s", HOUSE.sign(detached=True)))
    assert set(page.context["form"].errors) == {"content"}
    assert counts() == before


def test_the_same_file_again_is_refused_at_its_field(client, trusted):
    go(client, officer())
    container = HOUSE.sign()
    handed(client, container=upload("a.cms", container))
    page = handed(client, container=upload("b.cms", container))
    assert set(page.context["form"].errors) == {"container"}
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_speak_three_languages(client, language):
    who = officer()
    go(client, who)
    signature = kept(HOUSE.sign(), by=who)
    reasons = {"kk": "түбірлік", "ru": "корневые", "en": "No root certificate"}
    with translation.override(language):
        addresses = [at("signature", signature.pk), at("signatures"), at("receive")]
    pages = [client.get(address).content.decode() for address in addresses]
    assert reasons[language] in pages[0]
    for page in pages:
        assert f'<html lang="{language}' in page
        assert ">papers." not in page


def test_a_press_checks_again_and_says_what_came_of_it(client):
    who = officer()
    go(client, who)
    signature = kept(HOUSE.sign(), by=who)
    signing.install(told(HOUSE.root.der), at=AT)
    client.post(at("signature", signature.pk))
    signature.refresh_from_db()
    assert (signature.state, signature.checks.count()) == ("verified", 2)
    client.post(at("signature", signature.pk))
    assert signature.checks.count() == 2


def test_nobody_but_the_office_comes_in(client, trusted):
    signature = kept(HOUSE.sign(), by=officer())
    pages = [
        at("signatures"),
        at("receive"),
        *(at(name, signature.pk) for name in ("signature", "signature-file", "signature-content")),
    ]
    assert {client.get(page).status_code for page in pages} == {302}
    for who in (person("Nobody"), chair(), leader(found("association", "Dos"))):
        go(client, who)
        assert {client.get(page).status_code for page in pages} == {403}


def test_an_office_of_another_territory_does_not_see_it(client, trusted):
    load_territory()
    unit = Unit.objects.filter(parent__isnull=True, exists_to=None).first()
    region = found("regional-assembly", "Region", parent=council(), unit=unit)
    signature = kept(HOUSE.sign(), by=officer())
    go(client, officer("Elsewhere", of=region))
    assert client.get(at("signature", signature.pk)).status_code == 403
    assert client.get(at("signatures")).context["rows"] == []


def test_a_list_asks_as_often_for_three_as_for_thirty(client, trusted):
    who = officer()
    go(client, who)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("signatures")).status_code == 200
        return len(queries)

    for number in range(3):
        kept(HOUSE.sign(f"text {number}".encode(), stamped_at=None), by=who)
    asked()
    few = asked()
    for number in range(3, 30):
        kept(HOUSE.sign(f"text {number}".encode(), stamped_at=None), by=who)
    assert asked() == few


def test_a_personal_number_is_on_no_page_in_no_log_and_not_in_the_ledger(
    client, trusted, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    go(client, officer())
    stranger = issue("Unknown", number=PERSONAL)
    for container in (HOUSE.sign(), HOUSE.sign(by=stranger), HOUSE.sign(b"x", chain=())):
        assert PERSONAL.encode() in container
        handed(client, container=upload(f"IIN{PERSONAL}.cms", container))
    assert Signature.objects.count() == 3
    for signature in Signature.objects.all():
        page = client.get(at("signature", signature.pk))
        assert PERSONAL not in page.content.decode() + str(signature) + repr(signature)
        assert PERSONAL not in repr(client.get(at("signature-file", signature.pk)).headers)
    assert PERSONAL not in client.get(at("signatures")).content.decode()
    rows = [
        *Entry.objects.values_list(),
        *Check.objects.values_list(),
        *Signature.objects.values_list(),
        *Certificate.objects.values_list("subject", "sha256"),
        *File.objects.values_list("name", "media_type"),
    ]
    assert PERSONAL not in repr(rows)
    logged = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert PERSONAL not in "".join(logged) + "".join(capfd.readouterr())
