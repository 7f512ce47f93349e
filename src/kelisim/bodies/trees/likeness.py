"""How alike two records of the register are, and which pairs are worth comparing.

Names are compared across languages and spellings: every name of a record is brought to one plain
Latin skeleton and cut into trigrams; rare trigrams weigh more than those that half the register
has («центр», «бірлестігі»), so that no list of words to leave out is needed. Only records that
share a block (a number, a telephone, an address, a rare word) are compared, never all with all.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kelisim.bodies.trees.names import LATIN

LARGEST_BLOCK = 50
RAREST = 3
THRESHOLD = 0.47
# One sound, several letters: what Kazakh, Russian and English spellings of a name disagree about.
SOUNDS = [("kh", "h"), ("q", "k"), ("w", "v"), ("yi", "i"), ("iy", "i"), ("y", "i"), ("j", "zh")]
DIGITS = re.compile(r"\D+")
SPLIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is compared of a record: its number and what it says of itself."""

    pk: int
    names: tuple[str, ...] = ()
    bin: str = ""
    unit: str = ""
    region: str = ""
    communities: frozenset[str] = frozenset()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, how likely, and by which signs."""

    one: int
    other: int
    score: float
    signs: tuple[str, ...]


def skeleton(text: str) -> str:
    """A text in plain Latin letters without case, signs and doubled letters."""
    latin = "".join(LATIN.get(letter, letter) for letter in text.casefold())
    for spelt, sound in SOUNDS:
        latin = latin.replace(spelt, sound)
    words = [re.sub(r"(.)\1+", r"\1", word) for word in SPLIT.split(latin) if word]
    return " ".join(words)


def trigrams(plain: str) -> frozenset[str]:
    """The trigrams of each word, with its edges."""
    return frozenset(
        edged[place : place + 3]
        for word in plain.split()
        for edged in (f" {word} ",)
        for place in range(max(1, len(edged) - 2))
    )


def telephone(said: str) -> str:
    """The last ten digits: with +7, with 8, with brackets it is one number."""
    digits = DIGITS.sub("", said)[-10:]
    return digits if len(digits) == 10 else ""  # noqa: PLR2004


@dataclass(slots=True)
class Ready:
    """A record prepared for comparing."""

    seen: Seen
    plain: tuple[str, ...]
    grams: tuple[frozenset[str], ...]
    phones: frozenset[str]
    mails: frozenset[str]
    addresses: frozenset[str]


def ready(seen: Seen) -> Ready:
    plain = tuple(dict.fromkeys(skeleton(name) for name in seen.names if name))
    addresses = {skeleton(address) for address in seen.addresses}
    return Ready(
        seen,
        plain,
        tuple(trigrams(name) for name in plain),
        frozenset(filter(None, map(telephone, seen.phones))),
        frozenset(mail.casefold() for mail in seen.mails if mail),
        frozenset(address for address in addresses if any(sign.isdigit() for sign in address)),
    )


class Scale:
    """How much each trigram tells: the more, the fewer records have it."""

    def __init__(self, records: Sequence[Ready]) -> None:
        having = Counter(gram for each in records for gram in frozenset().union(*each.grams))
        self.weights = {
            gram: math.log((1 + len(records)) / (1 + count)) ** 2 + 0.1
            for gram, count in having.items()
        }
        self.whole: dict[frozenset[str], float] = {}

    def weigh(self, grams: frozenset[str]) -> float:
        return sum(map(self.weights.__getitem__, grams))

    def total(self, grams: frozenset[str]) -> float:
        """The weight of a whole name, reckoned once."""
        if grams not in self.whole:
            self.whole[grams] = self.weigh(grams)
        return self.whole[grams]

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weighted share of trigrams that both have: 0 to 1."""
        both = self.weigh(one & other)
        either = self.total(one) + self.total(other) - both
        return both / either if either else 0.0


def blocks(records: Sequence[Ready]) -> Iterator[list[Ready]]:
    """Records that share something rare. Blocks too large to tell anything are left out."""
    commons = Counter(word for record in records for word in stems(record))
    found: defaultdict[tuple[str, str], list[Ready]] = defaultdict(list)
    for record in records:
        keys = {("bin", record.seen.bin)} if record.seen.bin else set()
        keys |= {("phone", phone) for phone in record.phones}
        keys |= {("mail", mail) for mail in record.mails}
        keys |= {("address", f"{record.seen.unit} {one}") for one in record.addresses}
        for name in record.plain:
            own = sorted({word[:5] for word in name.split()}, key=lambda word: commons[word])
            keys |= {("word", f"{record.seen.region} {word}") for word in own[:RAREST]}
        for key in keys:
            found[key].append(record)
    for together in found.values():
        if 1 < len(together) <= LARGEST_BLOCK:
            yield together


def stems(record: Ready) -> set[str]:
    return {word[:5] for name in record.plain for word in name.split()}


def compare(one: Ready, other: Ready, by: Scale) -> Pair:
    """The likeness of two records.

    One number decides alone. Else the best pair of names says 0 to 1; the same telephone, mail or
    address, the same district and community add to it; two different numbers, districts or
    communities take away.
    """
    first, second = sorted((one.seen, other.seen), key=lambda seen: seen.pk)
    signs = []
    if one.seen.bin and one.seen.bin == other.seen.bin:
        return Pair(first.pk, second.pk, 1.0, ("bin",))
    score = max((by.alike(a, b) for a in one.grams for b in other.grams), default=0.0)
    if score >= NAME_TELLS:
        signs.append("name")
    score *= NAME
    for sign, weight in CONTACTS.items():
        if getattr(one, sign) & getattr(other, sign):
            score += weight
            signs.append(sign)
    score += ground(one.seen, other.seen)
    if one.seen.communities and other.seen.communities:
        same = bool(one.seen.communities & other.seen.communities)
        score += SAME_COMMUNITY if same else -OTHER_COMMUNITY
    if one.seen.bin and other.seen.bin:
        score -= OTHER_BIN
    return Pair(first.pk, second.pk, round(min(max(score, 0.0), 1.0), 3), tuple(signs))


def ground(one: Seen, other: Seen) -> float:
    """The same district speaks for it; two districts against it; a region and its own neither."""
    if one.unit == other.unit:
        return SAME_GROUND
    within = one.unit in {other.region, ""} or other.unit in {one.region, ""}
    return 0.0 if within else -OTHER_GROUND


# Weights were set on planted doubles (tests/bodies/test_doubles.py measures what they find).
NAME_TELLS = 0.35
NAME = 0.75
CONTACTS: Mapping[str, float] = {"phones": 0.3, "mails": 0.3, "addresses": 0.2}
SAME_GROUND = 0.1
OTHER_GROUND = 0.4
SAME_COMMUNITY = 0.1
OTHER_COMMUNITY = 0.35
OTHER_BIN = 0.15


def likely(records: Iterable[Seen], threshold: float = THRESHOLD) -> list[Pair]:
    """Every pair whose score reaches the threshold, the likeliest first."""
    prepared = [ready(seen) for seen in records]
    by = Scale(prepared)
    found: dict[tuple[int, int], Pair] = {}
    compared: set[tuple[int, int]] = set()
    for together in blocks(prepared):
        for one, other in combinations(together, 2):
            key = (one.seen.pk, other.seen.pk)
            if key in compared:
                continue
            compared.add(key)
            pair = compare(one, other, by)
            if pair.score >= threshold and pair.signs:
                found[pair.one, pair.other] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.one, pair.other))
