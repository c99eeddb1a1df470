"""Request files to requests and problems."""

from ur_desk.importers.intake import extract
from ur_desk.importers.looks import column, look, preview

__all__ = ["column", "extract", "look", "preview"]
