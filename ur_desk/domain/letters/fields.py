"""The marked fields of a draft, which are all that can be changed in it: what a service is called, words that somebody signed, and what is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from ur_desk.domain.letter import Sentence, SentenceSource, SourceKind

LONGEST_NAME = 300
"""Characters of what a service is called in a letter; more are no name."""
SIGNED = ("reason", "information_needed")
"""The fields of a decision of which somebody may ask for other words; the rationale is the decider's alone."""


@dataclass(frozen=True, slots=True)
class ServiceName:
    """What the service of a line is called in plain words: whoever writes the letter may say it otherwise."""

    line: int


@dataclass(frozen=True, slots=True)
class SignedWords:
    """Words that whoever decided these lines signed, in one field of the decision; other words go back to be signed."""

    lines: tuple[int, ...]
    field: str


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What was asked for on these lines, in the words of whoever asked: it is asked anew in other words while no letter told of it."""

    lines: tuple[int, ...]


Marked = ServiceName | SignedWords | AskedWords


def marked(sentences: Iterable[Sentence]) -> tuple[Marked, ...]:
    """The marked fields from which sentences that stand together are made, each once; none where nothing in them can be changed."""
    sources = tuple(dict.fromkeys(source for sentence in sentences for source in sentence.sources))
    named = [ServiceName(source.line) for source in sources if source.line is not None and _names(source)]
    signed = (SignedWords(lines, field) for field in SIGNED if (lines := _lines(sources, field)))
    asked = (AskedWords(lines),) if (lines := _lines(sources, "asked")) else ()
    return tuple(dict.fromkeys((*named, *signed, *asked)))


def says(sentence: Sentence) -> bool:
    """Whether it holds words with which somebody decides or asks, not what the sender or the letter's writer called a service."""
    said = any(source.kind is SourceKind.STATEMENT for source in sentence.sources)
    return said and any(source.kind is SourceKind.DECISION for source in sentence.sources)


def _names(source: SentenceSource) -> bool:
    return source.kind is SourceKind.REQUEST and source.field == "description"


def _lines(sources: Iterable[SentenceSource], field: str) -> tuple[int, ...]:
    told = {source.line for source in sources if source.kind is SourceKind.DECISION and source.field == field and source.line is not None}
    return tuple(sorted(told))
