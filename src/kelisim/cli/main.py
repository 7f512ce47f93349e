"""`kelisim`: the one command line. Each command names the room's function that does the work."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.translation import gettext as _

from kelisim.refusals import Refused

Run = Callable[[argparse.Namespace], int]
WITHOUT_DATABASE = {
    ("charter", "read"),
    ("charter", "types"),
    ("consensus", "analyse"),
    (None, None),
}


def room(module: str, function: str, *names: str) -> Run:
    """A command that calls `kelisim.<module>.<function>` with the named arguments."""

    def run(asked: argparse.Namespace) -> int:
        call = getattr(import_module(f"kelisim.{module}"), function)
        result: int = call(**{name: getattr(asked, name) for name in names})
        return result

    return run


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", dest="as_json", action="store_true", help=_("print JSON for a program")
    )


def parser() -> argparse.ArgumentParser:
    """Every command with its help, in the language of the terminal."""
    top = argparse.ArgumentParser(
        prog="kelisim",
        description=_("Kelisim: a council runs its charter, in public, from promise to evidence."),
    )
    commands = top.add_subparsers(dest="command", metavar=_("COMMAND"))

    demo = commands.add_parser("demo", help=_("prepare and serve a demonstration on this machine"))
    joined = _("join this authentic Russian text of the Concept to the digest")
    demo.add_argument("--charter", type=Path, metavar="FILE", help=joined)
    demo.add_argument("--port", type=int, default=8000, help=_("the port to serve on"))
    demo.add_argument("--prepare-only", action="store_true", help=_("prepare, do not serve"))
    demo.add_argument("--fresh", action="store_true", help=_("forget the old demonstration first"))
    demo.set_defaults(run=room("cli.demo", "demo", "charter", "port", "prepare_only", "fresh"))

    prepare = commands.add_parser(
        "prepare", help=_("bring the database and static files up to date")
    )
    prepare.set_defaults(run=room("cli.serve", "prepare"))

    serve = commands.add_parser("serve", help=_("serve the site"))
    serve.add_argument("--bind", default="127.0.0.1:8000", help=_("address and port"))
    serve.add_argument("--processes", type=int, default=2, help=_("how many server processes"))
    serve.add_argument("--threads", type=int, default=8, help=_("threads in each process"))
    serve.set_defaults(run=room("cli.serve", "serve", "bind", "processes", "threads"))

    worker = commands.add_parser(
        "worker", help=_("do what was queued, keep the clock, find lost jobs")
    )
    worker.add_argument("--burst", action="store_true", help=_("stop when nothing waits"))
    worker.set_defaults(run=room("jobs.commands", "work", "burst"))

    doctor = commands.add_parser("doctor", help=_("examine this installation and say what to mend"))
    add_json(doctor)
    doctor.set_defaults(run=room("cli.doctor", "doctor", "as_json"))

    add_charter(commands)
    add_rooms(commands)
    return top


type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (no public name)


def group(commands: Commands, name: str, words: str) -> Commands:
    made = commands.add_parser(name, help=words, description=words)
    return made.add_subparsers(dest="verb", metavar=_("VERB"), required=True)


def add_charter(commands: Commands) -> None:
    charter = group(commands, "charter", _("read, publish and export charters"))
    read = charter.add_parser("read", help=_("read a file into a draft tree (no database)"))
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument(
        "--type", dest="charter_type", help=_("the kind of charter (see «charter types»)")
    )
    add_json(read)
    read.set_defaults(run=room("charter.commands", "read", "file", "charter_type", "as_json"))
    types = charter.add_parser("types", help=_("list the kinds of charter that are known"))
    add_json(types)
    types.set_defaults(run=room("charter.commands", "types", "as_json"))
    export = charter.add_parser("export", help=_("write a version as Akoma Ntoso, JSON or DOCX"))
    export.add_argument("slug")
    export.add_argument("--version", type=int, help=_("its number (default: the current one)"))
    export.add_argument("--format", dest="form", choices=["akn", "json", "docx"], default="akn")
    export.add_argument("--language", choices=["kk", "ru", "en"], default="ru")
    export.add_argument("--to", type=Path, required=True, metavar="FILE")
    names = ("slug", "version", "form", "language", "to")
    export.set_defaults(run=room("charter.commands", "export", *names))


def add_consensus(commands: Commands) -> None:
    consensus = group(commands, "consensus", _("what many votes say"))
    analyse = consensus.add_parser(
        "analyse", help=_("find groups, agreement and differences in votes (no database)")
    )
    analyse.add_argument("file", type=Path, metavar="VOTES.csv")
    analyse.add_argument(
        "--json", type=Path, metavar="OUT", help=_("write everything to this file")
    )
    analyse.add_argument("--aside", nargs="*", default=[], help=_("statements to leave out"))
    analyse.add_argument(
        "--background",
        nargs="*",
        default=[],
        help=_("statements that have figures but shape no group"),
    )
    analyse.add_argument("--seed", type=int, default=0, help=_("where chance begins"))
    analyse.add_argument(
        "--scheduler", metavar="ADDRESS", help=_("compute on the Dask cluster at this address")
    )
    names = ("file", "json", "aside", "background", "seed", "scheduler")
    analyse.set_defaults(run=room("consensus.commands", "analyse", *names))


def add_rooms(commands: Commands) -> None:
    ledger = group(commands, "ledger", _("the ledger of official acts"))
    verify = ledger.add_parser(
        "verify", help=_("prove that no entry was changed, removed or added")
    )
    verify.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help=_("a checkpoint kept earlier")
    )
    add_json(verify)
    verify.set_defaults(run=room("ledger.commands", "verify", "checkpoint", "as_json"))
    checkpoint = ledger.add_parser("checkpoint", help=_("print the checkpoint to keep elsewhere"))
    checkpoint.set_defaults(run=room("ledger.commands", "checkpoint"))

    territory = group(commands, "territory", _("regions, districts and their borders"))
    geometry = territory.add_parser("geometry", help=_("add shapes from a GeoJSON file"))
    geometry.add_argument("file", type=Path, metavar="FILE.geojson")
    geometry.set_defaults(run=room("territory.commands", "geometry", "file"))
    units = territory.add_parser("units", help=_("list the units that existed on a day"))
    units.add_argument("--on", help=_("the day, YYYY-MM-DD (default: today)"))
    add_json(units)
    units.set_defaults(run=room("territory.commands", "units", "on", "as_json"))

    add_consensus(commands)
    add_bodies(commands)
    add_papers(commands)

    search = group(commands, "search", _("the search index"))
    rebuild = search.add_parser("rebuild", help=_("build the index again from every room"))
    rebuild.set_defaults(run=room("search.commands", "rebuild"))

    person = group(commands, "person", _("people who sign in"))
    invite = person.add_parser(
        "invite", help=_("make an account and mail a link to set the password")
    )
    invite.add_argument("email")
    invite.add_argument("--name", required=True)
    invite.add_argument("--language", choices=["kk", "ru", "en"], default="kk")
    invite.add_argument("--administrator", action="store_true")
    names = ("email", "name", "language", "administrator")
    invite.set_defaults(run=room("people.commands", "invite", *names))


def add_bodies(commands: Commands) -> None:
    bodies = group(commands, "bodies", _("the council, its bodies and their kinds"))
    begin = bodies.add_parser("begin", help=_("found the council and seat its first head"))
    for code, name in (("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))):
        begin.add_argument(f"--{code}", required=True, help=_("its name in %s") % name)
    email = _("the e-mail of the account that heads the secretariat")
    begin.add_argument("--head", required=True, metavar="EMAIL", help=email)
    begin.set_defaults(run=room("bodies.commands", "begin", "kk", "ru", "en", "head"))
    rights = bodies.add_parser("rights", help=_("print the table of rights as Markdown"))
    rights.set_defaults(run=room("bodies.commands", "rights"))
    kinds = bodies.add_parser("kinds", help=_("load kinds of bodies from a TOML file"))
    kinds.add_argument("file", type=Path, metavar="FILE.toml")
    kinds.set_defaults(run=room("bodies.commands", "kinds", "file"))


def add_papers(commands: Commands) -> None:
    papers = group(commands, "papers", _("signed papers and what they are checked with"))
    certificates = group(papers, "certificates", _("certificates of authorities that are trusted"))
    add = certificates.add_parser("add", help=_("trust certificates, and check signatures again"))
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    roles = ["anchor", "intermediate", "tsa"]
    add.add_argument("--role", choices=roles, help=_("for what (default: as it says of itself)"))
    add.set_defaults(run=room("papers.commands", "add", "files", "role"))
    listed = certificates.add_parser("list", help=_("list the certificates that are trusted"))
    add_json(listed)
    listed.set_defaults(run=room("papers.commands", "listed", "as_json"))
    remove = certificates.add_parser("remove", help=_("trust a certificate no more"))
    remove.add_argument("sha256", help=_("the beginning of its hash"))
    remove.set_defaults(run=room("papers.commands", "remove", "sha256"))


def language() -> str:
    """The terminal's language, where it is one of ours."""
    for name in ("KELISIM_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(name, "")[:2]
        if spoken in {"kk", "ru", "en"}:
            return spoken
    return "en"


def mode(words: Sequence[str]) -> str:
    """Which settings a command needs; reading needs no database, `demo` is the demonstration."""
    said = [word for word in words if not word.startswith("-")]
    first, second = [*said[:2], None, None][:2]
    if first is None or (first, second) in WITHOUT_DATABASE or {"-h", "--help"} & set(words):
        return "offline"
    return "demo" if first == "demo" else "production"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 refused or failed, 2 not understood."""
    words = sys.argv[1:] if words is None else words
    needed = mode(words)
    if needed != "production":
        os.environ["KELISIM_MODE"] = needed
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kelisim.config.settings")
    try:
        django.setup(set_prefix=needed != "offline")
    except ImproperlyConfigured as fault:
        print(f"kelisim: {fault}", file=sys.stderr)
        return 1
    from kelisim.pages.sentences import sentences  # noqa: PLC0415  (needs the settings)

    with translation.override(language()):
        top = parser()
        asked = top.parse_args(words)
        if not hasattr(asked, "run"):
            top.print_help()
            return 2
        try:
            code: int = asked.run(asked)
        except Refused as refused:
            for line in sentences(refused):
                print(f"kelisim: {line}", file=sys.stderr)
            return 1
        except BrokenPipeError:
            return 0
        except KeyboardInterrupt:
            return 130
        return code


if __name__ == "__main__":
    sys.exit(main())
