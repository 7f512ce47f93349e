"""An association corrects its record and the secretariat verifies it; in Kazakh, script or not."""

import os
from datetime import date
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from kelisim.bodies.actions import merging, verification
from kelisim.bodies.models import Association, Fact, Likeness, Proposal, Seat
from kelisim.bodies.states import Role
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import council, hold, officer, person
from tests.bodies.records import enter, known_of, representative
from tests.journeys.conftest import breadth, in_every_look, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "birge-kelisim-1"
KEPT = os.environ.get("KELISIM_PICTURES", "")


@pytest.fixture
def association(empty_site):
    call_command("createcachetable", verbosity=0)
    load_territory()
    council()
    clerk = officer("Clerk")
    made = enter(clerk, at=timezone.now())
    speaks = representative(made, "Speaker")
    for who in (clerk, speaks):
        EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    return made


def sign_in(page, name, language="kk"):
    page.goto(f"/{language}/account/logout/")
    if page.locator("main form button[type=submit]").count():
        page.click("main form button[type=submit]")
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", f"{name}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/desk/")


def picture(page, name):
    """Kept where the environment says, for people to look at."""
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False])
def test_an_association_corrects_its_record_and_the_secretariat_verifies_it(
    association, open_page, script
):
    slug = association.body.slug
    theirs, office = open_page(script=script), open_page(script=script)
    sign_in(theirs, "speaker")
    sign_in(office, "clerk")
    # The association writes what is new: a telephone, a year's members, one more course.
    theirs.goto("/kk/desk/register/")
    theirs.get_by_role("link", name="«Үлгі» мәдени бірлестігі").click()
    theirs.get_by_role("link", name="Өзгеріс ұсыну").click()
    theirs.fill("[name=phone]", "+7 700 123 45 67")
    theirs.fill("[name=members-1-year]", "2025")
    theirs.fill("[name=members-1-count]", "131")
    theirs.fill("[name=offers-1-name_kk]", "Өлең үйірмесі")
    theirs.get_by_role("button", name="Ұсыну").click()
    # Without a source it is refused, beside the field and at the top; what was typed stays.
    assert theirs.locator(".errors a[href='#id_source']").count() == 1
    assert theirs.input_value("[name=phone]") == "+7 700 123 45 67"
    assert theirs.input_value("[name=offers-1-name_kk]") == "Өлең үйірмесі"
    theirs.fill("[name=source]", "Жиналыс хаттамасы")
    theirs.get_by_role("button", name="Ұсыну").click()
    theirs.wait_for_url(f"**/desk/register/{slug}/")
    assert known_of(association).phone == "+7 700 000 00 00"
    # The secretariat returns it, not without a reason.
    office.goto("/kk/desk/")
    office.locator("a[href*='/desk/register/proposals/']").first.click()
    picture(office, f"proposal-{script}")
    assert "+7 700 123 45 67" in office.inner_text("main")
    office.get_by_role("button", name="Себебін айтып қайтару").click()
    assert office.locator(".error").count() == 1
    office.fill("[name=reason]", "Хаттаманың күнін жазыңыз")
    office.get_by_role("button", name="Себебін айтып қайтару").click()
    office.wait_for_selector(".messages .success")
    # The association reads why, and proposes again.
    theirs.goto("/kk/desk/")
    assert "Хаттаманың күнін жазыңыз" in theirs.inner_text("main")
    theirs.get_by_role("link", name="Қайта ұсыну").click()
    assert "Хаттаманың күнін жазыңыз" in theirs.inner_text("main")
    theirs.fill("[name=phone]", "+7 700 123 45 67")
    theirs.fill("[name=source]", "2026 жылғы 1 наурыздағы хаттама")
    theirs.get_by_role("button", name="Ұсыну").click()
    theirs.wait_for_url(f"**/desk/register/{slug}/")
    # The secretariat accepts it: what changed is verified.
    office.goto("/kk/desk/")
    office.locator("a[href*='/desk/register/proposals/']").first.click()
    office.get_by_role("button", name="Қабылдау").click()
    office.wait_for_selector(".messages .success")
    assert known_of(association).phone == "+7 700 123 45 67"
    # And verifies two facts more from the papers before it.
    office.goto(f"/kk/desk/register/{slug}/")
    office.check("#verify-name")
    office.check("#verify-bin")
    office.get_by_role("button", name="Белгіленгенін тексерілді деп жазу").click()
    assert office.locator(".errors").count() == 1
    assert office.is_checked("#verify-name")
    office.fill("[name=source]", "Тіркеу куәлігі № 777")
    office.get_by_role("button", name="Белгіленгенін тексерілді деп жазу").click()
    office.wait_for_selector(".messages .success")
    verified = Fact.objects.filter(association=association, state="verified")
    assert set(verified.values_list("field", flat=True)) == {"name", "bin", "contacts"}
    # Everybody reads it, with its source and day.
    anybody = open_page(script=script)
    anybody.goto(f"/kk/associations/{slug}/")
    assert "+7 700 123 45 67" in anybody.inner_text("main")
    assert "тексерілген" in anybody.inner_text("main").casefold()


