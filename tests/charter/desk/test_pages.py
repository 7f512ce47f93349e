"""The pages of drafting: who may open them, what they show, what they refuse."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kelisim.charter.actions import drafting
from kelisim.charter.models import Charter, Edition, Provision, Step, Version, Wording
from kelisim.charter.states import VersionState
from tests.charter.desk.conftest import AT, TEXT
from tests.journeys.kazakh import foreign_words

PAGES = [
    "draft",
    "problems",
    "leavings",
    "titles",
    "passport",
    "editions",
    "corresponding",
    "review",
]


@pytest.fixture
def opened(people):
    """A browser in which somebody is signed in: `opened("preparer")`."""

    def make(name: str) -> Client:
        client = Client()
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


def at(name, version, *more, language="en") -> str:
    with translation.override(language):
        return reverse(f"charter:{name}", args=[version.charter.slug, version.number, *more])


def place(name, *arguments, language="en") -> str:
    with translation.override(language):
        return reverse(f"charter:{name}", args=arguments)


def key(version, beginning) -> int:
    return Wording.objects.get(
        provision__version=version, language="ru", text__startswith=beginning
    ).provision_id


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_preparers_and_publishers_open_every_page(opened, draft, page, language):
    for who in ("preparer", "publisher", "another"):
        assert opened(who).get(at(page, draft, language=language)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_opens_a_draft(opened, draft, page):
    assert opened("nobody").get(at(page, draft)).status_code == 403
    assert opened("administrator").get(at(page, draft)).status_code == 403
    answer = Client().get(at(page, draft))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_a_draft_is_unknown_under_another_number(opened, draft):
    draft.number = 7
    assert opened("preparer").get(at("draft", draft)).status_code == 404


def test_source_and_tree_stand_line_against_provision(opened, draft):
    shown = text_of(opened("preparer").get(at("draft", draft)))
    assert "7 Она хранит книги на всех языках 8 области." in shown
    assert "Она хранит книги на всех языках области." in shown


def test_a_step_comes_from_a_form_and_is_undone_by_a_button(opened, draft):
    client = opened("preparer")
    one = key(draft, "издавать")
    sent = client.post(at("step", draft, one), {"verb": "renumber", "number": "9"})
    assert sent.status_code == 302
    assert sent["Location"].startswith(at("draft", draft) + "?page=1#r")
    assert Provision.objects.get(pk=one).number == "9"
    assert client.post(at("undo", draft)).status_code == 302
    assert Provision.objects.get(pk=one).number == "2"
    assert client.post(at("redo", draft)).status_code == 302
    assert Provision.objects.get(pk=one).number == "9"


@pytest.mark.parametrize(
    ("sent", "verb"),
    [
        ({"verb": "join", "following": ""}, "join"),
        ({"verb": "join", "following": "1"}, "join"),
        ({"verb": "split", "text_ru": "издавать\r\n\r\nуказатель книг;"}, "split"),
        ({"verb": "rekind", "kind": "passage", "heading": "on"}, "rekind"),
        ({"verb": "rename", "title_kk": "Көрсеткіш", "title_en": "An index"}, "rename"),
        ({"verb": "correct", "language": "ru", "text": "издать указатель;"}, "correct"),
        ({"verb": "shift", "levels": "1"}, "lower"),
        ({"verb": "shift", "levels": "-1", "following": "on"}, "raise"),
        ({"verb": "set_aside"}, "set_aside"),
    ],
)
def test_every_verb_has_its_form(opened, draft, sent, verb):
    answer = opened("preparer").post(at("step", draft, key(draft, "издавать")), sent)
    assert answer.status_code == 302, text_of(answer)
    assert Step.objects.get().verb == verb


def test_a_provision_moves_to_the_one_that_is_named(opened, draft):
    client, one = opened("preparer"), key(draft, "проводить")
    target = Provision.objects.get(pk=key(draft, "открыть"))
    for named in (target.cite, target.eid):
        sent = {"verb": "move", "place": "before", "target": named}
        assert client.post(at("step", draft, one), sent).status_code == 302
        assert Provision.objects.get(pk=one).position == target.position
        drafting.undo(draft.pk, by=draft.prepared_by, at=AT)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"verb": "split", "text_ru": "издавать указатель книг;"}, "charter.nowhere_to_part"),
        ({"verb": "split", "text_ru": "издать\n\nуказатель"}, "charter.text_changed"),
        ({"verb": "split", "text_ru": ""}, None),
        ({"verb": "rekind", "kind": "spell"}, None),
        ({"verb": "rekind"}, None),
        ({"verb": "renumber", "number": "9" * 61}, None),
        ({"verb": "renumber", "number": "2"}, "charter.nothing_changed"),
        ({"verb": "rename", "title_kk": "ә" * 301}, None),
        ({"verb": "correct", "language": "de", "text": "x"}, None),
        ({"verb": "correct", "language": "ru", "text": ""}, "charter.text_needed"),
        ({"verb": "shift"}, None),
        ({"verb": "shift", "levels": "7"}, None),
        ({"verb": "move", "place": "after", "target": ""}, None),
        ({"verb": "move", "place": "beside", "target": "2"}, None),
        ({"verb": "move", "place": "after", "target": "99-99"}, "charter.not_found"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(opened, draft, sent, reason):
    answer = opened("preparer").post(at("step", draft, key(draft, "издавать")), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert not Step.objects.exists()
    if reason:
        with translation.override("en"):
            assert translation.gettext(reason).split("%")[0] in text_of(answer)


def test_an_unknown_verb_does_nothing(opened, draft):
    answer = opened("preparer").post(at("step", draft, key(draft, "издавать")), {"verb": "burn"})
    assert answer.status_code == 200
    assert not Step.objects.exists()


def test_a_provision_that_is_gone_is_not_found(opened, draft):
    assert opened("preparer").get(at("step", draft, 10**9)).status_code == 404


def test_script_in_a_text_is_shown_as_text(opened, draft):
    word = Wording.objects.get(provision=key(draft, "издавать"), language="ru")
    word.text = "<script>alert(1)</script>"
    word.save()
    for page in ("draft", "titles", "review"):
        assert b"<script>alert" not in opened("preparer").get(at(page, draft)).content


def test_htmx_asks_for_the_verbs_only(opened, draft):
    answer = opened("preparer").get(
        at("step", draft, key(draft, "издавать")), headers={"HX-Request": "true"}
    )
    assert b"<html" not in answer.content
    assert answer.content.count(b"<form") == 9


def test_whoever_may_not_edit_sees_why_and_no_forms(opened, draft):
    answer = opened("publisher").get(at("step", draft, key(draft, "издавать")))
    with translation.override("en"):
        assert translation.gettext("charter.not_preparer") in text_of(answer)
    assert answer.content.count(b'name="verb"') == 0
    refused = opened("publisher").post(
        at("step", draft, key(draft, "издавать")), {"verb": "renumber", "number": "9"}
    )
    assert refused.status_code == 422
    assert not Step.objects.exists()


def test_guesses_are_settled_by_their_boxes_or_all_of_a_page(opened, draft):
    draft.guesses = [{"what": "join", "lines": [1, 2], "certainty": 0.5, "settled": False}] * 3
    draft.save()
    client, page = opened("preparer"), at("problems", draft) + "?what=guess"
    assert client.post(page, {}).status_code == 302
    client.post(page, {"guess": ["1"], "shown": ["0", "1", "2"]})
    draft.refresh_from_db()
    assert [guess["settled"] for guess in draft.guesses] == [False, True, False]
    client.post(page, {"every": "1", "shown": ["0", "1", "2"]})
    draft.refresh_from_db()
    assert all(guess["settled"] for guess in draft.guesses)


def test_a_piece_left_aside_is_taken_back(opened, draft):
    client = opened("preparer")
    client.post(at("step", draft, key(draft, "Она")), {"verb": "set_aside"})
    draft.refresh_from_db()
    (piece,) = [n for n, one in enumerate(draft.leavings) if one["why"] == "aside"]
    page = at("leavings", draft)
    assert "Она хранит" in text_of(client.get(page))
    for wrong in (
        {"leaving": "x"},
        {"leaving": piece, "kind": "spell"},
        {"leaving": piece, "kind": "passage", "after": "no such"},
        {"leaving": 10**6, "kind": "passage"},
    ):
        refused = client.post(page, wrong)
        assert refused.status_code == 200
        assert 'role="alert"' in refused.content.decode()
    sent = {"leaving": piece, "kind": "passage", "after": "1"}
    assert client.post(page, sent).status_code == 302
    assert Wording.objects.filter(text__startswith="Она хранит").exists()


def test_titles_are_given_a_page_at_a_time(opened, draft):
    one = key(draft, "издавать")
    client = opened("preparer")
    sent = {f"{one}-kk": "Кітап көрсеткіші", f"{one}-en": "Index of books", "0-kk": "жоқ"}
    assert client.post(at("titles", draft), sent).status_code == 302
    titles = dict(Wording.objects.filter(provision=one).values_list("language", "title"))
    assert titles == {"ru": "", "kk": "Кітап көрсеткіші", "en": "Index of books"}
    assert "Кітап көрсеткіші" in client.get(at("titles", draft)).content.decode()


def test_the_passport_is_kept_line_by_line(opened, draft):
    client = opened("preparer")
    sent = {
        "title_ru": "О библиотеках",
        "in_force_from": "2026-04-01",
        "fields_ru": "Наименование: О библиотеках\nСрок: 2026: год",
    }
    assert client.post(at("passport", draft), sent).status_code == 302
    charter = Charter.objects.get()
    assert charter.fields == {"ru": {"Наименование": "О библиотеках", "Срок": "2026: год"}}
    assert charter.title == {"ru": "О библиотеках"}
    for wrong in (
        {**sent, "title_ru": ""},
        {**sent, "in_force_from": "soon"},
        {**sent, "fields_ru": "без двоеточия"},
    ):
        assert client.post(at("passport", draft), wrong).status_code == 422


def test_a_second_language_is_joined_to_the_tree(opened, draft):
    kazakh = TEXT.replace("открыть читальный зал", "оқу залын ашу").replace(
        "Библиотека согласия открыта каждому.", "Келісім кітапханасы баршаға ашық."
    )
    client = opened("preparer")
    sent = {"language": "kk", "text": kazakh, "translated_by": "Ойдан шығарылған аударма бюросы"}
    assert client.post(at("editions", draft), sent).status_code == 302
    edition = Edition.objects.get(language="kk")
    assert edition.translated_by.startswith("Ойдан")
    said = Wording.objects.get(provision=key(draft, "открыть"), language="kk")
    assert said.text == "оқу залын ашу;"
    refused = client.post(at("undo", draft), follow=True)
    with translation.override("en"):
        assert translation.gettext("charter.undo_ends_here") in text_of(refused)
    assert Wording.objects.filter(language="kk").exists()


def test_whose_text_an_edition_is_can_be_said_until_it_is_published(opened, draft):
    client, page = opened("preparer"), at("editions", draft)
    client.post(page, {"declare": "ru", "translator": "Ойдан шығарылған бюро"})
    edition = Edition.objects.get()
    assert (edition.authentic, edition.translated_by) == (False, "Ойдан шығарылған бюро")
    client.post(page, {"declare": "ru", "translator": ""})
    edition.refresh_from_db()
    assert (edition.authentic, edition.translated_by) == (True, "")
    client.post(page, {"declare": "en", "translator": ""})
    opened("publisher").post(page, {"declare": "ru", "translator": "x"})
    edition.refresh_from_db()
    assert edition.authentic
    assert Edition.objects.count() == 1


def test_a_guess_is_shown_with_the_words_that_it_concerns(opened, draft):
    draft.guesses = [{"what": "join", "lines": [7, 8], "certainty": 0.6, "settled": False}]
    draft.save()
    shown = text_of(opened("preparer").get(at("problems", draft)))
    assert "Она хранит книги" in shown
    assert "60 %" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"language": "de", "text": "x"},
        {"language": "kk"},
        {"language": "kk", "text": "мәтін", "authentic": "on", "translated_by": "бюро"},
        {"language": "ru", "text": TEXT},
    ],
)
def test_a_second_language_says_what_it_lacks(opened, draft, wrong):
    answer = opened("preparer").post(at("editions", draft), wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Edition.objects.count() == 1


def test_a_correspondence_is_added_and_taken_away(opened, draft):
    client, page = opened("preparer"), at("corresponding", draft)
    one = Provision.objects.get(pk=key(draft, "издавать"))
    sent = {
        "provision": one.eid,
        "slug": "harmony",
        "title_en": "Harmony Strategy (invented)",
        "place": "art. 3",
        "relation": "implements",
        "note_en": "The index answers its list.",
    }
    assert client.post(page, sent).status_code == 302
    assert "Harmony Strategy" in text_of(client.get(page))
    for wrong in (
        {**sent, "provision": "99"},
        {**sent, "slug": ""},
        {**sent, "relation": "loves"},
        sent,
    ):
        assert client.post(page, wrong).status_code == 422
    assert client.post(page, {"remove": one.correspondences.get().pk}).status_code == 302
    assert not one.correspondences.exists()


def test_two_people_take_a_draft_to_its_publication(opened, draft, people):
    preparer, publisher = opened("preparer"), opened("publisher")
    assert preparer.post(at("submit", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.SUBMITTED
    refused = publisher.post(at("review", draft), {"act": "return", "reason": ""})
    assert refused.status_code == 422
    publisher.post(at("review", draft), {"act": "return", "reason": "Нет пункта 4."})
    draft.refresh_from_db()
    assert draft.state == VersionState.RETURNED
    assert "Нет пункта 4." in text_of(preparer.get(at("draft", draft)))
    preparer.post(at("submit", draft))
    answer = preparer.post(at("review", draft), {"act": "publish"})
    draft.refresh_from_db()
    assert draft.state == VersionState.SUBMITTED, text_of(answer)
    assert publisher.post(at("review", draft), {"act": "publish"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
    assert draft.published_by == people["publisher"]
    again = preparer.post(
        at("step", draft, key(draft, "издавать")), {"verb": "renumber", "number": "8"}
    )
    assert again.status_code == 422


def test_who_prepares_never_publishes_even_with_both_rights(opened, draft, people):
    draft.prepared_by = people["another"]
    draft.save()
    client = opened("another")
    client.post(at("submit", draft))
    page = client.post(at("review", draft), {"act": "publish"}, follow=True)
    with translation.override("en"):
        assert translation.gettext("charter.same_person") in text_of(page)
    draft.refresh_from_db()
    assert draft.state == VersionState.SUBMITTED


def test_a_draft_is_given_up(opened, draft):
    assert opened("publisher").post(at("discard", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT
    assert opened("preparer").post(at("discard", draft))["Location"] == place("drafts")
    draft.refresh_from_db()
    assert draft.state == VersionState.DISCARDED


def test_the_list_of_documents_offers_what_is_next(opened, draft):
    assert place("begin") in opened("preparer").get(place("drafts")).content.decode()
    page = opened("publisher").get(place("drafts")).content.decode()
    assert place("begin") not in page
    assert at("draft", draft) in page


def test_an_empty_list_says_what_will_be_here(opened):
    assert "second person publishes it" in text_of(opened("preparer").get(place("drafts")))


ACT = {
    "number": "12",
    "date": "2026-02-01",
    "kind_en": "Order",
    "issuer_en": "Invented council",
    "in_force_from": "2026-03-01",
    "authentic": "on",
}


def test_a_text_is_looked_at_before_anything_is_saved(opened, people):
    client = opened("preparer")
    answer = client.post(place("begin"), {"text": TEXT, "charter_type": "concept"})
    assert answer.status_code == 302
    preview = client.get(answer["Location"])
    assert "measure · 3" in text_of(preview)
    assert not Version.objects.exists()
    assert opened("another").get(answer["Location"]).status_code == 404
    assert client.post(answer["Location"], {**ACT}).status_code == 422
    begun = client.post(answer["Location"], {**ACT, "title_ru": "О библиотеках", "slug": "lib"})
    assert begun.status_code == 302, text_of(begun)
    version = Version.objects.get()
    assert begun["Location"] == at("draft", version)
    assert version.sources.get().lines == TEXT
    assert client.get(answer["Location"]).status_code == 404
    assert client.get(begun["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "one of the two"),
        ({"text": "  "}, "one of the two"),
        ({"text": TEXT, "charter_type": "spell"}, "Select a valid choice"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_reason(opened, people, sent, said):
    answer = opened("preparer").post(place("begin"), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"PK\x03\x04broken", b"\x00\x01\x02"])
def test_a_file_that_is_no_text_is_refused_with_the_reason(opened, people, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = opened("preparer").post(
        place("begin"), {"file": SimpleUploadedFile("charter.md", data)}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Version.objects.exists()


def test_a_publisher_begins_nothing(opened, people):
    answer = opened("publisher").post(place("begin"), {"text": TEXT})
    with translation.override("en"):
        assert translation.gettext("charter.not_preparer") in text_of(answer)


def test_a_second_draft_of_one_charter_waits_for_the_first(opened, draft):
    page = opened("preparer").get(place("begin-version", draft.charter.slug))
    assert "<form method" not in page.content.decode().split("<main")[1]


def test_the_next_version_is_mapped_confirmed_and_published(opened, draft, people):
    preparer, publisher = opened("preparer"), opened("publisher")
    preparer.post(at("submit", draft))
    publisher.post(at("review", draft), {"act": "publish"})
    amended = TEXT.replace("издавать указатель книг", "издавать каталог всех книг области")
    amended = amended.replace("день открытых дверей.", "день дверей;\n4) беречь архив.")
    read = preparer.post(place("begin-version", draft.charter.slug), {"text": amended})
    begun = preparer.post(read["Location"], {**ACT, "number": "20", "date": "2026-05-01"})
    version = Version.objects.get(number=2)
    assert begun["Location"] == at("draft", version)
    page = at("mapping", version)
    shown = preparer.get(page)
    assert "<ins>" in shown.content.decode()
    open_rows = version.successions.filter(confirmed=False)
    assert open_rows.exists()
    preparer.post(at("step", version, key(version, "беречь")), {"verb": "renumber", "number": "5"})
    assert preparer.post(page, {"act": "again"}).status_code == 302
    preparer.post(at("submit", version))
    assert "not confirmed" in text_of(publisher.get(at("review", version)))
    publisher.post(at("review", version), {"act": "publish"})
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    publisher.post(at("review", version), {"act": "return", "reason": "Подтвердите сличение."})
    row = open_rows.filter(relation="changed").first()
    preparer.post(page, {"act": "confirm", f"row-{row.pk}": "moved"})
    row.refresh_from_db()
    assert (row.relation, row.confirmed) == ("moved", True)
    preparer.post(page, {"act": "all"})
    assert not open_rows.exists()
    preparer.post(at("submit", version))
    publisher.post(at("review", version), {"act": "publish"})
    version.refresh_from_db()
    assert version.state == VersionState.PUBLISHED


def test_pages_take_the_same_queries_for_a_charter_of_any_length(
    opened, many, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = opened("preparer")
    small, large = many(30), many(1500)
    for page in PAGES:
        counts = []
        for version in (small, large):
            client.get(at(page, version))
            with CaptureQueriesContext(connection) as seen:
                assert client.get(at(page, version)).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1], page
        assert counts[0] <= 18, page


def test_no_page_of_a_long_draft_is_heavy(opened, many):
    import gzip

    client, large = opened("preparer"), many(3000)
    for page in PAGES:
        assert len(gzip.compress(client.get(at(page, large)).content)) < 60_000, page
    last = client.get(at("draft", large) + "?page=999")
    assert "номер 3000" in text_of(last)


KAZAKH = """# Ауыл келісімі туралы тұжырымдама

