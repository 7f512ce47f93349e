"""Plans, commitments and their control on the desk."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kelisim.bodies.queries.powers import Powers
from kelisim.commitments.queries.digest import Line, Own
from kelisim.commitments.queries.waiting import Group, awaited, waiting_for
from kelisim.desk.queries.items import Item, begins
from kelisim.pages.templatetags.kelisim import plainly


def acts() -> dict[str, tuple[Any, Any]]:
    """What each kind is called on the desk, and its one next act."""
    return {
        "overdue": (_("A term has passed"), _("Report")),
        "due": (_("A report is due"), _("Report")),
        "returned": (_("A report was returned, or a question was asked"), _("Mend it")),
        "gather": (_("A co-executor’s part awaits your consolidated report"), _("Gather")),
        "agree": (_("A plan awaits our agreement"), _("Read and answer")),
        "control": (_("A report awaits the controller’s opinion"), _("Read it")),
        "issue": (_("Found executed: to be decided"), _("Decide")),
        "extend": (_("A later term is asked for"), _("Decide")),
        "approve": (_("An agreed plan awaits approval"), _("Read and approve")),
    }


def waiting(held: Powers, on: date) -> Iterator[Item]:
    """What of plans and commitments needs my act; a fixed number of queries."""
    words = acts()
    for group in waiting_for(Own.of(held), on):
        matter, act = words[group.key]
        for line in group.lines:
            yield item(line, matter, act, "overdue" if late(group, line, on) else "underway")
        if group.more:
            yield rest(group, matter)


def late(group: Group, line: Line, on: date) -> bool:
    return group.key == "overdue" or (line.day is not None and line.day < on)


def item(line: Line, matter: Any, act: Any, state: str) -> Item:
    return Item(
        since=begins(line.day),
        on=line.day,
        matter=str(matter),
        title=line.title,
        detail=f"№ {line.number}" if line.number else "",
        of=plainly(line.body.name) if line.body else "",
        act=str(act),
        address=line.address,
        state=state,
    )


def rest(group: Group, matter: Any) -> Item:
    """What the desk does not hold stands in the control table."""
    return Item(
        since=None,
        matter=str(matter),
        title={},
        detail=_("there are more than the desk shows"),
        of="",
        act=_("See all"),
        address=group.all or reverse("commitments:control"),
    )


def expected(held: Powers) -> Iterator[Item]:
    """What I wait for: reports that were handed in, later terms that were asked for."""
    for line in awaited(Own.of(held)):
        yield item(line, _("Our report is before its controller"), _("Look"), "planned")
