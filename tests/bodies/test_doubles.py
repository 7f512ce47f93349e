"""Likely doubles: what is found among planted ones, and what is not taken for one."""

import random

import pytest

from kelisim.bodies.actions import merging, record
from kelisim.bodies.models import Likeness
from kelisim.bodies.trees import likeness
from kelisim.bodies.trees.likeness import Seen
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, officer
from tests.bodies.records import NORTH, enter

# What an association is called after, and how its kind is said: invented, in three languages.
SYLLABLES = [
    ("ба", "ба", "ba"), ("ғай", "гай", "gai"), ("құл", "кул", "qul"), ("дәу", "дау", "dau"),
    ("мир", "мир", "mir"), ("жан", "жан", "zhan"), ("өр", "ор", "or"), ("тұн", "тун", "tun"),
    ("хо", "хо", "kho"), ("сәл", "сал", "sal"), ("ви", "ви", "wi"), ("рең", "рен", "reng"),
    ("ли", "ли", "li"), ("қа", "ка", "qa"), ("ше", "ше", "she"), ("нұр", "нур", "nur"),
    ("ям", "ям", "yam"), ("це", "це", "tse"), ("бөк", "бок", "bok"), ("зо", "зо", "zo"),
]  # fmt: skip
PEOPLES = [
    ("корей", "корейский", "Korean"), ("неміс", "немецкий", "German"),
    ("татар", "татарский", "Tatar"), ("ұйғыр", "уйгурский", "Uyghur"),
    ("поляк", "польский", "Polish"), ("грек", "греческий", "Greek"),
    ("күрд", "курдский", "Kurdish"), ("әзербайжан", "азербайджанский", "Azerbaijani"),
]  # fmt: skip
SORTS = [
    ("мәдени орталығы", "культурный центр", "cultural centre"),
    ("этномәдени бірлестігі", "этнокультурное объединение", "ethno-cultural association"),
    ("қоғамдық бірлестігі", "общественное объединение", "public association"),
]
KK, RU, EN = 0, 1, 2


