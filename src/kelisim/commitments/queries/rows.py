"""The table of an edition, and what its rows are held against."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision
from kelisim.commitments.models import Edition, Line
from kelisim.commitments.rules.plans import Frame
from kelisim.commitments.trees.sealing import digest
from kelisim.commitments.trees.table import Row, Table, from_json


def lines(edition: Edition) -> list[Line]:
    """The lines in their order; one query."""
    return list(Line.objects.filter(edition=edition).order_by("position", "pk"))


def table(found: Iterable[Line]) -> Table:
    return Table(tuple(from_json(line.content) for line in found))


def content_digest(found: Iterable[Line]) -> str:
    """The digest of a table as its readers see it: keys and contents in order."""
    return digest([[line.key, line.content] for line in found])


def alive(slugs: Iterable[str], on: date) -> frozenset[str]:
    """Those bodies that exist on a day; one query."""
    found = Body.objects.filter(slug__in=set(slugs), merged_into__isnull=True)
    return frozenset(found.exclude(dissolved_on__lte=on).values_list("slug", flat=True))


def frame(edition: Edition, of: Table) -> Frame:
    """What a table is held against; two queries."""
    plan, rows = edition.plan, list(of.rows())
    eids = None
    if plan.version_id:
        eids = frozenset(
            Provision.objects.filter(version=plan.version_id).values_list("eid", flat=True)
        )
    return Frame(
        starts=plan.starts,
        ends=plan.ends,
        bodies=alive((slug for row in rows for slug in row.executors), plan.starts),
        eids=eids,
        numbers=Counter(row.number for row in rows),
    )


def executors(of: Iterable[Row]) -> list[Body]:
    """Every body that the rows name, in the order of first mention; one query."""
    slugs = list(dict.fromkeys(slug for row in of for slug in row.executors))
    found = {body.slug: body for body in Body.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]
