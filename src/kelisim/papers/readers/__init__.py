"""Files that come in, read before anything is kept."""
