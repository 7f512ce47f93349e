"""Kelisim: a council of communities runs its charter with it."""