@pytest.fixture
def everything(association):
    """Something on every page of the register and of bodies; gives the pages."""
    at = timezone.now()
    clerk = person("Clerk")
    chief = person("Speaker")
    head = Seat.objects.filter(role=Role.HEAD).first()
    seat = hold(chief, Seat.objects.get(role=Role.OFFICER).body, Role.HEAD) if not head else None
    double = enter(clerk, at=at, name={"ru": "Объединение «Образец» культурное"})
    merging.look_for_doubles(at=at)
    verification.verify(association.pk, facts=["name"], source="x", by=clerk, at=at)
    verification.fall_due(on=date(2099, 1, 1), at=at)
    assert Likeness.objects.exists()
    assert seat
    proposal = Proposal.objects.create(
        association=association,
        changes={
            "contacts": [
                {"address": {}, "phone": "1", "email": "", "site": ""},
                {"address": {"kk": "Үлгі көшесі"}, "phone": "2", "email": "", "site": ""},
            ]
        },
        source="хат",
        proposed_at=at,
        proposed_by=clerk,
    )
    slug, body = association.body.slug, seat.seat.body.slug
    made = seat.seat.pk
    return [
        "desk/", "desk/register/", "desk/register/due/", "desk/register/missing/",
        "desk/register/accreditations/", "desk/register/doubles/", "desk/register/enter/",
        f"desk/register/{slug}/", f"desk/register/{slug}/propose/", f"desk/register/{slug}/correct/",
        f"desk/register/{slug}/accredit/", f"desk/register/{slug}/yearly/",
        f"desk/register/proposals/{proposal.pk}/",
        f"desk/register/doubles/{slug}/{double.body.slug}/",
        "desk/bodies/", "desk/bodies/found/", f"desk/bodies/{body}/", f"desk/bodies/{body}/seat/",
        f"desk/bodies/{body}/rename/", f"desk/bodies/{body}/describe/",
        f"desk/bodies/seats/{made}/appoint/", f"desk/bodies/mandates/{seat.pk}/end/",
        f"desk/bodies/mandates/{seat.pk}/deputise/",
    ]  # fmt: skip


@in_every_look
def test_every_page_is_clean_for_everybody(everything, open_page, language, width):
    assert Association.objects.count() == 2
    page = open_page(language=language, width=width)
    sign_in(page, "speaker", language)
    found, wide = [], []
    for path in everything:
        answer = page.goto(f"/{language}/{path}")
        assert answer.status == 200, path
        found.extend(violations(page))
        picture(page, f"{path.strip('/').replace('/', '-')}-{language}-{width}")
        if breadth(page) > page.evaluate("innerWidth"):
            wide.append(path)
    assert found == []
    assert wide == []
