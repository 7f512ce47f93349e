"""The executor's one form, duty and review: who comes in, what a press does, what a bad form keeps."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kelisim.commitments.actions import control, extending, reporting
from kelisim.commitments.models import Commitment, Evidence, Extension, Mark, Money, Report
from kelisim.commitments.readers import photo
from kelisim.commitments.states import Control, ReportState, Status
from kelisim.papers.models import File
from kelisim.refusals import Refused
from tests.bodies.people import hold, person
from tests.commitments import world as w

pytestmark = pytest.mark.django_db

GPS = {0x0001: "N", 0x0002: (51.0, 7.0, 41.0), 0x0003: "E", 0x0004: (71.0, 26.0, 0.0)}
CAMERA = "Invented Camera 3000"


@pytest.fixture
def of():
    return w.world()


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    return reverse(f"commitments:{name}", args=args)


def term(commitment):
    return commitment.stages.filter(kind="term").order_by("due_on").first()


def picture(kind="JPEG", *, upside=False, size=(80, 40)):
    """A photograph that says where it was taken and with what; red above, blue below."""
    shown = Image.new("RGB", size, "red")
    shown.paste("blue", (0, size[1] // 2, *size))
    exif = Image.Exif()
    exif[0x0110] = CAMERA
    exif[0x0112] = 3 if upside else 1
    exif.get_ifd(0x8825).update(GPS)
    kept = BytesIO()
    shown.save(kept, kind, exif=exif, **({"comment": b"By whom"} if kind == "JPEG" else {}))
    return kept.getvalue()


def upload(content, name="opening.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, kind)


TYPED = {"words": "The room is open.", "language": "en", "act": "save"}
PROVEN = {"effective_on": "2026-02-27", "title": "The opening", "public": "on"}


def post(client, stage, **more):
    return client.post(at("report", stage.pk), {**TYPED, **more}, follow=True)


def page_of(answer):
    return answer.content.decode()


def test_an_executor_reports_in_one_form_and_two_people_accept(client, of):
    commitment = w.approved(of, w.measured("1"))[0]
    stage, money = term(commitment), commitment.money.get()
    indicator = commitment.indicators.get()
    go(client, of.clerk)
    answer = post(
        client,
        stage,
        percent="100",
        **{f"figure_{indicator.pk}": "1 250,5", f"spent_{money.pk}": "999 000"},
        figures_source="Register of readers",
        **PROVEN,
        file=[upload(picture()), upload(b"%PDF act", "act.pdf", "application/pdf")],
        shows_form="on",
        consent="on",
        act="hand_in",
    )
    assert answer.redirect_chain
    report = Report.objects.get()
    assert report.state == ReportState.SENT
    assert (report.figures, report.spent) == (
        {str(indicator.pk): "1250.5"},
        {str(money.pk): "999000"},
    )
    assert [(one.title, one.photo) for one in report.evidence.all()] == [
        ("The opening (1)", True),
        ("The opening (2)", False),
    ]
    go(client, of.officer)
    read = client.get(at("review", report.pk))
    assert report.digest in page_of(read)
    client.post(at("review", report.pk), {"act": "opine", "digest": report.digest})
    assert Report.objects.get().state == ReportState.EXECUTED
    go(client, of.chair)
    client.post(at("review", report.pk), {"act": "remove", "digest": report.digest})
    assert Commitment.objects.get().control == Control.REMOVED
    assert Money.objects.get().spent == 999000


def test_what_is_missing_is_told_all_at_once_and_what_was_typed_stays(client, of):
    commitment = w.approved(of, w.measured("1"))[0]
    indicator, money = commitment.indicators.get(), commitment.money.get()
    go(client, of.minister)
    answer = post(
        client,
        term(commitment),
        words=" ",
        percent="140",
        **{f"figure_{indicator.pk}": "many", f"spent_{money.pk}": "-5"},
        address="https://example.org/opening",
        act="hand_in",
    )
    wrong = answer.context["form"].errors
    assert set(wrong) == {
        "words",
        "percent",
        f"figure_{indicator.pk}",
        f"spent_{money.pk}",
        "figures_source",
        "effective_on",
        "title",
    }
    assert all(code not in str(wrong) for code in ("commitments.", "%("))
    assert 'value="many"' in page_of(answer)
    assert "https://example.org/opening" in page_of(answer)
    assert not Report.objects.exists()


def test_nothing_can_be_handed_in_without_words_but_its_evidence_is_kept(client, of):
    stage = term(w.approved(of)[0])
    go(client, of.minister)
    answer = post(client, stage, words="", file=upload(b"act", "act.txt"), **PROVEN, act="hand_in")
    assert list(answer.context["form"].errors) == ["words"]
    report = Report.objects.get()
    assert report.state == ReportState.DRAFT
    assert report.evidence.get().title == "The opening"
    # Sent again as it stands, the same file is no second piece of evidence.
    post(client, stage, file=upload(b"act", "act.txt"), **PROVEN)
    post(client, stage, address="https://example.org/1", **PROVEN)
    post(client, stage, address="https://example.org/1", **PROVEN)
    assert Evidence.objects.count() == 2
    post(client, stage, act=f"remove-{Evidence.objects.first().pk}")
    assert Evidence.objects.get().address == "https://example.org/1"
    assert post(client, stage, act="remove-999999").status_code == 404


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_loses_where_and_with_what_it_was_taken(kind):
    content = picture(kind, upside=True)
    assert CAMERA.encode() in content
    kept = photo.given("рынок.x", content, "text/html")
    assert (kept.name, kept.media_type, kept.photo) == ("рынок.jpg", "image/jpeg", True)
    for shown in (kept.content, photo.small(kept.content)):
        assert CAMERA.encode() not in shown
        assert b"By whom" not in shown
        with Image.open(BytesIO(shown)) as opened:
            assert dict(opened.getexif()) == {}
            assert opened.info.keys() <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
            red, _green, blue = opened.getpixel((opened.width // 2, 2))
            assert blue > red, "it stands upright: what was below is above"


def test_pictures_that_cannot_be_cleaned_are_refused():
    for content in (b"\xff\xd8\xff broken", b"GIF89a....", b"\0\0\0\x18ftypheic", b"II*\0...."):
        with pytest.raises(Refused) as refused:
            photo.given("x.jpg", content, "image/jpeg")
        assert refused.value.refusals[0].place == "file"
    vast = BytesIO()
    Image.new("1", (9000, 9000)).save(vast, "PNG")
    with pytest.raises(Refused, match="picture_size"):
        photo.given("vast.png", vast.getvalue(), "image/png")
    assert photo.given("act.txt", b"opened", "text/plain").content == b"opened"


def test_a_photograph_without_consent_is_never_public(client, of):
    commitment = w.approved(of)[0]
    stage = term(commitment)
    go(client, of.minister)
    answer = post(client, stage, file=upload(picture()), **PROVEN)
    assert list(answer.context["form"].errors) == ["consent"]
    assert not Evidence.objects.exists()
    # Not even by another name: what it is, its first bytes say.
    answer = post(client, stage, file=upload(picture(), "act.pdf", "application/pdf"), **PROVEN)
    assert list(answer.context["form"].errors) == ["consent"]
    hidden = {**PROVEN, "public": ""}
    hidden.pop("public")
    post(client, stage, file=upload(picture()), shows_form="on", **hidden, act="hand_in")
    row = Evidence.objects.get()
    assert (row.photo, row.public) == (True, False)
    assert CAMERA.encode() not in bytes(File.objects.get(pk=row.file_id).content)
    report = Report.objects.get()
    control.opine(report.pk, digest=report.digest, by=of.officer, at=w.AT)
    control.remove(report.pk, digest=report.digest, by=of.chair, at=w.AT)
    assert client.get(at("photo", row.pk))["Cache-Control"].startswith("private")
    for stranger in (None, person("Somebody"), of.other_minister):
        client.logout()
        if stranger:
            go(client, stranger)
        assert client.get(at("photo", row.pk)).status_code == 404
        assert client.get(at("evidence", row.pk)).status_code == 404
    for overseer in (of.officer, of.chair, of.clerk):
        assert go(client, overseer).get(at("photo", row.pk)).status_code == 200


def test_public_evidence_is_served_to_everybody_once_the_report_is_accepted(client, of):
    commitment = w.approved(of)[0]
    go(client, of.minister)
    post(
        client,
        term(commitment),
        file=upload(picture()),
        consent="on",
        shows_form="on",
        **PROVEN,
        act="hand_in",
    )
    row, report = Evidence.objects.get(), Report.objects.get()
    client.logout()
    assert client.get(at("photo", row.pk)).status_code == 404
    control.opine(report.pk, digest=report.digest, by=of.officer, at=w.AT)
    control.remove(report.pk, digest=report.digest, by=of.chair, at=w.AT)
    for address in (at("photo", row.pk), f"{at('photo', row.pk)}?size=whole"):
        served = client.get(address)
        assert served["Content-Type"] == "image/jpeg"
        assert CAMERA.encode() not in served.content
    assert "attachment" in client.get(at("evidence", row.pk))["Content-Disposition"]
    assert at("photo", row.pk) in page_of(client.get(at("commitment", commitment.pk)))


def test_what_changed_since_it_was_read_must_be_read_again(client, of):
    commitment = w.approved(of)[0]
    report = w.handed_in(of, commitment)
    go(client, of.officer)
    client.post(at("review", report.pk), {"act": "send_back", "because": "Where?"})
    go(client, of.minister)
    shown = page_of(client.get(at("report", report.stage_id)))
    assert "Where?" in shown
    post(client, report.stage, words="The room is open in the north.", act="hand_in")
    go(client, of.officer)
    # The page that was open since before carries the digest of what was read then.
    client.post(at("review", report.pk), {"act": "opine", "digest": report.digest})
    assert Report.objects.get().state == ReportState.SENT
    again = page_of(client.get(at("review", report.pk)))
    assert "<ins> in the north</ins>" in again
    assert report.digest not in again
    client.post(at("review", report.pk), {"act": "opine", "digest": Report.objects.get().digest})
    assert Report.objects.get().state == ReportState.EXECUTED


def test_one_person_cannot_find_executed_and_remove(client, of):
    report = w.handed_in(of, w.approved(of)[0])
    control.opine(report.pk, digest=report.digest, by=of.head, at=w.AT)
    go(client, of.head)
    answer = client.get(at("review", report.pk))
    assert [verb.key for verb, _form in answer.context["verbs"]] == ["reject"]
    assert answer.context["closed"]
    client.post(at("review", report.pk), {"act": "remove", "digest": report.digest})
    assert Report.objects.get().state == ReportState.EXECUTED


def test_a_controller_asks_and_the_answer_is_handing_in_again(client, of):
    report = w.handed_in(of, w.approved(of)[0])
    go(client, of.officer)
    assert client.post(at("review", report.pk), {"act": "ask", "question": " "}).status_code == 200
    client.post(at("review", report.pk), {"act": "ask", "question": "How many came?"})
    go(client, of.clerk)
    assert "How many came?" in page_of(client.get(at("report", report.stage_id)))
    post(client, report.stage, words="Forty came.", act="hand_in")
    assert Report.objects.get().state == ReportState.SENT
    assert Report.objects.get().sendings.count() == 2


def test_a_lead_gathers_one_part_and_returns_another_with_its_reason(client, of):
    third = w.found("state-body", "Ministry of Bridges", slug="bridges", parent=of.council)
    builder = person("Builder")
    hold(builder, third, w.Role.LEADER)
    of_ministries = w.row(others=("ministry-of-roads", "bridges"))
    edition = w.drafted(of, of_ministries)
    w.agreeing.ask(edition.pk, by=of.officer, at=w.AT)
    for who, body in ((of.minister, of.ministry), (of.other_minister, of.other), (builder, third)):
        w.agreeing.say(
            edition.agreements.get(body=body).pk,
            state=w.Say.AGREED, digest=w.digest(edition), by=who, at=w.AT,
        )  # fmt: skip
    w.agreeing.conclude(edition.pk, by=of.officer, at=w.AT)
    w.approving.approve(
        edition.pk, number="1", day=w.AT.date(), in_force_from=w.AT.date(),
        digest=w.digest(edition), by=of.chair, at=w.AT,
    )  # fmt: skip
    stage = term(Commitment.objects.get())
    for who, text in ((of.other_minister, "Roads lead to it."), (builder, "No bridge.")):
        go(client, who)
        post(client, stage, words=text, act="hand_in")
    roads = Report.objects.get(body=of.other)
    bridges = Report.objects.get(body=third)
    go(client, of.clerk)
    shown = page_of(client.get(at("report", stage.pk)))
    assert "Roads lead to it." in shown
    answer = post(client, stage, words="Our own.", act=f"return-{bridges.pk}")
    assert list(answer.context["form"].errors) == [f"because_{bridges.pk}"]
    post(
        client, stage, words="Our own.", act=f"return-{bridges.pk}",
        **{f"because_{bridges.pk}": "Which bridge?"},
    )  # fmt: skip
    assert Report.objects.get(pk=bridges.pk).state == ReportState.RETURNED
    assert Report.objects.get(body=of.ministry).words == "Our own.", "what was typed is kept"
    post(client, stage, words="Our own.", act="hand_in", **{f"gather_{roads.pk}": "on"})
    assert Report.objects.get(pk=roads.pk).state == ReportState.GATHERED
    whole = Report.objects.get(body=of.ministry)
    go(client, of.officer)
    assert "Roads lead to it." in page_of(client.get(at("review", whole.pk)))
    assert [verb.key for verb, _form in client.get(at("review", roads.pk)).context["verbs"]] == []
    go(client, builder)
    assert "Which bridge?" in page_of(client.get(at("report", stage.pk)))


def test_posts_meet_what_is_theirs_only(client, of):
    commitment = w.approved(of)[0]
    report = w.handed_in(of, commitment)
    addresses = [
        at("duty", commitment.pk), at("report", report.stage_id), at("review", report.pk)
    ]  # fmt: skip
    met = {}
    for name, who in {
        "nobody": None, "somebody": person("Somebody"), "officer": of.officer, "chair": of.chair,
        "minister": of.minister, "clerk": of.clerk, "other": of.other_minister,
    }.items():  # fmt: skip
        client.logout()
        if who:
            go(client, who)
        met[name] = [client.get(address).status_code for address in addresses]
    assert met == {
        "nobody": [302, 302, 302],
        "somebody": [403, 403, 403],
        "officer": [200, 403, 200],
        "chair": [200, 403, 200],
        "minister": [200, 200, 200],
        "clerk": [200, 200, 200],
        "other": [403, 403, 403],
    }
    go(client, of.clerk)
    draft = Report.objects.create(
        commitment=commitment, stage=w.approved(of, w.row("2"))[0].stages.get(), body=of.ministry,
        written_at=w.AT,
    )  # fmt: skip
    assert client.get(at("review", draft.pk)).status_code == 404, (
        "nobody reads what is being written"
    )
    for address in (at("duty", 999_999), at("report", 999_999), at("review", 999_999)):
        assert client.get(address).status_code == 404
    assert client.post(addresses[0], {"act": "burn"}).status_code == 404
    assert client.post(addresses[2], {"act": "burn"}).status_code == 404


def verbs(client, commitment):
    return {verb.key for verb, _form in client.get(at("duty", commitment.pk)).context["verbs"]}


def test_a_duty_shows_the_acts_that_are_open_and_does_them(client, of):
    commitment = w.approved(of)[0]
    pk, money = commitment.pk, commitment.money.get()
    today = timezone.localdate()
    stage = term(commitment)
    stage.due_on = stage.first_on = today + timedelta(days=30)
    stage.save()
    commitment.plan.ends = today + timedelta(days=90)
    commitment.plan.save()

    def do(act, **given):
        return client.post(at("duty", pk), {"act": act, **given}, follow=True)

    go(client, of.clerk)
    assert verbs(client, commitment) == {"extend"}
    later = (today + timedelta(days=40)).isoformat()
    answer = do("extend", stage=stage.pk, until=today.isoformat(), because="Snow")
    assert "until" in answer.context["verbs"][0][1].errors
    do("extend", stage=stage.pk, until=later, because="Snow")
    extension = Extension.objects.get()
    assert verbs(client, commitment) == set(), "it is asked for once"
    do("withdraw", of=extension.pk)
    do("extend", stage=stage.pk, until=later, because="Snow")
    extension = Extension.objects.get(state="asked")
    go(client, of.officer)
    assert verbs(client, commitment) == {"judge", "allocate"}
    assert "Snow" in page_of(client.get(at("duty", pk)))
    do("grant", of=extension.pk)
    assert Extension.objects.get(pk=extension.pk).state == "asked", "an officer grants nothing"
    do("judge", status=Status.AT_RISK, because="No builder was found")
    answer = do("allocate", money=money.pk, amount="a lot")
    assert any("amount" in form.errors for _verb, form in answer.context["verbs"])
    do("allocate", money=money.pk, amount="1 000,50")
    assert str(Money.objects.get().allocated) == "1000.50"
    go(client, of.chair)
    assert verbs(client, commitment) == {"judge", "transfer", "suspend"}
    answer = do("refuse", of=extension.pk, answer="")
    assert "answer" in answer.context["answering"].errors
    do("grant", of=extension.pk)
    stage.refresh_from_db()
    assert stage.due_on.isoformat() == later
    do("suspend", because="")
    assert Commitment.objects.get().control == Control.ON, "not without a reason"
    do("suspend", because="The house is being repaired")
    assert Commitment.objects.get().control == Control.SUSPENDED
    assert verbs(client, commitment) == {"judge", "resume"}
    do("resume", because="It is repaired")
    do("transfer", to_body=of.other.pk, because="It is theirs")
    assert Commitment.objects.get().lead == of.other
    Commitment.objects.update(starts=today - timedelta(days=60), due_on=today - timedelta(days=1))
    do("not_executed", because="Nobody did it")
    assert Commitment.objects.get().control == Control.NOT_EXECUTED
    assert list(Mark.objects.values_list("kind", flat=True)) == [
        *("judged", "extended", "suspended", "resumed", "transferred", "not_executed")
    ]


def test_a_late_request_for_a_later_term_is_explained(client, of):
    commitment = w.approved(of)[0]
    term(commitment)
    commitment.stages.update(due_on=timezone.localdate(), first_on=timezone.localdate())
    go(client, of.minister)
    answer = client.get(at("duty", commitment.pk))
    assert next(refusal.code for refusal in answer.context["late"]).startswith("commitments.")
    assert verbs(client, commitment) == set()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_pages_ask_the_same_whatever_they_hold(client, of):
    small, large = w.approved(of, w.measured("1"), w.measured("2"))
    counted = {}
    for commitment, times in ((small, 1), (large, 4)):
        report = w.handed_in(of, commitment)
        for n in range(times):
            control.send_back(report.pk, because="More", by=of.officer, at=w.AT)
            for m in range(times):
                reporting.add_evidence(
                    report.pk, title=f"{n}.{m}", language="en", address=f"https://x.example/{n}/{m}",
                    effective_on=w.AT.date(), by=of.minister, at=w.AT,
                )  # fmt: skip
            reporting.hand_in(report.pk, by=of.minister, at=w.AT)
        for who, name, pk in (
            (of.minister, "report", report.stage_id),
            (of.minister, "duty", commitment.pk),
            (of.officer, "review", report.pk),
            (of.officer, "duty", commitment.pk),
        ):
            go(client, who)
            key = (who.email, name)
            counted.setdefault(key, []).append(queries(client, at(name, pk)))
    assert all(few == many for few, many in counted.values()), counted
    assert max(many for _few, many in counted.values()) <= 45, counted


def test_the_term_of_an_extension_is_read_on_the_page(client, of):
    commitment = w.approved(of)[0]
    stage = term(commitment)
    until = stage.due_on + timedelta(days=30)
    extending.ask_extension(stage.pk, until=until, because="Snow", by=of.minister, at=w.AT)
    extending.extend(Extension.objects.get().pk, by=of.chair, at=w.AT)
    shown = page_of(client.get(f"/en/commitments/{commitment.pk}/"))
    assert "Term extended from" in shown
    assert "(at first" in shown
