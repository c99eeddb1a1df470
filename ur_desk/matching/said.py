"""What a line's words say toward one policy: its service, our synonym for it, its subject, or something else."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ur_desk.domain.spelling import stems_of
from ur_desk.domain.vocabulary import GROUP_OF, WATCHED
from ur_desk.domain.words import Name, Reading, Sense, names_in
from ur_desk.matching.shelf import Shelf

_SAYS_NOTHING = frozenset(
    stems_of("when specified as used for if only described billed reported performed documented by")
    + stems_of("the of to a an is are with procedure code service represents")
)


class Against(StrEnum):
    """Why the words speak against the policy's subject."""

    NAMES_PART = "names_part"
    DENIES_PART = "denies_part"
    NAMES_SERVICE = "names_service"
    DENIES_SERVICE = "denies_service"


@dataclass(frozen=True, slots=True)
class Objection:
    """Words that name something else than the policy's subject, or deny it; `part` where a part of the body is meant."""

    against: Against
    said: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A line's words beside one policy.

    `named`: services that the policy prints; `synonyms`: our names for them; `subject`: parts of the body that it is about,
    `unclear`: words that could mean such a part; `objection`: what speaks against it, None where nothing does.
    """

    reading: Reading
    named: tuple[Name, ...]
    synonyms: tuple[Name, ...]
    subject: tuple[Name, ...]
    unclear: tuple[Name, ...]
    objection: Objection | None
    tells_subject: bool

    @property
    def shown(self) -> bool:
        """Whether the words name the policy's subject, by a part of the body or by a printed name that tells it."""
        return bool(self.subject) or self.tells_subject

    @property
    def linked(self) -> bool:
        """Whether a printed name stands together with the policy's subject, whatever else the words name."""
        meant = [part for part in self.subject if part.sense is Sense.MEANT]
        return self.tells_subject or any(self.reading.joined(name, part) for name in (*self.named, *self.synonyms) for part in meant)


def toward(reading: Reading, shelf: Shelf) -> Said:
    """Weigh a line's words against a policy's own names and subject."""
    parts = [name for name in reading.names if name.parts]
    counted = [name for name in parts if name.sense in (Sense.MEANT, Sense.REASON)]
    subject = tuple(name for name in counted if name.parts <= shelf.subject)
    unclear = tuple(name for name in counted if name.parts & shelf.subject and not name.parts <= shelf.subject)
    services = [name for name in reading.names if name.is_service and (subject or not (name.technique and name.technique.needs_part))]
    meant = [name for name in services if name.sense is Sense.MEANT]
    elsewhere = [name for name in meant if name.technique and shelf.groups and name.technique.group not in shelf.groups]
    exact = [name for name in meant if not (elsewhere and name.technique and name.technique.general)]
    named = tuple(name for name in exact if _prints(shelf, name))
    synonyms = tuple(name for name in exact if not _prints(shelf, name) and _groups(shelf, name))
    denied = [name for name in services if name.sense is Sense.DENIED and (_prints(shelf, name) or _groups(shelf, name))]
    tells = any(name.technique and name.technique.tells in shelf.subject for name in named)
    objection = _other_part(counted, subject, shelf) or _denied_part(parts, subject, tells, shelf)
    if objection is None and not named and not synonyms:
        objection = _other_service(elsewhere, denied)
    return Said(reading, named, synonyms, subject, unclear, objection, tells)


def shows(condition: str, said: Said, shelf: Shelf) -> tuple[bool, tuple[Name, ...]]:
    """Whether a line's words show the condition of a code entry, with the words that do, or that deny it.

    Shown by the name that the condition prints, or by one that the policy's own statement gives as another name for it.
    """
    wanted = names_in(condition)
    techniques = _with_other_names({name.technique.name for name in wanted if name.technique}, shelf)
    if not techniques:
        return _shows_words(condition, said)
    about = [name for name in said.reading.names if name.technique and name.technique.name in techniques]
    meant = tuple(name for name in about if name.sense is Sense.MEANT)
    parts = [name.parts for name in wanted if name.parts]
    named = [name.parts for name in (*said.subject, *said.unclear)]
    if meant and all(any(each & part for each in named) for part in parts):
        return True, meant
    return False, tuple(name for name in about if name.sense is Sense.DENIED)


def written(names: Iterable[Name]) -> str:
    """The words themselves, each once, as the request writes them."""
    return ", ".join(dict.fromkeys(name.said.lower() if name.said.istitle() or name.said[1:].islower() else name.said for name in names))


def _prints(shelf: Shelf, name: Name) -> bool:
    return any(stated.prints(name) for stated in shelf.stated)


def _groups(shelf: Shelf, name: Name) -> bool:
    return name.technique is not None and name.technique.group in shelf.groups


def _other_part(counted: list[Name], subject: tuple[Name, ...], shelf: Shelf) -> Objection | None:
    """A part of the body outside the subject; where the subject is named too, a mere complaint elsewhere does not count."""
    if not shelf.subject:
        return None
    for name in counted:
        complaint = name.sense is Sense.REASON and not name.parts & WATCHED
        if not name.parts & shelf.subject and not (complaint and subject):
            return Objection(Against.NAMES_PART, name.said, " or ".join(sorted(name.parts)))
    return None


def _denied_part(parts: list[Name], subject: tuple[Name, ...], tells: bool, shelf: Shelf) -> Objection | None:
    denied = next((name for name in parts if name.sense is Sense.DENIED and name.parts <= shelf.subject), None)
    if denied is None or subject or tells:
        return None
    return Objection(Against.DENIES_PART, denied.said, " or ".join(sorted(denied.parts)))


def _other_service(elsewhere: list[Name], denied: list[Name]) -> Objection | None:
    if elsewhere:
        return Objection(Against.NAMES_SERVICE, written(elsewhere))
    return Objection(Against.DENIES_SERVICE, written(denied)) if denied else None


def _with_other_names(techniques: set[str], shelf: Shelf) -> set[str]:
    """The techniques with the other names that a statement of the policy prints beside them, where both mean the same."""
    groups = {GROUP_OF[each] for each in techniques}
    beside = [stated.techniques for stated in shelf.stated if stated.techniques & techniques]
    return techniques | {each for names in beside for each in names if GROUP_OF[each] in groups}


def _shows_words(condition: str, said: Said) -> tuple[bool, tuple[Name, ...]]:
    """A condition in words that the vocabulary does not know is shown only where all of them stand in the line, and none is denied."""
    wanted = [stem for stem in stems_of(condition) if stem not in _SAYS_NOTHING]
    stems = {word.stem for word in said.reading.words}
    denies = any(name.sense is Sense.DENIED for name in said.reading.names) or stems & {"not", "no", "without"}
    return bool(wanted) and not denies and all(stem in stems for stem in wanted), ()
