"""Files as they came. They stand in the database, so that an act keeps them or fails whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class File(models.Model):
    """A file, kept once: the same content twice is one row."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name
