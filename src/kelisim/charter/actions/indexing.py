"""A published version is found by search; an older one is not."""

from kelisim.charter.models import Version


def index(version: Version) -> None:
    """Index every provision of the version in its languages, in place of the version before."""
