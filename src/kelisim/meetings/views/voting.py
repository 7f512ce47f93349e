"""STUB of the lead, to be overwritten by the voting helper."""

from kelisim.meetings.views.public import listing


def vote(request, key):
    return listing(request)
