"""What somebody leaves behind on a desk that is locked, as values: where they were, what was typed, where the caret stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ur_desk.domain.determination import PolicyCitation
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.intake.typed import Draft


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
class TypedBasis:
    """What a reason was to rest on: cited lines, the four fields of a criterion held elsewhere, and whether no policy was found."""

    cited: tuple[CitedWords, ...]
    elsewhere: tuple[str, ...]
    no_policy: str


@dataclass(frozen=True, slots=True)
class TypedPanel:
    """What was typed in the panel of a verb about a case, by field; signatures are never among it."""

    case: CaseId
    verb: str
    fields: Mapping[str, str]
    basis: TypedBasis | None = None


@dataclass(frozen=True, slots=True)
class TypedForm:
    """What stood in the form of a new request: the name of its kept draft or empty, what was typed, the file that it came from."""

    name: str
    draft: Draft
    source: bytes | None = None


@dataclass(frozen=True, slots=True)
class StepBack:
    """The last step that could still be taken back."""

    case: CaseId
    revision: int
    event: EventId
    label: str


@dataclass(frozen=True, slots=True)
class LaidAside:
    """A place as it was left: the places visited and which of them was the present one, how its page stood, panels and form
    with what was typed in them, the caret, and the last step."""

    places: tuple[str, ...] = ()
    at: int = 0
    page: Mapping[str, str] = field(default_factory=dict)
    panels: tuple[TypedPanel, ...] = ()
    form: TypedForm | None = None
    caret: Caret | None = None
    undo: StepBack | None = None
