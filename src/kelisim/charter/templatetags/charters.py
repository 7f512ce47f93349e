"""What templates of charters need besides the filters that every template has."""

import re
from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kelisim.pages.languages import NAMES

register = template.Library()


@register.filter
def named(names: Mapping[str, object], key: str) -> object:
    """What stands under a key; what has no name is shown as it is."""
    return names.get(key, key)


@register.filter
def under(words: Mapping[str, str], key: str) -> str:
    """What stands under a key, or nothing."""
    return words.get(key, "")


@register.filter
def language(code: str) -> object:
    """What a language is called in the language of the page."""
    return NAMES.get(code, code)


@register.filter
def cited(cite: str) -> SafeString:
    """A citation; one that names a kind by its key is an identifier, not a word to read."""
    return format_html("<code>{}</code>" if re.search(r"[a-z]{2}", cite) else "{}", cite)
