"""What somebody leaves behind on a desk that is locked, as values: where they were, what was typed, where the caret stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ur_desk.domain.determination import PolicyCitation
from ur_desk.domain.events import CaseId, EventId


@dataclass(frozen=True, slots=True)
class Caret:
    """The field that had the focus, by a name that is the same when the page is built again, and what was chosen in it.

    `at` and `anchor` count letters in a text, or name a row of a list; `scroll` is how far the field was scrolled, in its own units.
    """

    field: str
    at: int = 0
    anchor: int = 0
    scroll: int = 0


@dataclass(frozen=True, slots=True)
class CitedWords:
    """Policy lines that a reason was to rest on, with their words."""

    citation: PolicyCitation
    words: str


@dataclass(frozen=True, slots=True)
class TypedPanel:
    """What was typed in the panel of a verb about a case, by field; signatures are never among it."""

    case: CaseId
    verb: str
    fields: Mapping[str, str]
    cited: tuple[CitedWords, ...] = ()
    elsewhere: tuple[str, ...] = ()
    no_policy: str = ""


@dataclass(frozen=True, slots=True)
class StepBack:
    """The last step that could still be taken back."""

    case: CaseId
    revision: int
    event: EventId
    label: str


@dataclass(frozen=True, slots=True)
class LaidAside:
    """A place as it was left: the places visited and which of them was the present one, how its page stood, panels with what was
    typed in them, the caret, and the last step."""

    places: tuple[str, ...] = ()
    at: int = 0
    page: Mapping[str, str] = field(default_factory=dict)
    panels: tuple[TypedPanel, ...] = ()
    caret: Caret | None = None
    undo: StepBack | None = None
