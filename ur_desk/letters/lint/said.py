"""A letter's sentences as the linter reads them: where each stands, who wrote it, and the words and sentences inside of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.letter import BlockKind, LetterContent, LetterFacts, Sentence, SentenceSource, SourceKind
from ur_desk.domain.letters.lint import LetterFinding, OtherPeople
from ur_desk.letters.elements import lines_of
from ur_desk.letters.lint.heard import Heard, heard
from ur_desk.letters.lint.rules import Rules

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# an end mark, then a blank and something that begins a sentence; initials and "Dr." end none
_END = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bvs)[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
NOBODY = OtherPeople()


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the content: its number in reading order, and whether it stands in the part for the provider or is a heading.

    `written` tells that a person wrote it for this case: under a decision, as a name of the service, as a question.
    """

    number: int
    sentence: Sentence
    technical: bool
    heading: bool

    @property
    def text(self) -> str:
        """Its words."""
        return self.sentence.text

    @property
    def written(self) -> bool:
        """Whether these are a person's own words."""
        return any(source.kind is SourceKind.STATEMENT for source in self.sentence.sources)

    @property
    def in_own_words(self) -> bool:
        """Whether a person wrote all of it, no clause of the wording around it."""
        return self.written and all(source.kind is not SourceKind.WORDING for source in self.sentence.sources)

    @property
    def own_sources(self) -> frozenset[SentenceSource]:
        """Who said it, and where, whatever clause of the wording stands around it."""
        return frozenset(source for source in self.sentence.sources if source.kind is not SourceKind.WORDING)

    @property
    def for_member(self) -> bool:
        """Whether a person wrote it, or a sender sent it, and the member is to read it."""
        sent = any(s.kind is SourceKind.REQUEST and s.ref.endswith(".description") for s in self.sentence.sources)
        return not self.technical and (self.written or sent)

    @property
    def lines(self) -> frozenset[int]:
        """The service lines that it is about."""
        return lines_of(self.sentence)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """What ends with a full stop inside of it: where it begins, and its words."""
        begin = 0
        for end in [*(m.end() for m in _END.finditer(self.text)), len(self.text)]:
            if words := self.text[begin:end].strip():
                yield begin, words
            begin = end


@dataclass(frozen=True, slots=True)
class Letter:
    """What the linter is given: the content, its facts, the rules, and what it needs of the rest of the workspace.

    `diagnoses` says in words what the request's codes are.
    """

    content: LetterContent
    facts: LetterFacts
    rules: Rules
    others: OtherPeople = NOBODY
    diagnoses: tuple[str, ...] = ()
    said: tuple[Said, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = (
            (sentence, block.technical, block.kind is BlockKind.HEADING) for block in self.content.blocks for sentence in block.sentences
        )
        object.__setattr__(self, "said", tuple(Said(n, *row) for n, row in enumerate(rows)))

    @property
    def written(self) -> tuple[Said, ...]:
        """What people wrote, in both parts."""
        return tuple(said for said in self.said if said.written)

    @property
    def for_member(self) -> tuple[Said, ...]:
        """What people wrote or sent, in the part for the member."""
        return tuple(said for said in self.said if said.for_member)

    def heard(self) -> Iterator[tuple[Said, Heard]]:
        """What people wrote as its reader takes it in: all that one of them said in one field as one text, with the first of its
        sentences; a field is read on over the lines in which it was typed."""
        for _, rows in groupby(self.written, key=lambda said: (said.technical, said.own_sources)):
            told = list(rows)
            yield told[0], heard(*((said.number, said.text) for said in told))

    def at(self, told: Heard, span: tuple[int, int], rule: str, **values: str) -> Iterator[LetterFinding]:
        """A finding of a rule at these characters of what was heard, marked in each sentence that holds some of them."""
        marks = told.marks(*span)
        words = " ".join(self.said[number].text[first:last] for number, first, last in marks)
        for number, first, last in marks:
            yield self.rules.rule(rule).finding(number, first, last, said=words, **values)

    @property
    def refused(self) -> frozenset[int]:
        """The lines of which something is refused."""
        return frozenset(s.line for s in self.facts.states if s.determination and s.determination.adverse)

    @property
    def administrative(self) -> frozenset[int]:
        """The lines that were refused without clinical judgment, as their decisions say."""
        return frozenset(s.line for s in self.facts.states if s.decision and s.decision.refused_as is Family.ADMINISTRATIVE)

    def cited_text(self) -> str:
        """All cited lines of policies, and the names of policies and guidelines, one under the other."""
        rows: list[str] = []
        for state in self.facts.states:
            reason = state.decision.reason if state.decision else None
            for citation in reason.policy_lines if reason else ():
                policy = self.facts.policies.get(citation.anchor.text)
                if policy:
                    rows += (
                        policy.title or "",
                        *(row.text for row in policy.text.lines[citation.anchor.first_line - 1 : citation.anchor.last_line]),
                    )
            rows += [f"{held.title} {held.section}" for held in (reason.held_elsewhere if reason else ())]
        return "\n".join(rows)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    return [m[0].casefold().replace("’", "'") for m in WORD.finditer(text)]


def stem(word: str) -> str:
    """A word without the endings of number and tense, so that "visits" and "visit" are one."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "al", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
