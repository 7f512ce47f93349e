"""Files in, checked drafts out: kinds of bodies, words to filter by, tables of the register."""
