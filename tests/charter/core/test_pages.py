"""What changed, what stands beside, files, and addresses that stay."""

import json

import pytest
from lxml import etree

from kelisim.charter.actions import acts, correspondence
from kelisim.charter.actions.correspondence import Named
from kelisim.charter.exports import akn
from tests.charter.conftest import AT, SECOND, draft, long_draft, provision

pytestmark = pytest.mark.django_db
POINT = "part_1__list_1__point_"
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


def test_a_comparison_can_be_read(client, second):
    page = client.get("/ru/charters/library/compare/1/2/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<del> читальный зал</del><ins> два читальных зала</ins>" in text
    assert "беречь рукописи" in text
    assert "издать указатель" in text


def test_versions_are_compared_in_their_order(client, second):
    page = client.get("/kk/charters/library/compare/2/1/")
    assert page.url == "/kk/charters/library/compare/1/2/"


@pytest.mark.parametrize("numbers", ["1/3", "1/1", "0/1", "1/99999999999999999999"])
def test_what_was_never_published_is_not_compared(client, second, numbers):
    assert client.get(f"/en/charters/library/compare/{numbers}/").status_code == 404


def test_a_draft_is_not_compared(client, first, amend):
    amend(first)
    assert client.get("/en/charters/library/compare/1/2/").status_code == 404


def test_versions_further_apart_are_compared_through_those_between(client, second, amend, publish):
    third = draft(
        *SECOND.provisions[:2],
        provision(POINT + "1", number="1", text="проводить день открытых дверей весной"),
    )
    publish(amend(second, third))
    text = client.get("/ru/charters/library/compare/1/3/").content.decode()
    assert "<ins> весной</ins>" in text
    assert "state repealed" in text


@pytest.mark.parametrize("size", [3, 3000])
def test_a_comparison_asks_as_much_of_the_database_for_a_long_charter(
    client, begin, publish, amend, size, django_assert_num_queries
):
    publish(amend(publish(begin(long_draft(size))), SECOND))
    client.get("/kk/charters/library/compare/1/2/")
    with django_assert_num_queries(5):
        page = client.get("/kk/charters/library/compare/1/2/")
    assert page.status_code == 200
    assert ("?from=100" in page.content.decode()) == (size == 3000)


def test_a_long_comparison_is_read_page_by_page(client, begin, publish, amend):
    publish(amend(publish(begin(long_draft(300))), SECOND))
    seen = 0
    address = "/ru/charters/library/compare/1/2/"
    for start in ("", "?from=100", "?from=200", "?from=300"):
        seen += client.get(address + start).content.decode().count("<article")
    assert client.get(address + "?from=x").status_code == 200
    assert seen == (300 + 6) + 4  # all but the one part that is the same


def test_the_table_of_correspondence_names_the_relation(client, first, publisher):
    correspondence.add(
        first.pk,
        eid=POINT + "3",
        instrument=Named("pact", {"en": "Sample pact", "kk": "Үлгі пакт"}),
        place="art. 4",
        relation="implements",
        note={"en": "The same duty."},
        by=publisher,
        at=AT,
    )
    text = client.get("/kk/charters/library/correspondence/").content.decode()
    assert "Үлгі пакт" in text
    assert "art. 4" in text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_empty_table_says_so(client, first, language):
    page = client.get(f"/{language}/charters/library/correspondence/")
    assert page.status_code == 200
    assert b'class="card"' in page.content


def test_the_state_of_a_charter_stands_wherever_it_is_quoted(client, second, publisher):
    repeal = acts.Cited("40", AT.date(), kind={"en": "Order", "kk": "Бұйрық"})
    acts.repeal(second.charter_id, by=publisher, act=repeal, on=AT.date(), at=AT)
    for page in ("compare/1/2/", "correspondence/"):
        text = client.get(f"/en/charters/library/{page}").content.decode()
        assert "notice refused" in text
        assert "No. 40" in text


@pytest.mark.parametrize(
    ("ending", "begins"), [("akn.xml", b"<?xml"), ("json", b"{"), ("docx", b"PK")]
)
@pytest.mark.parametrize("stem", ["/ru/charters/", "/id/charters/"])
def test_a_version_is_a_file_in_each_format(client, first, ending, begins, stem):
    answer = client.get(f"{stem}library/v1.{ending}")
    assert answer.content.startswith(begins)
    again = client.get(f"{stem}library/v1.{ending}", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not answer["ETag"].startswith("W/")


def test_a_file_says_which_language_it_is_really_in(client, first):
    answer = client.get("/kk/charters/library/v1.docx")
    assert answer["Content-Language"] == "ru"
    assert "library-v1-ru.docx" in answer["Content-Disposition"]


def test_a_version_that_is_not_published_is_no_file(client, begin):
    begin()
    assert client.get("/id/charters/library/v1.json").status_code == 404
    assert client.get("/id/charters/library/v99999999999999999999.json").status_code == 404


def test_a_permanent_address_leads_a_reader_to_a_page(client, second):
    answer = client.get(f"/id/charters/library/v1/{POINT}2", headers={"accept": HTML})
    assert answer.status_code == 303
    assert answer.url == f"/kk/charters/library/v1/{POINT}2/"
    russian = client.get("/id/charters/library", headers={"accept": HTML, "accept-language": "ru"})
    assert russian.url == "/ru/charters/library/"
    assert "Accept" in russian["Vary"]


def test_a_permanent_address_gives_a_program_what_it_accepts(client, second):
    address = f"/id/charters/library/v2/{POINT}1"
    xml = client.get(address, headers={"accept": "application/akn+xml"})
    assert xml["Content-Type"] == "application/akn+xml"
    assert (
        etree.fromstring(xml.content).find(f".//{{{akn.NAMESPACE}}}point").get("eId").endswith("1")
    )
    said = client.get(address, headers={"accept": "application/json"}).json()
    assert said["texts"] == {"ru": "открыть два читальных зала"}
    assert said["permanent"].endswith(address)
    whole = client.get("/id/charters/library", headers={"accept": "application/json"})
    assert json.loads(whole.content)["version"] == 2


def test_an_address_without_a_version_follows_a_provision_that_moved(
    client, second, amend, publish
):
    publish(
        amend(
            second,
            draft(
                *SECOND.provisions[:2],
                provision(POINT + "1", number="1", text="беречь рукописи и письма читателей"),
            ),
        )
    )
    answer = client.get(f"/id/charters/library/{POINT}3", headers={"accept": HTML})
    assert answer.url == f"/kk/charters/library/v3/{POINT}1/"
    said = client.get(f"/id/charters/library/{POINT}3?format=json").json()
    assert (said["version"], said["eId"]) == (3, POINT + "1")


def test_an_address_of_what_was_repealed_shows_it_as_it_stood_last(client, first, amend, publish):
    publish(amend(first, draft(*SECOND.provisions[:3])))
    answer = client.get(f"/id/charters/library/{POINT}2", headers={"accept": HTML})
    assert answer.url == f"/kk/charters/library/v1/{POINT}2/"


@pytest.mark.parametrize("eid", ["part_9", "%00", "' OR 1=1"])
def test_an_address_of_nothing_is_not_found(client, first, eid):
    assert client.get(f"/id/charters/library/{eid}").status_code == 404
    assert client.get(f"/id/charters/library/v1/{eid}?format=akn").status_code == 404
