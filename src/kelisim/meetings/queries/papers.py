"""Meetings and decisions with everything that their papers tell; a fixed number of queries."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q

from kelisim.meetings.models import (
    Addressee,
    Attendance,
    Ballot,
    Decision,
    Item,
    Meeting,
    Point,
)
from kelisim.meetings.states import ItemState
from kelisim.papers.models import Attached, Document

ADDRESSEES = Addressee.objects.select_related("body").order_by("pk")
POINTS = (
    Point.objects.select_related("executor")
    .prefetch_related(Prefetch("addressees", ADDRESSEES))
    .order_by("number")
)
ATTENDANCES = Attendance.objects.select_related("mandate__person", "mandate__seat").order_by(
    "mandate__seat__order", "pk"
)
ITEMS = (
    Item.objects.exclude(state__in=[ItemState.PROPOSED, ItemState.DECLINED])
    .select_related("mover__person", "decision")
    .prefetch_related(
        "passages",
        Prefetch("ballots", Ballot.objects.order_by("opened_at")),
        Prefetch("decision__points", POINTS),
    )
    .order_by("position", "pk")
)


def meeting(pk: int) -> Meeting | None:
    """A meeting for its minutes or agenda; eight queries."""
    return (
        Meeting.objects.filter(pk=pk)
        .select_related(
            "body__kind", "chair__person", "chair__seat", "secretary__person", "secretary__seat"
        )
        .prefetch_related(Prefetch("items", ITEMS), Prefetch("attendances", ATTENDANCES), "guests")
        .first()
    )


def decision(pk: int) -> Decision | None:
    """A decision for its paper, extract and letters; eight queries."""
    return (
        Decision.objects.filter(pk=pk)
        .select_related(
            "ballot",
            "item__meeting__body__kind",
            "item__meeting__chair__person",
            "item__meeting__chair__seat",
            "item__meeting__secretary__person",
            "item__meeting__secretary__seat",
        )
        .prefetch_related(
            Prefetch("points", POINTS),
            "item__passages",
            "item__ballots",
            Prefetch("item__meeting__attendances", ATTENDANCES),
        )
        .first()
    )


def registered(of: Meeting, decisions: Sequence[Decision]) -> list[Document]:
    """What was registered of a meeting and its decisions, with the files; two queries."""
    refs = Q(about_kind="meetings:minutes", about_ref=str(of.pk))
    for each in decisions:
        own = Q(about_ref=str(each.pk)) | Q(about_ref__startswith=f"{each.pk}/")
        refs |= Q(about_kind="meetings:decision") & own
    attached = Attached.objects.order_by("pk")
    found = Document.objects.filter(refs).prefetch_related(Prefetch("attached", attached))
    return list(found.order_by("registered_at", "pk"))
