"""Find what is not Kazakh on a page that says that it is.

`foreign_words(html)` reads what a person sees or hears (text, titles, labels, placeholders) and
gives every word that is not Kazakh: Latin script outside a short list of proper and technical
names, and Russian. Kazakh shares its script and many nouns with Russian, so a word counts as
Russian only by what Kazakh cannot have: small words, endings, or a place in our own Russian
catalogues and in no Kazakh one while it is inflected as Russian is.

Text marked with another language (`lang="ru"`), code and addresses are not judged.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages.pofile import read_po
from lxml import html as parser

SRC = Path(__file__).parents[2] / "src" / "kelisim"
DJANGO = Path(django.__file__).parent

# Names that are the same in every language: formats, systems, browsers.
NAMES = frozenset(
    (  # noqa: SIM905  (a list of words is read as words)
        "akn akoma api csv docx etag geojson html http https ipv4 ipv6 json kato ntoso openapi pdf "
        "pin postgresql qr rss sqlite svg totp txt uuid xml xsd "
        "android chrome edge firefox ipad iphone linux mac macos opera safari samsung internet "
        "windows yandex"
    ).split(" ")
)
SKIPPED = {"script", "style", "code", "kbd", "samp", "template"}
SPOKEN = ("alt", "title", "placeholder", "aria-label", "label")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w.-]+\.(?:example|invalid|kz|org|com)\b[/\w.-]*")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LATIN = re.compile(r"[A-Za-z]{2,}")
ROMAN = re.compile(r"[IVXLC]+")
KAZAKH_ONLY = set("әғқңөұүһі")
# Small words that no Kazakh sentence has («не», «да», «от», «он», «сам», «та» are Kazakh too).
SMALL = frozenset(
    (  # noqa: SIM905
        "и в во с со к ко о об у я а но или если чтобы что как это этот эта эти этого этой этих "
        "для по из за под над при без до после через между либо его её их ему ей им нас вас вам "
        "мы вы они она оно кто где когда куда уже ещё тоже также только был была было были быть "
        "есть нет все всё всех весь вся сейчас теперь можно нельзя нужно надо на"
    ).split(" ")
)
ENDINGS = re.compile(
    r"(?:ый|ого|ому|ыми|ться|тся|ется|ются|ению|ения|ение|ание|ания|анию|ость|ости|остью|ать|ять"
    r"|ить|еть|ыть|уть|ная|ное|ные|ских|ская|ский|ские|ского|ской|ует|уют|ите|йте|ешь|ишь)$"
)
INFLECTED = re.compile(r"(?:[аяыуюеоё]|ой|ей|ам|ям|ами|ями|ах|ях|ов|ев|ом|ем|ет|ит|ут|ют|ат|ят)$")


def foreign_words(html: str, also: Iterable[str] = ()) -> list[str]:
    """Every word of the page that is not Kazakh, in order, once; `also` allows more names."""
    root = parser.fromstring(html)
    return foreign_words_of_text("\n".join(seen(root)), also)


def foreign_words_of_text(text: str, also: Iterable[str] = ()) -> list[str]:
    """The same for plain text: a letter, a line of the terminal."""
    allowed = NAMES | {word.lower() for word in also}
    found = (
        word
        for word in WORD.findall(ADDRESS.sub(" ", text))
        if word.lower() not in allowed and not ROMAN.fullmatch(word)
    )
    return list(dict.fromkeys(word for word in found if latin(word, allowed) or russian(word)))


def seen(element: parser.HtmlElement, tongue: str = "kk") -> Iterator[str]:
    """What a person sees or hears of an element, leaving out what is marked as another tongue."""
    tag = element.tag if isinstance(element.tag, str) else "script"
    spoken = element.get("lang", tongue) == tongue and element.get("translate") != "no"
    if spoken and tag not in SKIPPED:
        yield element.text or ""
        yield from (element.get(name, "") for name in SPOKEN)
        if tag == "meta" and element.get("name") == "description":
            yield element.get("content", "")
        if tag == "input" and element.get("type") in {"submit", "button", "reset"}:
            yield element.get("value", "")
        for child in element:
            yield from seen(child, tongue)
    # What follows the element belongs to its parent, whatever language the element is in.
    yield element.tail or ""


def latin(word: str, allowed: Iterable[str]) -> bool:
    return any(part.lower() not in allowed for part in LATIN.findall(word))


def russian(word: str) -> bool:
    """Only what cannot be Kazakh: see the head of this file."""
    word = word.lower()
    if set(word) & KAZAKH_ONLY:
        return False
    if word in SMALL:
        return True
    if word in vocabulary("kk"):
        return False
    if len(word) > 4 and ENDINGS.search(word):
        return True
    return len(word) > 4 and word in vocabulary("ru") and bool(INFLECTED.search(word))


@functools.cache
def vocabulary(language: str) -> frozenset[str]:
    """Every word of the catalogues of a language: ours, and for Russian Django's too."""
    files = list(SRC.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))
    if language == "ru":
        files += DJANGO.glob("conf/locale/ru/LC_MESSAGES/django.po")
        files += DJANGO.glob("contrib/*/locale/ru/LC_MESSAGES/django.po")
    return frozenset(
        word.lower() for file in files for text in translations(file) for word in WORD.findall(text)
    )


def translations(file: Path) -> Iterator[str]:
    with file.open("rb") as opened:
        for message in read_po(opened):
            if message.id:
                given = message.string
                yield from given if isinstance(given, tuple) else (given,)