## 1. Жалпы ережелер

Бұл құжат ойдан шығарылған.

## 2. Шаралар

Мынадай шаралар көзделеді:

1) оқу залын ашу;
2) кітап көрсеткішін шығару;
3) ашық есік күнін өткізу.
"""
WRONG = {
    "titles": {"0-kk": "x"},
    "passport": {"in_force_from": "ертең", "fields_kk": "қос нүктесіз"},
    "editions": {"language": "kk"},
    "corresponding": {"relation": "жоқ"},
    "leavings": {"leaving": "x"},
}


def test_kazakh_pages_of_drafting_speak_only_kazakh(opened, people):
    for person in people.values():
        person.name = "Үлгі"
        person.save()
    client, publisher = opened("preparer"), opened("publisher")
    begin = place("begin", language="kk")
    found = {}

    def look(name, answer):
        assert answer.status_code in {200, 422}, name
        found[name] = foreign_words(answer.content.decode(), also=["markdown", "word"])

    look("drafts", client.get(place("drafts", language="kk")))
    look("begin", client.get(begin))
    look("begin refused", client.post(begin, {}))
    look("begin locked", publisher.get(begin))
    read = client.post(begin, {"text": KAZAKH})
    look("preview", client.get(read["Location"]))
    look("preview refused", client.post(read["Location"], {"number": "1"}))
    sent = {**ACT, "title_kk": "Ауыл келісімі", "slug": "auyl", "kind_en": "", "issuer_en": ""}
    client.post(read["Location"], sent)
    version = Version.objects.get()
    one = version.provisions.get(wordings__text__startswith="кітап").pk
    client.post(at("step", version, one), {"verb": "renumber", "number": "4"})
    for page in PAGES:
        address = at(page, version, language="kk")
        look(page, client.get(address))
        look(f"{page}, by the publisher", publisher.get(address))
    for page, sent in WRONG.items():
        look(f"{page} refused", client.post(at(page, version, language="kk"), sent, follow=True))
    step = at("step", version, one, language="kk")
    look("provision", client.get(step))
    for sent in (
        {"verb": "split", "text_kk": "басқа\n\nмәтін"},
        {"verb": "move", "place": "after", "target": "99"},
        {"verb": "correct", "language": "жоқ"},
    ):
        look(f"{sent['verb']} refused", client.post(step, sent))
    client.post(at("submit", version, language="kk"))
    look("review", publisher.get(at("review", version, language="kk")))
    refused = {"act": "return", "reason": ""}
    look("return refused", publisher.post(at("review", version, language="kk"), refused))
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("who", ["another", "publisher"])
def test_where_it_counts_whoever_publishes_proves_themself_twice(
    opened, people, draft, settings, who
):
    settings.PRODUCTION = True
    opened("preparer").post(at("submit", draft))
    client = opened(who)
    page = client.post(at("review", draft), {"act": "publish"}, follow=True)
    with translation.override("en"):
        assert translation.gettext("people.second_factor_needed") in text_of(page)
    draft.refresh_from_db()
    assert draft.state == VersionState.SUBMITTED
    Authenticator.objects.create(user=people[who], type="totp", data={"secret": "x"})
    client.post(at("review", draft), {"act": "publish"})
    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
