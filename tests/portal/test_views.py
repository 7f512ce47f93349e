"""The public pages, in three languages, for everybody."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal import shelves

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")


def read(client, path, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "charters/", "search/", "about/"])
def test_the_public_pages_stand_on_an_empty_site(client, language, path):
    html = read(client, f"/{language}/{path}")
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charter_is_read_as_a_document_in_every_language(client, charter, language):
    html = read(client, f"/{language}/charters/neighbours/")
    assert shelves.TITLE[language] in html
    assert html.count('class="num permalink"') >= 8
    assert 'id="part_2__list_1__point_1"' in html
    assert "провести встречу 1 1 группы;" in html
