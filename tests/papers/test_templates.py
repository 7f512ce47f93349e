"""A secretariat's own templates: examined, used, left; nothing of the program is reached."""

import io

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import TemplateError

from kelisim.ledger.models import Entry
from kelisim.papers.actions import templates
from kelisim.papers.exports import docx as export
from kelisim.papers.models import File, Template
from kelisim.papers.states import PaperKind
from kelisim.papers.trees import checking
from kelisim.papers.trees import contexts as c
from kelisim.papers.trees.checking import names_of, problems
from kelisim.papers.trees.filling import fill
from kelisim.papers.trees.forms import SHIPPED, shipped
from kelisim.refusals import Refused
from tests.bodies.people import council, person
from tests.papers.offices import AT, clerk
from tests.papers.paperwork import PAPERS, edited, read_docx, repacked

DECISION = PaperKind.DECISION
FORM = shipped(DECISION, "kk")


def found(*lines, kind=DECISION, **facts):
    return [
        (fault.code, fault.facts.get("name") or fault.facts.get("what"), fault.facts.get("where"))
        for fault in problems(kind, edited(shipped(kind, "kk"), *lines, **facts))
    ]


def codes(*lines, **facts):
    return {code for code, _name, _where in found(*lines, **facts)}


ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ head.__class__ }}",
    "{{ head['__class__'] }}",
    "{{ head|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ range(10**9)|list }}",
    "{{ 'x' * 10**10 }}",
    "{{ 'x'.join(points) }}",
    "{% set x = 1 %}{{ x }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'base.html' %}",
    "{% macro f() %}x{% endmacro %}{{ f() }}",
    "{% call(x) head.body() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% for x in points recursive %}{{ loop(points) }}{% endfor %}",
    "{{ head.body|replace('a', 'aaaaaaaa')|replace('a', 'aaaaaaaa') }}",
    "{{ points|join(', ')|join(', ')|join(', ') }}",
    "{{ points|map(attribute='text')|list }}",
    "{{ '%s'|format(head) }}",
    "{{ head.body is sameas(head.body) }}",
    "{{ head[head.body] }}",
    "{{ loop.cycle('a', 'b') }}",
    "{{ preamble|default('" + "x" * 1000 + "') }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("part", ["word/document.xml", "word/footer1.xml"])
def test_what_no_paper_needs_is_refused_wherever_it_stands(attack, part):
    assert codes(attack, part=part) & {
        "papers.template_may_not",
        "papers.template_broken",
        "papers.unknown_name",
    }


@pytest.mark.parametrize("attack", ATTACKS[:5])
def test_the_sandbox_is_a_wall_of_its_own(attack):
    with pytest.raises((TemplateError, TypeError)):
        fill(edited(FORM, attack), PAPERS[DECISION])


def test_code_in_the_properties_of_the_file_is_refused_too():
    page = docx.Document(io.BytesIO(FORM))
    page.core_properties.subject = "{{ cycler.__init__ }}"
    out = io.BytesIO()
    page.save(out)
    assert [fault.code for fault in problems(DECISION, out.getvalue())] == [
        "papers.template_may_not"
    ]


def test_every_unknown_name_is_told_at_once_with_its_place():
    assert found(
        "Signed in {{ town }} today",
        "{{ head.bodi }}",
        "{% for point in points %}{{ point.texts }}{{ point.text }}{% endfor %}",
        "{{ points[7].text }}",
    ) == [
        ("papers.unknown_name", "town", "Signed in {{ town }} today"),
        ("papers.unknown_name", "head.bodi", "{{ head.bodi }}"),
        (
            "papers.unknown_name",
            "point.texts",
            "{% for point in points %}{{ point.texts }}{{ point.text }}{% endfor %}",
        ),
        ("papers.unknown_name", "points[7]", "{{ points[7].text }}"),
    ]


def test_a_name_of_a_loop_is_unknown_after_it():
    assert codes("{% for point in points %}{{ point.text }}{% endfor %}{{ point.text }}") == {
        "papers.unknown_name"
    }


def test_only_lists_are_looped_over_and_not_too_deep():
    assert codes("{% for x in head.body %}{{ x }}{% endfor %}") == {"papers.not_a_list"}
    inner = "{% for a in points %}{% for b in signers %}{% for c in points %}{{ c.text }}"
    assert codes(inner + "{% endfor %}" * 3) == {"papers.template_too_deep"}
    assert not codes("{% for a in points %}{% for b in signers %}{{ b.name }}" + "{% endfor %}" * 2)


def test_what_fails_on_an_emptier_paper_is_refused_today():
    assert codes("{{ points[0].text }}") == {"papers.template_needs_all"}
    assert codes("{{ signers|first }}") == {"papers.template_needs_all"}
    assert not codes("{% if points %}{{ points[0].text }}{% endif %}")


