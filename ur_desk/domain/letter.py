"""What a letter says: sentences, each with its source; and what the plan fills in for its letters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from ur_desk.domain.case import Case, LineState
from ur_desk.domain.decisions.authorization import PREFIX
from ur_desk.domain.decisions.grounds import Given
from ur_desk.domain.determination import ASIDE, OPEN, Determination, Finding, Workflow
from ur_desk.domain.ids import LetterId
from ur_desk.domain.letters.notices import Extension, Lateness, NotExpedited, Notice
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Anchor, Policy, Sha256
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError

_PREFIX = re.compile("[A-Z]{1,4}")
_OF_LINE = re.compile(r"(?:services\[([0-9]+)\]|([0-9]+))(?:\.(.+))?")


class LetterKind(StrEnum):
    """What the letter is for."""

    APPROVAL = "approval"
    ADVERSE = "adverse"
    PARTIAL = "partial"
    INFORMATION_REQUEST = "information_request"
    EXTENSION = "extension"
    LATE = "late"
    EXPEDITE_REFUSED = "expedite_refused"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"
    NOT_REQUIRED = "not_required"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_PARTLY_OVERTURNED = "appeal_partly_overturned"
    APPEAL_OVERTURNED = "appeal_overturned"
    APPEAL_DISMISSED = "appeal_dismissed"


REFUSING = frozenset({LetterKind.ADVERSE, LetterKind.PARTIAL, LetterKind.APPEAL_UPHELD, LetterKind.APPEAL_PARTLY_OVERTURNED})
"""Letters about lines of which at least a part is refused."""
UNDECIDED = frozenset({LetterKind.INFORMATION_REQUEST, LetterKind.EXTENSION, LetterKind.LATE, LetterKind.EXPEDITE_REFUSED})
"""Letters about lines that nobody has decided; they give no notice of a decision."""


class Audience(StrEnum):
    """For whom a letter is written; both are made from one set of facts."""

    MEMBER = "member"
    PROVIDER = "provider"


class SourceKind(StrEnum):
    """Where a sentence comes from."""

    WORDING = "wording"
    POLICY = "policy"
    REQUEST = "request"
    CASE = "case"
    DECISION = "decision"
    STATEMENT = "statement"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class SentenceSource:
    """One source of a sentence: a clause of the wording, lines of a policy, a field, a decision, a person's own words.

    `ref` names it in its kind: clause id and version, policy id, request path (lines by number), field of the case, line number and,
    behind a dot, a field of its decision, account id, profile field.
    """

    kind: SourceKind
    ref: str
    anchor: Anchor | None = None

    @property
    def line(self) -> int | None:
        """The service line of which it is the decision, or a field; None where it is about no one line."""
        of_line = _OF_LINE.fullmatch(self.ref) if self.kind in (SourceKind.REQUEST, SourceKind.DECISION) else None
        return int(of_line[1] or of_line[2]) if of_line else None

    @property
    def field(self) -> str:
        """What it is of that line, or of the whole; empty where it is the line as such."""
        of_line = _OF_LINE.fullmatch(self.ref) if self.line is not None else None
        return (of_line[3] or "") if of_line else self.ref


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its sources; `element` names the required element that it fulfils. Text is plain, never markup.

    `language` is the code of its language where that is another than the letter's, so that it is read aloud in its own.
    """

    text: str
    sources: tuple[SentenceSource, ...]
    element: str | None = None
    language: str = ""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a sentence of a letter has a source")


