"""What is published is found by its words, and only as it stands now."""

import pytest

from kelisim.search import commands
from kelisim.search.models import Entry
from kelisim.search.queries import find

pytestmark = pytest.mark.django_db


def labels(words) -> list[str]:
    return [hit.label for hit in find(words, language="ru").hits]


def test_a_draft_is_not_found(begin):
    begin()
    assert labels("указатель") == []


def test_what_is_published_is_found_by_any_form_of_its_words(first):
    assert labels("указателя книг") == ["1.1-2"]
    assert labels("ЧИТАЛЬНЫЕ залы") == ["1.1-1"]


def test_what_was_repealed_is_no_longer_found(second):
    assert labels("указатель") == []
    assert labels("рукописи") == ["1.1-3"]


def test_a_charter_is_found_by_its_title(first):
    (hit,) = find("кітапханалар", language="kk").hits
    assert (hit.kind, hit.path) == ("charter", "charters/library/")


def test_the_index_built_again_is_the_same(second):
    def all_of_it():
        rows = Entry.objects.values_list("kind", "reference", "language", "folded", "path")
        return sorted(rows)

    before = all_of_it()
    commands.rebuild()
    assert all_of_it() == before
