"""One index for every room: entries, and the stems by which they are found."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One thing in one language. `path` is its address without the language."""

    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    label = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=500)
    folded = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference", "language"], name="search_entry_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.reference}:{self.language}"


class Term(models.Model):
    """A stem of an entry, and how much it weighs there."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="terms")
    stem = models.CharField(max_length=64)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stem", "entry"], name="search_term_once"),
        ]

    def __str__(self) -> str:
        return self.stem
