"""What the API of charters is asked with, and what it answers."""

from ninja import Field, Schema

from kelisim.charter.states import Relation
from kelisim.pages.api import MOST

SLUG = r"^[-a-zA-Z0-9_]+$"
EID = r"^[^\x00-\x20/]+$"
MOST_VERSION = 1_000_000


class Of(Schema):
    """A charter by its address."""

    slug: str = Field(max_length=80, pattern=SLUG)


class OfVersion(Of):
    """One published version of a charter."""

    number: int = Field(ge=1, le=MOST_VERSION)


class OfProvision(OfVersion):
    """One provision of a version, by its identifier."""

    eid: str = Field(max_length=300, pattern=EID)


class OfTwo(Of):
    """Two published versions of a charter."""

    a: int = Field(ge=1, le=MOST_VERSION)
    b: int = Field(ge=1, le=MOST_VERSION)


class Charters(Schema):
    """Charters after one, by their addresses."""

    after: str = Field("", max_length=80, pattern=r"^[-a-zA-Z0-9_]*$")
    limit: int = Field(50, ge=1, le=MOST)


class Provisions(Schema):
    """Provisions after a position, of a kind, under a part."""

    kind: str = Field("", max_length=40, pattern=r"^[a-z_]*$")
    part: str = Field("", max_length=300, pattern=r"^[^\x00-\x20/]*$")
    after: int = Field(-1, ge=-1, le=2**31 - 1)
    limit: int = Field(50, ge=1, le=MOST)


class Changes(Schema):
    """Changes from a place on; words in a language where both versions have it."""

    language: str = Field("kk", pattern="^(kk|ru|en)$")
    after: int = Field(0, ge=0, le=2**31 - 1)
    limit: int = Field(50, ge=1, le=MOST)


class ActOut(Schema):
    kind: dict[str, str]
    number: str
    date: str
    issuer: dict[str, str]
    title: dict[str, str]


class StateOut(Schema):
    """What a charter is worth today."""

    state: str
    since: str
    act: str | None
    superseded_by: str | None


class CharterOut(Schema):
    slug: str
    type: str
    title: dict[str, str]
    fields: dict[str, dict[str, str]]
    adopted_by: ActOut
    in_force_from: str
    standing: StateOut
    versions: list[int]
    current: int
    permanent: str
    invented: bool


class CharterPage(Schema):
    items: list[CharterOut]
    next: str | None


class EditionOut(Schema):
    language: str
    authentic: bool
    translated_by: str


class VersionOut(Schema):
    charter: str
    number: int
    act: ActOut
    in_force_from: str
    published_at: str
    digest: str
    editions: list[EditionOut]
    kinds: dict[str, int]
    permanent: str
    files: dict[str, str]


class ProvisionOut(Schema):
    """A provision with its words by language."""

    position: int
    eId: str  # noqa: N815  (the standard's spelling)
    kind: str
    number: str
    cite: str
    parent: str | None
    heading: bool
    texts: dict[str, str]
    titles: dict[str, str]
    permanent: str


class ProvisionPage(Schema):
    items: list[ProvisionOut]
    next: str | None


class FormOut(Schema):
    """A provision as it stood in one version; `relation` says how it came to be so."""

    version: int
    eId: str  # noqa: N815
    cite: str
    relation: str
    text_changed: bool


class BesideOut(Schema):
    """A place of another instrument."""

    instrument: str
    title: dict[str, str]
    place: str
    relation: str
    note: dict[str, str]


class ProvisionWhole(ProvisionOut):
    citation: dict[str, str]
    standing: StateOut
    forms: list[FormOut]
    repealed_in: int | None
    correspondences: list[BesideOut]


class StretchOut(Schema):
    mark: str
    text: str


class ChangeOut(Schema):
    old: str | None
    new: str | None
    relation: Relation
    text_changed: bool
    language: str
    words: list[StretchOut]


class ChangePage(Schema):
    counts: dict[str, int]
    items: list[ChangeOut]
    next: str | None
