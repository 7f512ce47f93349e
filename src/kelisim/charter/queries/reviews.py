"""What a second person looks at before a version is published."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from kelisim.charter.models import Correspondence, Step, Succession, Version, Wording
from kelisim.charter.queries.health import Listing, listed
from kelisim.charter.states import Relation
from kelisim.charter.trees.comparison import Stretch, compare
from kelisim.pages.languages import spoken


@dataclass(frozen=True, slots=True)
class Side:
    """A provision of one of the two versions."""

    key: int
    cite: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the mapping, with both texts and what differs in them."""

    row: Succession
    old: Side | None
    new: Side | None
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Mapping:
    relations: Counter[str]
    open: int
    changes: Listing[Change]


@dataclass(frozen=True, slots=True)
class Correction:
    """A text that a person changed by hand, before and after."""

    key: int
    number: str
    stretches: Sequence[Stretch]


def figures(version: Version) -> Counter[str]:
    """How many provisions of each kind; one query."""
    rows = version.provisions.order_by().values_list("kind").annotate(count=Count("pk"))
    return Counter(dict(rows.order_by("-count", "kind")))


def mapping(version: Version, language: str, page: int, *, only_open: bool = False) -> Mapping:
    """The mapping without what stayed as it was; four queries."""
    counted = list(
        Succession.objects.filter(version=version)
        .order_by()
        .values_list("relation", "confirmed")
        .annotate(count=Count("pk"))
    )
    rows = Succession.objects.filter(version=version).select_related("old", "new")
    rows = rows.exclude(relation=Relation.SAME, confirmed=True)
    if only_open:
        rows = rows.filter(confirmed=False)
    ordered = sorted(rows, key=placed)
    shown = listed(ordered, page)
    words = texts((key for row in shown.rows for key in (row.old_id, row.new_id) if key), language)
    relations: Counter[str] = Counter()
    for relation, _confirmed, count in counted:
        relations[relation] += count
    return Mapping(
        relations,
        sum(count for _relation, confirmed, count in counted if not confirmed),
        Listing([change(row, words) for row in shown.rows], shown.number, shown.count, shown.total),
    )


def placed(row: Succession) -> tuple[int, int]:
    """New provisions in their order; repealed ones where they stood."""
    if row.new:
        return (row.new.position, 0)
    return (row.old.position if row.old else 0, 1)


def texts(keys: Iterable[int], language: str) -> dict[int, str]:
    found: dict[int, dict[str, str]] = {}
    for word in Wording.objects.filter(provision__in=list(keys)):
        found.setdefault(word.provision_id, {})[word.language] = word.text or word.title
    return {key: spoken(said, language).text for key, said in found.items()}


def change(row: Succession, words: dict[int, str]) -> Change:
    old = Side(row.old.pk, row.old.cite, words.get(row.old.pk, "")) if row.old else None
    new = Side(row.new.pk, row.new.cite, words.get(row.new.pk, "")) if row.new else None
    return Change(row, old, new, compare(old.words if old else "", new.words if new else ""))


def corrections(version: Version) -> list[Correction]:
    """Every text that was corrected by hand and stands so; one query."""
    found = []
    steps = Step.objects.filter(version=version, verb="correct", undone_at__isnull=True)
    for step in steps.order_by("number"):
        language = step.arguments.get("language", "")
        for old, new in zip(step.before, step.after, strict=True):
            for was, now in zip(old["pieces"], new["pieces"], strict=True):
                before, after = (piece["texts"].get(language, "") for piece in (was, now))
                found.append(Correction(now["key"], now["number"], compare(before, after)))
    return found


def correspondences(version: Version) -> list[Correspondence]:
    return list(
        Correspondence.objects.filter(provision__version=version)
        .select_related("provision", "instrument")
        .order_by("provision__position", "instrument__slug", "place")
    )
