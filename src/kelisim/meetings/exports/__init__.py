"""Meetings as files: calendars, papers, tables."""
