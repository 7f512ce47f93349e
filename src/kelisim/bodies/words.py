"""What the parts of a record are called where people read of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

FACTS: Mapping[str, Any] = {
    "name": _("names"),
    "level": _("level"),
    "legal_form": _("legal form"),
    "bin": _("BIN"),
    "registration": _("registration"),
    "parent": _("parent association"),
    "territory": _("territory"),
    "communities": _("communities"),
    "languages": _("languages taught"),
    "activities": _("activities"),
    "offerings": _("schools, courses, ensembles"),
    "contacts": _("public contacts"),
    "office": _("contacts for the office"),
    "leader": _("leader"),
    "members": _("number of members"),
}


def listed(names: Iterable[str]) -> str:
    """Facts by name, one after another."""
    return ", ".join(str(FACTS[name]) for name in names)
