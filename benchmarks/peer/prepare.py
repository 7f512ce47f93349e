"""Make the peer's database with its one page: `python -m benchmarks.peer.prepare`."""

import os
from datetime import date

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  (needs the settings)
from wagtail.models import Page, Site  # noqa: E402

from benchmarks.peer.models import PlainPage  # noqa: E402

PARAGRAPHS = 12
WORDS = "A sentence of ordinary length stands here so that the page has something to show. "


def main() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    root = Page.objects.get(depth=1)
    home = Site.objects.get(is_default_site=True).root_page
    body = "".join(f"<p>{WORDS * 4}</p>" for _ in range(PARAGRAPHS))
    page = PlainPage(title="A plain page", slug="plain", date=date(2026, 1, 1), body=body)
    (home or root).add_child(instance=page)
    page.save_revision().publish()


if __name__ == "__main__":
    main()
