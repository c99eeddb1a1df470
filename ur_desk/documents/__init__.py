"""Policy documents to numbered lines, and lines to a reading with findings."""

from ur_desk.documents.bundled import bundled
from ur_desk.documents.lint import lint
from ur_desk.documents.reader import read

__all__ = ["bundled", "lint", "read"]
