"""Letters: previewed from what is recorded, checked against their required elements, issued once, told apart for ever."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.composing import NO_NAMES, Composed, Composing, Lines, Names, check_may_leave
from ur_desk.desk.paper import MEMBERS_OWN, PLAIN, Manner, Mark, Tongue
from ur_desk.desk.reads import check_case_open, reads, shown, told
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.clocks.what_if import WhatIf
from ur_desk.domain.determination import Decision
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.guard.access import LetterPreviewed, LetterPrinted, LetterRead
from ur_desk.domain.guard.fence import Read, check_reader
from ur_desk.domain.information.asking import InformationRequested
from ur_desk.domain.letter import Audience, LetterContent, LetterKind, MissingElement, PlanProfile
from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.domain.letters.notices import NoticeWanted
from ur_desk.domain.letters.sending import letter_number
from ur_desk.domain.letters.standing import Outdated, outdated
from ur_desk.domain.letters.trace import Behind
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class Standing(StrEnum):
    """What a letter file is."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would leave now, for one of its readers: its content, its marked pages, why neither it nor its copy may leave, and
    what stands behind its sentences. `what_if` is the clock now and after the notice of an extension left now; `languages` are those in
    which it could be written, by code and English name."""

    kind: LetterKind
    content: LetterContent
    pdf: bytes
    missing: tuple[MissingElement, ...]
    obstacles: tuple[str, ...]
    findings: tuple[LetterFinding, ...]
    behind: Behind = field(repr=False)
    what_if: WhatIf | None = None
    languages: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines that it is about."""
        return self.content.lines

    @property
    def english(self) -> tuple[str, ...]:
        """What people wrote that still stands in English in a letter of another language."""
        return tuple(gap.text for gap in self.missing if gap.text)

    @property
    def may_issue(self) -> bool:
        """Whether nothing stands in the way of issuing it."""
        return not (self.missing or self.obstacles or any(f.weight is Weight.STOPS for f in self.findings))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a letter file turned out to be; `letter` and the case's number where this workspace issued it, `why` it is superseded."""

    standing: Standing
    letter: LetterId | None = None
    case: str | None = None
    why: Outdated | None = None


