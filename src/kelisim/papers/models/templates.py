"""Templates that a secretariat edited; without one the shipped form is used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.papers.models.files import File
from kelisim.papers.states import PaperKind


class Template(models.Model):
    """An edition of a body's template; the newest that is in use counts, older ones stay."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="templates")
    kind = models.CharField(max_length=14, choices=PaperKind)
    language = models.CharField(max_length=2)
    edition = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    in_use = models.BooleanField(default=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("body", "kind", "language", "-edition")
        verbose_name = _("template")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "language", "edition"], name="template_edition_once"
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "language"],
                condition=Q(in_use=True),
                name="template_one_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.edition}"