class BlockKind(StrEnum):
    """The shape of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    TABLE = "table"
    ADDRESS = "address"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences that stand together; a table holds one row of sentences each, the first row its header.

    Facts are rows of a label and its value. A line feed in a text starts a new line. `technical` marks the section for the provider, apart from the plain language for the member.
    """

    kind: BlockKind
    rows: tuple[tuple[Sentence, ...], ...]
    technical: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order."""
        return tuple(sentence for row in self.rows for sentence in row)


@dataclass(frozen=True, slots=True)
class LetterContent:
    """All that one letter says, before it has pages; the same content renders to the same bytes.

    `number` tells this letter from every other one of its case, and `record` is the code of the trail's newest event when it was
    issued; a draft has neither. `form` is the official form whose fields it fills; empty where the letter is free.
    `translator` says who put its wording into the language, and when; empty where it is in English. `appendix` are the blocks behind
    all that the letter says, which tell where each of its sentences comes from; most letters have none.
    """

    kind: LetterKind
    title: str
    case_number: str
    dated: date
    recipient: tuple[str, ...]
    copies: tuple[tuple[str, ...], ...]
    sender: tuple[str, ...]
    blocks: tuple[Block, ...]
    lines: tuple[int, ...]
    wording: str
    language: str = "en-US"
    number: str = ""
    record: str = ""
    audience: Audience = Audience.MEMBER
    form: str = ""
    translator: str = ""
    appendix: tuple[Block, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order, without the appendix: what the letter itself says."""
        for block in self.blocks:
            yield from block.sentences

    @property
    def elements(self) -> frozenset[str]:
        """The required elements that some sentence fulfils."""
        return frozenset(s.element for s in self.sentences() if s.element and s.text.strip())


@dataclass(frozen=True, slots=True)
class MissingElement:
    """A required element that the letter does not hold: which, which rule asks for it, and what to do; `text` is what stands in English
    where that is to be put into the letter's language."""

    element: str
    rule: str
    message: str
    text: str = ""


B = LineOfBusiness
_MEDICAID = frozenset({B.MEDICAID_MANAGED_CARE, B.MEDICAID_FFS})
_STATE_PROGRAMS = _MEDICAID | {B.CHIP_MANAGED_CARE}
_MEDICARE = frozenset({B.MEDICARE_ADVANTAGE, B.DSNP_INTEGRATED})
_INSURANCE = frozenset({B.COMMERCIAL_INSURED, B.ERISA_SELF_FUNDED, B.QHP_FFE, B.GOVERNMENT_SELF_FUNDED})
WANTED_BY: Mapping[str, frozenset[LineOfBusiness]] = {
    "appeal_address": frozenset(B) - {B.MEDICAID_FFS},
    "appeal_phone": frozenset(B) - {B.MEDICAID_FFS},
    "appeal_fax": frozenset(B) - {B.MEDICAID_FFS},
    "internal_appeal_text": frozenset(B) - {B.MEDICAID_FFS} - _MEDICARE,
    "external_review_text": _INSURANCE,
    "consumer_assistance_text": frozenset(B) - {B.ERISA_SELF_FUNDED, B.FEHB},
    "erisa_rights_text": frozenset({B.COMMERCIAL_INSURED, B.ERISA_SELF_FUNDED}),
    "grievance_text": _STATE_PROGRAMS | _MEDICARE,
    "fair_hearing_text": _STATE_PROGRAMS,
    "continuation_text": _MEDICAID,
    "independent_review_text": _MEDICARE,
    "disputed_claims_text": frozenset({B.FEHB}),
    "late_text": _INSURANCE | {B.FEHB, B.MEDICAID_FFS, B.CHIP_MANAGED_CARE},
}
"""The lines of business whose letters need a field; a field that does not stand here is needed by all."""


