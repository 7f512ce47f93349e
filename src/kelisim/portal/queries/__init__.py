"""What the public pages show; each page has a fixed number of queries whatever its size."""

from kelisim.portal.queries.documents import Document, document
from kelisim.portal.queries.doings import doings, glances, newest_standing, standing
from kelisim.portal.queries.heads import Head, head, imprint, shelf
from kelisim.portal.queries.home import figures, last_act, news
from kelisim.portal.queries.provisions import ProvisionPage, provision_page

__all__ = [
    "Document",
    "Head",
    "ProvisionPage",
    "document",
    "doings",
    "figures",
    "glances",
    "head",
    "imprint",
    "last_act",
    "newest_standing",
    "news",
    "provision_page",
    "shelf",
    "standing",
]
