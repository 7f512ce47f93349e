"""A plan sent round, disagreed with, settled, approved and read by everybody, in a browser."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from kelisim.commitments.models import Agreement, Commitment, Edition
from kelisim.commitments.states import EditionState, Say
from tests.commitments import world as w
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import picture, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def of(empty_site):
    call_command("createcachetable", verbosity=0)
    built = w.world()
    for who in (built.minister, built.other_minister, built.officer, built.chair):
        EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    return built


def comes(page, who, language):
    sign_in(page, who.email.split("@")[0], language)
    return page


def press(page, words):
    page.get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


def looked_at(page, language, width, known):
    """Axe finds nothing, and nothing stands out of a narrow screen."""
    assert violations(page) == []
    assert breadth(page) <= width
    picture(page, f"planning-{known}-{language}-{width}")


def test_a_plan_is_disagreed_with_settled_approved_and_read(of, open_page):
    rows = (w.measured("1", others=("ministry-of-roads",)), w.row("2", lead="ministry-of-roads"))
    edition = w.drafted(of, *rows, version=w.charter())
    sheet = f"desk/plans/editions/{edition.pk}/"
    office = comes(open_page(language="ru"), of.officer, "ru")
    office.goto(f"/ru/{sheet}")
    office.click("#ask summary")
    press(office, "Направить исполнителям")
    assert Agreement.objects.filter(state=Say.ASKED).count() == 2
    # One executor agrees; the other, on a telephone, gives no reasons at first.
    books = comes(open_page(language="kk"), of.minister, "kk")
    books.goto("/kk/desk/plans/agreements/")
    looked_at(books, "kk", 1280, "agreements")
    books.click("main section.card a")
    books.check("[name=state][value=agreed]")
    press(books, "Жауап беру")
    roads = comes(open_page(language="kk", width=320), of.other_minister, "kk")
    asked = Agreement.objects.get(body=of.other)
    roads.goto(f"/kk/desk/plans/agreements/{asked.pk}/")
    looked_at(roads, "kk", 320, "agreement")
    roads.check("[name=state][value=disagrees]")
    press(roads, "Жауап беру")
    assert roads.locator(".errors li").count() == 1
    looked_at(roads, "kk", 320, "refused")
    roads.fill("[name=words]", "2-тармақ: жол әлі салынған жоқ.")
    press(roads, "Жауап беру")
    # The office sees why it cannot conclude, settles, and concludes.
    office.goto(f"/ru/{sheet}")
    assert "жол әлі салынған жоқ" in office.inner_text("main")
    assert office.locator("#conclude").count() == 0
    looked_at(office, "ru", 1280, "sheet")
    office.click(f"#settle-{asked.pk} summary")
    office.fill("[name=settlement]", "Дорога построена в мае.")
    press(office, "Сохранить, как урегулировано")
    office.click("#conclude summary")
    press(office, "Завершить согласование")
    assert Edition.objects.get().state == EditionState.AGREED
    # The chair reads the whole table and approves exactly that.
    chair = comes(open_page(language="en", width=320), of.chair, "en")
    chair.goto(f"/en/{sheet}")
    chair.click("text=Read and approve")
    looked_at(chair, "en", 320, "approval")
    press(chair, "Approve")
    assert chair.locator(".errors li").count() == 1
    chair.fill("[name=number]", "12")
    press(chair, "Approve")
    assert Edition.objects.get().state == EditionState.IN_FORCE
    looked_at(chair, "en", 320, "approved")
    # Everybody reads it, on any screen.
    slug = edition.plan.slug
    for language, width in (("kk", 320), ("ru", 1280), ("en", 1280)):
        citizen = open_page(language=language, width=width)
        citizen.goto(f"/{language}/plans/")
        looked_at(citizen, language, width, "list")
        citizen.click(f"main a[href$='/plans/{slug}/']")
        assert "№ 12" in citizen.inner_text("main")
        for one in Commitment.objects.all():
            assert citizen.locator(f"a[href='/{language}/commitments/{one.pk}/']").count() == 1
        looked_at(citizen, language, width, "plan")
