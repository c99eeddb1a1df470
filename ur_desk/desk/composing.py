"""A letter on its way to its issue: read in one steady view, composed, looked at, drawn; and what stands behind its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ur_desk.desk.paper import Manner, Mark, Paper, Tongue
from ur_desk.desk.review import pinned_policy
from ur_desk.domain.appeals.following import is_appeal
from ur_desk.domain.asked import Asked
from ur_desk.domain.case import Case, LineState, fold
from ur_desk.domain.clocks.events import ExtensionTerms, Told
from ur_desk.domain.clocks.gate import check_clock
from ur_desk.domain.clocks.what_if import WhatIf
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Decision, Workflow
from ur_desk.domain.events import CaseId, LetterId, LetterIssued
from ur_desk.domain.information.asking import InformationRequested
from ur_desk.domain.letter import (
    REFUSING,
    Audience,
    LetterContent,
    LetterFacts,
    MissingElement,
    PlanProfile,
    kind_for,
    waiting_lines,
)
from ur_desk.domain.letters.fields import says
from ur_desk.domain.letters.lint import LetterFinding, OtherPeople, Weight
from ur_desk.domain.letters.notices import Notice, NoticeWanted
from ur_desk.domain.letters.noticing import bends_with, told
from ur_desk.domain.letters.obstacles import adverse_letter_obstacles
from ur_desk.domain.letters.trace import Behind
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.domain.trail.checkpoint import code
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.letters.wording import Wording
    from ur_desk.pdf.fonts import InstalledFont

Lines = Sequence[int] | None
Names = Mapping[int, str]
NO_NAMES: Names = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ready:
    """What a letter is composed from, read in one steady view; `people` names accounts.

    Of a notice of more time, `extends` are its terms, and `what_if` the clock as it stands and as it is once the notice left now.
    """

    facts: LetterFacts
    obstacles: tuple[str, ...]
    demo: bool
    record: str
    others: OtherPeople
    extends: ExtensionTerms | None
    what_if: WhatIf | None
    wording: "Wording"
    paper: Paper | None
    people: Mapping[str, str]
    languages: tuple[tuple[str, str], ...]
    fonts: "tuple[InstalledFont, ...]"

    @property
    def behind(self) -> Behind:
        """What stands behind the sentences of the letter."""
        facts = self.facts
        return Behind(facts.case, _clauses(self.wording), facts.policies, facts.profile)


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter with its pages, and what keeps it from leaving: what it lacks, and what it says that none may."""

    content: LetterContent
    missing: tuple[MissingElement, ...]
    findings: tuple[LetterFinding, ...]
    pdf: bytes
    wording: bytes
    fonts: tuple[Sha256, ...] = ()
    """The plan's own fonts that draw something of it."""

    @property
    def stopped(self) -> tuple[str, ...]:
        """Everything that keeps it, in plain words: what is missing with the rule that asks for it, then what stops."""
        lacks = (f"{gap.message} ({gap.rule})" for gap in self.missing)
        return (*lacks, *(f"{found.message} {found.hint}" for found in self.findings if found.weight is Weight.STOPS))


def check_may_leave(made: Sequence[Composed], obstacles: Sequence[str] = ()) -> None:
    """UserError, naming each thing once, where something keeps one of these letters."""
    stopped = tuple(dict.fromkeys([*(told for each in made for told in each.stopped), *obstacles]))
    if stopped:
        raise UserError(" ".join(stopped), "Nothing was issued; the decision is kept.")


