"""Codes outside of tables: those that a policy lists in its sentences, and those that it only names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ur_desk.documents.code_scan import LONGEST, Piece, scan
from ur_desk.documents.stated import by_line
from ur_desk.domain.codes import System
from ur_desk.domain.policy import CodeEntry, CodeMention, MentionRole, Policy, Position, SectionKind, Statement

SENTENCE = 600
"""Characters before and after a code in which the words of its sentence are sought."""

_CUES = (
    (System.ICD9CM, r"ICD-?\s?9(?:-?CM)?(?: diagnos[ie]s)?(?: codes?)?"),
    (System.ICD10PCS, r"ICD-?\s?10-?\s?PCS(?: procedures?)?(?: codes?)?"),
    (System.ICD10CM, r"ICD-?\s?10(?:-?\s?CM)?(?: diagnos[ie]s)?(?: codes?)?(?:\(s\))?|(?:diagnos[ie]s|dx) codes?"),
    (System.CPT, r"CPT\W{0,2}(?:\s?/\s?HCPCS)?(?: procedures?)?(?: codes?)?|procedure codes?"),
    (System.HCPCS, r"HCPCS(?: level II)?(?: codes?)?"),
    (System.REVENUE, r"revenue codes?"),
    (None, r"codes?"),
)
_CUE = re.compile("|".join(rf"(?P<c{place}>\b(?:{wording})(?![A-Za-z]))" for place, (_, wording) in enumerate(_CUES)), re.IGNORECASE)
_FIRST_GAP = re.compile(r"[\s:(#®]*(?:numbers?[\s:]*)?(?:(?:is|are|of)\s+)?", re.IGNORECASE)
_LIST_GAP = re.compile(r"[*†‡]*(?:\s*[,;/|&]\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s+)[*†‡]?", re.IGNORECASE)
_RUNS_ON = re.compile(r"(?:[,;]|\b(?:and|or|through|to)|[-\u2013\u2014])\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"\((?P<inside>[^()]{5,600})\)")
_ONLY_CODES = re.compile(r"(?:[\s,;*/&-]|\u2013|\u2014|\b(?:and|or|through|thru|to)\b)*", re.IGNORECASE)
_HCPCS = re.compile(r"[A-V]\d{4}")
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-Z])")
_NOT_ADDRESSED = re.compile(
    r"\b(?:not|n't)\b(?: \w+){0,2} (?:address|discuss|appl(?:y|icable|ies)|includ|part of|within|covered by this|subject to)\w*|"
    r"\b(?:outside (?:of )?(?:the|this)|other than|does not address)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_SEE = re.compile(
    r"\b(?:see|refer(?:red)? to|same as)\b(?:[^.;()]|\.(?=\S)){0,60}$|\bpolic(?:y|ies)\b(?:[^.;()]|\.(?=\S)){0,40}\(?$", re.IGNORECASE
)
_SEE_AFTER = re.compile(r"\W{0,3}(?:policy|guideline)\b", re.IGNORECASE)
_SEE_ROW = re.compile(
    r"\(?\b(?:see(?: also)?|refer to)\b.{0,30}\b(?:polic(?:y|ies)|guidelines?)\b|\((?:policy|guideline)\s+[A-Z#]", re.IGNORECASE
)
_SUBJECT = frozenset({System.CPT, System.HCPCS})


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A piece on its line; `cued` where the name of a code system or the word code leads straight to it."""

    line: int
    piece: Piece
    cued: bool
    bracketed: bool
    role: MentionRole


def with_told_codes(policy: Policy) -> Policy:
    """The policy with the codes that its position statements and its header list in words, and with those that it only names.

    A code of a procedure is listed where a statement names it as its subject or the header as its own, a diagnosis where a statement's
    criteria name it under the name of its system. A row that points to another policy, or stands under "not addressed", lists nothing.
    """
    listed, aside = _rows(policy)
    known = {(entry.system, entry.low, entry.high) for entry in listed}
    at = {(entry.line, _start(policy, entry)) for entry in listed} | {(mention.line, mention.start) for mention in aside}
    mentions, stated = list(aside), by_line(policy.statements)
    for spoken in _spoken(policy):
        entry = _listed(spoken, policy, stated)
        key = (spoken.piece.system, spoken.piece.low, spoken.piece.high)
        if entry is not None and key not in known:
            known.add(key)
            listed.append(entry)
        elif entry is None and (spoken.line, spoken.piece.start) not in at:
            mentions.append(_mention(spoken))
    return replace(policy, codes=tuple(listed), mentions=tuple(dict.fromkeys(sorted(mentions, key=lambda m: (m.line, m.start)))))


