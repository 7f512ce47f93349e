"""Forms of the meetings room."""
