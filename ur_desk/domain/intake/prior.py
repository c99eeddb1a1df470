"""What a payer's response says of an earlier request: its action codes as they stood, the event's apart from each line's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One action as the payer told it: nothing is translated, since codes mean different things in event and line.

    `code` is that of X12 code list 306 (HCR01, reviewActionCode), `number` the payer's certification number, `reasons` the codes
    that say why, `words` what the payer wrote beside them.
    """

    code: str | None = None
    number: str | None = None
    reasons: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class LineAction:
    """The action on one service line, by the line's number in the same response."""

    line: int
    action: Action


@dataclass(frozen=True, slots=True)
class Rejection:
    """A part of the request that the payer could not process (AAA, ClaimResponse.error): correct and send again, never a denial.

    `place` is the segment or path that was refused, `follow_up` the payer's code for what to do next.
    """

    code: str | None = None
    follow_up: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message says of a request that was sent earlier; `answers` are the ids that name that request, the sender's trace first.

    A payer's response tells actions or rejections; a revision, an extension, a cancellation or an inquiry only says which it is about.
    """

    answers: tuple[str, ...] = ()
    event: Action | None = None
    lines: tuple[LineAction, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    outcome: str | None = None
    message: str | None = None
