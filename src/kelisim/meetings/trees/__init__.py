"""Rules of procedure and the arithmetic of votes: pure values."""
