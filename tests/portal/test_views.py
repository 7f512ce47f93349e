"""The public pages, in three languages, for everybody."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree
from lxml import html as parser

from kelisim.charter.actions import acts, publishing
from kelisim.charter.models import Provision
from kelisim.ledger.models import Entry
from tests.journeys.kazakh import foreign_words
from tests.portal import shelves
from tests.portal.markup import pick

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
MOST_QUERIES = 8
MOST_BYTES = 100_000


def read(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def ids(html):
    return set(re.findall(r'\bid="([^"]+)"', html))


@pytest.fixture
def large(db):
    """A charter of 1,000 provisions: too long for one page."""
    return shelves.publish(shelves.draft(20, 49), slug="large").charter


@pytest.fixture
def amended(charter):
    """The small charter with a second version: one measure more in each group, and a new group."""
    shelves.amend(charter, shelves.draft(3, 4))
    return charter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "charters/", "search/", "about/"])
def test_the_public_pages_stand_on_an_empty_site(client, language, path):
    html = read(client, f"/{language}/{path}")
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charter_is_read_as_a_document_in_every_language(client, charter, language):
    html = read(client, f"/{language}/charters/neighbours/")
    assert shelves.TITLE[language] in html
    assert {"part_1", "part_2__list_1", "part_2__list_2__point_3"} <= ids(html)
    assert "провести встречу 1 1 группы;" in html
    assert "2.1-3" in html


def test_groups_fold_without_script_and_stand_open(client, charter):
    page = parser.fromstring(read(client, "/ru/charters/neighbours/"))
    groups = pick(page, ".charter details[id]")
    assert [group.get("id") for group in groups] == ["part_2__list_1", "part_2__list_2"]
    assert all("open" in group.attrib for group in groups)
    assert all("3 меры" in pick(group, "summary")[0].text_content() for group in groups)


def test_a_text_that_is_not_there_in_ones_language_is_shown_with_a_mark(client, charter):
    page = parser.fromstring(read(client, "/kk/charters/neighbours/"))
    measure = page.get_element_by_id("part_2__list_1__point_1")
    assert pick(measure, ".title")[0].text_content() == "1 шара"
    assert pick(measure, ".text [lang=ru]")[0].text_content().startswith("провести встречу")
    assert pick(measure, ".text .borrowed")[0].text_content() == "ru"
    assert not pick(parser.fromstring(read(client, "/ru/charters/neighbours/")), ".borrowed")


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Күші жойылды"), ("ru", "Утратил силу с"), ("en", "Repealed since")],
)
def test_a_repealed_charter_says_so_wherever_it_is_shown(client, charter, language, words):
    _preparer, publisher = shelves.people()
    paths = ["", "part_1__principle_1/"]
    before = [read(client, f"/{language}/charters/neighbours/{path}") for path in paths]
    acts.repeal(charter.pk, by=publisher, act=shelves.LATER, on=date(2026, 6, 1), at=shelves.AT)
    after = [read(client, f"/{language}/charters/neighbours/{path}") for path in paths]
    assert not any(words in html for html in before)
    assert all(words in html for html in after)
    shelves.publish(slug="another")
    assert words.lower() in read(client, f"/{language}/charters/").lower()


def test_the_page_costs_few_queries_and_the_same_for_a_long_charter(client, charter, large):
    small, long_ = (queries(client, f"/en/charters/{slug}/") for slug in ("neighbours", "large"))
    part = queries(client, "/en/charters/large/v1/part/part_1/")
    assert small == long_ <= MOST_QUERIES + 3
    assert part < small


def test_a_kept_page_costs_two_queries_and_is_the_same_to_the_byte(client, charter):
    first = client.get("/ru/charters/neighbours/")
    assert queries(client, "/ru/charters/neighbours/") == 2
    assert client.get("/ru/charters/neighbours/").content == first.content


def test_a_kept_page_is_sent_packed_to_whoever_unpacks(client, charter):
    plain = client.get("/ru/charters/neighbours/")
    packed = client.get("/ru/charters/neighbours/", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]


def test_an_unchanged_page_is_not_sent_again(client, charter):
    etag = client.get("/ru/charters/neighbours/")["ETag"]
    again = client.get("/ru/charters/neighbours/", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/kk/charters/neighbours/", headers={"if-none-match": etag})
    assert other.status_code == 200


def test_a_kept_page_changes_with_what_it_shows(client, charter):
    path = "/ru/charters/neighbours/"
    etags = [client.get(path)["ETag"]]
    shelves.amend(charter, shelves.draft(3, 4))
    etags.append(client.get(path)["ETag"])
    _preparer, publisher = shelves.people()
    acts.repeal(charter.pk, by=publisher, act=shelves.LATER, on=date(2026, 7, 1), at=shelves.AT)
    etags.append(client.get(path)["ETag"])
    assert len(set(etags)) == 3


def test_an_address_with_a_query_is_answered_and_not_kept(client, charter):
    made = queries(client, "/ru/charters/neighbours/?from=a-letter")
    assert queries(client, "/ru/charters/neighbours/?from=a-letter") == made > 1


def test_a_kept_page_is_the_same_for_whoever_is_signed_in(client, charter):
    preparer, _publisher = shelves.people()
    client.force_login(preparer)
    signed_in = client.get("/ru/charters/neighbours/").content
    client.logout()
    assert client.get("/ru/charters/neighbours/").content == signed_in


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provision_of_a_long_charter_stands_on_exactly_one_part(client, large, language):
    page = parser.fromstring(read(client, f"/{language}/charters/large/"))
    parts = [link.get("href") for link in pick(page, ".parts a")]
    assert len(parts) > 1
    eids = set(Provision.objects.filter(version__charter=large).values_list("eid", flat=True))
    found = [ids(read(client, part)) & eids for part in parts]
    assert set.union(*found) == eids
    assert sum(len(one) for one in found) == len(eids)


def test_the_parts_of_a_long_charter_lead_on_to_one_another(client, large):
    path, seen = "/en/charters/large/", []
    while path and path not in seen:
        seen.append(path)
        following = pick(parser.fromstring(read(client, path)), "a[rel=next]")
        path = following[0].get("href") if following else ""
    assert len(seen) == len(pick(parser.fromstring(read(client, seen[0])), ".parts a")) + 1


def test_the_contents_of_a_long_charter_lead_to_where_a_heading_is_read(client, large):
    page = parser.fromstring(read(client, "/en/charters/large/"))
    for link in pick(page, ".contents a")[-3:]:
        part, anchor = link.get("href").split("#")
        assert anchor in ids(read(client, part))


def test_no_page_is_heavy(client, charter, large):
    paths = ["", "charters/neighbours/", "charters/large/", "charters/large/v1/part/part_1/"]
    heavy = {p: len(gzip.compress(client.get(f"/kk/{p}").content)) for p in paths}
    sheet = len(gzip.compress(shelves.SHEET.read_bytes()))
    assert {p: size for p, size in heavy.items() if size + sheet > MOST_BYTES} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_measure_has_its_text_its_place_and_its_citation(client, charter, language):
    html = read(client, f"/{language}/charters/neighbours/part_2__list_2__point_2/")
    page = parser.fromstring(html)
    assert pick(page, ".provision")[0].text_content().strip() == "провести встречу 2 2 группы;"
    crumbs = [link.get("href") for link in pick(page, ".crumbs a")]
    base = f"/{language}/charters/neighbours/"
    assert crumbs == [f"/{language}/", base, f"{base}part_2/", f"{base}part_2__list_2/"]
    assert "2.2-2" in pick(page, ".cite")[0].text_content()
    assert "/id/charters/neighbours/v1/part_2__list_2__point_2" in html
    assert [a.get("href") for a in pick(page, ".pages a")] == [
        f"{base}part_2__list_2__point_1/",
        f"{base}part_2__list_2__point_3/",
    ]


def test_the_page_of_a_group_shows_what_stands_under_it(client, charter):
    page = parser.fromstring(read(client, "/ru/charters/neighbours/part_2__list_1/"))
    assert len(pick(page, ".under .ps > li")) == 3


def test_the_page_of_a_provision_costs_the_same_in_a_long_and_a_much_amended_charter(
    client, charter, large
):
    path = "/en/charters/{}/part_2__list_2__point_2/"
    before = queries(client, path.format("neighbours"))
    assert queries(client, path.format("large")) == before
    for more in (3, 4, 5):
        shelves.amend(charter, shelves.draft(more, 4), at=datetime(2026, 6, more, tzinfo=UTC))
    assert queries(client, path.format("neighbours")) == before


def test_the_history_of_a_text_names_each_version_and_leads_there(client, amended):
    page = parser.fromstring(read(client, "/en/charters/neighbours/part_2__list_1__point_1/"))
    links = [a.get("href") for a in pick(page, ".way a")]
    assert "/en/charters/neighbours/v1/part_2__list_1__point_1/" in links
    assert "/en/charters/neighbours/v2/part_2__list_1__point_1/" in links


def test_an_older_version_stays_and_says_that_it_is_older(client, amended):
    old = read(client, "/en/charters/neighbours/v1/")
    assert "This is version 1; there is a newer one." in old
    assert "part_2__list_3" not in ids(old)
    assert "part_2__list_3" in ids(read(client, "/en/charters/neighbours/"))
    assert "there is a newer one" in read(client, "/en/charters/neighbours/v1/part_1/")


def test_an_eid_of_an_older_version_leads_to_what_it_became(client, charter):
    shorter = shelves.draft(1, 3)
    renamed = [p for p in shorter.provisions if p.eid != "part_1__principle_2"]
    kept_words = shelves.provision("part_1__point_9", "principle", "9", "открытость.", "part_1")
    renamed.insert(3, kept_words)
    shelves.amend(charter, type(shorter)(**{**vars_of(shorter), "provisions": tuple(renamed)}))
    moved = client.get("/en/charters/neighbours/part_1__principle_2/")
    assert moved.status_code == 302
    assert moved["Location"] == "/en/charters/neighbours/part_1__point_9/"
    gone = client.get("/en/charters/neighbours/part_2__list_2__point_3/")
    assert gone["Location"] == "/en/charters/neighbours/v1/part_2__list_2__point_3/"


def vars_of(draft):
    return {name: getattr(draft, name) for name in draft.__slots__}


@pytest.mark.parametrize(
    "path",
    [
        "charters/unknown/",
        "charters/neighbours/v9/",
        "charters/neighbours/unknown_1/",
        "charters/neighbours/v1/unknown_1/",
        "charters/neighbours/v1/part/unknown_1/",
        "charters/neighbours/v9/part_1/",
    ],
)
def test_what_does_not_exist_is_not_found(client, charter, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_a_draft_is_not_public(client, charter):
    preparer, _publisher = shelves.people()
    beginning = publishing.Beginning(act=shelves.LATER, in_force_from=date(2026, 6, 1))
    publishing.begin_version(
        charter.pk, draft=shelves.draft(3, 4), beginning=beginning, by=preparer, at=shelves.AT
    )
    assert client.get("/en/charters/neighbours/v2/").status_code == 404
    assert "part_2__list_3" not in ids(read(client, "/en/charters/neighbours/"))


def test_the_only_charter_is_opened_at_once_and_several_are_listed(client, charter):
    assert client.get("/en/charters/")["Location"] == "/en/charters/neighbours/"
    shelves.publish(slug="another")
    html = read(client, "/en/charters/")
    assert "/en/charters/neighbours/" in html
    assert "/en/charters/another/" in html


def test_the_figures_of_the_first_page_are_computed_and_each_leads_to_its_proof(client, charter):
    page = parser.fromstring(read(client, "/en/"))
    figures = {
        pick(d, "dt")[0].text_content(): pick(d, "dd a")[0] for d in pick(page, ".facts > div")
    }
    said = {words: int(link.text_content()) for words, link in figures.items()}
    assert said == {
        "measures promised": 6,
        "provisions named in three languages": 8,
        "versions published": 1,
        "associations in the register": 0,
        "official acts in the ledger": Entry.objects.count(),
    }
    for link in figures.values():
        assert client.get(link.get("href"), follow=True).status_code == 200


def test_the_first_page_costs_the_same_with_few_and_many_charters(client, charter):
    few = queries(client, "/en/")
    for n in range(4):
        shelves.publish(slug=f"other-{n}")
    assert queries(client, "/en/") == few <= MOST_QUERIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_itself_and_its_twins(client, charter, language):
    page = parser.fromstring(read(client, f"/{language}/charters/neighbours/"))
    assert (
        pick(page, "link[rel=canonical]")[0].get("href")
        == f"http://testserver/{language}/charters/neighbours/"
    )
    twins = {
        link.get("hreflang"): link.get("href")
        for link in pick(page, "link[rel=alternate][hreflang]")
    }
    assert twins == {
        **{code: f"http://testserver/{code}/charters/neighbours/" for code in LANGUAGES},
        "x-default": "http://testserver/charters/neighbours/",
    }
    assert (
        Client().get("/charters/neighbours/", headers={"accept-language": "ru"})["Location"]
        == "/ru/charters/neighbours/"
    )


def test_a_charter_is_legislation_to_a_program_that_reads_microdata(client, charter):
    page = parser.fromstring(read(client, "/en/charters/neighbours/"))
    item = pick(page, "[itemscope]")[0]
    assert item.get("itemtype") == "https://schema.org/Legislation"
    said = {
        e.get("itemprop"): e.get("content") or e.get("href") or e.text_content()
        for e in pick(item, "[itemprop]")
    }
    assert said["name"] == shelves.TITLE["en"]
    assert said["legislationDate"] == "2026-02-01"
    assert said["legislationLegalForce"] == "https://schema.org/InForce"


def test_the_map_of_the_site_names_every_public_address_in_each_language(client, charter):
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    index = etree.fromstring(client.get("/sitemap.xml").content)
    sections = [loc.text for loc in index.findall(".//s:loc", space)]
    found = set()
    for section in sections:
        tree = etree.fromstring(client.get(section.removeprefix("http://testserver")).content)
        for url in tree.findall("s:url", space):
            found.add(url.find("s:loc", space).text.removeprefix("http://testserver"))
            twins = [link.get("hreflang") for link in url.findall("x:link", space)]
            assert twins == [*LANGUAGES, "x-default"]
    eids = Provision.objects.values_list("eid", flat=True)
    assert {f"/{c}/charters/neighbours/{e}/" for c in LANGUAGES for e in eids} <= found
    assert {"/kk/", "/ru/charters/neighbours/", "/en/charters/neighbours/v1/"} <= found


def test_a_section_of_the_map_costs_the_same_whatever_its_length(client, charter, large):
    def asked(path):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    assert asked("/sitemap-neighbours.0.xml") == asked("/sitemap-large.0.xml") <= 2
    assert client.get("/sitemap-large.1.xml").status_code == 200
    assert client.get("/sitemap-large.99.xml").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_visiting_programs_are_told_what_is_not_for_them(client):
    said = client.get("/robots.txt")
    assert said["Content-Type"].startswith("text/plain")
    assert "Disallow: /kk/desk/" in said.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in said.content.decode()


def test_no_public_page_holds_script_style_or_another_host(client, amended, large):
    paths = [
        "", "charters/", "search/?q=x", "about/", "charters/neighbours/", "charters/neighbours/v1/",
        "charters/neighbours/part_2__list_1__point_1/", "charters/large/", "charters/large/v1/part/part_1/",
    ]  # fmt: skip
    for path in paths:
        page = parser.fromstring(read(client, f"/en/{path}"))
        assert pick(page, "script, style, [style], iframe, object") == [], path
        handlers = [a for e in page.iter() for a in e.attrib if a.startswith("on")]
        assert handlers == [], path
        loaded = [
            e.get("src") or e.get("href")
            for e in pick(page, "[src], link[rel=stylesheet], link[rel=icon]")
        ]
        assert all(address.startswith("/") for address in loaded), path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "charters/",
        "search/",
        "search/?q=жоқ",
        "about/",
        "charters/neighbours/",
        "charters/neighbours/v1/",
        "charters/neighbours/part_2__list_1__point_1/",
        "charters/neighbours/part_2/",
        "charters/large/",
    ],
)
def test_a_kazakh_page_speaks_only_kazakh(client, amended, large, path):
    assert foreign_words(read(client, f"/kk/{path}")) == []