def _rows(policy: Policy) -> tuple[list[CodeEntry], list[CodeMention]]:
    """The rows that list codes, and those that only point elsewhere; these also as they were set aside before."""
    listed: list[CodeEntry] = []
    aside = [mention for mention in policy.mentions if mention.role is not MentionRole.MENTIONED]
    for entry in policy.codes:
        role = _role_of_row(entry)
        if role is None:
            listed.append(entry)
            continue
        start = _start(policy, entry)
        aside.append(CodeMention(entry.system, entry.low, entry.high, entry.line, start, start + len(entry.raw), entry.raw, role))
    return listed, aside


def _start(policy: Policy, entry: CodeEntry) -> int:
    """Where in its line an entry begins."""
    return max(policy.text.line(entry.line).text.find(entry.raw), 0)


def _role_of_row(entry: CodeEntry) -> MentionRole | None:
    if _NOT_ADDRESSED.search(entry.group or ""):
        return MentionRole.NOT_ADDRESSED
    return MentionRole.SEE_ALSO if _SEE_ROW.search(entry.description or "") else None


def _mention(spoken: _Spoken) -> CodeMention:
    piece = spoken.piece
    return CodeMention(piece.system, piece.low, piece.high, spoken.line, piece.start, piece.end, piece.raw, spoken.role)


def _listed(spoken: _Spoken, policy: Policy, stated: Mapping[int, Statement]) -> CodeEntry | None:
    """The entry that words make, or None where they only name the code."""
    piece = spoken.piece
    if not spoken.cued or spoken.role is not MentionRole.MENTIONED:
        return None
    section = policy.section_of(spoken.line)
    if section is not None and section.kind is SectionKind.HEADER and not spoken.bracketed:
        return CodeEntry(piece.system, piece.low, piece.high, spoken.line, piece.raw) if piece.system in _SUBJECT else None
    statement = stated.get(spoken.line)
    if statement is None or not spoken.bracketed:
        return None
    subject = piece.system in _SUBJECT and spoken.line <= statement.first_line + 1 and _before_items(spoken.line, statement)
    if not subject and piece.system in _SUBJECT:
        return None
    position = None if statement.position is Position.OTHER else statement.position
    return CodeEntry(piece.system, piece.low, piece.high, spoken.line, piece.raw, position=position)


def _before_items(line: int, statement: Statement) -> bool:
    tree = statement.criteria
    return tree is None or not tree.items or line < tree.items[0].first_line or line == statement.first_line


def _spoken(policy: Policy) -> Iterator[_Spoken]:
    """Every code of every line, those of rows among them."""
    carried: tuple[System | None, bool] | None = None
    for line in policy.text.lines:
        if not _DIGIT.search(line.text):
            carried = None
            continue
        text = _ADDRESS.sub(lambda found: " " * len(found[0]), line.text[:LONGEST])
        found, carried = _in_line(text, carried)
        for piece, cued, bracketed in found:
            yield _Spoken(line.number, piece, cued, bracketed, _role(text, piece))


_Found = tuple[Piece, bool, bool]


def _in_line(text: str, carried: tuple[System | None, bool] | None) -> tuple[list[_Found], tuple[System | None, bool] | None]:
    """The codes of a line; `carried` is the list that the line before left open, with whether it stands in brackets."""
    found: list[_Found] = []
    taken = 0
    if carried is not None:
        gap = len(text) - len(text.lstrip())
        run = _run(text, gap, carried[0])
        found += [(piece, True, carried[1]) for piece in run]
        taken = run[-1].end if run else 0
        carried = carried if run and _open_after(text, taken) else None
    for cue in _CUE.finditer(text, taken):
        system = next(_CUES[int(name[1:])][0] for name, value in cue.groupdict().items() if value is not None)
        gap_after = _FIRST_GAP.match(text, cue.end())
        run = _run(text, gap_after.end() if gap_after else cue.end(), system)
        bracketed = text[: cue.start()].rstrip().endswith("(") or _open_bracket(text, cue.start())
        explicit = system is not None
        found += [(piece, explicit, bracketed) for piece in run if piece.read or _mistyped(piece)]
        if run and explicit and _open_after(text, run[-1].end):
            carried = (system, bracketed)
    found += _loose(text, [piece for piece, _, _ in found], _CUE.search(text) is not None)
    return found, carried


