"""How much one request may hold, whatever format it comes in."""

MAX_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400); what has more is no one request."""


def too_many(count: int) -> str:
    """What is said of a request with more service lines than are read."""
    return f"The request has {count:,} service lines; {MAX_SERVICES} are read. Ask the sender to send it in parts."


class Room:
    """How much the notes of all requests of one file may hold together, in characters: one document may belong to many requests."""

    def __init__(self, left: int = 64_000_000) -> None:
        self._left = left

    @property
    def full(self) -> bool:
        """Whether nothing more goes in."""
        return self._left <= 0

    def takes(self, text: str) -> bool:
        """Whether a text still goes in; it counts either way, so that no file makes one text be read without end."""
        fits = len(text) <= self._left
        self._left -= len(text)
        return fits
