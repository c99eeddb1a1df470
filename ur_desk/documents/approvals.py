"""Approvals that stand as items of a list, each with the criteria below it, as prior-authorization policies print them."""

import re
from collections.abc import Sequence

from ur_desk.documents.positions import for_all_indications, stated_position
from ur_desk.documents.terms import terms_in
from ur_desk.documents.wording import is_list_item, plain
from ur_desk.domain.policy import Criterion, LineKind, Position, Section, SectionKind, Statement, Text, TextLine

LONGEST = 1500
"""Characters of a line in which an approval is sought."""

LONGEST_INDICATION = 200
"""Characters of a heading that names an indication; a longer line is a criterion."""

_NUMBERED = re.compile(r"[ \t]*\d{1,2}[.)]\s+[A-Z]")
_ENDS_ITEM = re.compile(r"(?:[;,:]|\b(?:and|or))$", re.IGNORECASE)
_MARK = r"(?:\(?[A-Za-z0-9]{1,4}[.)]\s+)?"
_APPROVED = re.compile(
    _MARK + r"(?P<subject>[^.;:]{2,160}?) (?:will|may|can) be approved\b[^.;]*\bfollowing\b[^.;:]{0,60}:?", re.IGNORECASE
)
_APPROVE = re.compile(_MARK + r"(?P<subject>.{2,300}?)\. Approve\b.{0,120}\b(?:if|when)\b.*", re.IGNORECASE)
_CONDITION = re.compile(r"\bApprove\b.{0,120}?\b(?:if|when)\s+(?P<asked>.+)$", re.IGNORECASE)
_EITHER = re.compile(r"\bis ?\(are\)", re.IGNORECASE)
_COVERED = re.compile(r"\bis (?:considered )?covered as medically necessary\b", re.IGNORECASE)
_CONSIDERS = re.compile(
    r"\b[A-Z][\w&. ]{1,60}? considers? (?P<subject>.{2,400}?) (?=(?:to be |as )?(?:not )?(?:medically necessary|experimental|investigational|unproven|cosmetic)\b)"
)
_OVER = re.compile(r"authorization (?:will be|is) (?:issued|granted)\b", re.IGNORECASE)
_INDENT = re.compile(r"[ \t]*")


def with_approvals(statements: Sequence[Statement], text: Text, sections: Sequence[Section]) -> tuple[Statement, ...]:
    """The statements and, in order with them, every approval of the position sections that none of them, and no approval above it, holds."""
    told = list(statements)
    held = {number for s in statements for number in range(s.first_line, s.last_line + 1)}
    for section in sections:
        if section.kind is SectionKind.POSITION:
            lines = text.span(section.first_line, section.last_line)
            for at, line in enumerate(lines):
                found = None if line.number in held else _statement(lines, at)
                if found is not None:
                    told.append(found)
                    held.update(range(found.first_line, found.last_line + 1))
    return tuple(sorted(told, key=lambda statement: statement.first_line))


def _statement(lines: Sequence[TextLine], at: int) -> Statement | None:
    words = plain(lines[at].text[:LONGEST])
    considered = _CONSIDERS.search(words)
    if considered is not None:
        return _considered(words, considered, lines, at)
    if _EITHER.search(words):
        return _either(_EITHER.sub("is", words), lines[at])
    listed = is_list_item(lines[at].text) or lines[at].kind is LineKind.ITEM
    approved = _APPROVED.fullmatch(words) if listed else None
    if approved is None and (_APPROVE.fullmatch(words) if listed else _APPROVE.match(words)) is None:
        return None
    top = lines[at] if listed else _heading_above(lines, at) or lines[at]
    below = _below(lines, at, _deep(top))
    return Statement(
        position=Position.MEDICALLY_NECESSARY,
        text="\n".join(plain(line.text) for line in (*((top,) if top is not lines[at] else ()), lines[at], *below)),
        first_line=top.number,
        last_line=below[-1].number if below else lines[at].number,
        terms=terms_in(approved["subject"], {}) if approved else (),
        criteria=_asked(below) if below else _in_the_sentence(words, lines[at].number),
    )


def _asked(below: Sequence[TextLine]) -> Criterion:
    return Criterion("leaf", "\n".join(plain(line.text) for line in below), below[0].number, below[-1].number)


def _in_the_sentence(words: str, number: int) -> Criterion | None:
    """What an approval without a list asks in its own sentence: it approves nothing else."""
    found = _CONDITION.search(words)
    return None if found is None else Criterion("leaf", found["asked"].rstrip(" .:"), number, number)


def _heading_above(lines: Sequence[TextLine], at: int) -> TextLine | None:
    """The numbered indication right above an approval that has no number of its own: it says for what the service is approved."""
    above = lines[at - 1] if at else None
    if above is None or len(above.text) > LONGEST_INDICATION or _ENDS_ITEM.search(plain(above.text)):
        return None
    return above if _NUMBERED.match(above.text) else None


def considered_position(words: str) -> Position | None:
    """The position of a sentence in which the payer "considers" a service to be something, or that states one otherwise; None where it takes none."""
    found = _CONSIDERS.search(words)
    stated = stated_position(f"is {words[found.end() :].removeprefix('to be ').removeprefix('as ')}" if found else words)
    return None if stated is None else stated.position


def _considered(words: str, found: re.Match[str], lines: Sequence[TextLine], at: int) -> Statement | None:
    position = considered_position(words)
    if position is None:
        return None
    below = _listed(lines, at) if words.endswith(":") else []
    criteria = Criterion("leaf", "\n".join(plain(line.text) for line in below), below[0].number, below[-1].number) if below else None
    text = "\n".join(plain(line.text) for line in (lines[at], *below))
    last = below[-1].number if below else lines[at].number
    return Statement(
        position, text, lines[at].number, last, not below and for_all_indications(words), terms_in(found["subject"], {}), criteria
    )


def _listed(lines: Sequence[TextLine], at: int) -> list[TextLine]:
    """The items right below a line, with what stands between them set in as deep."""
    found: list[TextLine] = []
    for line in lines[at + 1 :]:
        if not plain(line.text):
            continue
        if line.kind is LineKind.HEADING or not (is_list_item(line.text) or line.kind is LineKind.ITEM or (line.level and found)):
            break
        found.append(line)
    return found


def _either(words: str, line: TextLine) -> Statement | None:
    """A position about one or several products, printed as "is(are)"."""
    stated = stated_position(words)
    covered = _COVERED.search(words) is not None
    if stated is None and not covered:
        return None
    position = Position.MEDICALLY_NECESSARY if covered or stated is None else stated.position
    return Statement(position, plain(line.text), line.number, line.number)


def _below(lines: Sequence[TextLine], at: int, deep: int) -> list[TextLine]:
    """The lines of the list that an approval opens: up to a heading, an item that is set no deeper, or the word on how long it holds."""
    found: list[TextLine] = []
    for line in lines[at + 1 :]:
        words = plain(line.text)
        if line.kind is LineKind.HEADING or _OVER.match(words) or (is_list_item(line.text) and _deep(line) <= deep):
            break
        if words:
            found.append(line)
    return found


def _deep(line: TextLine) -> int:
    found = _INDENT.match(line.text)
    return len(found[0]) if found else 0
