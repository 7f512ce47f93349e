"""Plans and commitments as files."""
