"""The papers' pages: who comes in, what a press does, what a list costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kelisim.bodies.states import Role
from kelisim.papers.actions import approval, journal, templates
from kelisim.papers.models import Consent, Disagreement, Document, File, FileIndex, Round, Template
from kelisim.papers.queries import PAGE
from kelisim.papers.states import Direction, PaperKind, Verdict
from kelisim.papers.trees.differing import Differing
from kelisim.papers.trees.forms import shipped
from tests.bodies.people import chair, council, found, hold, person
from tests.papers.offices import AT, clerk, kept, ministry, registered, sent
from tests.papers.paperwork import edited, read_docx, read_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_russian():
    with override("ru"):
        yield


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args, **kwargs):
    return reverse(f"papers:{name}", args=args, kwargs=kwargs)


def upload(content=b"words", name="paper.txt"):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def test_a_letter_that_came_is_registered_resolved_and_found(client):
    go(client, clerk())
    journal.open_index(
        council().pk, code="18-35-4.3", title={"kk": "Хаттар"}, years=5, by=clerk(), at=AT
    )
    asked = {
        "body": council().pk,
        "direction": "incoming",
        "kind": "letter",
        "index": FileIndex.objects.get().pk,
        "title_ru": "О празднике",
        "correspondent": "Министерство примеров",
        "their_number": "7-1",
        "their_day": "2026-02-27",
        "file": upload(b"As it came"),
    }
    page = client.post(at("register"), asked, follow=True)
    paper = Document.objects.get()
    assert page.redirect_chain[0][0] == at("document", paper.pk)
    assert all(words in page.text for words in ("вх.", "18-35-4.3/1", "Министерство примеров"))
    came = client.get(at("file", paper.pk, paper.attached.get().pk))
    assert (came.content, came["X-Content-Type-Options"]) == (b"As it came", "nosniff")
    assert came["Content-Disposition"].startswith("attachment")
    go(client, chair())
    client.post(at("document", paper.pk), {"act": "resolve", "text": "Рассмотреть"})
    assert "Рассмотреть" in client.get(at("document", paper.pk)).text
    assert "О празднике" in client.get(at("journal")).text


def test_a_refused_registration_keeps_what_was_typed_and_nothing_else(client):
    go(client, clerk())
    asked = {"body": council().pk, "direction": "incoming", "kind": "letter", "file": upload()}
    page = client.post(at("register"), {**asked, "their_number": "7-1"}).text
    assert "Укажите, от кого письмо" in page
    assert "Укажите хотя бы на одном языке" in page
    assert 'value="7-1"' in page
    assert not Document.objects.exists()
    assert not File.objects.exists()


def test_an_outgoing_letter_is_given_its_file_and_sent(client):
    letter = registered(direction=Direction.OUTGOING, correspondent="Министерство примеров")
    go(client, clerk())
    client.post(
        at("document", letter.pk),
        {"act": "attach", "part": "paper", "language": "ru", "file": upload()},
    )
    refused = client.post(at("document", letter.pk), {"act": "send", "on": "2020-01-01"})
    assert "раньше дня его регистрации" in refused.text
    client.post(at("document", letter.pk), {"act": "send", "on": "2026-03-02"})
    letter.refresh_from_db()
    assert (letter.sent_on.isoformat(), letter.attached.count()) == ("2026-03-02", 1)


def test_a_template_goes_out_and_comes_back_with_all_its_faults(client):
    go(client, clerk())
    of = {"slug": council().slug, "kind": "decision", "language": "kk"}
    form = client.get(at("template-file", **of)).content
    faulty = edited(form, "{{ town }}", "{{ country }}")
    page = client.post(at("template", **of), {"file": upload(faulty, "own.docx")}).text
    assert "имени town в этом документе нет" in page
    assert "имени country в этом документе нет" in page
    assert not Template.objects.exists()
    good = edited(form, "Our own line")
    client.post(at("template", **of), {"file": upload(good, "own.docx")})
    assert "Our own line" in read_docx(client.get(at("template-file", **of)).content)
    assert "редакция 1" in client.get(at("template", **of)).text
    client.post(at("template", **of), {"act": "shipped"})
    assert "Our own line" not in read_docx(client.get(at("template-file", **of)).content)
    assert "Our own line" in read_docx(client.get(at("edition", **of, number=1)).content)


def test_a_paper_goes_round_from_page_to_page(client):
    body, leader = ministry()
    go(client, clerk())
    asked = {"body": council().pk, "title": "Проект", "bodies": [body.pk], "file": upload()}
    client.post(at("begin-round"), asked)
    round_ = Round.objects.get()
    go(client, leader)
    assert "Проект" in client.get(at("rounds")).text
    own = Consent.objects.get()
    page = client.get(at("say", round_.pk, own.pk)).text
    assert round_.file.sha256 in page
    said = {
        "read": round_.file.sha256,
        "verdict": "not_agreed",
        "remark": "Нет",
        "place_1": "Пункт 3",
        "proposed_1": "Новый текст",
    }
    refused = client.post(at("say", round_.pk, own.pk), {**said, "read": "0" * 64})
    assert "Прочтите его снова" in refused.text
    client.post(at("say", round_.pk, own.pk), said)
    go(client, clerk())
    row = Disagreement.objects.get()
    client.post(at("round", round_.pk), {"of": row.pk, "settlement": "Принято"})
    page = client.get(at("round", round_.pk)).text
    assert all(words in page for words in ("не согласовано", "Новый текст", "Принято"))
    table = client.get(at("round-paper", round_.pk, "disagreements", "ru", "docx"))
    assert "Новый текст" in read_docx(table.content)
    sheet = client.get(at("round-paper", round_.pk, "sheet", "kk", "pdf"))
    assert "келісілмеді" in read_pdf(sheet.content)
    changed = {**asked, "file": upload(b"changed")}
    client.post(at("begin-round") + f"?follows={round_.pk}", changed)
    round_.refresh_from_db()
    assert (round_.state, round_.followed.consents.get().verdict) == ("closed", Verdict.WAITING)
    client.post(at("round", round_.followed.pk), {"act": "close"})
    assert not Round.objects.filter(state="open").exists()


def addresses():
    body, _leader = ministry()
    paper, round_ = registered(), sent(body)
    attached = journal.attach(paper.pk, file=kept(), name="a", by=clerk(), at=AT)
    of = {"slug": council().slug, "kind": "decision", "language": "kk"}
    templates.edit(
        council().pk, kind=PaperKind.DECISION, language="kk", name="own.docx",
        content=shipped(PaperKind.DECISION, "kk"), by=clerk(), at=AT,
    )  # fmt: skip
    return {
        "journal": at("journal"),
        "register": at("register"),
        "document": at("document", paper.pk),
        "file": at("file", paper.pk, attached.pk),
        "offices": at("offices"),
        "index": at("index", council().slug),
        "templates": at("templates", council().slug),
        "template": at("template", **of),
        "template-file": at("template-file", **of),
        "edition": at("edition", **of, number=1),
        "rounds": at("rounds"),
        "begin-round": at("begin-round"),
        "round": at("round", round_.pk),
        "round-file": at("round-file", round_.pk),
        "say": at("say", round_.pk, round_.consents.get().pk),
        "round-paper": at("round-paper", round_.pk, "sheet", "kk", "docx"),
    }


NAMES = (
    "journal register document file offices index templates template template-file edition rounds "
    "begin-round round round-file say round-paper"
)
EVERYTHING = set(NAMES.split())
OPEN_TO = {
    "clerk": EVERYTHING - {"say"},
    "chair": {"journal", "document", "file", "rounds"},
    "asked": {"rounds", "round", "round-file", "say", "round-paper"},
    "member": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("who", OPEN_TO)
def test_everybody_sees_what_their_posts_open(client, who):
    there = addresses()
    assert set(there) == EVERYTHING
    if who == "member":
        hold(person("A member"), council(), Role.MEMBER)
    people = {
        "clerk": clerk,
        "chair": chair,
        "asked": lambda: ministry()[1],
        "member": lambda: person("A member"),
        "stranger": lambda: person("Stranger"),
    }
    go(client, people[who]())
    met = {name: client.get(address).status_code for name, address in there.items()}
    assert {name for name, status in met.items() if status == 200} == OPEN_TO[who]
    assert {status for name, status in met.items() if name not in OPEN_TO[who]} <= {403, 404}
    client.logout()
    assert {client.get(address).status_code for address in there.values()} == {302}


def test_another_bodys_papers_are_nobodys_business_here(client):
    other = found("council", "Other", parent=council())
    paper = registered(other)
    go(client, chair(of=council()))
    assert client.get(at("document", paper.pk)).status_code == 403
    assert paper.title["en"] not in client.get(at("journal")).text


def say(round_, who):
    approval.say(
        round_.consents.get().pk, verdict=Verdict.NOT_AGREED, remark="No",
        differing=[Differing(1, "1", "", "so")], read=round_.file.sha256, by=who, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("said", ["", "x", "9" * 40, "-1", "\x00", "²"])
def test_nonsense_in_an_address_breaks_nothing(client, said):
    go(client, clerk())
    registered()
    for name in ("journal", "rounds"):
        asked = dict.fromkeys(("before", "year", "direction", "kind", "body", "page"), said)
        assert client.get(at(name), asked).status_code == 200
    assert client.get(at("begin-round"), {"follows": said}).status_code == 200
    sent(ministry()[0])
    pk = Round.objects.get().pk
    assert client.post(at("round", pk), {"of": said, "settlement": said}).status_code in {302, 404}
    say(Round.objects.get(), ministry()[1])
    of = Disagreement.objects.get().pk
    assert client.post(at("round", pk), {"of": of, "settlement": said}).status_code == 302


def test_the_journal_is_turned_page_by_page_and_narrowed(client):
    go(client, clerk())
    for n in range(PAGE + 3):
        registered(
            title={"ru": f"Бумага {n:03}"}, kind=PaperKind.ORDER if n % 2 else PaperKind.NOTE
        )
    first = client.get(at("journal"))
    assert [f"Бумага {n:03}" in first.text for n in (PAGE + 2, 3, 2)] == [True, True, False]
    second = client.get(at("journal") + first.context["after"])
    assert [f"Бумага {n:03}" in second.text for n in (3, 2, 0)] == [False, True, True]
    narrowed = client.get(at("journal"), {"kind": "order"}).text
    assert ("Бумага 001" in narrowed, "Бумага 002" in narrowed) == (True, False)


def cost(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_cost_the_same_at_every_size(client):
    go(client, clerk())
    there = addresses()
    lists = ("journal", "rounds", "round", "document", "offices", "index", "templates", "template")
    client.get(there["journal"])  # what a person's first page asks once is not the list's
    few = {name: cost(client, there[name]) for name in lists}
    paper, round_ = Document.objects.get(), Round.objects.get()
    for n in range(12):
        body, _leader = ministry(f"Ministry {n}")
        registered(body)
        journal.attach(paper.pk, file=kept(f"file {n}"), name="a", by=clerk(), at=AT)
        sent(body, words=f"draft {n}")
        Consent.objects.create(round=round_, body=body)
        journal.open_index(
            council().pk, code=f"1-{n}", title={"kk": "Істер"}, years=1, by=clerk(), at=AT
        )
    assert {name: cost(client, there[name]) for name in lists} == few


def test_a_file_is_served_whole_under_any_name(client):
    go(client, clerk())
    paper = registered()
    file = kept("words", 'Хат "№ 1"\r\nX: y.txt')
    attached = journal.attach(paper.pk, file=file, name="a", by=clerk(), at=AT)
    answer = client.get(at("file", paper.pk, attached.pk))
    assert "\n" not in answer["Content-Disposition"]
    assert answer["ETag"] == f'"{file.sha256}"'
    assert answer.content == b"words"
