"""Policy documents to numbered lines, and lines to a reading with findings."""

from ur_desk.documents.abstracts import bundled
from ur_desk.documents.reader import read

__all__ = ["bundled", "read"]
