"""Files of the territory, checked."""
