"""Pure structures of the room: names, numbers, terms, an association's record as values."""
