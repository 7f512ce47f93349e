"""Papers with their numbers: the file index, the journal, resolutions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.papers.models.files import File
from kelisim.papers.states import Direction, PaperKind, Part


class FileIndex(models.Model):
    """A line of a body's file index: under which code papers of a sort are kept, how long."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="file_indexes")
    code = models.CharField(max_length=30)
    title = models.JSONField(default=dict)
    years = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("body", "code")
        verbose_name = _("line of the file index")
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="file_index_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Counter(models.Model):
    """The last number given under a line of the index, or in a journal without one, in a year."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=10, choices=Direction)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "code", "direction", "year"], name="counter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Document(models.Model):
    """A registered paper. `about`: what it is about, as the room above names it and its key."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=14, choices=PaperKind)
    direction = models.CharField(max_length=10, choices=Direction)
    index = models.ForeignKey(
        FileIndex, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    code = models.CharField(max_length=30, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    printed = models.CharField(max_length=60)
    day = models.DateField()
    title = models.JSONField(default=dict)
    correspondent = models.CharField(max_length=300, blank=True)
    their_number = models.CharField(max_length=60, blank=True)
    their_day = models.DateField(null=True, blank=True)
    copies = models.TextField(blank=True)
    enclosures = models.TextField(blank=True)
    sent_on = models.DateField(null=True, blank=True)
    resolution = models.TextField(blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_ref = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("paper")
        indexes = [
            models.Index(fields=["about_kind", "about_ref"], name="document_about"),
            models.Index(fields=["body", "-id"], name="document_journal"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "code", "direction", "year", "number"],
                name="document_numbered_once",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at__isnull=True)
                | ~Q(resolution="") & Q(resolved_at__isnull=False),
                name="document_resolved_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(direction="outgoing"),
                name="document_only_outgoing_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed}"


class Attached(models.Model):
    """A file of a paper: the paper itself in a language, a signed copy, an enclosure."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="attached")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=10, choices=Part, default=Part.PAPER)
    language = models.CharField(max_length=2, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("document", "pk")
        constraints = [
            models.UniqueConstraint(fields=["document", "file"], name="attached_once"),
        ]

    def __str__(self) -> str:
        return self.name
