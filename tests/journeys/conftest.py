"""A real browser against a real server: Debian's Chromium, driven by Playwright."""

import os
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Playwright's synchronous face runs an event loop in this thread; the ORM must not mind.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A loaded machine is slow, and no test of ours depends on how long something takes.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def once(language: str, width: int):
    """A look that no database can change: tried on SQLite only."""
    return pytest.param(language, width, marks=pytest.mark.looks, id=f"{language}-{width}")


in_every_look = pytest.mark.parametrize(
    ("language", "width"),
    [
        pytest.param("kk", 1280, id="kk-1280"),
        once("kk", 320),
        once("ru", 320),
        once("en", 1280),
    ],
)


@pytest.fixture(scope="session")
def browser(chromium) -> Browser:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


def patient(page: Page) -> Page:
    """A press is over when the page that it leads to has come, not when that has only begun."""
    press = page.click

    def pressed(*args, **options) -> None:
        press(*args, **options)
        page.wait_for_load_state()

    page.click = pressed
    return page


@pytest.fixture
def open_page(browser, live_server) -> Callable[..., Page]:
    """Make a page of its own session: `open_page(language="ru", width=1280, script=True)`.

    Any script error, blocked resource or request to another host fails the test at its end.
    """
    contexts, complaints = [], []

    def make(
        *,
        language: str = "kk",
        width: int = 1280,
        height: int = 900,
        script: bool = True,
        **options,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale={"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}[language],
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            **options,
        )
        contexts.append(context)
        page = patient(context.new_page())
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Content Security" in said.text
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: (
                complaints.append(f"asked {asked.url}")
                if not asked.url.startswith((live_server.url, "data:", "blob:"))
                else None
            ),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def empty_site(live_server, transactional_db) -> str:
    """A running site on an empty database; gives its address."""
    call_command("createcachetable", verbosity=0)
    return live_server.url


def breadth(page: Page) -> int:
    """How wide the page is, in pixels, once it has come."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: WCAG 2.2 AA, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    found = Axe().run(
        page,
        options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        },
    )
    return [
        f"{page.url}: {v['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for v in found.response["violations"]
        for node in v["nodes"]
    ]
