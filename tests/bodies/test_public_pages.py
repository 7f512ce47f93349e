"""The council in public: its bodies, their pages, houses; what everybody may see and what not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser

from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.models import Body, Fact, Offering, Seat, Yearly
from kelisim.bodies.states import FactState, OfferingKind, Role, YearlyKind
from tests.bodies import register
from tests.bodies.people import AT, council, found, hold, person
from tests.portal.markup import pick

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
ACT = founding.Act("7", date(2024, 5, 2), {"en": "Order", "ru": "Приказ", "kk": "Бұйрық"})


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def words(client, path):
    page = parser.fromstring(read(client, path))
    return told(pick(page, "main")[0])


def told(element):
    """The words of an element as one reads them, pieces apart."""
    return " ".join(" ".join(element.itertext()).split())


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.fixture
def clerk():
    return register.ground()


@pytest.fixture
def elders(clerk):
    return found("elders", "Elders", parent=council(), on=date(2020, 1, 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["bodies/", "houses/", "associations/", "associations/booklet/"])
def test_the_pages_stand_on_an_empty_site(client, language, path):
    assert f'<html lang="{language}">' in read(client, f"/{language}/{path}")


def test_the_council_is_a_tree_and_the_register_a_number_with_a_link(client, elders, clerk):
    register.fill(3, clerk)
    page = parser.fromstring(read(client, "/en/bodies/"))
    links = {a.text_content(): a.get("href") for a in pick(page, "main a")}
    assert links["Elders"] == "/en/bodies/elders/"
    assert "Ethno-cultural associations : 3" in words(client, "/en/bodies/")
    assert links["Ethno-cultural associations"] == "/en/associations/"
    assert not any("example-" in href for href in links.values())


def test_the_tree_shows_the_day_that_is_asked_for(client, elders):
    assert "Elders" not in words(client, "/en/bodies/?on=2019-12-31")
    assert "Elders" in words(client, "/en/bodies/?on=2020-01-01")
    founding.dissolve(elders.pk, on=date(2025, 1, 1), by=None, at=AT)
    assert "Elders" not in words(client, "/en/bodies/")
    assert "Elders" in words(client, "/en/bodies/?on=2024-12-31")


def test_a_day_that_is_none_is_refused_in_words_and_the_page_still_shown(client, elders):
    html = read(client, "/en/bodies/?on=yesterday", status=400)
    assert "This is no date" in html
    assert "Elders" in html


def test_the_tree_costs_the_same_with_few_and_many_bodies(client, elders, clerk):
    few = queries(client, "/en/bodies/")
    for number in range(40):
        found("club", f"Club {number}", parent=council())
    assert queries(client, "/en/bodies/") == few <= 8


def test_a_kind_with_very_many_bodies_is_listed_by_pages(client, clerk):
    for number in range(70):
        found("club", f"Club {number:02}", parent=council())
    assert "Clubs : 70" in words(client, "/en/bodies/")
    first = parser.fromstring(read(client, "/en/bodies/?kind=club"))
    shown = [a.text_content() for a in pick(first, ".bodies a")]
    following = pick(first, ".pages a[rel=next]")[0].get("href")
    second = parser.fromstring(read(client, f"/en/bodies/{following}"))
    shown += [a.text_content() for a in pick(second, ".bodies a")]
    assert shown == [f"Club {number:02}" for number in range(70)]
    assert read(client, "/en/bodies/?kind=nothing", status=404)


def test_a_body_says_its_names_former_names_acts_and_what_is_under_it(client, elders):
    founding.rename(
        elders.pk, name={"en": "Council of the wise"}, on=date(2024, 5, 2), act=ACT, by=None, at=AT
    )
    said = words(client, "/en/bodies/elders/")
    assert "Council of the wise" in said
    assert "Called before May 2, 2024 Elders Order No. 7 of May 2, 2024" in said
    assert (
        parser.fromstring(read(client, "/en/bodies/elders/?on=2023-01-01"))
        .find(".//h1")
        .text_content()
        == "Elders"
    )
    assert "Council of the wise" in words(client, "/en/bodies/assembly/")
    assert "Elders" in words(client, "/en/bodies/assembly/?on=2023-01-01")


def test_a_name_borrowed_from_another_language_carries_a_mark(client, elders):
    founding.rename(elders.pk, name={"ru": "Совет"}, on=date(2024, 5, 2), by=None, at=AT)
    page = parser.fromstring(read(client, "/en/bodies/elders/"))
    assert pick(page, "h1 [lang=ru]")[0].text_content() == "Совет"
    assert pick(page, "h1 .borrowed")


def test_the_office_contacts_of_a_body_are_nobodys_business(client, elders):
    founding.describe(
        elders.pk,
        phone="+7 700 111 11 11",
        office_phone=register.SECRET,
        office_email="office@demo.example",
        office_note="Only in the morning",
        by=None,
        at=AT,
    )
    html = read(client, "/en/bodies/elders/")
    assert "+7 700 111 11 11" in html
    for hidden in (register.SECRET, "office@demo.example", "Only in the morning"):
        assert hidden not in html


def test_the_composition_names_holders_posts_and_vacancies(client, elders):
    seat = mandates.establish(
        elders.pk,
        role=Role.MEMBER,
        words={"en": "elder"},
        places=3,
        most_terms=2,
        term_months=24,
        competence={"en": "gives advice"},
        by=None,
        at=AT,
    )
    society = found("fund", "Fund")
    mandates.appoint(
        seat.pk, holder="Үлгі Ақсақал", represents=society, since=date(2026, 1, 1), by=None, at=AT
    )
    said = words(client, "/en/bodies/elders/?on=2026-03-02")
    assert (
        "Үлгі Ақсақал elder Fund January 1, 2026 January 1, 2028 1 of 2 2 vacancies elder" in said
    )
    assert "gives advice" in said
    before = words(client, "/en/bodies/elders/?on=2025-12-31")
    assert "3 vacancies" in before
    assert "Үлгі Ақсақал elder" not in before


def test_whoever_has_an_account_is_shown_by_name_and_never_by_address(client, elders):
    hold(person("Named"), elders, Role.CHAIR)
    hold(person("Nameless"), elders, Role.DEPUTY)
    nameless = person("Nameless")
    nameless.name = ""
    nameless.save()
    html = read(client, "/en/bodies/elders/") + read(client, "/en/bodies/elders/history/")
    assert "Named" in html
    assert "a holder who gave no name" in html
    assert "@demo.example" not in html


def test_a_suspended_holder_and_a_deputy_are_told_apart_and_no_reason_is_given(client, elders):
    chair = hold(person("Chair"), elders, Role.CHAIR)
    deputy = hold(person("Stand In"), elders, Role.DEPUTY)
    mandates.deputise(
        chair.pk, deputy=deputy, since=date(2026, 2, 1), until=date(2026, 5, 1), by=None, at=AT
    )
    mandates.suspend(chair.pk, since=date(2026, 3, 1), because="a private matter", by=None, at=AT)
    said = words(client, "/en/bodies/elders/?on=2026-03-02")
    assert "Chair suspended Stand In deputises, before May 1, 2026" in said
    assert "a private matter" not in said
    assert "suspended" not in words(client, "/en/bodies/elders/?on=2026-02-28")


def test_the_history_is_read_page_by_page(client, elders):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)
    for number in range(60):
        mandates.appoint(
            seat.pk,
            holder=f"Holder {number:02}",
            since=date(2020, 1, 1 + number % 20),
            by=None,
            at=AT,
        )
    first = read(client, "/en/bodies/elders/history/")
    following = pick(parser.fromstring(first), ".pages a[rel=next]")[0].get("href")
    both = first + read(client, f"/en/bodies/elders/history/{following}")
    assert all(both.count(f"Holder {number:02}") == 1 for number in range(60))
    assert read(client, "/en/bodies/elders/history/?before=2020-01-99_x")


def test_a_body_page_costs_the_same_at_3_and_400_seats(client, elders):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)

    def seated(first, last):
        from kelisim.bodies.models import Mandate

        Mandate.objects.bulk_create(
            Mandate(seat=seat, holder=f"H{n}", since=date(2026, 1, 1)) for n in range(first, last)
        )

    seated(0, 3)
    few = queries(client, "/en/bodies/elders/")
    seated(3, 400)
    assert queries(client, "/en/bodies/elders/") == few <= 20


def test_a_merged_body_leads_to_what_it_became(client, clerk):
    one, two, three = register.fill(3, clerk)
    Body.objects.filter(pk=one.pk).update(merged_into=two.pk)
    Body.objects.filter(pk=two.pk).update(merged_into=three.pk)
    for path in ("bodies/example-0/", "bodies/example-0/history/", "associations/example-0/card/"):
        answer = client.get(f"/en/{path}")
        assert answer.status_code == 301
        assert answer["Location"] == f"/en/{path.replace('example-0', 'example-2')}"
    assert client.get("/en/associations/example-0/")["Location"] == "/en/bodies/example-2/"


def test_an_address_of_nobody_is_not_found(client, elders):
    for path in (
        "bodies/nobody/",
        "bodies/nobody/history/",
        "associations/nobody/",
        "associations/elders/",
        "associations/nobody/card/",
        "associations/elders/card/",
    ):
        assert client.get(f"/en/{path}").status_code == 404, path


def test_an_association_shows_each_fact_with_its_source_day_and_state(client, clerk):
    register.enter(1, clerk)
    Fact.objects.filter(field="level").update(
        state=FactState.VERIFIED, verified_on=date(2026, 3, 1), due_on=date(2199, 1, 1)
    )
    Fact.objects.filter(field="languages").update(
        state=FactState.VERIFIED, verified_on=date(2024, 3, 1), due_on=date(2025, 3, 1)
    )
    page = parser.fromstring(read(client, "/en/bodies/example-1/"))
    rows = {
        told(pick(row, "th")[0]): pick(row, "td")[1]
        for row in pick(page.get_element_by_id("record"), "tbody tr")
    }
    assert told(rows["Level"]) == "verified on March 1, 2026 жарғы, March 2, 2026"
    assert told(rows["Languages taught"]).startswith("due to be verified again since March 1, 2025")
    assert told(rows["Activities"]).startswith("declared")
    assert "BIN" not in rows  # nothing is known of it
    assert "Contacts for the office" not in rows
    shapes = [pick(rows[fact], ".state")[0].get("class") for fact in ("Level", "Languages taught")]
    assert shapes == ["state done", "state risk"]


def test_members_are_a_band_in_public_and_nothing_else_of_them(client, clerk):
    register.enter(1, clerk)
    html = read(client, "/en/bodies/example-1/")
    assert "100–249" in html
    assert "131" not in html
    assert "120" not in html


def test_an_association_is_not_a_list_of_people(client, clerk):
    """Its leader stands there as the holder of a post; whoever else acts for it does not."""
    body = register.enter(1, clerk).body
    hold(person("Clerk Of Theirs"), body, Role.REPRESENTATIVE)
    html = read(client, "/en/bodies/example-1/") + read(client, "/en/bodies/example-1/history/")
    assert "Басшы Үлгіұлы 1" in html
    assert "Clerk Of Theirs" not in html
    assert Seat.objects.filter(body=body).count() == 2


def test_nothing_meant_for_the_office_is_on_any_public_page(client, clerk):
    register.fill(3, clerk)
    for path in (
        "associations/",
        "bodies/example-1/",
        "associations/example-1/card/",
        "associations/booklet/",
    ):
        html = read(client, f"/en/{path}")
        assert register.SECRET not in html, path
        assert "office1@demo.example" not in html, path


def test_accreditation_plans_and_reports_stand_on_the_page(client, clerk):
    association = register.enter(1, clerk)
    register.accredit(association, date(2024, 1, 1), date(2199, 1, 1))
    register.accredit(
        association,
        date(2020, 1, 1),
        date(2023, 1, 1),
        revoked_on=date(2022, 1, 1),
        revoked_because="a quarrel among named people",
    )
    Yearly.objects.create(
        association=association,
        year=2025,
        kind=YearlyKind.REPORT,
        text="Мереке өтті",
        language="kk",
        handed_in_at=AT,
        handed_in_by=clerk,
    )
    html = read(client, "/en/bodies/example-1/")
    assert "publicly accredited before January 1, 2199" in html
    assert "accreditation revoked on January 1, 2022" in html
    assert "a quarrel" not in html
    assert '<div lang="kk"><p>Мереке өтті</p></div>' in html
    assert clerk.name not in html


def test_a_card_may_stand_in_any_frame_and_leaves_no_trace(client, clerk):
    register.enter(1, clerk)
    card = client.get("/en/associations/example-1/card/")
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "script-src" not in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card
    assert not card.cookies
    assert "<script" not in card.content.decode()
    page = client.get("/en/bodies/example-1/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    said = pick(parser.fromstring(page.content.decode()), "pre code")[0].text_content()
    assert said.startswith('<iframe src="http://testserver/en/associations/example-1/card/" ')


def test_houses_stand_on_a_map_with_their_rooms(client, clerk):
    from kelisim.territory.models import Unit

    almaty = Unit.objects.get(kato="750000000", exists_to=None)
    house = found("house", "House", unit=almaty)
    found("house", "Far house", unit=Unit.objects.get(kato="710000000", exists_to=None))
    Offering.objects.create(body=house, kind=OfferingKind.ROOM, name={"en": "Blue hall"}, seats=120)
    page = parser.fromstring(read(client, "/en/houses/"))
    assert "Blue hall, 120 places" in " ".join(page.text_content().split())
    links = [a.get("href") for a in pick(page, ".map a")]
    assert "?region=750000000" in links
    said = words(client, "/en/houses/?region=750000000")
    assert "Blue hall" in said
    assert "Far house" not in said


def test_houses_cost_the_same_however_many(client, clerk):
    found("house", "House 0")
    few = queries(client, "/en/houses/")
    for number in range(1, 30):
        found("house", f"House {number}")
    assert queries(client, "/en/houses/") == few
