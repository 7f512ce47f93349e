"""What many votes say, from the terminal."""

import json as notation
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kelisim.consensus.words import refusal
from kelisim.engines.consensus import (
    ALONE,
    Cluster,
    Unreadable,
    Votes,
    Workers,
    analysis,
    read_bytes,
)
from kelisim.refusals import Refusal, Refused

PATIENCE = 10
"""Seconds in which a cluster must answer."""
TOP = 5
"""Statements of each kind that the terminal shows; the file has all."""


def analyse(
    *,
    file: Path,
    json: Path | None,
    aside: Sequence[str],
    background: Sequence[str],
    seed: int,
    scheduler: str | None,
) -> int:
    """Read votes, analyse them, print what is most to be known; no database is asked."""
    votes = taken(file)
    unknown = sorted({*aside, *background} - set(votes.statements))
    if unknown:
        raise Refused(Refusal("consensus.statement_unknown", names=", ".join(unknown)))
    with workers(scheduler) as hands:
        found = analysis(votes, aside=aside, background=background, seed=seed, workers=hands)
    if json:
        with json.open("w", encoding="utf-8") as out:
            notation.dump(found, out, ensure_ascii=False)
            out.write("\n")
    show(found)
    return 0


@contextmanager
def workers(scheduler: str | None) -> Iterator[Workers]:
    """The process itself, or a Dask cluster while it is connected."""
    if scheduler is None:
        yield ALONE
        return
    try:
        from distributed import Client  # noqa: PLC0415  (kelisim[scale] only)
    except ImportError as missing:
        raise Refused(Refusal("consensus.scale_missing")) from missing
    try:
        client = Client(scheduler, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as fault:
        raise Refused(Refusal("consensus.cluster_unreached", address=scheduler)) from fault
    with client:
        yield Cluster(client)


def taken(file: Path) -> Votes:
    """The votes of a file, or every reason why not, each with its line."""
    try:
        return read_bytes(file.read_bytes())
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise Refused(Refusal("consensus.file_unreadable", file=file.name, why=why)) from fault
    except UnicodeDecodeError as fault:
        why = _("it is not in UTF-8")
        raise Refused(Refusal("consensus.file_unreadable", file=file.name, why=why)) from fault
    except Unreadable as unreadable:
        raise Refused(
            *(
                refusal(fault, _("line %(number)s") % {"number": fault.line})
                for fault in unreadable.faults
            )
        ) from unreadable


def show(found: dict[str, Any]) -> None:
    """How many took part, the groups, and the statements that say most."""
    statements = found["statements"]
    print(
        _("%(people)s participants, %(statements)s statements")
        % {"people": len(found["participants"]), "statements": len(statements)}
    )
    if found["groups"]:
        print(
            _("%(groups)s groups of %(sizes)s; stability %(stability).2f")
            % {
                "groups": found["groups"],
                "sizes": ", ".join(map(str, found["sizes"])),
                "stability": found["stability"],
            }
        )
    else:
        print(_("no clear groups"))
    listed(_("What all groups agree on"), statements, "group_consensus_mean")
    listed(_("Where they differ"), statements, "divisive")
    listed(_("What bridges the main division"), statements, "bridging")
    print(f"SHA-256 {found['inputs_sha256']}")


def listed(words: str, statements: Sequence[dict[str, Any]], key: str) -> None:
    print(f"{words}:")
    for one in sorted(statements, key=lambda each: (-each[key], each["id"]))[:TOP]:
        counts = f"+{one['agree']} −{one['disagree']} ○{one['pass']}"
        print(f"  {one['id']}: {one[key]:.3f} ({counts})")
