"""What every answer carries, whoever asks."""

import pytest

pytestmark = pytest.mark.django_db
PAGES = ["/kk/", "/ru/account/login/", "/en/nothing-here/", "/api/v1/docs"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_a_strict_content_security_policy(client, path):
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in client.get(path)["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in " ".join(policy.values())
    assert not any("http" in sources or "*" in sources for sources in policy.values())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_forbids_sniffing_framing_and_leaking_addresses(client, path):
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/kk/", "/ru/charters/", "/api/v1/charters"])
def test_reading_sets_no_cookie_but_that_of_the_chosen_language(client, path):
    assert set(client.get(path).cookies) <= {"django_language"}
