"""What a letter says: sentences, each with its source; and what the plan fills in for its letters."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from ur_desk.domain.policy import Anchor
from ur_desk.domain.request import LineOfBusiness


class LetterKind(StrEnum):
    """What the letter is for."""

    APPROVAL = "approval"
    ADVERSE = "adverse"
    PARTIAL = "partial"
    INFORMATION_REQUEST = "information_request"


class SourceKind(StrEnum):
    """Where a sentence comes from."""

    WORDING = "wording"
    POLICY = "policy"
    REQUEST = "request"
    DECISION = "decision"
    STATEMENT = "statement"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class SentenceSource:
    """One source of a sentence: a clause of the wording, lines of a policy, a field, a decision, a signed statement.

    `ref` names it in its kind: clause id, policy id, request path, line number, account id, profile field.
    """

    kind: SourceKind
    ref: str
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its sources; `element` names the required element that it fulfils. Text is plain, never markup."""

    text: str
    sources: tuple[SentenceSource, ...]
    element: str | None = None

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


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences that stand together; a table holds one row of sentences each, the first row its header.

    `technical` marks the section for the provider, apart from the plain language for the member.
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
    """All that one letter says, before it has pages; the same content renders to the same bytes."""

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

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order."""
        for block in self.blocks:
            yield from block.sentences

    @property
    def elements(self) -> frozenset[str]:
        """The required elements that some sentence fulfils."""
        return frozenset(s.element for s in self.sentences() if s.element and s.text.strip())


@dataclass(frozen=True, slots=True)
class MissingElement:
    """A required element that the letter does not hold: which, which rule asks for it, and what to do."""

    element: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class PlanProfile:
    """What the plan says of itself in its letters, by line of business and state; the administrator fills it.

    An empty field that a letter needs blocks its issue. `state` is the situs state, two letters.
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

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """Names of the fields that nobody has filled yet."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) == "")
