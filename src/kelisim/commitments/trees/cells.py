"""The words of the official plan table: how offices head its columns and close it."""

import re
from collections.abc import Mapping
from decimal import Decimal

from kelisim.commitments.trees.sheet import folded

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "kk": {
        "number": "Р/с №",
        "title": "Іс-шара",
        "form": "Аяқталу нысаны",
        "executors": "Жауапты орындаушылар",
        "term": "Орындау мерзімі",
        "cost": "Болжамды шығыстар",
        "sources": "Қаржыландыру көздері",
    },
    "ru": {
        "number": "№ п/п",
        "title": "Мероприятие",
        "form": "Форма завершения",
        "executors": "Ответственные исполнители",
        "term": "Срок исполнения",
        "cost": "Предполагаемые расходы",
        "sources": "Источники финансирования",
    },
    "en": {
        "number": "No.",
        "title": "Measure",
        "form": "Form of completion",
        "executors": "Responsible executors",
        "term": "Term of execution",
        "cost": "Estimated costs",
        "sources": "Sources of funding",
    },
}
UNITS: Mapping[str, Mapping[Decimal, str]] = {
    "kk": {Decimal(1): "теңге", Decimal(1000): "мың теңге", Decimal(10**6): "млн теңге"},
    "ru": {Decimal(1): "тенге", Decimal(1000): "тыс. тенге", Decimal(10**6): "млн тенге"},
    "en": {Decimal(1): "tenge", Decimal(1000): "thousand tenge", Decimal(10**6): "million tenge"},
}
YEARS = {"kk": "{} жыл", "ru": "{} год", "en": "{}"}
TOTALS = {"kk": "Барлығы", "ru": "Итого", "en": "Total"}
CLOSINGS = {
    "kk": "Аббревиатуралардың толық жазылуы",
    "ru": "Расшифровка аббревиатур",
    "en": "Abbreviations in full",
}
APPROVED = {"kk": "БЕКІТІЛГЕН", "ru": "УТВЕРЖДЕН", "en": "APPROVED"}

# The first that is found in a heading tells its column, so the order matters: «срок исполнения»
# and «орындау мерзімі» speak of terms, though both name the execution too.
SIGNS = (
    ("sources", r"источник|көзі|көздер|source"),
    ("cost", r"расход|затрат|стоимость|шығыс|шығын|сумма|сомасы|cost|expense"),
    ("term", r"\bсрок|мерзім|\bterm\b|deadline"),
    ("executors", r"исполнител|ответственн|орындаушы|жауапты|executor|responsible"),
    ("form", r"форма заверш|форма исполнен|аяқтал|нысан|form of"),
    ("title", r"мероприят|наименован|іс-шара|ісшара|атауы|measure|activity"),
    ("number", r"^№|п/п|р/с|^no\b|^n\b"),
)
SCALES = ((r"млрд|bn\b|billion", 10**9), (r"млн|million", 10**6), (r"тыс|мың|thousand", 1000))
YEAR = re.compile(
    r"^\s*((?:19|20)\d\d)\s*(?:-?\s*(?:г|год|года|ж|жыл|жылы)\.?)?\s*$", re.IGNORECASE
)
INSIDE = re.compile(r"\b((?:19|20)\d\d)\b")
TOTAL = re.compile(r"^\s*(?:итого|всего|барлығы|жиыны|жиынтығы|total)\b", re.IGNORECASE)
CLOSING = re.compile(
    r"аббревиатур|список сокращений|принятые сокращения|қысқартул|abbreviations", re.IGNORECASE
)
APPROVAL = re.compile(r"^\s*(?:утвержд|бекітіл|approved)", re.IGNORECASE)
PAIR = re.compile(r"^\s*(?P<short>[^–—:\n]{1,60}?)\s*(?:[–—]|\s-\s)\s*(?P<full>\S.*?)\s*[;.,]?\s*$")
NUMBER = re.compile(r"^\d+(?:\.\d+)*\.?$")
KAZAKH = re.compile(r"[әғқңөұүһі]|мерзімі|шара", re.IGNORECASE)
LATIN = re.compile(r"[a-z]", re.IGNORECASE)
CYRILLIC = re.compile(r"[а-я]", re.IGNORECASE)


def column_of(heading: str) -> str:
    """Which column a heading names; empty where it names none."""
    said = folded(heading)
    return next((name for name, sign in SIGNS if said and re.search(sign, said)), "")


def unit_of(heading: str) -> Decimal:
    """In what money is counted, by the words of a heading: thousands, millions, single units."""
    said = folded(heading)
    return Decimal(next((scale for sign, scale in SCALES if re.search(sign, said)), 1))


def year_of(heading: str) -> int | None:
    """The year that a heading of costs is for."""
    found = YEAR.match(heading) or INSIDE.search(heading)
    return int(found[1]) if found else None


def language_of(headings: str) -> str:
    if KAZAKH.search(headings):
        return "kk"
    return "ru" if CYRILLIC.search(headings) or not LATIN.search(headings) else "en"


def cost_heading(language: str, unit: Decimal) -> str:
    return f"{COLUMNS[language]['cost']}, {UNITS[language][unit]}"


def level_of(title: str) -> int:
    """How deep a section stands, by its number: «2.1. …» is in the second level."""
    found = re.match(r"\s*(\d+(?:\.\d+)*)\.?\s", title)
    return found[1].count(".") + 1 if found else 1