def called(number, tongue):
    """An invented proper name of two or three syllables, by its number."""
    parts = [number % 20, number // 20 % 20, *([number // 400 % 20] if number >= 400 else [])]
    return "".join(SYLLABLES[part][tongue] for part in parts).capitalize()


def named(proper, people, sort, tongue):
    if tongue == KK:
        return f"«{called(proper, KK)}» {PEOPLES[people][KK]} {SORTS[sort][KK]}"
    if tongue == RU:
        return f"{PEOPLES[people][RU].capitalize()} {SORTS[sort][RU]} «{called(proper, RU)}»"
    return f"{called(proper, EN)} {PEOPLES[people][EN]} {SORTS[sort][EN]}"


def slip(text, dice):
    """A slip of the pen: two letters changed places, or one was left out."""
    place = dice.randrange(2, len(text) - 2)
    if dice.random() < 0.5:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + text[place + 1 :]


def plant(how_many, doubles, seed):
    """Different associations, and for some of them a second record as offices make them."""
    dice = random.Random(seed)
    places = {
        (dice.randrange(how_many // 4), dice.randrange(len(PEOPLES)), dice.randrange(200))
        for _ in range(2 * how_many)
    }
    records, truth = [], set()
    for pk, (proper, people, unit) in enumerate(dice.sample(sorted(places), how_many), 1):
        sort = dice.randrange(len(SORTS))
        one = Seen(
            pk=pk,
            names=(named(proper, people, sort, KK), named(proper, people, sort, RU)),
            bin=f"{pk:012}" if dice.random() < 0.6 else "",
            unit=f"u{unit}",
            region=f"r{unit // 10}",
            communities=frozenset({str(people)}),
            phones=(f"+7 7{pk:09}",),
            mails=(f"a{pk}@demo.example",),
            addresses=(f"ул. Примерная, {pk}",),
        )
        records.append(one)
        if pk > doubles:
            continue
        told = {
            # The other language only; the telephone written in another way.
            0: {"names": (named(proper, people, sort, EN),), "phones": (f"8 (7) {pk:09}",)},
            # A slip in the only name given, nothing else but the district.
            1: {"names": (slip(named(proper, people, sort, RU), dice),)},
            # The sort is called otherwise, the address is the same.
            2: {
                "names": (named(proper, people, (sort + 1) % 3, RU),),
                "addresses": (f"Ул. «Примерная», {pk}",),
            },
            # Kazakh only, without its own letters, as an old keyboard wrote it.
            3: {
                "names": (
                    named(proper, people, sort, KK).translate(
                        str.maketrans("әғқңөұүһі", "агкноуухи")
                    ),
                )
            },
            # Another's name for the people only, but the same mail.
            4: {"names": (named(proper, people, sort, EN),), "mails": (f"A{pk}@demo.example",)},
        }[pk % 5]
        again = Seen(
            pk=how_many + pk, unit=one.unit, region=one.region, communities=one.communities, **told
        )
        records.append(again)
        truth.add((pk, how_many + pk))
    dice.shuffle(records)
    return records, truth


@pytest.mark.parametrize(
    ("how_many", "doubles", "seed"), [(820, 60, 1), (820, 60, 2), (3000, 200, 3)]
)
def test_planted_doubles_are_found_and_few_others(how_many, doubles, seed):
    records, truth = plant(how_many, doubles, seed)
    found = {(pair.one, pair.other) for pair in likeness.likely(records)}
    recall = len(found & truth) / len(truth)
    precision = len(found & truth) / max(1, len(found))
    assert recall >= 0.95
    assert precision >= 0.9


def test_pairs_are_not_compared_all_with_all():
    records, _truth = plant(3000, 0, 4)
    prepared = [likeness.ready(seen) for seen in records]
    pairs = sum(len(block) * (len(block) - 1) // 2 for block in likeness.blocks(prepared))
    assert pairs < 40 * len(records)


def pair(**facts):
    one = Seen(pk=1, names=("Культурный центр «Ариран»",), unit="u1", region="r1")
    two = Seen(
        **{"pk": 2, "names": ("Arirang мәдени орталығы",), "unit": "u1", "region": "r1", **facts}
    )
    prepared = [likeness.ready(seen) for seen in (one, two)]
    return likeness.compare(*prepared, likeness.Scale(prepared))


def test_the_same_number_decides_alone():
    one, two = (
        likeness.ready(Seen(pk=pk, names=(name,), bin="7", region=name))
        for pk, name in [(1, "а"), (2, "б")]
    )
    assert likeness.compare(one, two, likeness.Scale([one, two])).signs == ("bin",)


def test_another_region_makes_a_double_less_likely_and_the_same_telephone_more():
    plain = pair().score
    assert pair(unit="u9", region="r9").score < plain < pair(phones=()).score + 0.001
    first = Seen(pk=1, names=("Центр",), phones=("+7 (700) 123-45-67",))
    second = Seen(pk=2, names=("Орталық",), phones=("8 700 123 45 67",))
    prepared = [likeness.ready(seen) for seen in (first, second)]
    assert "phones" in likeness.compare(*prepared, likeness.Scale(prepared)).signs


@pytest.fixture
def two(db):
    load_territory()
    council()
    clerk = officer()
    one = enter(clerk, name={"ru": "Корейский центр «Ариран»"})
    other = enter(clerk, name={"en": "Arirang Korean centre"})
    return one, other


def test_likely_pairs_are_kept_and_those_told_apart_never_come_back(two):
    one, other = two
    assert merging.look_for_doubles(at=AT) == 1
    kept = Likeness.objects.get()
    assert (kept.one_id, kept.other_id) == (one.pk, other.pk)
    merging.tell_apart(other.pk, one.pk, because="Екі бөлек ұйым", by=head(), at=AT)
    assert Entry.objects.latest("number").act == "bodies.told_apart"
    assert merging.look_for_doubles(at=AT) == 0
    assert Likeness.objects.get().apart_because == "Екі бөлек ұйым"


def test_two_are_told_apart_with_a_reason_and_by_whoever_may_merge(two):
    one, other = two
    with pytest.raises(Refused) as refused:
        merging.tell_apart(one.pk, other.pk, because=" ", by=head(), at=AT)
    assert refused.value.refusals[0].code == "bodies.reason_needed"
    north = found(
        "regional-assembly", "North", parent=council(), unit=record.known(AT.date()).units[NORTH]
    )
    with pytest.raises(Refused) as refused:
        merging.tell_apart(one.pk, other.pk, because="x", by=head("Elsewhere", of=north), at=AT)
    assert refused.value.refusals[0].code == "bodies.not_merger"
    assert not Likeness.objects.exists()


def test_looking_takes_the_same_queries_for_two_records_and_for_forty(
    two, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kelisim.bodies.queries import doubles
    from tests.bodies.people import person

    def count():
        with CaptureQueriesContext(connection) as seen:
            doubles.likely()
        return len(seen)

    few = count()
    for n in range(40):
        enter(person("Officer"), name={"ru": f"Объединение номер {n}"})
    assert count() == few
