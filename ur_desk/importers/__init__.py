"""Request files to requests and problems."""

from ur_desk.importers.intake import extract

__all__ = ["extract"]
