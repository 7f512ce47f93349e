"""A plan's draft in a browser: typed by keyboard, pasted from a spreadsheet, undone, handed down."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from kelisim.commitments.models import Line, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.trees.table import Heading, from_json
from tests.commitments import world as w
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([cell, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


@pytest.fixture
def of(empty_site):
    built = w.world(regions=2)
    email = built.officer.email
    EmailAddress.objects.create(user=built.officer, email=email, primary=True, verified=True)
    return built


def looked_at(page, name, width=1280):
    """Axe finds nothing, and nothing stands out of a narrow screen."""
    page.set_viewport_size({"width": width, "height": 900})
    found = violations(page)
    assert "\n".join(found) == ""
    assert breadth(page) <= width
    picture(page, f"drafting-{name}-{width}")


def paste(page, cell, text):
    page.evaluate(PASTE, [cell.element_handle(), text])


def kept(edition):
    return [from_json(line.content) for line in reading.lines(edition)]


def test_a_plan_is_drafted_by_keyboard_and_handed_down(of, open_page):
    edition = w.drafted(of, Heading(w.words("Rooms")), w.row("1"), w.row("2"))
    page = open_page(language="ru")
    sign_in(page, of.officer.email.split("@")[0], "ru")
    page.goto("/ru/desk/plans/")
    looked_at(page, "plans")
    page.goto(f"/ru/desk/editions/{edition.pk}/")
    looked_at(page, "grid")
    rows = page.locator("#grid tbody tr")
    said = page.locator("#grid-said")

    def cell(row, column):
        return rows.nth(row).locator(f"[data-column={column}]")

    # Enter opens, Enter keeps and goes down; Escape leaves it; typing begins anew.
    cell(1, "number").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("0")
    with page.expect_response("**/cells/"):
        page.keyboard.press("Enter")
    expect(cell(2, "number")).to_be_focused()
    expect(said).not_to_be_empty()
    assert kept(edition)[1].number == "10"
    page.keyboard.press("F2")
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("1")
    with page.expect_response("**/cells/"):
        page.keyboard.press("Tab")
    assert cell(2, "number").inner_text() == "2"
    # A pasted column of terms: one is read, the other says beside it why not.
    paste(page, cell(1, "term"), "IV квартал 2026 года\r\nкогда-нибудь\r\n")
    expect(cell(2, "term").locator(".error")).to_be_visible()
    expect(cell(1, "term")).to_contain_text("IV")
    assert cell(2, "term").get_attribute("aria-invalid") == "true"
    _heading, one, two = kept(edition)
    assert one.number == "1"
    assert one.term == w.terms.read("IV квартал 2026 года", "ru")
    assert two.term == w.terms.read("до 1 октября 2026 года", "ru")
    looked_at(page, "fault")
    # A block that does not fit is not cut; an empty number is a problem at once.
    before = said.inner_text()
    paste(page, cell(2, "number"), "3\n4\n5")
    expect(said).not_to_have_text(before)
    assert kept(edition)[2].number == "2"
    cell(2, "number").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#problems-box li")).to_have_count(1)
    looked_at(page, "problem", 320)
    # Back by the keyboard, and the row as a form, on a telephone.
    page.set_viewport_size({"width": 1280, "height": 900})
    cell(2, "number").focus()
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    assert kept(edition)[2].number == "2"
    assert page.locator("#problems-box li").count() == 0
    page.goto(f"/ru/desk/editions/{edition.pk}/rows/{reading.lines(edition)[1].key}/")
    looked_at(page, "row", 320)
    page.goto("/ru/desk/plans/new/")
    looked_at(page, "new", 320)
    # Without script the same rows are moved and taken out by buttons.
    plain = open_page(language="kk", script=False)
    sign_in(plain, of.officer.email.split("@")[0], "kk")
    plain.goto(f"/kk/desk/editions/{edition.pk}/")
    with plain.expect_navigation():
        plain.locator("#grid tbody tr").nth(2).locator("[value=remove]").click()
    assert len(kept(edition)) == 2
    with plain.expect_navigation():
        plain.click("#undo")
    assert len(kept(edition)) == 3
    # A commitment of a plan in force goes down to a region.
    (promised,) = w.approved(of, w.row("7"), starts=w.STARTS.replace(year=2025))
    page.goto(f"/ru/desk/commitments/{promised.pk}/hand-down/")
    page.check(f"[name=bodies][value='{of.regions[0].pk}']")
    page.click("[name=act][value=preview]")
    looked_at(page, "hand-down", 320)
    page.click("[name=act][value=hand]")
    page.wait_for_url("**/desk/plans/")
    below = Plan.objects.get(parent=promised.plan)
    assert below.body == of.regions[0]
    assert Line.objects.get(edition__plan=below).content["parent"] == promised.pk
