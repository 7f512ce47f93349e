"""A Council meeting from convening to published minutes; then a citizen sees who has not answered."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from kelisim.bodies.states import Role
from kelisim.meetings.models import Addressee, Ballot, Decision, Item, Meeting
from tests.bodies.people import found, hold, person
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import sign_in
from tests.meetings import sittings as s

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def of(empty_site):
    house = s.house(1, "Council")
    ministry = found("state-body", "Ministry")
    clerk = person("Ministry Clerk")
    hold(clerk, ministry, Role.REPRESENTATIVE)
    found("state-body", "Silent Ministry")
    for who in (*house.everybody, house.clerk, clerk):
        EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    return house


def name(who):
    return who.email.split("@")[0]


def press(page, words):
    page.get_by_role("button", name=words).first.click()
    page.wait_for_load_state()


def test_a_council_meets_decides_and_everybody_sees_who_has_not_answered(of, open_page):
    office, chair = open_page(script=False), open_page()
    secretary, member = open_page(script=False), open_page()
    for page, who in (
        (office, of.clerk), (chair, of.chair), (secretary, of.secretary), (member, of.members[0]),
    ):  # fmt: skip
        sign_in(page, name(who))
    # The office plans it and puts an item on the agenda.
    office.goto("/kk/desk/meetings/plan/")
    office.select_option("[name=body]", str(of.body.pk))
    office.fill("[name=title_kk]", "Кеңес отырысы")
    starts = timezone.localtime(timezone.now() + timedelta(days=40))
    office.fill("[name=starts_at]", starts.strftime("%Y-%m-%dT%H:%M"))
    press(office, "Дайындауды бастау")
    meeting = Meeting.objects.get()
    at = f"/kk/desk/meetings/{meeting.pk}/"
    assert office.url.endswith(at)
    office.goto(f"{at}put/")
    office.fill("[name=title_kk]", "Достық үйлері туралы")
    office.fill("[name=draft_kk]", "Достық үйлері ашылсын")
    press(office, "Енгізу")
    item = Item.objects.get()
    # The chair convenes it; a member says that they will come.
    chair.goto(at)
    press(chair, "Шақыру және шақыруларды жіберу")
    member.goto(at)
    press(member, "Қатысамын")
    assert violations(member) == []
    # In the hall: a quorum, the item, the vote.
    secretary.goto(f"{at}hall/")
    press(secretary, "Келмейтінін айтқандардан басқасы түгел")
    chair.goto(f"{at}hall/")
    press(chair, "Отырысты ашу")
    press(chair, "Қарауды бастау")
    chair.get_by_role("link", name="Дауысқа қою").click()
    press(chair, "Дауыс беруді бастау")
    for page in (member, chair, secretary):
        page.goto(f"{at}vote/")
        press(page, "Жақтаймын")
    assert violations(member) == []
    assert Ballot.objects.get().voices.count() == 3
    chair.goto(f"{at}hall/")
    assert violations(chair) == []
    press(chair, "Дауыс беруді аяқтау")
    chair.get_by_role("link", name="Шешімді қабылдау").click()
    chair.check("[name=must_consider]")
    chair.select_option(
        "[name=points-0-addressees]", label=["Ministry (kk)", "Silent Ministry (kk)"]
    )
    press(chair, "Қабылдау")
    press(chair, "Отырысты жабу")
    # Minutes are written, signed by two, published.
    secretary.goto(f"{at}minutes/")
    secretary.fill(f"[name=heard_{item.pk}_kk]", "Хатшылықтың баяндамасы тыңдалды")
    press(secretary, "Хаттаманы сақтау")
    press(secretary, "Хатшы ретінде қол қою")
    chair.goto(f"{at}minutes/")
    press(chair, "Төраға ретінде қол қою")
    press(chair, "Хаттама мен шешімдерді жариялау")
    decision = Decision.objects.get()
    # One ministry answers from the link in its letter.
    ministry = open_page(script=False)
    sign_in(ministry, "ministry.clerk")
    row = Addressee.objects.get(body__slug="ministry")
    ministry.goto(f"/kk/desk/answers/{row.pk}/")
    ministry.check("[name=state][value=accepted]")
    press(ministry, "Жауап беру")
    # A citizen sees the minutes, and which body has not answered point 1.
    for language in ("kk", "ru", "en"):
        citizen = open_page(language=language, width=320, script=False)
        citizen.goto(f"/{language}/meetings/{meeting.pk}/")
        assert "Хатшылықтың баяндамасы тыңдалды" in citizen.inner_text("main")
        citizen.goto(f"/{language}/decisions/answers/")
        citizen.get_by_role("link", name="Silent Ministry").first.click()
        assert "1-1" in citizen.inner_text("#points")
        citizen.goto(f"/{language}/decisions/{decision.pk}/")
        rows = citizen.locator("#point-1 tbody tr").all_inner_texts()
        said = {"kk": "әзірге жауап жоқ", "ru": "ответа пока нет", "en": "no answer yet"}[language]
        assert [said in each for each in rows] == [False, True] or [
            said in each for each in rows
        ] == [True, False]
        wide = breadth(citizen)
        assert wide <= 320
    for path in (f"/meetings/{meeting.pk}/", "/meetings/", "/decisions/", "/decisions/answers/"):
        looked = open_page(language="ru")
        looked.goto(f"/ru{path}")
        assert violations(looked) == []
