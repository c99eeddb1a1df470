"""Request beside library: what touches what, and why. Findings, never outcomes."""

from ur_desk.matching.index import Index
from ur_desk.matching.report import match

__all__ = ["Index", "match"]
