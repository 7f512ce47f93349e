"""The register as everybody may search it: filters, counts, order, pages, a booklet."""

from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser

from kelisim.bodies.actions import founding
from kelisim.bodies.models import Body, Fact
from kelisim.bodies.queries import directory
from kelisim.bodies.queries.counts import counts, sift
from kelisim.bodies.rules.booklet import MOST, MOST_OF_A_REGION, may_print
from kelisim.bodies.states import FactState
from kelisim.search.queries import find
from kelisim.territory.models import Unit
from tests.bodies import register
from tests.bodies.people import AT, found
from tests.journeys.kazakh import foreign_words
from tests.portal.markup import pick

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def clerk():
    return register.ground()


@pytest.fixture
def twelve(clerk):
    """Twelve associations: communities go round by five, places by four, levels by three."""
    return register.fill(12, clerk)


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def names(client, query="", language="en"):
    page = parser.fromstring(read(client, f"/{language}/associations/{query}"))
    return [a.get("href").split("/")[-2] for a in pick(page, "tbody th a")]


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def numbers(*wanted):
    return {f"example-{number}" for number in wanted}


def told(asked):
    return counts(sift(asked, directory.conditions(asked, ON), ON), directory.known_tags())


def matched(asked):
    rows = directory.matching(directory.conditions(asked, ON), ON)
    return set(rows.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", range(12)),
        ("?region=750000000", (1, 5, 9)),
        ("?community=tatar", (1, 6, 11)),
        ("?language=russian", (0, 2, 4, 6, 8, 10)),
        ("?activity=theatre&level=republican", (2, 8)),
        ("?region=750000000&community=tatar", (1,)),
        ("?q=" + quote("поляк"), (4, 9)),
        ("?q=" + quote("татар бірлестігінің"), (1, 6, 11)),
        ("?q=" + quote("немецких объединений"), (2, 7)),
        ("?q=korean+associations", (0, 5, 10)),
    ],
)
def test_a_filter_finds_what_it_says(client, twelve, query, wanted):
    assert set(names(client, query)) == numbers(*wanted)


def test_a_district_lies_in_its_region_and_whoever_is_there_is_found_by_both(client, clerk):
    district = Unit.objects.filter(parent__isnull=False, exists_to=None).first()
    region = district.parent.kato
    register.enter(1, clerk, unit=district.kato)
    register.enter(2, clerk, unit=region)
    assert set(names(client, f"?region={region}")) == numbers(1, 2)
    assert set(names(client, f"?region={region}&district={district.kato}")) == numbers(1)


def test_a_district_left_over_from_another_region_is_dropped(client, clerk):
    district = Unit.objects.filter(parent__isnull=False, exists_to=None).first()
    register.enter(1, clerk)
    assert names(client, f"?region=750000000&district={district.kato}") == ["example-1"]


def test_the_accredited_are_those_of_today(client, twelve):
    register.accredit(twelve[0], date(2024, 1, 1), date(2199, 1, 1))
    register.accredit(twelve[1], date(2020, 1, 1), date(2023, 1, 1))
    register.accredit(
        twelve[2], date(2024, 1, 1), date(2199, 1, 1),
        revoked_on=date(2025, 1, 1), revoked_because="ended",
    )  # fmt: skip
    assert names(client, "?accredited=on") == ["example-0"]


def test_verified_is_only_who_has_no_fact_that_waits(client, twelve):
    sure = {"state": FactState.VERIFIED, "verified_on": date(2026, 1, 1)}
    Fact.objects.filter(association__in=[twelve[0].pk, twelve[1].pk]).update(
        **sure, due_on=date(2199, 1, 1)
    )
    Fact.objects.filter(association=twelve[1].pk, field="level").update(due_on=date(2026, 2, 1))
    assert names(client, "?verified=on") == ["example-0"]


def test_what_is_merged_or_dissolved_is_not_listed(client, twelve):
    Body.objects.filter(slug="example-0").update(merged_into=twelve[1].pk)
    Body.objects.filter(slug="example-2").update(dissolved_on=date(2026, 1, 1))
    assert set(names(client)) == numbers(1, *range(3, 12))


def test_a_choice_that_is_none_is_refused_in_words_and_the_page_still_shown(client, twelve):
    html = read(client, "/en/associations/?community=martian", status=400)
    assert "martian is not one of the available choices" in html
    assert html.count("bodies/example-") >= 12


def test_counts_say_what_each_choice_would_find(twelve):
    for asked in (
        directory.Asked(),
        directory.Asked(community="tatar"),
        directory.Asked(region="750000000", language="russian"),
        directory.Asked(words="объединение", level="local"),
        directory.Asked(verified=True),
    ):
        said = told(asked)
        assert said.total == len(matched(asked))
        for name, mapping in (
            ("community", said.community),
            ("language", said.language),
            ("activity", said.activity),
            ("level", said.level),
            ("region", said.regions),
        ):
            from dataclasses import replace

            for key, number in mapping.items():
                assert number == len(matched(replace(asked, **{name: key}))), (asked, name, key)


def test_counts_are_new_after_every_official_act(client, clerk):
    register.fill(3, clerk)
    assert "The register holds 3 associations." in read(client, "/en/associations/")
    register.enter(9, clerk)
    assert "The register holds 4 associations." in read(client, "/en/associations/")


def test_each_option_shows_its_count_and_an_empty_one_is_left_out(client, twelve):
    page = parser.fromstring(read(client, "/en/associations/?region=750000000"))
    options = [option.text_content() for option in pick(page, "select[name=community] option")]
    assert options == ["all", "Tatar (1)", "Korean (1)", "Polish (1)"]
    labels = [" ".join(label.text_content().split()) for label in pick(page, "label")]
    assert "publicly accredited (0)" in labels


