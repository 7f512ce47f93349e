"""Members vote from their own devices while the hall looks at the board; script or not."""

import os
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kelisim.meetings.actions import floor, voting
from kelisim.meetings.models import Voice
from tests.journeys.conftest import breadth, in_every_look, violations
from tests.meetings import sittings as s
from tests.meetings.sittings import STARTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A folder to keep pictures in, for whoever wants to look at the pages.
KEPT = os.environ.get("KELISIM_PICTURES", "")
# The machine of a test may be busy; nobody's patience is measured here.
PATIENCE = 60_000
NOTHING = {
    "kk": "Қазір дауыс беру жүріп жатқан жоқ",
    "ru": "Сейчас голосование не идёт",
    "en": "No vote is open now",
}


class Hall:
    """A council in session, with the addresses of its board and of its members' pages."""

    def __init__(self, language):
        self.of = s.house()
        self.meeting = s.opened(self.of)
        self.item = s.heard(self.meeting, self.of)
        self.language = language

    @property
    def board(self):
        return f"/{self.language}/meetings/{self.meeting.pk}/board/"

    def link(self, who):
        return f"/{self.language}/vote/{s.seated(self.of, who, self.meeting).key}/"


def looked_at(page, name, width):
    """What is wrong with the page as it stands; kept as a picture when asked for."""
    if KEPT:
        page.screenshot(path=Path(KEPT) / f"{name}-{width}.png", full_page=True)
    wide = breadth(page)
    return violations(page) + ([f"{page.url}: {wide} wide in {width}"] if wide > width else [])


@in_every_look
def test_a_vote_opens_is_pressed_by_keyboard_and_closes_under_everybodys_eyes(
    empty_site, open_page, language, width
):
    assert empty_site
    hall = Hall(language)
    mine, board = (open_page(language=language, width=width) for _ in range(2))
    mine.goto(hall.link(hall.of.members[0]))
    board.goto(hall.board)
    expect(mine.locator("#vote")).to_contain_text(NOTHING[language])
    found = looked_at(mine, f"{language}-before", width)

    for who in hall.of.members[1:3]:
        seat = s.seated(hall.of, who, hall.meeting)
        speech = floor.ask_floor(hall.item.pk, attendance=seat, by=who, at=STARTS)
        if who == hall.of.members[1]:
            floor.call_speaker(speech.pk, by=hall.of.chair, at=timezone.now())
    expect(board.locator(".board .count")).to_contain_text(":", timeout=PATIENCE)
    found += looked_at(board, f"{language}-board-speaker", width)

    ballot = s.asked(hall.of, hall.item)
    buttons = mine.locator(".choices button")
    expect(buttons).to_have_count(3, timeout=PATIENCE)
    found += looked_at(mine, f"{language}-open", width)
    boxes = [buttons.nth(n).bounding_box() for n in range(3)]
    assert len({(box["width"], box["height"]) for box in boxes}) == 1
    looks = "[...document.querySelectorAll('.choices button')].map(b => {const c ="
    looks += " getComputedStyle(b); return [c.color, c.backgroundColor, c.fontWeight].join()})"
    assert len(set(mine.evaluate(looks))) == 1
    buttons.nth(2).focus()
    mine.keyboard.press("Enter")
    expect(mine.locator("#vote .state.done")).to_be_visible()
    assert Voice.objects.get().choice == "abstain"
    found += looked_at(mine, f"{language}-given", width)
    expect(board.locator(".board .count")).to_have_text(
        re.compile(r"1\D+7|7\D+1"), timeout=PATIENCE
    )
    found += looked_at(board, f"{language}-board-open", width)

    speaking = hall.item.speeches.get(called_at__isnull=False)
    floor.end_speech(speaking.pk, by=hall.of.chair, at=timezone.now())
    voting.close_ballot(ballot.pk, by=hall.of.chair, at=timezone.now())
    expect(buttons).to_have_count(0, timeout=PATIENCE)
    found += looked_at(mine, f"{language}-closed", width)
    roll = board.locator(".board details")
    expect(roll).to_have_count(1, timeout=PATIENCE)
    roll.locator("summary").click()
    found += looked_at(board, f"{language}-board-closed", width)
    # The board asks again and is told that it shows the newest: the roll stays open.
    with board.expect_response(lambda answer: "part=state" in answer.url, timeout=PATIENCE) as told:
        pass
    assert told.value.status == 204
    expect(board.locator(".board details[open]")).to_have_count(1)
    assert found == []


def test_without_script_one_votes_changes_ones_mind_and_reads_the_sum(empty_site, open_page):
    assert empty_site
    hall = Hall("kk")
    page = open_page(language="kk", width=320, script=False)
    page.goto(hall.link(hall.of.members[0]))
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    ballot = s.asked(hall.of, hall.item)
    page.reload()
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    page.click(".choices button[value=for]")
    assert Voice.objects.get().choice == "for"
    page.click(".choices button[value=against]")
    assert Voice.objects.get().choice == "against"
    voting.close_ballot(ballot.pk, by=hall.of.chair, at=timezone.now())
    page.click(".choices button[value=for]")
    assert page.locator("[role=alert]").count() == 1
    assert Voice.objects.get().choice == "against"
    assert page.locator(".choices").count() == 0


def test_whoever_is_marked_present_may_vote_without_asking_again(empty_site, open_page):
    assert empty_site
    hall = Hall("ru")
    late = hall.of.members[0]
    seat = s.seated(hall.of, late, hall.meeting)
    seat.presence = "invited"
    seat.save(update_fields=["presence"])
    s.asked(hall.of, hall.item)
    page = open_page(language="ru")
    page.goto(hall.link(late))
    expect(page.locator("#vote")).to_contain_text("секретар")
    assert looked_at(page, "absent", 1280) == []
    s.arrive(hall.of, hall.meeting, late)
    expect(page.locator(".choices button")).to_have_count(3, timeout=PATIENCE)
