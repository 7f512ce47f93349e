"""Whatever is read, every character of it stands in exactly one provision or one leaving."""

import io

import docx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kelisim.charter.readers import drafted, markdown, read
from kelisim.charter.readers.html import read as read_html
from kelisim.charter.trees.types import known
from kelisim.refusals import Refused
from tests.charter.readers.conftest import kept, letters

WORDS = st.sampled_from(
    [
        "совет",
        "общин",
        "решает",
        "споры",
        "открыто",
        "кеңес",
        "дауды",
        "шешеді",
        "The",
        "council",
        "decides",
        "1995",
        "«Доктрина»",
        "Өңір",
        "(до",
        "2020",
        "года)",
        "–",
        "№",
        "5;",
        "и",
        "т.д.",
        "а:",
        "б",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=18).map(" ".join)
END = st.sampled_from([".", ";", ":", "", ",", "…"])
MARK = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "### ",
        "- ",
        "* ",
        "• ",
        "– ",
        "1. ",
        "2) ",
        "- 1) ",
        "(a) ",
        "б) ",
        "5.1. ",
        "II. ",
        "Глава 1. ",
        "Статья 2. ",
        "3-бап. ",
        "Article 4 - ",
        "i) ",
        "A. ",
        "а. ",
        "3A. ",
        "1 ",
        "1",
        "2",
        "Статья 1",
        "PART ONE",
        "Приложение",
        "| a | b | ",
        "[слово](#дальше) ",
        "o ",
        "> ",
        "¹ ",
        "[^1]: ",
        "    ",
        "        - ",
        "СОВЕТ ",
        "Имя: ",
    ]
)
WRAP = st.sampled_from(["{}", "{}", "**{}**", "*{}*", "  {}", "{}  ", "**{}** {}"])
BREAK = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n\n",
        "  \n",
        "\n---\n",
        "\n\n- 3 -\n\n",
        "\f\n",
        "\n===\n",
        "\n\\* \\* \\*\n",
        "\n____\n",
        "-\n",
        " -\n\n",
        "        А. Образцов\n",
        "\n\n7\n\n",
    ]
)
LINE = st.builds(
    lambda mark, wrap, words, end: mark + wrap.replace("{}", words + end), MARK, WRAP, SENTENCE, END
)
TEXT = st.lists(st.tuples(LINE, BREAK), min_size=1, max_size=25).map(
    lambda rows: "".join(line + gap for line, gap in rows)
)


@given(TEXT)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_generated_document_loses_and_doubles_nothing(text):
    draft = drafted(markdown.read(text), None)
    assert kept(draft) == letters(text)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=400)
)
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_read_without_loss(text):
    assert kept(drafted(markdown.read(text), None)) == letters(text.replace("\ufeff", ""))


@given(TEXT, st.sampled_from([None, *known()]))
@settings(max_examples=150, deadline=None)
def test_the_tree_is_sound_and_never_depends_on_the_type(text, key):
    draft = drafted(markdown.read(text), known()[key] if key else None)
    bare = drafted(markdown.read(text), known()["generic"])
    seen = set()
    for p in draft.provisions:
        assert p.parent is None or p.parent in seen
        assert p.eid not in seen
        assert 1 <= p.lines[0] <= p.lines[1] <= text.count("\n") + 1
        seen.add(p.eid)
    assert [(p.text, p.number, p.lines) for p in draft.provisions] == [
        (p.text, p.number, p.lines) for p in bare.provisions
    ]
    assert draft.leavings == bare.leavings


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "li", "h2", "div", "td", "b", "script", "nav"]), SENTENCE, END
        ),
        min_size=1,
        max_size=15,
    )
)
@settings(max_examples=150, deadline=None)
def test_a_generated_web_page_loses_and_doubles_nothing(parts):
    page = "".join(f"<{tag}>{words}{end}</{tag}>\n" for tag, words, end in parts if words)
    said = "".join(words + end for _tag, words, end in parts)
    try:
        draft = drafted(read_html(f"<html><body>{page}</body></html>"), None)
    except Refused as refused:
        assert all(tag in {"script", "nav"} for tag, _words, _end in parts), refused  # noqa: PT017
        return
    assert kept(draft) == letters(said)


@given(
    st.lists(
        st.tuples(
            SENTENCE,
            END,
            st.booleans(),
            st.sampled_from(["Normal", "Heading 1", "Heading 2", "List Bullet"]),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_generated_word_document_loses_and_doubles_nothing(rows):
    document = docx.Document()
    for words, end, bold, style in rows:
        document.add_paragraph(style=style).add_run(words + end).bold = bold
    made = io.BytesIO()
    document.save(made)
    assert kept(read(made.getvalue())) == letters(
        "".join(words + end for words, end, _bold, _style in rows)
    )
