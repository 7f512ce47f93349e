"""What templates of charters need besides the filters that every template has."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, object], key: str) -> object:
    """What stands under a key; what has no name is shown as it is."""
    return names.get(key, key)


@register.filter
def under(words: Mapping[str, str], key: str) -> str:
    """What stands under a key, or nothing."""
    return words.get(key, "")
