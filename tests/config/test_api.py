"""The public API: described, paged, limited, and unchanged answers cost nothing."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db


def test_it_describes_itself_in_openapi_3_1(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert set(described["paths"][next(iter(described["paths"]))]) <= {"get", "head"}


def test_it_is_read_only(client):
    described = client.get("/api/v1/openapi.json").json()
    assert {method for path in described["paths"].values() for method in path} == {"get"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_its_documentation_speaks_three_languages_without_another_host(client, language):
    page = client.get(f"/{language}/api/")
    assert page.status_code == 200
    html = page.content.decode()
    assert f'<html lang="{language}">' in html
    assert "/api/v1/ledger/checkpoint" in html
    assert "cdn" not in html


def test_the_documentation_of_the_issue_s_address_follows_the_readers_language(client):
    html = client.get("/api/v1/docs", headers={"accept-language": "ru"}).content.decode()
    assert '<html lang="ru">' in html
    assert 'href="/kk/api/"' in html


def test_too_many_requests_are_refused_in_words_with_the_time_to_wait(client, settings):
    for _ in range(120):
        assert client.get("/api/v1/ledger/checkpoint").status_code == 200
    refused = client.get("/api/v1/ledger/checkpoint", headers={"accept-language": "ru"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Слишком много запросов" in refused.json()["detail"]
    cache.clear()
    assert client.get("/api/v1/ledger/checkpoint").status_code == 200


def test_a_forged_forwarding_header_does_not_escape_the_limit(client):
    codes = {
        client.get(
            "/api/v1/ledger/checkpoint", headers={"x-forwarded-for": f"203.0.113.{n}"}
        ).status_code
        for n in range(125)
    }
    assert codes == {200, 429}


def test_an_unchanged_answer_costs_nothing(client):
    first = client.get("/api/v1/ledger/checkpoint")
    again = client.get("/api/v1/ledger/checkpoint", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