def _mistyped(piece: Piece) -> bool:
    """Whether what stands where a code would is a code with a slip of the key, and not a word, a number or a date."""
    return not piece.read and len(piece.raw) >= 5 and sum(c.isdigit() for c in piece.raw) >= 4 and "-" not in piece.raw


def _open_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _open_after(text: str, at: int) -> bool:
    """Whether the list of codes goes on in the next line: the line ends behind a code with a comma, a dash or an open bracket."""
    rest = text[at:]
    return not rest.strip(" ,;\t\u2013\u2014-andor") and (_RUNS_ON.search(rest) is not None)


def _run(text: str, at: int, system: System | None) -> list[Piece]:
    """The codes that follow one another from a place on, with nothing but separators between them."""
    run: list[Piece] = []
    for piece in scan(text[at:], system):
        moved = replace(piece, start=piece.start + at, end=piece.end + at)
        between = text[run[-1].end if run else at : moved.start]
        if between and not _LIST_GAP.fullmatch(between):
            break
        if not moved.read and not _mistyped(moved):
            break
        run.append(moved)
    return run


def _loose(text: str, taken: Sequence[Piece], cued: bool) -> list[_Found]:
    """Codes that no cue leads to: in brackets that hold nothing else, with a dot or a letter that tells them, or later on a cued line."""
    spans = [(piece.start, piece.end) for piece in taken]
    found: list[_Found] = []
    for bracket in _BRACKET.finditer(text):
        inside = [replace(p, start=p.start + bracket.start("inside"), end=p.end + bracket.start("inside")) for p in scan(bracket["inside"])]
        rest = _without(text, bracket.start("inside"), bracket.end("inside"), inside)
        if inside and any(piece.read for piece in inside) and _ONLY_CODES.fullmatch(rest):
            found += [(piece, False, True) for piece in inside if not _overlaps(piece, spans)]
    spans += [(piece.start, piece.end) for piece, _, _ in found]
    for piece in scan(text):
        if not _overlaps(piece, spans) and piece.read and _tells_itself(piece, cued):
            found.append((piece, False, False))
    return found


def _without(text: str, start: int, end: int, pieces: Sequence[Piece]) -> str:
    kept, at = [], start
    for piece in pieces:
        kept.append(text[at : piece.start])
        at = piece.end
    return "".join((*kept, text[at:end]))


def _tells_itself(piece: Piece, cued: bool) -> bool:
    if piece.system is System.ICD10CM:
        return "." in piece.raw and piece.raw[0].isupper()
    return (
        _HCPCS.fullmatch(piece.low) is not None and piece.raw[0].isupper()
        if not cued
        else piece.system in _SUBJECT and piece.raw[:5].isalnum()
    )


def _overlaps(piece: Piece, spans: Sequence[tuple[int, int]]) -> bool:
    return any(piece.start < end and start < piece.end for start, end in spans)


def _role(text: str, piece: Piece) -> MentionRole:
    """Why a code of a line is named, told by the sentence around it."""
    near = max(piece.start - SENTENCE, 0)
    start = max((found.end() for found in _SENTENCE_END.finditer(text, near, piece.start + 1)), default=near)
    ends = _SENTENCE_END.search(text, piece.end, piece.end + SENTENCE)
    if _NOT_ADDRESSED.search(text, start, ends.end() if ends else piece.end + SENTENCE):
        return MentionRole.NOT_ADDRESSED
    before = _CUE.sub("", text[start : piece.start]).rstrip(" (:,")
    if _SEE.search(before) or _SEE_AFTER.match(text, piece.end):
        return MentionRole.SEE_ALSO
    return MentionRole.MENTIONED
