from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class PlainPage(Page):
    """A title and a text, as every tutorial begins."""

    date = models.DateField(null=True)
    intro = models.CharField(max_length=250, blank=True)
    body = RichTextField(blank=True)

    template = "peer/plain_page.html"
