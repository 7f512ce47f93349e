"""Addresses that stay: of a charter, a version, a provision. They name no language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where this installation is reached: `origin` is scheme and host, without a path."""

    origin: str = ""

    def charter(self, slug: str) -> str:
        return f"{self.origin}/id/charters/{slug}"

    def version(self, slug: str, number: int) -> str:
        return f"{self.charter(slug)}/v{number}"

    def provision(self, slug: str, number: int, eid: str) -> str:
        return f"{self.version(slug, number)}/{eid}"
