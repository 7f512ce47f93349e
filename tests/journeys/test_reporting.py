"""A report from the link in a letter to a photograph that everybody sees, in a browser."""

from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from PIL import Image

from kelisim.commitments.models import Evidence, Report
from kelisim.commitments.states import ReportState
from tests.commitments import world as w
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import PASSWORD, picture, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def of(empty_site):
    call_command("createcachetable", verbosity=0)
    built = w.world()
    for who in (built.clerk, built.officer, built.chair):
        EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    return built


def name(who):
    return who.email.split("@")[0]


def press(page, words):
    page.get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


def photograph():
    shown = Image.new("RGB", (1200, 900), "#8fb8d8")
    shown.paste("#c9a26a", (0, 560, 1200, 900))
    exif = Image.Exif()
    exif[0x0110] = "Invented Camera 3000"
    kept = BytesIO()
    shown.save(kept, "JPEG", exif=exif)
    return {"name": "opening.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def looked_at(page, language, width, known):
    """Axe finds nothing, and nothing stands out of a narrow screen."""
    assert violations(page) == []
    assert breadth(page) <= width
    picture(page, f"reporting-{known}-{language}-{width}")


def test_a_report_is_returned_once_accepted_by_two_and_its_photograph_seen(of, open_page):
    commitment, other = w.approved(of, w.measured("1"), w.measured("2"), version=w.charter())
    stage, indicator = commitment.stages.get(), commitment.indicators.get()
    link = f"/ru/desk/commitments/terms/{stage.pk}/report/"
    # The executor comes by the link of a letter, on a telephone.
    clerk = open_page(language="ru", width=320)
    clerk.goto(link)
    clerk.fill("[name=login]", of.clerk.email)
    clerk.fill("[name=password]", PASSWORD)
    clerk.click("main form button[type=submit]")
    clerk.wait_for_url(f"**{link}")
    looked_at(clerk, "ru", 320, "form")
    # What is missing is told at once; what was typed stays.
    clerk.fill(f"[name=figure_{indicator.pk}]", "сорок")
    clerk.fill("[name=address]", "https://example.org/opening")
    press(clerk, "Сдать")
    assert clerk.locator(".errors li").count() == 5
    assert clerk.input_value("[name=address]") == "https://example.org/opening"
    looked_at(clerk, "ru", 320, "refused")
    clerk.fill("[name=address]", "")
    clerk.fill("[name=words]", "Читальный зал открыт.")
    clerk.fill(f"[name=figure_{indicator.pk}]", "1 200")
    clerk.fill("[name=figures_source]", "Реестр читателей")
    press(clerk, "Сохранить черновик")
    assert Report.objects.get().state == ReportState.DRAFT
    clerk.set_input_files("[name=file]", photograph())
    clerk.fill("[name=title]", "Открытый читальный зал")
    clerk.fill("[name=effective_on]", "2026-02-27")
    for ticked in ("shows_form", "public", "consent"):
        clerk.check(f"[name={ticked}]")
    press(clerk, "Сдать")
    report = Report.objects.get()
    assert report.state == ReportState.SENT
    # The controller returns it with a reason; the executor corrects it.
    office = open_page()
    sign_in(office, name(of.officer))
    office.goto(f"/kk/desk/reports/{report.pk}/")
    looked_at(office, "kk", 1280, "review")
    office.click("#send_back summary")
    office.fill("#send_back [name=because]", "Қай қалада?")
    press(office, "Негіздемесін жазып қайтару")
    clerk.goto(link)
    assert "Қай қалада?" in clerk.inner_text("main")
    assert clerk.input_value("[name=words]") == "Читальный зал открыт."
    clerk.fill("[name=words]", "Читальный зал открыт в Астане.")
    press(clerk, "Сдать")
    # What was read is what is accepted: the page that stood open does not count any more.
    office.goto(f"/kk/desk/reports/{report.pk}/")
    assert "в Астане" in office.inner_text("ins")
    looked_at(office, "kk", 1280, "again")
    press(office, "Орындалды")
    assert Report.objects.get().state == ReportState.EXECUTED
    chair = open_page(language="en")
    sign_in(chair, name(of.chair), "en")
    chair.goto(f"/en/desk/reports/{report.pk}/")
    looked_at(chair, "en", 1280, "issuer")
    press(chair, "Remove from control")
    assert Report.objects.get().state == ReportState.ACCEPTED
    chair.goto(f"/en/desk/commitments/{other.pk}/")
    looked_at(chair, "en", 1280, "duty")
    clerk.goto(f"/ru/desk/commitments/{other.pk}/")
    looked_at(clerk, "ru", 320, "duty")
    # Everybody sees the photograph, in three languages, on any screen.
    row = Evidence.objects.get()
    for language, width in (("kk", 320), ("ru", 1280), ("en", 1280)):
        citizen = open_page(language=language, width=width)
        citizen.goto(f"/{language}/commitments/{commitment.pk}/")
        shown = citizen.get_by_role("img", name="Открытый читальный зал")
        shown.scroll_into_view_if_needed()
        assert citizen.request.get(f"/{language}/commitments/photos/{row.pk}/").ok
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
        assert "Читальный зал открыт в Астане." in citizen.inner_text("main")
        assert of.clerk.name not in citizen.inner_text("main").replace("Ministry of Books", "")
        looked_at(citizen, language, width, "public")
