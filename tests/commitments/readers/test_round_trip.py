"""What is written is read back the same: XLSX whole, DOCX in its own language."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kelisim.commitments.exports import docx, xlsx
from kelisim.commitments.readers.table import read
from kelisim.commitments.states import CostNote, Direction, Source
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.official import Official
from kelisim.commitments.trees.sheet import Ground, folded, sources
from kelisim.commitments.trees.table import (
    Cost,
    Fulfilled,
    Heading,
    Indicator,
    Milestone,
    Row,
    Table,
)

BODIES = {
    "culture": {"kk": "МСМ", "ru": "МКС", "en": "MCS"},
    "council": {"kk": "ҚХА", "ru": "АНК", "en": "APK"},
    "akimats": {"kk": "Облыстар, Алматы", "ru": "МИО областей, города Алматы", "en": "LEB"},
}
NAMES = {folded(said): slug for slug, words in BODIES.items() for said in words.values()}
LABELS = {code: {slug: said[code] for slug, said in BODIES.items()} for code in ("kk", "ru", "en")}
SAID = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Po", "Pd", "Zs"], exclude_characters="\ufeff"),
    max_size=30,
).map(lambda text: f"Ж {text} я")
WORDS = st.fixed_dictionaries({"kk": SAID, "ru": SAID}, optional={"en": SAID})
TERMS = [
    terms.read(text, "ru")
    for text in ("до 1 октября 2026 года", "IV квартал 2027 года", "ежегодно, к 10 декабря")
] + [terms.read("постоянно", "ru"), terms.read("в течение 2026–2027 годов", "ru"), None]
QUICK = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking files takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SUM = st.decimals(min_value=0, max_value=10**12, places=2)


@st.composite
def rows(draw, number):
    note = draw(st.sampled_from(CostNote))
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from([2026, 2027]), st.sampled_from(Source)),
            unique=True,
            max_size=4,
        )
    )
    costs = tuple(Cost(source, year, draw(SUM)) for year, source in sorted(pairs))
    slugs = draw(st.lists(st.sampled_from(list(BODIES)), unique=True, max_size=3))
    return Row(
        key=f"{int(number):032x}",
        number=number,
        title=draw(WORDS),
        form=draw(WORDS),
        description=draw(WORDS),
        risks=draw(WORDS),
        lead=slugs[0] if slugs else "",
        others=tuple(slugs[1:]),
        term=draw(st.sampled_from(TERMS)),
        costs=costs if note is CostNote.AMOUNTS else (),
        cost_note=note,
        sources=tuple(draw(st.lists(st.sampled_from(Source), unique=True, max_size=2))),
        provisions=(Fulfilled("part_1__point_1", draw(WORDS)),),
        indicators=(
            Indicator(draw(WORDS), draw(WORDS), Direction.DOWN, draw(SUM), 2025, {2026: draw(SUM)}),
        ),
        milestones=(Milestone(date(2026, 5, 1), draw(WORDS)),),
    )


@st.composite
def tables(draw):
    found = []
    for number in range(1, draw(st.integers(2, 4))):
        if draw(st.booleans()):
            found.append(Heading(draw(WORDS), draw(st.integers(1, 3))))
        found.append(draw(rows(str(number))))
    return Table(tuple(found))


def official(table, years=(2026, 2027), unit=1000):
    ground = Ground("ru", years, {}, LABELS["ru"], Decimal(unit))
    closing = {code: [(said, said) for said in names.values()] for code, names in LABELS.items()}
    corner = {"ru": ("Председатель",), "kk": ("Төраға",)}
    return Official(table, {"ru": "План", "kk": "Жоспар"}, ground, LABELS, corner, closing)


def again(data, ends=date(2027, 12, 31)):
    found = read(data, names=NAMES, starts=date(2026, 1, 1), ends=ends)
    assert found.faults == ()
    return found.table


@given(tables(), st.sampled_from([1, 1000, 10**6]))
@QUICK
def test_a_spreadsheet_reads_back_the_whole_table(table, unit):
    data = xlsx.write(official(table, unit=unit))
    assert again(data) == table


def in_language(table, code):
    """What a document in one language says of a table, sources as its columns have them."""

    def only(words):
        text = words.get(code, "")
        return {code: " ".join(text.split(" ")).strip()} if text else {}

    return [
        replace(entry, title=only(entry.title))
        if isinstance(entry, Heading)
        else Row(
            number=entry.number,
            title=only(entry.title),
            form=only(entry.form),
            lead=entry.lead,
            others=entry.others,
            term=entry.term,
            costs=tuple(sorted(entry.costs, key=lambda c: (c.year, list(Source).index(c.source)))),
            cost_note=entry.cost_note,
            sources=sources(entry),
        )
        for entry in table.entries
    ]


def test_a_plan_of_one_year_has_one_column_of_costs_and_reads_back_whole():
    costs = (Cost(Source.LOCAL, 2026, Decimal("1500.50")),)
    note = Row("b", "2", {"ru": "Б"}, cost_note=CostNote.WITHIN)
    table = Table((Row("a", "1", {"ru": "А"}, costs=costs), note))
    data = xlsx.write(official(table, years=(2026,)))
    assert again(data, ends=date(2026, 12, 31)) == table


@given(tables(), st.sampled_from(["kk", "ru", "en"]))
@QUICK
def test_a_document_reads_back_the_columns_of_its_language(table, language):
    found = again(docx.write(official(table), language))
    want = in_language(table, language)
    assert [e for e in found.entries if e.title] == [e for e in spaced(want) if e.title]


def spaced(entries):
    """Spaces of any kind are read as plain ones."""
    from kelisim.bodies.readers.table.files import clean

    def tidy(words):
        return {code: clean(text) for code, text in words.items()}

    return [
        replace(e, title=tidy(e.title))
        if isinstance(e, Heading)
        else replace(e, title=tidy(e.title), form=tidy(e.form))
        for e in entries
    ]
