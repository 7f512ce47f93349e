"""Two people publish; what is published stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from kelisim.bodies.states import Role
from kelisim.charter import guards
from kelisim.charter.actions import publishing, succession
from kelisim.charter.models import Provision, Succession, Version, Wording
from kelisim.charter.queries import sealing
from kelisim.ledger.models import Entry
from kelisim.people.models import Person
from kelisim.refusals import Refused
from tests.bodies.people import hold, secretariat
from tests.charter.conftest import AT, SECOND, long_draft

pytestmark = pytest.mark.django_db


def codes(refused) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_version_is_prepared_by_one_and_published_by_another(first, preparer, publisher):
    assert (first.prepared_by, first.published_by) == (preparer, publisher)
    begun, *_, published = Entry.objects.filter(act__startswith="charter.").order_by("number")
    assert (begun.act, begun.mandate_key) == ("charter.draft_begun", "bodies.secretariat.officer")
    assert (published.act, published.mandate_key) == (
        "charter.published",
        "bodies.secretariat.head",
    )


def test_nobody_publishes_what_they_prepared(begin, preparer):
    hold(preparer, secretariat(), Role.HEAD)
    version = begin()
    publishing.submit(version.pk, by=preparer, at=AT)
    with pytest.raises(Refused) as refused:
        publishing.publish(version.pk, by=preparer, at=AT)
    assert codes(refused) == ["charter.same_person"]


def test_the_database_itself_wants_two_people(begin, preparer):
    version = begin()
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(
            state="published", published_at=AT, published_by=preparer, digest="x"
        )


def test_a_refused_act_writes_nothing(begin, publisher):
    version = begin()
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        publishing.publish(version.pk, by=publisher, at=AT)
    version.refresh_from_db()
    assert (version.state, Entry.objects.count()) == ("draft", entries)


def test_a_returned_version_keeps_its_reason_until_it_is_submitted_again(
    begin, preparer, publisher
):
    version = begin()
    publishing.submit(version.pk, by=preparer, at=AT)
    publishing.return_(version.pk, by=publisher, reason="Нет меры о рукописях.", at=AT)
    version.refresh_from_db()
    assert (version.state, version.return_reason) == ("returned", "Нет меры о рукописях.")
    publishing.submit(version.pk, by=preparer, at=AT)
    version.refresh_from_db()
    assert (version.state, version.return_reason) == ("submitted", "")


def test_a_version_is_not_returned_without_a_reason(begin, preparer, publisher):
    version = begin()
    publishing.submit(version.pk, by=preparer, at=AT)
    with pytest.raises(Refused) as refused:
        publishing.return_(version.pk, by=publisher, reason="  ", at=AT)
    assert codes(refused) == ["charter.reason_needed"]


def test_only_one_version_of_a_charter_is_open(first, amend):
    amend(first)
    with pytest.raises(Refused) as refused:
        amend(first)
    assert codes(refused) == ["charter.version_open"]


def test_the_seal_holds_and_names_every_word(first):
    assert sealing.holds(first)
    connection.check_constraints()
    with connection.cursor() as cursor:
        guards.remove(connection)
        cursor.execute("UPDATE charter_wording SET text = 'other' WHERE language = 'ru'")
        connection.check_constraints()
        guards.install(connection)
    assert not sealing.holds(first)


RAW = [
    "UPDATE charter_wording SET text = 'other'",
    "DELETE FROM charter_wording",
    "UPDATE charter_provision SET number = '99'",
    "DELETE FROM charter_provision",
    "UPDATE charter_version SET digest = 'x'",
    "UPDATE charter_version SET state = 'draft'",
    "DELETE FROM charter_version",
    "UPDATE charter_edition SET authentic = (1 = 0)",
    "DELETE FROM charter_edition",
    "UPDATE charter_succession SET confirmed = (1 = 0)",
    "DELETE FROM charter_succession",
    """INSERT INTO charter_wording (provision_id, language, text, title)
    SELECT id, 'en', 'smuggled', '' FROM charter_provision""",
]


@pytest.mark.parametrize("sql", RAW)
def test_a_published_version_never_changes_even_by_raw_sql(second, sql):
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert sealing.holds(second)


def test_no_guard_is_missing_and_a_missing_one_is_named(first):
    connection.check_constraints()
    assert guards.missing(connection) == []
    guards.remove(connection)
    assert set(guards.missing(connection)) == set(guards.names(connection))
    assert [found.id for found in guards.check(databases=["default"])] == ["charter.E001"]
    guards.install(connection)


def test_no_table_of_charters_is_emptied_past_its_rows(first):
    if connection.vendor == "sqlite":
        return  # there the rows' own triggers see it: SQLite knows no other way to empty a table
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE charter_wording")


def test_a_draft_can_still_be_edited_beside_a_published_version(first, amend):
    draft = amend(first)
    Wording.objects.filter(provision__version=draft).update(text="новый текст")
    assert sealing.holds(first)


def test_every_provision_of_both_versions_stands_in_the_mapping(second, first):
    rows = second.successions.all()
    assert {row.old_id for row in rows} - {None} == set(
        first.provisions.values_list("pk", flat=True)
    )
    assert {row.new_id for row in rows} - {None} == set(
        second.provisions.values_list("pk", flat=True)
    )


def test_the_mapping_says_what_became_of_each(second):
    rows = {
        (row.old.eid if row.old else None, row.new.eid if row.new else None): row.relation
        for row in second.successions.select_related("old", "new")
    }
    group = "part_1__list_1"
    assert rows == {
        ("part_1", "part_1"): "same",
        (group, group): "same",
        (f"{group}__point_1", f"{group}__point_1"): "changed",
        (f"{group}__point_3", f"{group}__point_2"): "moved",
        (f"{group}__point_2", None): "repealed",
        (None, f"{group}__point_3"): "added",
    }


def test_a_version_is_not_published_before_its_mapping_is_confirmed(
    first, amend, preparer, publisher
):
    version = amend(first)
    publishing.submit(version.pk, by=preparer, at=AT)
    with pytest.raises(Refused) as refused:
        publishing.publish(version.pk, by=publisher, at=AT)
    assert codes(refused) == ["charter.succession_open"]


def test_what_a_person_said_of_a_provision_outlives_a_new_comparison(first, amend, preparer):
    version = amend(first)
    row = version.successions.get(relation="changed")
    succession.confirm(version.pk, successions={row.pk: "repealed"}, by=preparer, at=AT)
    publishing.submit(version.pk, by=preparer, at=AT)
    point = "part_1__list_1__point_1"
    assert version.successions.get(old__eid=point).new is None
    assert version.successions.get(new__eid=point).old is None


def test_a_provision_that_seemed_repealed_is_joined_to_one_that_seemed_added(
    first, amend, preparer
):
    version = amend(first)
    gone = version.successions.get(relation="repealed").old_id
    come = version.successions.get(relation="added").new_id
    made = succession.join(version.pk, old=gone, new=come, relation="changed", by=preparer, at=AT)
    assert (made.relation, made.text_changed, made.confirmed) == ("changed", True, True)
    assert Succession.objects.filter(version=version, old__isnull=True).count() == 0


def test_an_edit_after_the_mapping_is_seen_when_the_draft_is_submitted(first, amend, preparer):
    version = amend(first)
    Wording.objects.filter(provision__version=version, provision__eid="part_1").update(text="Дела")
    publishing.submit(version.pk, by=preparer, at=AT)
    row = version.successions.get(old__eid="part_1")
    assert (row.relation, row.confirmed) == ("repealed", False)


@pytest.mark.parametrize("size", [3, 300])
def test_publishing_asks_no_more_of_the_database_for_a_long_charter(
    begin, preparer, publisher, size, django_assert_max_num_queries
):
    version = begin(long_draft(size))
    publishing.submit(version.pk, by=preparer, at=AT)
    with django_assert_max_num_queries(34):
        publishing.publish(version.pk, by=publisher, at=AT)


def test_somebody_without_the_right_is_refused_by_name(first, db):
    nobody = Person.objects.create_user("n@demo.example", name="Nobody")
    with pytest.raises(Refused) as refused:
        publishing.begin_version(first.charter_id, draft=SECOND, beginning=None, by=nobody, at=AT)
    assert codes(refused) == ["charter.not_preparer"]


def test_a_discarded_draft_makes_room_for_another(first, amend, preparer):
    version = amend(first)
    publishing.discard(version.pk, by=preparer, at=AT)
    again = amend(first)
    assert (again.number, Provision.objects.filter(version=again).count()) == (3, 5)
