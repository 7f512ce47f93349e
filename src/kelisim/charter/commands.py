"""Charters from the terminal."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kelisim.charter.readers import read as read_bytes
from kelisim.charter.trees.draft import Draft
from kelisim.charter.trees.types import known
from kelisim.refusals import Refusal, Refused


def read(*, file: Path, charter_type: str | None, as_json: bool) -> int:
    """Read a file into a draft tree and print it; no database is asked."""
    if charter_type and charter_type not in known():
        raise Refused(Refusal("charter.type_unknown", names=", ".join(known())))
    try:
        data = file.read_bytes()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise Refused(Refusal("charter.file_unreadable", file=file.name, why=reason)) from fault
    draft = read_bytes(
        data, name=file.name, charter_type=known()[charter_type] if charter_type else None
    )
    if as_json:
        json.dump(draft.to_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        show(draft)
    return 0


def show(draft: Draft) -> None:
    """The tree for a person, with its lines; then what was left aside and what was guessed."""
    kinds = known().get(draft.charter_type, known()["generic"]).kinds
    depths: dict[str | None, int] = {None: -1}
    print(draft.title)
    for name, words in draft.fields.items():
        print(f"  {name}: {words}")
    for provision in draft.provisions:
        depths[provision.eid] = depth = depths[provision.parent] + 1
        kind = kinds[provision.kind].names if provision.kind in kinds else {}
        words = kind.get(get_language() or "en", provision.kind)
        lines = f"{provision.lines[0]}–{provision.lines[1]}"
        print(f"{'  ' * depth}{words} {provision.number} {provision.text} [{lines}]")
    print()
    print(_("Left aside:"))
    for leaving in draft.leavings:
        if leaving.why != "mark":
            print(f"  {leaving.why} [{leaving.lines[0]}–{leaving.lines[1]}] {leaving.text}")
    print(_("Guesses, the least certain first:"))
    for guess in sorted(draft.guesses, key=lambda guess: guess.certainty):
        print(f"  {guess.certainty:.0%} {guess.what} [{guess.lines[0]}–{guess.lines[1]}]")


def types(*, as_json: bool) -> int:
    """List the kinds of charter that are known."""
    rows = {key: dict(one.names) for key, one in known().items()}
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for key, names in rows.items():
            print(f"{key:12} {names.get(get_language() or 'en', key)}")
    return 0


def export(*, slug: str, version: int | None, form: str, language: str, to: Path) -> int:
    """Write a published version as Akoma Ntoso, JSON or DOCX."""
    # These read the database; reading a file does without them.
    from kelisim.charter.exports import AKN, DOCX, JSON  # noqa: PLC0415
    from kelisim.charter.exports.addresses import Place  # noqa: PLC0415
    from kelisim.charter.exports.serving import Asked, write_version  # noqa: PLC0415
    from kelisim.charter.queries import reading  # noqa: PLC0415

    today = timezone.localdate()
    found = reading.version(slug, version) if version else reading.current(slug, today)
    if found is None:
        raise Refused(Refusal("charter.not_published", slug=slug))
    asked = Asked(
        form={"akn": AKN, "json": JSON, "docx": DOCX}[form],
        language=language,
        place=Place(settings.ORIGIN),
        country=settings.COUNTRY,
        on=today,
    )
    to.write_bytes(write_version(found, asked).data)
    return 0
