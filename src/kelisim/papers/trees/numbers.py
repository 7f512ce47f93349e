"""How numbers of papers are printed."""


def printed(index: str, number: int | None) -> str:
    """The file index and the running number: `18-35-4.3/12`; without an index the number alone."""
    if number is None:
        return ""
    return f"{index}/{number}" if index else str(number)
