"""What each kind of paper says, in one language; templates are filled with nothing else.

All texts are in the paper's own language already. `Sample` of each kind is what an edited template
is tried with before it is kept.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: by post, then name."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of every paper: whose it is, what, where and when, under which number."""

    body: str
    place: str
    day: str
    number: str
    title: str = ""
    approved: str = ""
    """The corner APPROVED: by whom, by what, when; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote with its sum, ready to be printed."""

    question: str
    form: str
    result: str
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point of a decision; `addressed` and `term` may be empty."""

    number: int
    text: str
    addressed: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class ItemOfMinutes:
    """An item: heard, spoke, resolved, voted."""

    number: int
    title: str
    heard: str
    spoke: str
    resolved: str
    votes: tuple[Vote, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    head: Heading
    chaired: str
    secretary: str
    present: tuple[str, ...]
    invited: tuple[str, ...]
    quorum: str
    agenda: tuple[str, ...]
    items: tuple[ItemOfMinutes, ...]
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    head: Heading
    preamble: str
    points: tuple[Point, ...]
    vote: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """Of the minutes, what concerns one item."""

    head: Heading
    chaired: str
    quorum: str
    item: ItemOfMinutes
    true_copy: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """A letter that goes with a paper."""

    head: Heading
    addressee: str
    greeting: str
    text: str
    enclosures: tuple[str, ...]
    copies: tuple[str, ...]
    signers: tuple[Signer, ...]
    answers: str = ""
    """To what letter it answers: the other side's number and date."""


@dataclass(frozen=True, slots=True)
class Agenda:
    head: Heading
    when: str
    items: tuple[tuple[int, str, str], ...]
    """Number, title, who reports or moved it."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Calls one addressee to a meeting."""

    head: Heading
    addressee: str
    greeting: str
    text: str
    when: str
    where: str
    items: tuple[str, ...]
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    body: str
    post: str
    name: str
    verdict: str
    day: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An approval sheet."""

    head: Heading
    paper: str
    sha256: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class DisagreementRow:
    place: str
    drafted: str
    proposed: str
    body: str
    settlement: str


@dataclass(frozen=True, slots=True)
class Disagreements:
    head: Heading
    paper: str
    rows: tuple[DisagreementRow, ...]


type Context = Minutes | Decision | Extract | Covering | Agenda | Invitation | Sheet | Disagreements


def plain(context: Context) -> dict[str, Any]:
    """As a template sees it: names and lists, no objects of ours."""
    return asdict(context)


@dataclass(frozen=True, slots=True)
class Samples:
    """Invented papers to try templates with."""

    day: date = field(default_factory=lambda: date(2026, 4, 1))

    def head(self) -> Heading:
        return Heading("Кеңес (үлгі)", "Үлгі қаласы", "01.04.2026", "18-35-4.3/12", "Тақырып")

    def signers(self) -> tuple[Signer, ...]:
        return (Signer("Төраға", "Үлгі А."), Signer("Хатшы", "Үлгі Ә."))

    def item(self) -> ItemOfMinutes:
        vote = Vote("Сұрақ", "ашық", "қабылданды", "жақтады — 7")
        return ItemOfMinutes(
            1,
            "Мәселе",
            "Баяндама",
            "Пікір",
            "Шешім",
            (vote,),
            (Point(1, "Тармақ", "Орган", "Мерзім"),),
        )

    def minutes(self) -> Minutes:
        return Minutes(
            self.head(), "Үлгі А.", "Үлгі Ә.", ("Мүше 1", "Мүше 2"), ("Қонақ",),
            "2 мүшенің 2-уі", ("Мәселе",), (self.item(),), self.signers(),
        )  # fmt: skip

    def decision(self) -> Decision:
        return Decision(
            self.head(),
            "Кіріспе",
            (Point(1, "Тармақ", "Орган", "Мерзім"),),
            "жақтады — 7",
            self.signers(),
        )

    def extract(self) -> Extract:
        return Extract(
            self.head(), "Үлгі А.", "кворум бар", self.item(), "Көшірме дұрыс", self.signers()
        )

    def covering(self) -> Covering:
        return Covering(
            self.head(), "Министрлікке", "Құрметті әріптестер!", "Мәтін", ("Шешім, 2 парақ",),
            ("Хатшылық",), self.signers(), "№ 5, 01.03.2026",
        )  # fmt: skip

    def agenda(self) -> Agenda:
        return Agenda(self.head(), "01.04.2026, 10:00", ((1, "Мәселе", "Мүше"),))

    def invitation(self) -> Invitation:
        return Invitation(
            self.head(), "Үлгі А.", "Құрметті кеңес мүшесі!", "Отырысқа шақырамыз.",
            "01.04.2026, 10:00", "Үлгі залы", ("Мәселе",), self.signers(),
        )  # fmt: skip

    def sheet(self) -> Sheet:
        return Sheet(
            self.head(),
            "Жоба",
            "0" * 64,
            (SheetRow("Орган", "Басшы", "Үлгі", "келісілді", "01.04.2026", "ескерту"),),
        )

    def disagreements(self) -> Disagreements:
        row = DisagreementRow("1-тармақ", "мәтін", "ұсыныс", "Орган", "шешілді")
        return Disagreements(self.head(), "Жоба", (row,))
