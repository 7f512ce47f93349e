"""`kelisim ledger verify` and `kelisim ledger checkpoint`."""

import json
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from kelisim.ledger import queries
from kelisim.ledger.chain import Checkpoint
from kelisim.refusals import Refusal, Refused


def kept(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises Refused when there is none."""
    try:
        return Checkpoint.from_json(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise Refused(Refusal("ledger.no_checkpoint", place=str(path))) from fault


def verify(checkpoint: Path | None, *, as_json: bool) -> int:
    """Prove the chain; the exit code is 1 when it is broken, and the first fault is named."""
    verdict = queries.verify(kept(checkpoint) if checkpoint else None)
    missing = queries.triggers_missing()
    if as_json:
        fault = verdict.fault
        said = {
            "whole": verdict.whole,
            "entries": verdict.entries,
            "fault": {"code": fault.code, **fault.facts} if fault else None,
            "says": str(verdict),
            "guards_missing": missing,
            "checkpoint": verdict.checkpoint.as_json(),
        }
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(verdict)
        if verdict.whole and checkpoint is None:
            print(_("Without a checkpoint kept elsewhere nobody can see a tail that was removed."))
        for name in missing:
            lacking = _("The database lacks the guard %(name)s: run `kelisim prepare`.")
            print(lacking % {"name": name}, file=sys.stderr)
    return 0 if verdict.whole else 1


def checkpoint() -> int:
    """Print where the chain stands, to be kept where nobody of this server can write."""
    print(json.dumps(queries.checkpoint().as_json(), indent=1))
    return 0
