"""Pages of charters: for those who prepare and publish, and for everybody."""
