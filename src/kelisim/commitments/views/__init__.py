"""Plans and commitments, on the desk and in public."""
