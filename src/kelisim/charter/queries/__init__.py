"""Every read of charters that is more than a line."""
