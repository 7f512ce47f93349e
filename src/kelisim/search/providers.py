"""Rooms above register what they have to be found, so that the index can be built again."""

from collections.abc import Callable, Iterable, Mapping

from kelisim.search.actions import Document

Provider = Callable[[], Iterable[Document]]
_known: dict[str, Provider] = {}


def add(name: str, provider: Provider) -> None:
    """Called once by a room when it is ready."""
    _known[name] = provider


def known() -> Mapping[str, Provider]:
    return dict(_known)
