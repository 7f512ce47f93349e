"""Calendars as files: iCalendar feeds, the table of moved days."""

from kelisim.calendar.exports.ics import Event, feed
from kelisim.calendar.exports.table import write

__all__ = ["Event", "feed", "write"]
