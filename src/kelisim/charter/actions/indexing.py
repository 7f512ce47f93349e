"""A published version is found by search; an older one is not."""

from kelisim.charter.models import Version
from kelisim.charter.queries import findable
from kelisim.search.actions import forget
from kelisim.search.actions import index as put


def index(version: Version) -> None:
    """Index every provision of the version in its languages, in place of the version before."""
    for kind in (findable.CHARTER, findable.KIND):
        forget(kind, beginning=findable.beginning(version.charter))
    put(findable.documents(version))
