"""How much one request may hold, whatever format it comes in."""

MAX_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400); what has more is no one request."""
