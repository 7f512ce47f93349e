"""What is asked of signed files and of the certificates that they are checked with."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.papers.models import Certificate, Check, Signature
from kelisim.papers.states import CertificateRole
from kelisim.papers.trees.chains import Trust

OFFICE = ("body__kind", "body__unit__parent", "body__parent", "document")


def trust() -> Trust:
    """The certificates that the operator installed; one query."""
    found: dict[str, list[bytes]] = {role.value: [] for role in CertificateRole}
    for role, der in Certificate.objects.values_list("role", "der"):
        found[role].append(bytes(der))
    return Trust(
        anchors=tuple(found[CertificateRole.ANCHOR]),
        intermediates=tuple(found[CertificateRole.INTERMEDIATE]),
        stamping=tuple(found[CertificateRole.TSA]),
    )


def certificates() -> list[Certificate]:
    return list(Certificate.objects.defer("der"))


def signatures(bodies: Q, *, state: str = "") -> QuerySet[Signature]:
    """The signed files of bodies that one keeps, newest first; contents stay where they are."""
    found = Signature.objects.filter(body__in=Body.objects.filter(bodies)).select_related("body")
    return found.filter(state=state) if state else found


def signature(pk: int) -> Signature | None:
    """A signed file with its bytes and the history of its checks; two queries."""
    return (
        Signature.objects.filter(pk=pk)
        .select_related("file", "content", *OFFICE)
        .prefetch_related(Prefetch("checks", Check.objects.order_by("-number")))
        .first()
    )


def of_files(files: Iterable[int]) -> dict[int, Signature]:
    """The newest signature of each of these files, for pages that show files; one query."""
    rows = Signature.objects.filter(file__in=list(files)).order_by("received_at", "pk")
    return {row.file_id: row for row in rows}


def every() -> list[int]:
    """The keys of all signed files, for checking them again."""
    return list(Signature.objects.order_by("pk").values_list("pk", flat=True))
