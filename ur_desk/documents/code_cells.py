"""A cell or a labelled list of codes, read whole: codes in order, words that say whom the row is for, and what is not understood."""

import re
from dataclasses import dataclass

from ur_desk.documents.code_scan import Piece, scan
from ur_desk.documents.wording import plain
from ur_desk.domain.codes import System
from ur_desk.domain.policy import CodeEntry, LintFinding, Severity

_SEPARATORS = re.compile(r"[\s,;:/|()\[\]*†‡.&+\u00a0]*(?:\b(?:and|or)\b[\s,;]*)?", re.IGNORECASE)
_LAST_JOIN = re.compile(r"(?:[,;]\s*|^)(?:and|or)$", re.IGNORECASE)
_EVERY = re.compile(
    r"(?:policy )?applies to all (?:applicable )?diagnos[ie]s|all (?:applicable )?diagnos[ie]s|any diagnosis", re.IGNORECASE
)
_LIMITS = re.compile(r"\b(?:see|refer|codes?|except|excluding|only|when|if|not|unless|with|without)\b", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:same|identical|as for) (?:as|to)?\s*$", re.IGNORECASE)
_WORDS = "These words stand among the codes and are not understood"


@dataclass(frozen=True, slots=True)
class Words:
    """Words between the codes of a cell, as printed; `describes` where brackets after a code hold them, and they limit nothing."""

    start: int
    end: int
    raw: str
    describes: bool
    aside: bool = False
    """Whether brackets hold them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read: `pieces` and `words` together hold all of it but separators; `every` where it names all diagnoses."""

    pieces: tuple[Piece, ...]
    words: tuple[Words, ...]
    every: bool

    def entries(self, line: int) -> tuple[CodeEntry, ...]:
        """A code entry for each piece, also for those that only look like a code: these are of no system and kept as printed."""
        return tuple(CodeEntry(piece.system, piece.low, piece.high, line, piece.raw) for piece in self.pieces)

    def findings(self, line: int) -> tuple[LintFinding, ...]:
        """A finding with its raw text for all that is not understood."""
        unread = [
            LintFinding(
                "code-unreadable", Severity.ERROR, line, f"{piece.raw} has the shape of no code.", piece.raw, "Which code was meant?"
            )
            for piece in self.pieces
            if not piece.read
        ]
        words = [
            LintFinding("code-words", Severity.WARNING, line, f"{_WORDS}: {each.raw}", each.raw, "Which codes do they add or limit?")
            for each in self.words
            if not each.describes
        ]
        return (*unread, *words)


def cell(text: str, system: System) -> Cell:
    """What a cell of codes of one system says; no character but separators is left out.

    A code that only says where the list stands ("same as E0990") is one of the words.
    """
    pieces = tuple(piece for piece in scan(text, system) if not _POINTS.search(text, max(piece.start - 20, 0), piece.start))
    words: list[Words] = []
    every = False
    at = 0
    for start, end in [*((piece.start, piece.end) for piece in pieces), (len(text), len(text))]:
        found = _between(text, at, start)
        if found is not None and _EVERY.fullmatch(plain(found.raw)):
            every = True
        elif found is not None:
            words.append(found)
        at = end
    return Cell(pieces, tuple(words), every)


def _between(text: str, start: int, end: int) -> Words | None:
    """The words between two codes, without the separators around them."""
    part = text[start:end]
    opening = _SEPARATORS.match(part)
    skip = opening.end() if opening else 0
    raw = part[skip:].rstrip(" \t\u00a0,;:|/*")
    raw = _LAST_JOIN.sub("", raw if "(" in raw else raw.rstrip(")"))
    describes = start > 0 and "(" in part[:skip] and ")" in part[skip:] and not _LIMITS.search(raw)
    aside = "(" in part[:skip] and ")" in part[skip:]
    return Words(start + skip, start + skip + len(raw), raw, describes, aside) if any(c.isalnum() for c in raw) else None
