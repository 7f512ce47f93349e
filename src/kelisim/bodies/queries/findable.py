"""What of a body can be found by search: its names of today and before, and its tasks."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch

from kelisim.bodies.models import Body, FormerName
from kelisim.search.actions import Document

KIND = "body"
LANGUAGES = ("kk", "ru", "en")


def with_names(bodies: "Iterable[int] | None" = None) -> Iterator[Body]:
    """Bodies with what is searched of them; two queries for each two thousand."""
    found = Body.objects.filter(merged_into__isnull=True).prefetch_related(
        Prefetch("former_names", FormerName.objects.order_by("pk"))
    )
    if bodies is not None:
        found = found.filter(pk__in=bodies)
    return found.order_by("pk").iterator(chunk_size=2000)


def documents(body: Body) -> Iterator[Document]:
    """One for each language that its name has."""
    former = " ".join(
        name for old in body.former_names.all() for name in {**old.name, **old.short}.values()
    )
    for language in LANGUAGES:
        if name := body.name.get(language):
            yield Document(
                kind=KIND,
                reference=f"{body.pk}/",
                language=language,
                path=f"bodies/{body.slug}/",
                title=name,
                text=" ".join(filter(None, (body.tasks.get(language, ""), former))),
                label=body.short.get(language, ""),
            )


def everything() -> Iterator[Document]:
    for body in with_names():
        yield from documents(body)