class Letters:
    """Previews, issues, saves and recognises letters."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._composing = Composing(desk)

    def preview(
        self,
        case: CaseId,
        lines: Lines = None,
        *,
        names: Names = NO_NAMES,
        how: Manner = PLAIN,
        audience: Audience = Audience.MEMBER,
        notice: NoticeWanted | None = None,
        tongue: Tongue = MEMBERS_OWN,
    ) -> Steps[Preview]:
        """The letter that would leave now for these lines (all that wait for notice, or all that are pended), marked as a draft.

        `names` says in plain words what a line's service is, by line, where the sender's own words will not do; `notice` is what there
        is to tell of lines that nobody has decided, its days being the clock's; `tongue` is the language, which is the member's where a text in it is kept. `how` says
        in what print, and whether the sources of its sentences stand behind it.
        """
        check_reader(self.desk.person, Read.PREVIEW)
        composing = self._composing
        ready = yield from store(lambda: composing.ready(case, lines, names, notice, tongue), "Reading the case")
        mark = Mark.SPECIMEN if ready.demo else Mark.DRAFT
        yield from store(lambda: self.desk.looks.note(LetterPreviewed(ready.facts.lines), case), "Reading the case")
        made = yield from work(lambda: composing.compose(ready, audience, mark, how), "Writing the letter")
        missing = yield from work(lambda: composing.all_missing(ready, made), "Looking for what is missing")
        return Preview(
            ready.facts.kind, made.content, made.pdf, missing, ready.obstacles, made.findings, ready.behind, ready.what_if, ready.languages
        )

    @reads(Read.PREVIEW)
    def unsayable(self, case: CaseId, lines: Sequence[int], said: Decision | InformationRequested) -> tuple[LetterFinding, ...]:
        """Everything that would keep the letters from telling a decision, or a request for information, in these words; nothing is kept."""
        return self._composing.heard(shown(self.desk, case), lines, said)

    def issue(
        self,
        case: CaseId,
        revision: int,
        lines: Lines = None,
        *,
        names: Names = NO_NAMES,
        how: Manner = PLAIN,
        supersedes: LetterId | None = None,
        reason: str = "",
        leaving: Callable[[Case], object] | None = None,
        notice: NoticeWanted | None = None,
        tongue: Tongue = MEMBERS_OWN,
    ) -> Steps[Done[Case]]:
        """Issues the letter to the member and its copy to the provider, from the same facts: pages, content and wording of both are kept
        under their hashes. The lines are noticed once the letter to the member was sent.

        UserError where an element is missing, with the rule that asks for it, where something stands in the way, or where a letter says
        what none may; nothing is issued then. `supersedes` names the issued letter that this one corrects, about the same lines, and
        `reason` says why. `leaving` hears of the case in the very step in which the letters leave, also where what comes after is
        called off.
        """
        gate(self.desk.person, "letter.issue")
        ready = yield from store(lambda: self._composing.ready(case, lines, names, notice, tongue, supersedes), "Reading the case")
        mark = Mark.SPECIMEN if ready.demo else Mark.NONE
        first = len(ready.facts.case.letters) + 1
        made = []
        for place, audience in enumerate(Audience, start=first):
            called = letter_number(ready.facts.case, place)
            writing = partial(self._composing.compose, ready, audience, mark, how, called)
            made.append((yield from work(writing, "Writing the letter")))
        check_may_leave(made, ready.obstacles)
        issuing = partial(self._issue, case, revision, made, supersedes, reason, ready.extends)
        return (yield from store(lambda: self._leave(issuing(), leaving), "Issuing"))

    def _leave(self, done: Done[Case], leaving: Callable[[Case], object] | None) -> Done[Case]:
        if leaving is not None:
            leaving(done.value)
        return done

    @verb("letter.issue", Role.NURSE, Role.PHYSICIAN, writes=ev.LetterIssued)
    def _issue(
        self, act: Act, case: CaseId, revision: int, made: Sequence[Composed], supersedes: LetterId | None, reason: str,
        extends: ev.ExtensionTerms | None,
    ) -> Done[Case]:  # fmt: skip
        """Issues a letter and its copy; neither ever changes after that."""
        check_may_leave(made)
        member, copy = made
        letter = replace(self._body(member, supersedes, reason), extends=_named(extends, member))
        copied = next((each.id for each in told(self.desk, case).copies_of(supersedes)), None) if supersedes else None
        bodies = (letter, self._body(copy, copied, reason, letter.letter))
        done = act.on_case(case, revision, bodies)
        issued = {each.id: each.at.isoformat() for each in done.letters}
        for body in bodies:
            self.desk.store.put_letter(body.letter, case, body.kind, body.pdf, issued[body.letter], body.supersedes)
        return act.done(done)

    def _body(self, made: Composed, supersedes: LetterId | None, reason: str, copy_of: LetterId | None = None) -> ev.LetterIssued:
        from ur_desk.records.letter import letter_bytes

        blobs, content = self.desk.store.blobs, made.content
        return ev.LetterIssued(
            letter=LetterId(self.desk.new_id()),
            kind=content.kind.value,
            lines=content.lines,
            pdf=blobs.keep(made.pdf),
            content=blobs.keep(letter_bytes(content)),
            wording=blobs.keep(made.wording),
            dated=content.dated,
            recipient=content.recipient[0] if content.recipient else "",
            copies=tuple(copy[0] for copy in content.copies if copy),
            supersedes=supersedes,
            reason=reason.strip() if supersedes else None,
            audience=content.audience.value,
            copy_of=copy_of,
            fonts=made.fonts,
        )

    @verb("notice.record", Role.NURSE, Role.PHYSICIAN, writes=ev.NoticeGiven)
    def record_notice(
        self, act: Act, case: CaseId, revision: int, lines: Sequence[int], way: ev.ContactWay, to_whom: str, at: datetime, form: str
    ) -> Done[Case]:
        """Records that notice of decided lines was given by other means: on the official form of a line of business for which this
        program writes no letter, say. What keeps an adverse letter from leaving keeps that from being recorded."""
        now = act.on_case(case, revision, [ev.NoticeGiven(tuple(lines), way, to_whom.strip(), at, form.strip())])
        if obstacles := self._composing.obstacles(now, [state for state in now.lines if state.line in lines]):
            raise UserError(f"No notice of this refusal may leave yet. {obstacles[0]}", "Nothing was recorded; the decision is kept.")
        return act.done(now)

    @reads(Read.LETTER)
    def pdf(self, letter: LetterId) -> bytes:
        """The very bytes of an issued letter; UserError where there is none of that id, or its case is closed to the person."""
        data = self._pdf(letter)
        self.desk.looks.note(LetterRead(letter), self.desk.store.letter_case(letter))
        return data

    def _pdf(self, letter: LetterId) -> bytes:
        """The bytes that the trail names, whatever a row says."""
        case = self.desk.store.letter_case(letter)
        if case is not None:
            check_case_open(self.desk, case)
        issued = next((i for i in told(self.desk, case).letters if i.id == letter), None) if case is not None else None
        if issued is None:
            raise UserError("There is no such letter.", "Look at the letters of the case.")
        return self.desk.store.blobs.get(issued.pdf)

    @reads(Read.LETTER)
    def content(self, letter: LetterId, case: CaseId) -> LetterContent:
        """What an issued letter says, sentence by sentence, as it was kept."""
        from ur_desk.records.letter import letter_from

        content = letter_from(self.desk.store.blobs.get(self._issued(letter, case).content))
        self.desk.looks.note(LetterRead(letter), case)
        return content

    @reads(Read.LETTER)
    def behind(self, letter: LetterId, case: CaseId) -> Behind:
        """What stands behind the sentences of an issued letter: the wording that it was made of, and the case as it stood then."""
        return self._composing.behind_issued(self._issued(letter, case).id, case)

    def sources(self, letter: LetterId, case: CaseId) -> Steps[bytes]:
        """A paper of its own that tells where each sentence of an issued letter comes from; the letter stays as it left."""
        check_reader(self.desk.person, Read.LETTER)
        content = yield from store(lambda: self.content(letter, case), "Reading the letter")
        people = yield from store(self._composing.people, "Reading the letter")
        fonts = yield from store(self.desk.stationery.letter_fonts, "Reading the letter")
        mark = Mark.SPECIMEN if self.desk.demo else Mark.NONE
        return (yield from work(lambda: self._composing.sources(content, people, mark, fonts), "Writing its sources"))

    @reads(Read.LETTER)
    def save_sources(self, letter: LetterId, case: CaseId, pdf: bytes, path: Path) -> Path:
        """Writes the paper with a letter's sources to a file that a person chose."""
        issued = self._issued(letter, case)
        return self.desk.exports.write("sources of a letter", path, pdf, case=case, letter=issued.id)

    def _issued(self, letter: LetterId, case: CaseId) -> Issued:
        issued = next((i for i in self.desk.review.case(case).letters if i.id == letter), None)
        if issued is None:
            raise UserError("There is no such letter.", "Look at the letters of the case.")
        return issued

    @reads(Read.LETTER)
    def save(self, letter: LetterId, path: Path) -> Path:
        """Writes an issued letter to a file that a person chose; beside its place first, then moved there."""
        case = self.desk.store.letter_case(letter)
        return self.desk.exports.write("letter", path, self._pdf(letter), case=case, letter=letter)

    @reads(Read.PREVIEW)
    def save_draft(self, case: CaseId, pdf: bytes, path: Path) -> Path:
        """Writes the marked draft of a letter to a file that a person chose."""
        check_case_open(self.desk, case)
        return self.desk.exports.write("draft of a letter", path, pdf, case=case)

    @reads(Read.LETTER)
    def printed(self, case: CaseId, letter: LetterId | None) -> None:
        """Notes that a letter goes to a printer, or a marked draft, before the first page does; UserError where that cannot be noted."""
        check_case_open(self.desk, case)
        self.desk.exports.check_may_leave()
        self.desk.note(LetterPrinted(letter or ""), case)

    @reads(Read.RECOGNISE)
    def recognise(self, pdf: bytes) -> Recognised:
        """Whether a letter file was issued here and is unchanged, and whether it still holds. The trail says so: a row that names
        bytes of which no step of it tells issues nothing."""
        sha256 = Sha256(hashlib.sha256(pdf).hexdigest())
        found = self.desk.store.letter_by_pdf(sha256)
        now = told(self.desk, found[1]) if found else None
        issued = next((i for i in now.letters if i.pdf == sha256), None) if now else None
        if now is None or issued is None:
            return Recognised(Standing.UNKNOWN)
        why = outdated(now, issued)
        return Recognised(Standing.SUPERSEDED if why else Standing.ISSUED, issued.id, now.number, why)

    def pages(self, pdf: bytes, scale: float) -> list[tuple[int, int, bytes]]:
        """The pages of a letter as pictures: width, height and RGBA bytes at `scale` pixels a point; touches no store."""
        from ur_desk.documents.pages import page_images

        return [(page.width, page.height, page.rgba) for page in page_images(pdf, scale)]

    def page(self, pdf: bytes, number: int, scale: float) -> tuple[tuple[int, int, bytes], int]:
        """One page of a letter, from 1, as a picture like those of `pages`, and how many there are: for print, from memory alone."""
        from ur_desk.documents.pages import page_image

        page, count = page_image(pdf, number, scale)
        return (page.width, page.height, page.rgba), count

    def profile_of(self, case: Case) -> PlanProfile:
        """What the plan says of itself in letters about the case; UserError while its line of business is not known."""
        return self._composing.profile_of(case)


def _named(extends: ev.ExtensionTerms | None, made: Composed) -> ev.ExtensionTerms | None:
    """The terms, with whether the letter names the right that goes with them."""
    return replace(extends, right_told="grievance" in made.content.elements) if extends else None