class Composing:
    """Makes letters; issues none. `ready` and what it calls read the store, all else is work."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def ready(
        self, case: CaseId, lines: Lines, names: Names, wanted: NoticeWanted | None, tongue: Tongue, supersedes: LetterId | None = None
    ) -> Ready:
        """All that the letter about these lines is made from; UserError where no one letter can tell of them."""
        with self.desk.store.reading():
            now = self.desk.review.case(case)
            notice, what_if = self._notice(now, wanted)
            picked = tuple(lines) if lines else waiting_lines(now, supersedes, notice)
            if unknown := sorted(set(picked) - {s.line for s in now.lines}):
                raise UserError(f"The case has no line {', '.join(map(str, unknown))}.", "Nothing was issued.")
            states = tuple(now.line(n) for n in dict.fromkeys(picked))
            on_appeal = is_appeal(now)
            kind = kind_for(states, notice, on_appeal)
            facts = LetterFacts(
                kind=kind,
                case=now,
                lines=tuple(s.line for s in states),
                profile=self.profile_of(now),
                dated=self.desk.today,
                policies=self._cited(now),
                service_names={line: name for line, name in names.items() if name.strip()},
                composed_by=self.desk.person.id,
                notice=notice,
                texts=tongue.texts,
            )
            stationery, asked = self.desk.stationery, now.request.member.language if tongue.language is None else tongue.language
            wording, paper = stationery.wording_for(asked), stationery.paper_for(facts)
            extends = wanted.terms if wanted else None
            obstacles = (
                *(self.obstacles(now, states) if kind in REFUSING else ()), *self._not_extended(now, extends, supersedes), *stationery.obstacles(wording, paper)
            )  # fmt: skip
            record = code(*self.desk.store.ledger.last())
            return Ready(
                facts,
                obstacles,
                self.desk.demo,
                record,
                self._others(case),
                extends,
                what_if,
                wording,
                paper,
                self.people(),
                stationery.languages(),
                stationery.letter_fonts(),
            )

    def profile_of(self, case: Case) -> PlanProfile:
        """What the plan says of itself in letters about the case; UserError while its line of business is not known."""
        business = case.request.line_of_business
        if business is None:
            raise UserError(
                "The line of business is not known, so no letter can be written.", "Record it with the request. Nothing was lost."
            )
        return self.desk.accounts.profile(business, case.request.state or "")

    def _notice(self, case: Case, wanted: NoticeWanted | None) -> tuple[Notice | None, WhatIf | None]:
        """The notice with the days that the clock tells, and for an extension the clock before and after it."""
        if wanted is None:
            return None, None
        follows = case.follows.kind if case.follows else None
        clocks, at = self.desk.clocks, self.desk.clock.now()
        bends = bends_with(wanted, case, at)
        now, then = (clocks.read(case.request, follows, each) for each in (case.clockwork.bends, bends))
        return told(wanted, case, then, at), WhatIf(now, then) if wanted.terms else None

    def _not_extended(self, case: Case, extends: ExtensionTerms | None, supersedes: LetterId | None) -> tuple[str, ...]:
        """Why the clock is not extended on these terms now, where it is not; the wording names the right that its rule asks for."""
        if extends is None or (supersedes is not None and case.clockwork.extension is not None):
            return ()
        now = self.desk.clock.now().astimezone(self.desk.zone)
        notice = Told(ContactWay.MAIL, case.request.member.full_name or "the member", now)
        body = replace(extends, right_told=True).noticed(notice, LetterId("draft"))
        try:
            check_clock(body, Asked(case, (), self.desk.person, now, now.date()))
        except UserError as refused:
            return (refused.message,)
        return ()

    def _cited(self, case: Case) -> dict[Sha256, Policy]:
        matches = {case.matched, *(state.matched for state in case.lines)}
        return {pin.text: pinned_policy(self.desk.store, pin) for matched in matches if matched for pin in matched.pins}

    def obstacles(self, case: Case, states: Sequence[LineState]) -> tuple[str, ...]:
        """Why nothing that refuses may be told of these lines yet, outside of a demo; empty where nothing of them is refused."""
        if self.desk.demo:
            return ()
        people = sum(not account.retired for account in self.desk.store.accounts.all())
        found = (
            obstacle
            for state in states
            if state.determination is not None and state.determination.adverse
            for obstacle in adverse_letter_obstacles(state, people, self.desk.review.cautions(state.matched))
        )
        return tuple(dict.fromkeys(found))

    def _others(self, case: CaseId) -> OtherPeople:
        from ur_desk.letters.lint.strangers import others_of

        return others_of(self.desk.store.cases.other_members(case))

    def compose(self, ready: Ready, audience: Audience, mark: Mark, how: Manner, number: str = "") -> Composed:
        """The letter for one reader, with what keeps it; its number and the record of the trail stand on it where it is to leave."""
        from ur_desk.letters.content import compose

        told = compose(ready.facts, ready.wording, audience, self.desk.tables.forms)
        content = replace(told, number=number, record=ready.record if number else "")
        return self.finish(content, ready, mark, how)

    def finish(self, content: LetterContent, ready: Ready, mark: Mark, how: Manner) -> Composed:
        """The letter that says this: looked at, then with its sources behind it where that is asked for, and drawn.

        On an official form nothing may be added: its sources are a paper of their own.
        """
        from ur_desk.letters.sources import with_sources
        from ur_desk.pdf.letter import Mark as PageMark
        from ur_desk.pdf.letter import render, used_fonts

        missing, findings = self.look(content, ready)
        paper = ready.paper if content.form and ready.paper and not ready.paper.obstacle else None
        used: tuple[Sha256, ...] = ()
        if paper is not None:
            pdf = paper.filled(ready.facts, ready.wording, "" if mark is Mark.NONE else mark.name)
        else:
            content = with_sources(content, ready.wording, ready.people) if how.sources else content
            fonts = self.desk.tables.folder / "fonts"
            pdf = render(content, mark=PageMark(mark), large_print=how.large_print, fonts_dir=fonts, installed=ready.fonts)
            used = used_fonts(content, fonts, ready.fonts)
        return Composed(content, missing, findings, pdf, ready.wording.data, used)

    def look(self, content: LetterContent, ready: Ready) -> tuple[tuple[MissingElement, ...], tuple[LetterFinding, ...]]:
        """What a letter of these facts lacks, and what it says amiss."""
        from ur_desk.letters.elements import missing

        return missing(content, ready.facts, self.desk.tables.elements), self._amiss(content, ready.facts, ready.others, ready.wording)

    def _amiss(self, content: LetterContent, facts: LetterFacts, others: OtherPeople, wording: "Wording") -> tuple[LetterFinding, ...]:
        from ur_desk.letters.lint.check import check
        from ur_desk.letters.lint.said import Letter

        tables = self.desk.tables
        told = (tables.codeset.description(d.code) for d in facts.case.request.diagnoses)
        letter = Letter(content, facts, tables.letter_rules, others, diagnoses=tuple(words for words in told if words))
        return check(letter, wording, tables.clinical_words)

    def heard(self, now: Case, lines: Sequence[int], said: Decision | InformationRequested) -> tuple[LetterFinding, ...]:
        """What would keep the letters from telling what somebody is about to sign, or to ask, in these words, each once; nothing where no
        letter of this program could be written about it, or where it is written in another language than English."""
        from ur_desk.letters.content import compose

        wording = self.desk.stationery.wording_for(now.request.member.language)
        if wording.language.split("-")[0] != "en":
            return ()
        found: list[LetterFinding] = []
        try:
            facts = self._as_if(now, tuple(lines), said)
            for audience in Audience:
                content = compose(facts, wording, audience, self.desk.tables.forms)
                own = {n for n, each in enumerate(content.sentences()) if says(each)}
                amiss = self._amiss(content, facts, self._others(now.id), wording)
                found += [each for each in amiss if each.weight is Weight.STOPS and each.sentence in own]
        except UserError:  # no letter of this program: the line of business is not known, say
            return ()
        return tuple({each.message: each for each in found}.values())

    def _as_if(self, now: Case, lines: tuple[int, ...], said: Decision | InformationRequested) -> LetterFacts:
        """The facts of the letter about these lines, as if that had been said of them."""
        then = replace(now, lines=tuple(_said_of(state, said) if state.line in lines else state for state in now.lines))
        kind = kind_for((s for s in then.lines if s.line in lines), None, is_appeal(now))
        dated = self.desk.clock.now().astimezone(self.desk.zone).date()
        return LetterFacts(kind, then, lines, self.profile_of(now), dated, self._cited(now), composed_by=self.desk.person.id)

    def all_missing(self, ready: Ready, made: Composed) -> tuple[MissingElement, ...]:
        """What the letter lacks, and what its copy for the other reader lacks."""
        from ur_desk.letters.content import compose
        from ur_desk.letters.elements import missing

        tables = self.desk.tables
        others = (compose(ready.facts, ready.wording, each, tables.forms) for each in Audience if each is not made.content.audience)
        gaps = (gap for other in others for gap in missing(other, ready.facts, tables.elements))
        return tuple(dict.fromkeys((*made.missing, *gaps)))

    # where sentences come from ---------------------------------------------------------------------------------------

    def people(self) -> dict[str, str]:
        """Everybody who ever had an account here, by its id."""
        return {account.id: account.display for account in self.desk.store.accounts.all()}

    def behind_issued(self, letter: LetterId, case: CaseId) -> Behind:
        """What stood behind an issued letter: the wording kept with it, and the case as the event of its issue left it."""
        from ur_desk.letters.wording import kept

        store = self.desk.store
        events = store.ledger.of_case(case)
        place, issued = next((n, e.body) for n, e in enumerate(events) if isinstance(e.body, LetterIssued) and e.body.letter == letter)
        then = fold(case, events[: place + 1])
        return Behind(then, _clauses(kept(store.blobs.get(issued.wording), "")), self._cited(then))

    def sources(self, content: LetterContent, people: Mapping[str, str], mark: Mark, fonts: "tuple[InstalledFont, ...]") -> bytes:
        """A paper that tells where each sentence of an issued letter comes from."""
        from ur_desk.letters.sources import sources_alone
        from ur_desk.pdf.letter import Mark as PageMark
        from ur_desk.pdf.letter import render

        tables = self.desk.tables
        told = sources_alone(content, tables.wording, people)
        return render(told, mark=PageMark(mark), fonts_dir=tables.folder / "fonts", installed=fonts)


def _said_of(state: LineState, said: Decision | InformationRequested) -> LineState:
    if isinstance(said, Decision):
        return replace(state, workflow=Workflow.DECIDED, decision=said)
    return replace(state, workflow=Workflow.PENDED, asked=said, decision=None)


def _clauses(wording: "Wording") -> dict[str, str]:
    return {clause.ref: clause.text for clause in wording.clauses.values()}