@dataclass(frozen=True, slots=True)
class PlanProfile:
    """What the plan says of itself in its letters, by line of business and state; the administrator fills it.

    An empty field that a letter needs blocks its issue. `state` is the situs state, two letters. `signers` are the roles beside the
    physician's to which the plan gave what takes no clinical judgment; the numbers of this workspace's series begin with
    `authorization_prefix` for its members. `taglines` holds one line for each language that the plan must offer help in: its code, a
    colon, and the text as a qualified translator wrote it; a line that ends behind its colon is a slot that is still empty.
    """

    line_of_business: LineOfBusiness
    state: str
    plan_name: str = ""
    address: str = ""
    phone: str = ""
    tty: str = ""
    hours: str = ""
    appeal_address: str = ""
    appeal_phone: str = ""
    appeal_fax: str = ""
    expedited_phone: str = ""
    peer_to_peer_phone: str = ""
    records_fax: str = ""
    plan_provision: str = ""
    internal_appeal_text: str = ""
    external_review_text: str = ""
    consumer_assistance_text: str = ""
    erisa_rights_text: str = ""
    language_help_text: str = ""
    nondiscrimination_text: str = ""
    taglines: str = ""
    grievance_text: str = ""
    fair_hearing_text: str = ""
    continuation_text: str = ""
    independent_review_text: str = ""
    disputed_claims_text: str = ""
    late_text: str = ""
    signers: tuple[Given, ...] = ()
    authorization_prefix: str = PREFIX

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.authorization_prefix):
            raise UserError(
                "Authorization numbers begin with one to four capital letters.", f"{PREFIX}, say, or the plan's own. Nothing was changed."
            )

    @property
    def wanted_fields(self) -> tuple[str, ...]:
        """Names of the fields that letters of this line of business may need, in their order."""
        every = (f.name for f in fields(self) if f.name not in ("line_of_business", "state", "signers", "authorization_prefix"))
        return tuple(name for name in every if self.line_of_business in WANTED_BY.get(name, frozenset(LineOfBusiness)))

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """Names of the wanted fields that nobody has filled yet."""
        return tuple(name for name in self.wanted_fields if getattr(self, name) == "")


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a letter is composed from; ValueError where it is about no line, or about one that the case does not have.

    `lines` are those that it gives notice of (or asks about); `policies` holds, by the sha256 of their text, the policies that the
    reasons cite; `dated` is the day on which the letter leaves. `service_names` says in plain words what a service is where the
    sender's words will not do, as `composed_by` typed it. `notice` is what there is to tell of lines that nobody has decided.
    `texts` holds what people wrote, as it stands in English, with the words of the letter's translator.
    """

    kind: LetterKind
    case: Case
    lines: tuple[int, ...]
    profile: PlanProfile
    dated: date
    policies: Mapping[Sha256, Policy] = field(default_factory=dict)
    service_names: Mapping[int, str] = field(default_factory=dict)
    composed_by: AccountId | None = None
    notice: Notice | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.lines or not set(self.lines) <= {state.line for state in self.case.lines}:
            raise ValueError("a letter is about lines of its case")

    @property
    def states(self) -> tuple[LineState, ...]:
        """The lines of the letter, in their order."""
        return tuple(state for state in self.case.lines if state.line in self.lines)

    @property
    def rest(self) -> tuple[LineState, ...]:
        """The other lines of the request; what was entered in error is none of it."""
        others = (state for state in self.case.lines if state.line not in self.lines)
        return tuple(state for state in others if state.determination is not Determination.VOIDED)


_NO_LETTER = {
    Determination.WITHDRAWN: "was withdrawn: it takes no notice of a decision",
    Determination.DISMISSED: "was dismissed: its notice is one of its own",
    Determination.NOT_REQUIRED: "takes no authorization: that is no approval, and told in a letter of its own",
    Determination.VOIDED: "was voided: there is nothing to tell",
}
"""What is told in no letter of a decision, and why."""
_OF_NOTICE: Mapping[type, LetterKind] = {
    Extension: LetterKind.EXTENSION,
    Lateness: LetterKind.LATE,
    NotExpedited: LetterKind.EXPEDITE_REFUSED,
}
_ALONE = {
    Determination.WITHDRAWN: LetterKind.WITHDRAWN,
    Determination.DISMISSED: LetterKind.DISMISSED,
    Determination.NOT_REQUIRED: LetterKind.NOT_REQUIRED,
}
"""Outcomes that are told in a letter of their own, of lines that all have them."""
_ON_APPEAL = {
    LetterKind.APPROVAL: LetterKind.APPEAL_OVERTURNED,
    LetterKind.ADVERSE: LetterKind.APPEAL_UPHELD,
    LetterKind.PARTIAL: LetterKind.APPEAL_PARTLY_OVERTURNED,
    LetterKind.DISMISSED: LetterKind.APPEAL_DISMISSED,
}


def kind_for(states: Iterable[LineState], notice: Notice | None = None, appeal: bool = False) -> LetterKind:
    """The one kind of letter that tells what became of these lines; UserError where no one letter can.

    A line approved in part or with changes is refused in part: it takes a letter with the approval and all rights of a denial. `notice`
    is what is told of lines that are open; `appeal` says whether the lines were decided on appeal.
    """
    lines = tuple(states)
    if notice is not None:
        return _of_open_lines(lines, notice)
    if lines and all(state.asked and state.workflow is Workflow.PENDED for state in lines):
        return LetterKind.INFORMATION_REQUEST
    open_lines = [str(state.line) for state in lines if state.determination is None]
    if open_lines or not lines:
        raise UserError(
            f"There is nothing to give notice of yet: line {', '.join(open_lines)} is not decided." if lines else "No line is picked.",
            "Decide the line, or write a letter about the other lines. Nothing was lost.",
        )
    for determination, kind in _ALONE.items():
        if all(state.determination is determination for state in lines):
            return _ON_APPEAL.get(kind, kind) if appeal else kind
    if aside := [(state.line, _NO_LETTER[state.determination]) for state in lines if state.determination in _NO_LETTER]:
        told = "; ".join(f"Line {line} {words}" for line, words in aside)
        raise UserError(f"{told}.", "Leave it out of the letter; where notice is due, give it by other means and record it.")
    decided = _decided({state.determination for state in lines})
    if appeal and all(state.decision and state.decision.finding is Finding.UPHELD for state in lines):
        return LetterKind.APPEAL_UPHELD
    return _ON_APPEAL[decided] if appeal else decided


def to_tell(case: Case) -> tuple[int, ...]:
    """The lines of which one letter would give notice now: those decided by a determination of the care, else those withdrawn, else those
    dismissed, else those that take no authorization, which have letters of their own; none where nothing waits that a letter tells."""
    waiting = case.lines_to_notice
    groups = (
        tuple(s.line for s in waiting if s.determination not in ASIDE),
        *(tuple(s.line for s in waiting if s.determination is alone) for alone in _ALONE),
    )
    return next((group for group in groups if group), ())


def _decided(decided: set[Determination | None]) -> LetterKind:
    if decided == {Determination.APPROVED}:
        return LetterKind.APPROVAL
    return LetterKind.ADVERSE if decided == {Determination.DENIED} else LetterKind.PARTIAL


def _of_open_lines(lines: tuple[LineState, ...], notice: Notice) -> LetterKind:
    decided = [str(state.line) for state in lines if state.determination is not None]
    if decided:
        raise UserError(
            f"Line {', '.join(decided)} is decided: only its decision is told of it.", "Leave it out of this notice. Nothing was lost."
        )
    return _OF_NOTICE[type(notice)]


def waiting_lines(case: Case, supersedes: LetterId | None, notice: Notice | None) -> tuple[int, ...]:
    """The lines that a letter is about where nobody says which: those of the letter that it corrects, those that nobody has decided where
    it is a notice of such, else those that wait for notice of a decision, else those that wait for information."""
    if supersedes:
        return next((i.lines for i in case.letters if i.id == supersedes), ())
    if notice:
        return tuple(s.line for s in case.lines if s.workflow in OPEN)
    return to_tell(case) or tuple(s.line for s in case.lines if s.workflow is Workflow.PENDED)
