"""Codes inside a line, wherever they stand: single codes, ranges with every dash and word, wildcards, and what only looks like one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ur_desk.documents.wording import DASH
from ur_desk.domain.codes import System, has_shape, normal, procedure_system

LONGEST = 20_000
"""Characters of a line in which codes are sought, listed or told."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*(?:\.(?=-))?")
_BETWEEN = re.compile(
    rf"(?:[ \t\u00a0]*(?:{DASH})[ \t\u00a0]*|[ \t\u00a0]+(?:to|thru|through)[ \t\u00a0]+)(?=\.?[A-Za-z0-9])", re.IGNORECASE
)
_OPEN_END = re.compile(rf"\.?(?:{DASH}(?![ \t\u00a0]*\.?[A-Za-z0-9])|\*|\.x{{1,4}}\b)", re.IGNORECASE)
_WILD_ICD = re.compile(r"(?P<base>(?:[A-Za-z]\d|QA)[0-9A-Za-z](?:\.[0-9A-Za-wyz]{0,3})?)\.?[xX_]{1,4}")
_WILD_CATEGORY = re.compile(r"(?P<category>[A-Za-z]\d[0-9A-Za-z])\.[xX]{1,4}")
_WILD_PROCEDURE = re.compile(r"(?P<base>[0-9A-Va-v][0-9]{1,3})[xX]{1,3}")
_DOTTED = re.compile(r"[A-Za-z]\d[0-9A-Za-z]\.[0-9A-Za-z]{1,4}")
_SUFFIX = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A code, range or wildcard as printed, from `start` up to `end`; of system `other` where it looks like one and cannot be read.

    A wildcard (`M23.20x`, `M23.-`) has both ends on the code above all that it takes in.
    """

    system: System
    low: str
    high: str | None
    start: int
    end: int
    raw: str

    @property
    def read(self) -> bool:
        """Whether it is understood."""
        return self.system is not System.OTHER


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str


def scan(text: str, system: System | None = None) -> tuple[Piece, ...]:
    """Every code of the line in order; each word with a digit that stands where a code would is a piece, understood or not.

    `system` is that of the table or label above; without it a diagnosis is told by its dot, a procedure by its shape alone.
    """
    return tuple(_pieces(text, system))


def looks_like_code(word: str) -> bool:
    """Whether a word holds a digit together with a letter or a dot, or is long enough for a procedure code."""
    return any(c.isdigit() for c in word) and (any(c.isalpha() for c in word) or "." in word or len(word) >= 5)


def _pieces(text: str, system: System | None) -> Iterator[Piece]:
    tokens = [_Token(found.start(), found.end(), found[0]) for found in _WORD.finditer(text) if any(c.isdigit() for c in found[0])]
    at = 0
    while at < len(tokens):
        run = _chain(text, tokens, at)
        if not looks_like_code(run[0].text):
            at += 1
            continue
        yield from _of_run(text, run, system)
        at += len(run)


def _chain(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """The words from one on that dashes or words of a range hold together."""
    run = [tokens[at]]
    for following in tokens[at + 1 :]:
        between = _BETWEEN.match(text, run[-1].end)
        if between is None or text[between.end() : following.start] not in ("", "."):
            break
        run.append(following)
    return run


def _of_run(text: str, run: list[_Token], system: System | None) -> Iterator[Piece]:
    first, last = run[0], run[-1]
    if len(run) == 1:
        yield _single(text, first, system)
    elif len(run) == 2 and (found := _range(text, first, last, system)) is not None:
        yield found
    elif _wholly_spaced(text, run):
        for token in run:
            if looks_like_code(token.text):
                yield _single(text, token, system)
    else:
        yield Piece(System.OTHER, text[first.start : last.end], None, first.start, last.end, text[first.start : last.end])


def _wholly_spaced(text: str, run: list[_Token]) -> bool:
    """Whether each dash stands apart, as between a code and its words: "76120 - Cineradiography"."""
    return all(text[one.end : other.start].startswith((" ", "\t", "\u00a0")) for one, other in pairwise(run))


def _single(text: str, token: _Token, system: System | None) -> Piece:
    wild = wildcard_at(text, token.start, token.end, system)
    if wild is not None:
        return wild
    told = _code(token.text, system)
    if told is None:
        return Piece(System.OTHER, token.text, None, token.start, token.end, token.text)
    return Piece(told[0], told[1], None, token.start, token.end, token.text)


def wildcard_at(text: str, start: int, end: int, system: System | None) -> Piece | None:
    """The wildcard that the word from `start` to `end` is, with the dash or star behind it; None where it is none."""
    open_end = _OPEN_END.match(text, end)
    found = _wildcard(text[start:end], open_end is not None, system)
    if found is None:
        return None
    until = open_end.end() if open_end else end
    return Piece(found[0], found[1], found[2], start, until, text[start:until])


def _wildcard(word: str, open_end: bool, system: System | None) -> tuple[System, str, str] | None:
    """A code and all below it, as a range of its own length."""
    if open_end and (code := _code(word.rstrip("."), system)) is not None and code[0] is System.ICD10CM:
        return System.ICD10CM, code[1], code[1]
    found = _WILD_ICD.fullmatch(word)
    if found is not None and ("." in word or system is System.ICD10CM):
        base = normal(found["base"].rstrip("."), System.ICD10CM)
        return (System.ICD10CM, base, base) if has_shape(base, System.ICD10CM) else None
    found = _WILD_PROCEDURE.fullmatch(word)
    if found is not None and len(word) == 5 and system in (None, System.CPT, System.HCPCS):
        missing = 5 - len(found["base"])
        low, high = found["base"].upper() + "0" * missing, found["base"].upper() + "9" * missing
        return procedure_system(low), low, high
    return None


def _code(word: str, system: System | None) -> tuple[System, str] | None:
    """The system and the normal form of a word; None where it has the shape of no code that may stand here."""
    upper = word.upper()
    if system in (System.ICD9CM, System.ICD10PCS, System.REVENUE, System.NDC):
        return (system, upper) if has_shape(upper, system) else None
    if _DOTTED.fullmatch(word) or (system is System.ICD10CM and not upper.isdigit()):
        return (System.ICD10CM, normal(word, System.ICD10CM)) if has_shape(upper, System.ICD10CM) else None
    procedure = procedure_system(upper)
    return None if procedure is System.OTHER or system is System.ICD10CM else (procedure, upper)


def _category(word: str) -> str:
    """The category that an end of a range is, where it is printed with all below it ("S12.x - S32.x")."""
    found = _WILD_CATEGORY.fullmatch(word)
    return found["category"] if found else word


def _range(text: str, first: _Token, last: _Token, system: System | None) -> Piece | None:
    """A range of two codes of one system, or a code with its modifier (76120-26); None where the ends do not go together."""
    low = _code(_category(first.text), System.ICD10CM if _WILD_CATEGORY.fullmatch(first.text) else system)
    if low is None:
        return None
    raw = text[first.start : last.end]
    if low[0] in (System.CPT, System.HCPCS) and len(last.text) == _SUFFIX:
        return Piece(low[0], low[1], None, first.start, last.end, raw)
    high = _code(_category(last.text), low[0])
    if high is None or high[0] is not low[0]:
        return None
    return Piece(low[0], low[1], high[1], first.start, last.end, raw)
