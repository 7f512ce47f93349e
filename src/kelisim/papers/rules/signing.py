"""May a signed file be kept, may a certificate be trusted? Facts in, refusals out."""

from typing import TYPE_CHECKING

from kelisim.papers import rights
from kelisim.papers.states import CertificateRole
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.papers.trees.authorities import Authority

MEGABYTE = 1024 * 1024


def may_receive(
    held: "Powers", body: "Body", *, paper_of: int | None, sizes: dict[str, int], most: int
) -> list[Refusal]:
    """By the body's office, to a paper of that body, and not too large."""
    if not held.may(rights.KEEP, body):
        return [Refusal("papers.not_keeper")]
    found = [
        Refusal("papers.file_too_large", place=place, most=most // MEGABYTE)
        for place, size in sizes.items()
        if size > most
    ]
    if paper_of is not None and paper_of != body.pk:
        found.append(Refusal("papers.paper_of_another", place="document"))
    return found


def may_verify(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.KEEP, body) else Refusal("papers.not_keeper")


def may_install(brought: "Authority", role: CertificateRole, *, installed: bool) -> Refusal | None:
    """An authority's only, for what it says that it is, and once."""
    if not brought.roles:
        return Refusal("papers.certificate_of_person")
    if role not in brought.roles:
        return Refusal("papers.certificate_other_role", subject=brought.subject, role=role.value)
    if installed:
        return Refusal("papers.certificate_installed_already", subject=brought.subject)
    return None
