"""What stands beside a case that follows another: the decision there, its reason and cited lines; and beside that one, what became of it."""

from collections.abc import Container, Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.appeals_told import FINDINGS, asker
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Finding
from ur_desk.domain.lineage import Earlier, EarlierLine, Later, LaterLine, Lineage
from ur_desk.ui.models.findings import Note, Target
from ur_desk.ui.phrases import moment, phrase, runs
from ur_desk.ui.tokens import Tone

translate = QCoreApplication.translate
_TONES = {
    Finding.UPHELD: Tone.BAD,
    Finding.OVERTURNED: Tone.GOOD,
    Finding.IN_PART: Tone.ASK,
    Finding.WITHDRAWN: Tone.QUIET,
    Finding.DISMISSED: Tone.QUIET,
}


def lineage_notes(told: Lineage, case: Case, zone: str, pinned: Container[str]) -> Iterator[Note]:
    """A note for each decision before, and for each line that a later case is about; `pinned` are the texts that stand in the pane."""
    ids = {later.number: later.case for later in case.followed}
    if told.earlier is not None:
        before = case.follows.case if case.follows else None
        yield from (replace(note, elsewhere=True, case=before) for note in _earlier(told.earlier, zone, pinned))
    for later in told.later:
        yield from (replace(note, elsewhere=True, case=ids.get(later.number)) for note in _later(later, zone))


def _earlier(before: Earlier, zone: str, pinned: Container[str]) -> Iterator[Note]:
    if not before.shown:
        title = translate("review", "Decided in {0}").format(before.number)
        yield Note(title, translate("review", "That case is not open to you."), translate("review", "closed to you"), Tone.ASK)
    yield from (_decided(before.number, each, zone, pinned) for each in before.lines)


def _decided(number: str, each: EarlierLine, zone: str, pinned: Container[str]) -> Note:
    decision, line = each.state.decision, each.state.line
    here = translate("review", "line {0} here").format(each.line) if each.line else translate("review", "not asked about")
    title = translate("review", "{0}, line {1} ({2})").format(number, line, here)
    if decision is None:
        return Note(title, translate("review", "It is open there again."), translate("review", "reopened"), Tone.ASK)
    signed = translate("review", "{0} by {1}, {2}").format(
        phrase(decision.determination), decision.signature.name, moment(decision.signature.at, zone)
    )
    cited = [_cited(row.cited.policy, row.cited.anchor.first_line, row.cited.anchor.last_line, row.words) for row in each.cited]
    held = [", ".join(part for part in (h.owner, h.title, h.version, h.section) if part) for h in decision.reason.held_elsewhere]
    anchors = (row.cited.anchor for row in each.cited if row.cited.anchor.text in pinned)
    target = next((Target(anchor.text, anchor.first_line) for anchor in anchors), None)
    return Note(
        title, "\n".join((signed, decision.reason.words, *cited, *held)), phrase(decision.determination), Tone.ACCENT, target=target
    )


def _cited(policy: str, first: int, last: int, words: str) -> str:
    return translate("review", "{0} · {1}: {2}").format(policy, runs(range(first, last + 1)), words)


def _later(after: Later, zone: str) -> Iterator[Note]:
    title = translate("review", "{0}: {1}").format(phrase(after.kind), after.number)
    received = translate("review", "Received {0}.").format(moment(after.received_at, zone)) if after.received_at else ""
    who = translate("review", "Asked for by {0}.").format(asker(after.told)) if after.told else ""
    if not after.lines:
        closed = "" if after.shown else translate("review", "That case is not open to you.")
        yield Note(title, " ".join(part for part in (received, who, closed) if part), translate("review", "open"))
    for each in after.lines:
        yield _became(title, " ".join(part for part in (received, who) if part), each)


def _became(title: str, told: str, each: LaterLine) -> Note:
    about = translate("review", "About line {0}.").format(each.of)
    number = translate("review", "Authorized as {0}.").format(each.authorization) if each.authorization else ""
    chip = FINDINGS[each.finding] if each.finding else translate("review", "open")
    tone = _TONES[each.finding] if each.finding else Tone.QUIET
    return Note(title, " ".join(part for part in (about, told, number) if part), chip, tone)
