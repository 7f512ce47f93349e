"""Production refuses to begin unsafely; what it serves is strict."""

import json
import os
import subprocess
import sys

import pytest

SECRET = "s" * 50
ASKED = [
    "ALLOWED_HOSTS", "DEBUG", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "X_FRAME_OPTIONS", "DEMONSTRATION",
]  # fmt: skip
CODE = f"""
import json, django
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))
"""


def settings_in(tmp_path, **given):
    """Read the settings in a process of their own with exactly this environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "kelisim.config.settings",
        "KELISIM_VAR": str(tmp_path),
        **given,
    }
    return subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, ["KELISIM_SECRET_KEY", "KELISIM_ALLOWED_HOSTS"]),
        ({"KELISIM_SECRET_KEY": SECRET}, ["KELISIM_ALLOWED_HOSTS"]),
        ({"KELISIM_ALLOWED_HOSTS": "kelisim.example"}, ["KELISIM_SECRET_KEY"]),
        ({"KELISIM_SECRET_KEY": "short", "KELISIM_ALLOWED_HOSTS": "kelisim.example"}, ["shorter"]),
    ],
)
def test_production_does_not_start_without_its_secrets_and_says_which(tmp_path, given, named):
    done = settings_in(tmp_path, **given)
    assert done.returncode != 0
    assert all(name in done.stderr for name in named)


def test_an_unknown_mode_is_refused(tmp_path):
    done = settings_in(tmp_path, KELISIM_MODE="holiday")
    assert done.returncode != 0
    assert "holiday" in done.stderr


def test_production_is_strict(tmp_path):
    done = settings_in(tmp_path, KELISIM_SECRET_KEY=SECRET, KELISIM_ALLOWED_HOSTS="kelisim.example")
    found = json.loads(done.stdout)
    assert found["ALLOWED_HOSTS"] == ["kelisim.example"]
    assert found["DEBUG"] is False
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert all(
        found[name] is True
        for name in (
            "SECURE_SSL_REDIRECT",
            "SESSION_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "SESSION_COOKIE_HTTPONLY",
        )
    )
    assert found["X_FRAME_OPTIONS"] == "DENY"
    assert found["DEMONSTRATION"] is False


def test_the_demonstration_keeps_a_secret_of_its_own(tmp_path):
    assert settings_in(tmp_path, KELISIM_MODE="demo").returncode == 0
    kept = tmp_path / "secret_key"
    first = kept.read_text()
    assert len(first) > 50
    assert kept.stat().st_mode & 0o077 == 0
    settings_in(tmp_path, KELISIM_MODE="demo")
    assert kept.read_text() == first
