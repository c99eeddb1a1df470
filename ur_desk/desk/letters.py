"""Letters: previewed from what is recorded, checked against their required elements, issued once, told apart for ever."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ur_desk.desk.paper import MEMBERS_OWN, Mark, Paper, Tongue
from ur_desk.desk.reads import check_case_open, reads, told
from ur_desk.desk.review import pinned_policy
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.access import LetterPreviewed, LetterPrinted, LetterRead
from ur_desk.domain.case import Case
from ur_desk.domain.checkpoint import code
from ur_desk.domain.events import CaseId, Following, LetterId
from ur_desk.domain.fence import Read, check_reader
from ur_desk.domain.letter import (
    REFUSING,
    Audience,
    LetterContent,
    LetterFacts,
    LetterKind,
    MissingElement,
    PlanProfile,
    kind_for,
    waiting_lines,
)
from ur_desk.domain.letter_lint import LetterFinding, OtherPeople, Weight
from ur_desk.domain.notices import Notice
from ur_desk.domain.obstacles import adverse_letter_obstacles
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.domain.sending import letter_number
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.letters.wording import Wording

Lines = Sequence[int] | None
Names = Mapping[int, str]
NO_NAMES: Names = MappingProxyType({})


class Standing(StrEnum):
    """What a letter file is."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would leave now, for one of its readers: its content, its marked pages, and why neither it nor its copy may leave."""

    kind: LetterKind
    lines: tuple[int, ...]
    content: LetterContent
    pdf: bytes
    missing: tuple[MissingElement, ...]
    obstacles: tuple[str, ...]
    findings: tuple[LetterFinding, ...] = ()

    @property
    def may_issue(self) -> bool:
        """Whether nothing stands in the way of issuing it."""
        return not (self.missing or self.obstacles or any(f.weight is Weight.STOPS for f in self.findings))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a letter file turned out to be; `letter` and the case's number where this workspace issued it."""

    standing: Standing
    letter: LetterId | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a letter is composed from, read in one steady view."""

    facts: LetterFacts
    obstacles: tuple[str, ...]
    demo: bool
    record: str
    others: OtherPeople
    wording: "Wording"
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class _Composed:
    content: LetterContent
    missing: tuple[MissingElement, ...]
    findings: tuple[LetterFinding, ...]
    pdf: bytes
    wording: bytes


class Letters:
    """Previews, issues, saves and recognises letters."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def preview(
        self,
        case: CaseId,
        lines: Lines = None,
        *,
        names: Names = NO_NAMES,
        large_print: bool = False,
        audience: Audience = Audience.MEMBER,
        notice: Notice | None = None,
        tongue: Tongue = MEMBERS_OWN,
    ) -> Steps[Preview]:
        """The letter that would leave now for these lines (all that wait for notice, or all that are pended), marked as a draft.

        `names` says in plain words what a line's service is, by line, where the sender's own words will not do; `notice` is what there
        is to tell of lines that nobody has decided, `tongue` the language, which is the member's where a text in it is kept.
        """
        check_reader(self.desk.person, Read.PREVIEW)
        ready = yield from store(lambda: self._ready(case, lines, names, notice, tongue), "Reading the case")
        mark = Mark.SPECIMEN if ready.demo else Mark.DRAFT
        yield from store(lambda: self.desk.looks.note(LetterPreviewed(ready.facts.lines), case), "Reading the case")
        made = yield from work(lambda: self._compose(ready, audience, mark, large_print), "Writing the letter")
        missing = yield from work(lambda: self._all_missing(ready, made), "Looking for what is missing")
        return Preview(ready.facts.kind, made.content.lines, made.content, made.pdf, missing, ready.obstacles, made.findings)

    def issue(
        self,
        case: CaseId,
        revision: int,
        lines: Lines = None,
        *,
        names: Names = NO_NAMES,
        large_print: bool = False,
        supersedes: LetterId | None = None,
        reason: str = "",
        leaving: Callable[[Case], object] | None = None,
        notice: Notice | None = None,
        tongue: Tongue = MEMBERS_OWN,
    ) -> Steps[Done[Case]]:
        """Issues the letter to the member and its copy to the provider, from the same facts: pages, content and wording of both are kept
        under their hashes, and the lines are noticed.

        UserError where an element is missing, with the rule that asks for it, where something stands in the way, or where a letter says
        what none may; nothing is issued then. `supersedes` names the issued letter that this one corrects, about the same lines, and
        `reason` says why. `leaving` hears of the case in the very step in which the letters leave, also where what comes after is
        called off.
        """
        gate(self.desk.person, "letter.issue")
        ready = yield from store(lambda: self._ready(case, lines, names, notice, tongue, supersedes), "Reading the case")
        mark = Mark.SPECIMEN if ready.demo else Mark.NONE
        first = len(ready.facts.case.letters) + 1
        made = []
        for place, audience in enumerate(Audience, start=first):
            called = letter_number(ready.facts.case, place)
            writing = partial(self._compose, ready, audience, mark, large_print, called)
            made.append((yield from work(writing, "Writing the letter")))
        stopped = _stopped(made) + list(ready.obstacles)
        if stopped:
            raise UserError(" ".join(stopped), "Nothing was issued; the decision is kept.")
        return (yield from store(lambda: self._leave(self._issue(case, revision, made, supersedes, reason), leaving), "Issuing"))

    def _leave(self, done: Done[Case], leaving: Callable[[Case], object] | None) -> Done[Case]:
        if leaving is not None:
            leaving(done.value)
        return done

    @verb("letter.issue", Role.NURSE, Role.PHYSICIAN, writes=ev.LetterIssued)
    def _issue(
        self, act: Act, case: CaseId, revision: int, made: Sequence[_Composed], supersedes: LetterId | None, reason: str
    ) -> Done[Case]:
        """Issues a letter and its copy; neither ever changes after that."""
        member, copy = made
        letter = self._body(member, supersedes, reason)
        copied = next((each.id for each in told(self.desk, case).copies_of(supersedes)), None) if supersedes else None
        bodies = (letter, self._body(copy, copied, reason, letter.letter))
        done = act.on_case(case, revision, bodies)
        issued = {each.id: each.at.isoformat() for each in done.letters}
        for body in bodies:
            self.desk.store.put_letter(body.letter, case, body.kind, body.pdf, issued[body.letter], body.supersedes)
        return act.done(done)

    def _body(self, made: _Composed, supersedes: LetterId | None, reason: str, copy_of: LetterId | None = None) -> ev.LetterIssued:
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
        )

    @verb("notice.record", Role.NURSE, Role.PHYSICIAN, writes=ev.NoticeGiven)
    def record_notice(
        self, act: Act, case: CaseId, revision: int, lines: Sequence[int], way: ev.ContactWay, to_whom: str, at: datetime, form: str
    ) -> Done[Case]:
        """Records that notice of decided lines was given by other means: on the official form of a line of business for which this
        program writes no letter, say."""
        body = ev.NoticeGiven(tuple(lines), way, to_whom.strip(), at, form.strip())
        return act.done(act.on_case(case, revision, [body]))

    @reads(Read.LETTER)
    def pdf(self, letter: LetterId) -> bytes:
        """The very bytes of an issued letter; UserError where there is none of that id, or its case is closed to the person."""
        data = self._pdf(letter)
        self.desk.looks.note(LetterRead(letter), self.desk.store.letter_case(letter))
        return data

    def _pdf(self, letter: LetterId) -> bytes:
        name, case = self.desk.store.letter_pdf(letter), self.desk.store.letter_case(letter)
        if case is not None:
            check_case_open(self.desk, case)
        if name is None:
            raise UserError("There is no such letter.", "Look at the letters of the case.")
        return self.desk.store.blobs.get(name)

    @reads(Read.LETTER)
    def content(self, letter: LetterId, case: CaseId) -> LetterContent:
        """What an issued letter says, sentence by sentence, as it was kept."""
        from ur_desk.records.letter import letter_from

        issued = next((i for i in self.desk.review.case(case).letters if i.id == letter), None)
        if issued is None:
            raise UserError("There is no such letter.", "Look at the letters of the case.")
        content = letter_from(self.desk.store.blobs.get(issued.content))
        self.desk.looks.note(LetterRead(letter), case)
        return content

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
        """Whether a letter file was issued here and is unchanged, and whether a later letter supersedes it."""
        found = self.desk.store.letter_by_pdf(Sha256(hashlib.sha256(pdf).hexdigest()))
        if found is None:
            return Recognised(Standing.UNKNOWN)
        letter, case, superseded_by = found
        standing = Standing.SUPERSEDED if superseded_by else Standing.ISSUED
        return Recognised(standing, letter, told(self.desk, case).number)

    def pages(self, pdf: bytes, scale: float) -> list[tuple[int, int, bytes]]:
        """The pages of a letter as pictures: width, height and RGBA bytes at `scale` pixels a point; touches no store."""
        from ur_desk.documents.pages import page_images

        return [(page.width, page.height, page.rgba) for page in page_images(pdf, scale)]

    def page(self, pdf: bytes, number: int, scale: float) -> tuple[tuple[int, int, bytes], int]:
        """One page of a letter, from 1, as a picture like those of `pages`, and how many there are: for print, from memory alone."""
        from ur_desk.documents.pages import page_image

        page, count = page_image(pdf, number, scale)
        return (page.width, page.height, page.rgba), count

    def _ready(
        self, case: CaseId, lines: Lines, names: Names, notice: Notice | None, tongue: Tongue, supersedes: LetterId | None = None
    ) -> _Ready:
        with self.desk.store.reading():
            now = self.desk.review.case(case)
            picked = tuple(lines) if lines else waiting_lines(now, supersedes, notice)
            if unknown := sorted(set(picked) - {s.line for s in now.lines}):
                raise UserError(f"The case has no line {', '.join(map(str, unknown))}.", "Nothing was issued.")
            states = tuple(now.line(n) for n in dict.fromkeys(picked))
            on_appeal = now.follows is not None and now.follows.kind is Following.APPEAL
            kind = kind_for(states, notice, on_appeal)
            facts = LetterFacts(
                kind=kind,
                case=now,
                lines=tuple(s.line for s in states),
                profile=self.profile_of(now),
                dated=self.desk.clock.now().astimezone(self.desk.zone).date(),
                policies=self._cited(now),
                service_names={line: name for line, name in names.items() if name.strip()},
                composed_by=self.desk.person.id,
                notice=notice,
                texts=tongue.texts,
            )
            stationery, asked = self.desk.stationery, now.request.member.language if tongue.language is None else tongue.language
            wording, paper = stationery.wording_for(asked), stationery.paper_for(facts)
            obstacles = (*self._obstacles(facts), *stationery.obstacles(wording, paper))
            record = code(*self.desk.store.ledger.last())
            return _Ready(facts, obstacles, self.desk.demo, record, self._others(case), wording, paper)

    def profile_of(self, case: Case) -> PlanProfile:
        """What the plan says of itself in letters about the case; UserError while its line of business is not known."""
        business = case.request.line_of_business
        if business is None:
            raise UserError(
                "The line of business is not known, so no letter can be written.", "Record it with the request. Nothing was lost."
            )
        return self.desk.accounts.profile(business, case.request.state or "")

    def _cited(self, case: Case) -> dict[Sha256, Policy]:
        matches = {case.matched, *(state.matched for state in case.lines)}
        return {pin.text: pinned_policy(self.desk.store, pin) for matched in matches if matched for pin in matched.pins}

    def _obstacles(self, facts: LetterFacts) -> tuple[str, ...]:
        if facts.kind not in REFUSING or self.desk.demo:
            return ()
        people = sum(not account.retired for account in self.desk.store.accounts.all())
        found = (
            obstacle
            for state in facts.states
            if state.determination is not None and state.determination.adverse
            for obstacle in adverse_letter_obstacles(state, people, self.desk.review.cautions(state.matched))
        )
        return tuple(dict.fromkeys(found))

    def _others(self, case: CaseId) -> OtherPeople:
        told = self.desk.store.cases.other_members(case)
        names = frozenset(" ".join(reversed(name.casefold().split(", ", 1))) for name, _ in told if ", " in name)
        return OtherPeople(names, frozenset(born for _, born in told if born))

    def _compose(self, ready: _Ready, audience: Audience, mark: Mark, large_print: bool, number: str = "") -> _Composed:
        from ur_desk.letters.content import compose
        from ur_desk.letters.elements import missing
        from ur_desk.pdf.letter import Mark as PageMark
        from ur_desk.pdf.letter import render

        tables = self.desk.tables
        told = compose(ready.facts, ready.wording, audience, tables.forms)
        content = replace(told, number=number, record=ready.record if number else "")
        gaps = missing(content, ready.facts, tables.elements)
        findings = self._checked(content, ready)
        if content.form and ready.paper and not ready.paper.obstacle:
            pdf = ready.paper.filled(ready.facts, ready.wording, "" if mark is Mark.NONE else mark.name)
        else:
            pdf = render(content, mark=PageMark(mark), large_print=large_print, fonts_dir=tables.folder / "fonts")
        return _Composed(content, gaps, findings, pdf, ready.wording.data)

    def _all_missing(self, ready: _Ready, made: _Composed) -> tuple[MissingElement, ...]:
        """What the letter lacks, and what its copy for the other reader lacks."""
        from ur_desk.letters.content import compose
        from ur_desk.letters.elements import missing

        tables = self.desk.tables
        others = (compose(ready.facts, ready.wording, each, tables.forms) for each in Audience if each is not made.content.audience)
        gaps = (gap for other in others for gap in missing(other, ready.facts, tables.elements))
        return tuple(dict.fromkeys((*made.missing, *gaps)))

    def _checked(self, content: LetterContent, ready: _Ready) -> tuple[LetterFinding, ...]:
        from ur_desk.letters.lint.check import check
        from ur_desk.letters.lint.said import Letter

        tables = self.desk.tables
        if tables.letter_rules is None or not content.language.startswith("en"):
            return ()
        told = (tables.codeset.description(d.code) for d in ready.facts.case.request.diagnoses)
        letter = Letter(content, ready.facts, tables.letter_rules, ready.others, diagnoses=tuple(words for words in told if words))
        return check(letter, ready.wording, tables.clinical_words)


def _stopped(made: Sequence[_Composed]) -> list[str]:
    """What each of the letters lacks, with the rule that asks for it, and what it says that none may."""
    told = [f"{gap.message} ({gap.rule})" for each in made for gap in each.missing]
    told += [f"{found.message} {found.hint}" for each in made for found in each.findings if found.weight is Weight.STOPS]
    return list(dict.fromkeys(told))
