"""Keep every room's words in three languages: extract, compile, check.

Each room holds its own catalogue, `src/kelisim/<room>/locale/<language>/LC_MESSAGES/django.po`.
English is the language of the code; a refusal and an official act are looked up by their code,
so these have an English catalogue too. No GNU gettext is needed: Django turns templates into
Python that Babel reads.

    python tools/messages.py extract | compile | check
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SRC = Path(__file__).resolve().parents[1] / "src" / "kelisim"
KEYWORDS = {
    name: spec
    for base, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for name in (base, f"{base}_lazy", f"{base}_noop")
} | {"_": None, "translate": None}
TONGUES = ("kk", "ru", "en")
CODE = re.compile(r"^[a-z]+\.[a-z0-9_.]+$")
PLACEHOLDER = re.compile(r"%\((\w+)\)")

Found = dict[tuple[str | None, str], str | tuple[str, ...]]


def rooms() -> list[Path]:
    """Every room, and the command line, which speaks too."""
    return sorted({p.parent for p in SRC.glob("*/apps.py")} | {*SRC.glob("cli")})


def codes(path: Path) -> Iterator[str]:
    """Codes that a file uses: of refusals, and of acts and mandates that the ledger shows.

    What an action hands to the function that records for it is the code of an act too.
    """
    acts = "actions" in {path.stem, path.parent.name}
    own = f"{path.relative_to(SRC).parts[0]}."
    for node in ast.walk(ast.parse(path.read_text())):
        value = node.value if acts and isinstance(node, ast.Constant) else None
        if isinstance(value, str) and CODE.match(value) and value.startswith(own):
            yield value
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        literal = first.value if isinstance(first, ast.Constant) else None
        if name in {"Mandate", "Refusal", "record"} and isinstance(literal, str):
            yield literal


def used(room: Path) -> Found:
    """Every message of a room's code and templates: (context, msgid) → msgid or plural pair."""
    found: Found = {}
    for path in sorted(room.rglob("*")):
        if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        text = path.read_text()
        source = text if path.suffix == ".py" else templatize(text, origin=str(path))
        rows = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, message, _comments, context in rows:
            first = message[0] if isinstance(message, tuple) else message
            if first:
                found[(context, first)] = message
        if path.suffix == ".py":
            found |= {(None, code): code for code in codes(path)}
    return found


def catalogue(room: Path, language: str) -> tuple[Path, Catalog]:
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        with path.open("rb") as file:
            return path, read_po(file, locale=language, domain="django")
    return path, Catalog(locale=language, domain="django", charset="utf-8", fuzzy=False)


def wanted(room: Path, language: str) -> Found:
    messages = used(room)
    if language == "en":
        return {key: value for key, value in messages.items() if CODE.match(key[1])}
    return messages


def write(path: Path, catalog: Catalog, language: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=True, sort_output=False)
    header = (
        f'# Kelisim, {path.parents[3].name}\nmsgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: nplurals={catalog.num_plurals}; plural={catalog.plural_expr};\\n"\n\n'
    )
    path.write_text(header + out.getvalue().decode().lstrip())


def extract_all() -> None:
    for room in rooms():
        for language in TONGUES:
            path, catalog = catalogue(room, language)
            new = 0
            for (context, first), message in wanted(room, language).items():
                if catalog.get(first, context=context) is None:
                    catalog.add(message, context=context)
                    new += 1
            if new:
                write(path, catalog, language)
                print(f"{path.relative_to(SRC)}: {new} new")


def compile_all() -> None:
    for path in SRC.glob("*/locale/*/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3], domain="django")
        out = io.BytesIO()
        write_mo(out, catalog)
        path.with_suffix(".mo").write_bytes(out.getvalue())


def faults(message: Message) -> str | None:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(texts):
        return "not translated"
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    if CODE.match(ids[0]):
        return None
    asked = {name for text in ids for name in PLACEHOLDER.findall(text)}
    given = {name for text in texts for name in PLACEHOLDER.findall(text)}
    return None if given <= asked <= given | {"count"} else "other placeholders"


def untranslated(room: Path, language: str) -> Iterator[str]:
    catalog = catalogue(room, language)[1]
    for context, first in wanted(room, language):
        message = catalog.get(first, context=context)
        fault = "not in the catalogue" if message is None else faults(message)
        if fault:
            yield f"{room.name} · {language} · {first!r}: {fault}"


def unequal(room: Path) -> Iterator[str]:
    """Sentences of codes that do not name the same facts in all three languages."""
    english, *others = (catalogue(room, language)[1] for language in ("en", "kk", "ru"))
    for _context, code in wanted(room, "en"):
        facts = [
            set(PLACEHOLDER.findall(str(message.string)))
            for catalog in (english, *others)
            if (message := catalog.get(code))
        ]
        if any(found != facts[0] for found in facts):
            yield f"{room.name} · {code!r}: the three languages name different facts"


def problems() -> list[str]:
    """What is missing, by room, language and message; empty when all is said in three languages."""
    return [
        problem
        for room in rooms()
        for problem in (
            *(fault for language in TONGUES for fault in untranslated(room, language)),
            *unequal(room),
        )
    ]


def main() -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    match sys.argv[1:]:
        case ["extract"]:
            extract_all()
        case ["compile"]:
            compile_all()
        case ["check"]:
            found = problems()
            print("\n".join(found) or "Every message is there in three languages.")
            return bool(found)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
