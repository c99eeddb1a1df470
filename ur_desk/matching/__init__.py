"""Request beside library: what touches what, and why. Findings, never outcomes."""

from ur_desk.matching.index import Index
from ur_desk.matching.report import match
from ur_desk.matching.versions import Choosing

__all__ = ["Choosing", "Index", "match"]
