"""May a table be imported, and does it hold together? Facts in, a Refusal or nothing out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers


def may_import(held: "Powers") -> Refusal | None:
    """Tables are imported by the secretariats; each row must lie in their territory besides."""
    return None if held.may(rights.IMPORT) else Refusal("bodies.not_importer")


def may_apply(*, same_file: bool) -> Refusal | None:
    """Only the file that was looked at is applied."""
    return None if same_file else Refusal("bodies.import_other_file")


def circle(code: str, parents: Mapping[str, str]) -> Refusal | None:
    """Nobody is a branch of their own branch. `parents`: code of each → code of its parent."""
    seen = {code}
    above = parents.get(code, "")
    while above:
        if above == code:
            return Refusal("bodies.parent_circle", place="parent")
        if above in seen:
            return None
        seen.add(above)
        above = parents.get(above, "")
    return None