def test_what_papers_need_is_allowed():
    assert not codes(
        "{% if vote and not preamble %}{{ vote|upper }}{% elif points|length > 1 %}many{% endif %}",
        "{% for point in points %}{{ loop.index }}/{{ loop.length }} {{ point.term|default('—') }}"
        "{% if not loop.last %}; {% endif %}{% endfor %}",
        "{{ head.number if head.number else 'б/н' }}",
    )


@pytest.mark.parametrize(
    "line", ["{{ head.body", "{% if vote %}", "{% for x in %}{% endfor %}", "{{ }}"]
)
def test_a_slip_of_the_pen_is_named(line):
    assert codes(line) == {"papers.template_broken"}


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"PK\x03\x04rubbish", repacked(FORM, "word/document.xml", b"<broken")],
)
def test_what_is_no_document_of_word_is_refused(content):
    assert [fault.code for fault in problems(DECISION, content)] == ["papers.no_docx"]


def test_macros_objects_and_outside_addresses_are_refused():
    assert [
        (fault.code, fault.facts["what"])
        for fault in problems(DECISION, repacked(FORM, "word/vbaProject.bin", b"macro"))
    ] == [("papers.template_active", "word/vbaProject.bin")]
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/{}" Target="https://e.example/a" TargetMode="External"/>'
        "</Relationships>"
    )
    name = "word/_rels/settings.xml.rels"
    loading = repacked(FORM, name, relation.format("attachedTemplate").encode())
    assert [fault.facts["what"] for fault in problems(DECISION, loading)] == ["https://e.example/a"]
    linking = repacked(FORM, name, relation.format("hyperlink").encode())
    assert problems(DECISION, linking) == []


def test_a_file_that_swells_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(checking, "MOST_OF_A_PART", 1000)
    assert [fault.code for fault in problems(DECISION, FORM)] == ["papers.template_too_large"]


def test_a_kind_without_a_form_has_no_template():
    assert [fault.code for fault in problems(PaperKind.ORDER, FORM)] == ["papers.no_template"]


TYPED = (
    "{{ {% %} }} for in if endfor endif else points point signers head . .text .body .name [0] x y "
    "| join length default ('a') ( ) 'a' 1 loop.index not and == is defined ~ + * {# #} {%p {%tr"
)


@given(st.lists(st.sampled_from(TYPED.split()), max_size=14).map(" ".join))
@example("{{ head .body | default ('a') }}")
@example("{% for x in points %} {{ x .text }} {% endfor %}")
def test_whatever_is_typed_is_either_refused_or_can_be_filled(line):
    template = edited(FORM, line)
    if not problems(DECISION, template):
        fill(template, PAPERS[DECISION])
        fill(template, c.Decision(PAPERS[DECISION].head, "", (), "", ()))


def test_the_names_that_may_be_used_are_told():
    assert names_of(DECISION)[:2] == ["head.body", "head.place"]
    assert {"points[].text", "signers[].post", "vote"} <= set(names_of(DECISION))
    assert all(names_of(kind) for kind in SHIPPED)


def upload(content=None, **facts):
    return templates.edit(
        council().pk,
        kind=DECISION,
        language="kk",
        name="own.docx",
        content=content or edited(FORM, "Our own line"),
        by=facts.get("by") or clerk(),
        at=AT,
    )


def rendered(body):
    return read_docx(export.render(DECISION, "kk", PAPERS[DECISION], body_id=body.pk))


@pytest.mark.django_db
def test_an_edited_template_is_used_until_it_is_left_and_its_editions_stay():
    body = council()
    assert "Our own line" not in rendered(body)
    assert upload().edition == 1
    assert "Our own line" in rendered(body)
    assert upload(edited(FORM, "Our newer line")).edition == 2
    assert "Our newer line" in rendered(body)
    assert "Our own line" not in rendered(body)
    templates.use_shipped(body.pk, kind=DECISION, language="kk", by=clerk(), at=AT)
    assert "Our newer line" not in rendered(body)
    assert upload().edition == 3
    assert [row.in_use for row in Template.objects.order_by("edition")] == [False, False, True]
    acts = Entry.objects.filter(act__startswith="papers.template").order_by("number")
    assert [entry.act for entry in acts] == [
        "papers.template_edited",
        "papers.template_edited",
        "papers.template_left",
        "papers.template_edited",
    ]


@pytest.mark.django_db
def test_a_template_with_faults_is_not_kept_and_every_fault_is_said():
    upload()
    before = (Template.objects.count(), File.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as refused:
        upload(edited(FORM, "{{ town }}", "{{ country }}"))
    assert [fault.facts["name"] for fault in refused.value.refusals] == ["town", "country"]
    assert (Template.objects.count(), File.objects.count(), Entry.objects.count()) == before


@pytest.mark.django_db
def test_only_the_secretariat_edits_templates():
    with pytest.raises(Refused) as refused:
        upload(by=person("Stranger"))
    assert [fault.code for fault in refused.value.refusals] == ["papers.not_editor"]


@pytest.mark.django_db
def test_a_paper_is_rendered_with_one_query(django_assert_num_queries):
    body = council()
    upload()
    with django_assert_num_queries(1):
        rendered(body)
