"""Pure structures of a charter."""
