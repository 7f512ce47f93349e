"""Meetings on the desk, in the hall and in public."""