def test_names_stand_in_the_order_of_the_readers_alphabet(client, clerk):
    for number, name in enumerate(("Ұлан", "Һарпа", "Үміт", "Әдеп", "Арна", "Қайнар", "Кеме")):
        register.enter(number, clerk, name={"kk": name})
    page = parser.fromstring(read(client, "/kk/associations/"))
    shown = [a.text_content() for a in pick(page, "tbody th a")]
    assert shown == ["Арна", "Әдеп", "Кеме", "Қайнар", "Ұлан", "Үміт", "Һарпа"]


def test_pages_follow_each_other_without_a_gap_or_a_double(client, clerk):
    register.fill(73, clerk)
    page = parser.fromstring(read(client, "/en/associations/?language=kazakh"))
    first = [a.get("href") for a in pick(page, "tbody th a")]
    following = pick(page, ".pages a[rel=next]")[0].get("href")
    assert "language=kazakh" in following
    after = parser.fromstring(read(client, f"/en/associations/{following}"))
    second = [a.get("href") for a in pick(after, "tbody th a")]
    assert (len(first), len(second), len({*first, *second})) == (50, 23, 73)
    assert not pick(after, ".pages a[rel=next]")
    assert pick(after, ".pages a[rel=prev]")[0].get("href") == "?language=kazakh"


def test_the_page_costs_the_same_at_3_and_400_associations(client, clerk):
    register.fill(3, clerk)
    paths = [
        "/en/associations/",
        "/en/associations/?community=korean&level=local",
        "/en/associations/?q=example&region=630000000&verified=on",
        "/en/associations/booklet/?region=630000000",
    ]
    few = [queries(client, path) for path in paths]
    register.fill(397, clerk, first=3)
    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 30


def test_the_map_leads_to_a_region_and_keeps_the_other_filters(client, twelve):
    page = parser.fromstring(read(client, "/en/associations/?activity=music"))
    links = {a.get("href"): a.get("aria-label") for a in pick(page, ".map a")}
    assert links["?activity=music&region=750000000"].endswith(": 3")


def test_a_word_that_is_nearly_right_is_hinted(client, twelve):
    html = read(client, "/en/associations/?q=" + quote("koreann"))
    page = parser.fromstring(html)
    hints = [a.text_content() for a in pick(page, "[role=status] a")]
    assert hints == ["korean"]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("бірлестіктердің", "kk"),
        ("культурных объединений", "ru"),
        ("cultural associations", "en"),
        ("Бұрынғы атауымен", "kk"),
    ],
)
def test_search_finds_an_association_by_endings_and_by_a_former_name(
    client, clerk, words, language
):
    association = register.enter(1, clerk)
    founding.rename(
        association.pk,
        name=association.body.name,
        on=date(2026, 1, 1),
        by=None,
        at=AT,
    )
    from kelisim.bodies.models import FormerName

    FormerName.objects.update(name={"kk": "Бұрынғы атау"})
    from kelisim.bodies.actions.finding import show

    show(Body.objects.get(pk=association.pk))
    hits = find(words, language=language).hits
    assert [hit.path for hit in hits] == ["bodies/example-1/"]
    page = parser.fromstring(read(client, f"/{language}/search/?q={quote(words)}"))
    assert pick(page, ".results h2 a")[0].get("href") == f"/{language}/bodies/example-1/"
    assert pick(page, ".results .tag")


def test_words_of_nothing_but_signs_find_nothing(client, twelve):
    assert names(client, "?q=" + quote("— …")) == []


@pytest.mark.parametrize(
    ("number", "of_one_region", "code"),
    [
        (MOST, False, None),
        (MOST + 1, False, "bodies.booklet_too_long"),
        (MOST + 1, True, None),
        (MOST_OF_A_REGION, True, None),
        (MOST_OF_A_REGION + 1, True, "bodies.booklet_of_region_too_long"),
    ],
)
def test_a_booklet_holds_so_many(number, of_one_region, code):
    refusal = may_print(number, of_one_region=of_one_region)
    assert (refusal and refusal.code) == code


def test_a_booklet_that_would_be_too_long_says_why(client, clerk):
    register.fill(MOST + 1, clerk)
    for path in ("booklet/", "booklet.pdf"):
        assert "One booklet holds at most 200" in read(client, f"/en/associations/{path}", 409)
    assert "One booklet holds at most 200" in read(client, "/en/associations/")
    assert read(client, "/en/associations/booklet/?region=750000000").count('class="entry') == 50


def test_the_booklet_is_a_pdf_in_the_readers_language(client, twelve):
    answer = client.get("/kk/associations/booklet.pdf?community=tatar")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    again = client.get("/kk/associations/booklet.pdf?community=tatar")
    assert again.content == answer.content


def test_a_booklet_prints_public_contacts_only(client, twelve):
    html = read(client, "/en/associations/booklet/?community=tatar")
    assert html.count('class="entry') == 3
    assert "a1@demo.example" in html
    assert register.SECRET not in html
    assert "131" not in html


@pytest.mark.parametrize(
    "path",
    [
        "bodies/",
        "bodies/assembly/",
        "bodies/example-1/",
        "bodies/example-1/history/",
        "associations/",
        "associations/?community=tatar&q=татар",
        "associations/booklet/",
        "associations/example-1/card/",
        "houses/",
    ],
)
def test_a_kazakh_page_speaks_only_kazakh(client, twelve, path):
    found("house", "House")
    Body.objects.filter(slug="house").update(name={"kk": "Достық үйі"})
    html = read(client, f"/kk/{path}")
    assert set(foreign_words(html)) <= {"Assembly", "Secretariat", "of", "kk", "XLSX"}
