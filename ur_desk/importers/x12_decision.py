"""A payer's response (HCR, AAA) as the decision that it tells: event and lines apart, rejections as what they are."""

from collections.abc import Sequence

from ur_desk.domain.intake.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.request import Kind
from ur_desk.domain.visible import clip, visible
from ur_desk.importers.x12_event import traces
from ur_desk.importers.x12_loops import LOOPS, Level, Unit
from ur_desk.importers.x12_services import Line
from ur_desk.importers.x12_sheet import Sheet

ACTIONS = frozenset({"A1", "A2", "A3", "A4", "A5", "A6", "C", "CT", "NA"})
"""HCR01 (X12 element 306) as responses have it; any other is kept and doubted."""
_LONGEST = 10_000
_EARLIER = frozenset({"BB", "NT"})
_MOST_EARLIER = 100


def decision(unit: Unit, lines: Sequence[Line], reference: str, outcome: str, sheet: Sheet) -> Decision:
    """What the payer says; `reference` is BHT03, `outcome` BHT06. Nothing is translated and nothing is rolled up."""
    event = _action(unit.event, sheet)
    message = _words(unit.event, sheet) if event is None else None
    numbered = [(n, line.level) for n, line in enumerate(lines, 1) if line.level is not unit.event]
    told = [LineAction(n, action) for n, level in numbered if (action := _action(level, sheet)) is not None]
    answers = dict.fromkeys(_clean(text) for text in (*traces(unit, "2"), reference) if _clean(text))
    rejections = _rejections(unit)
    if event is None and not told and not rejections:
        message = "The payer's response decides nothing and refuses nothing (neither HCR nor AAA). Ask the payer what became of it; the response is kept."
        sheet.report.doubt("no-decision", unit.event.head.place, message)
    return Decision(tuple(answers), event, tuple(told), rejections, _clean(outcome) or None, message)


def earlier(unit: Unit, kind: str) -> Decision | None:
    """The authorizations that a revision, an extension, a cancellation or an inquiry names (REF BB, REF NT); None for a new request."""
    if kind in ("", Kind.NEW.value):
        return None
    told = (ref.text(2) for level in (unit.event, *unit.services) for ref in level.all("REF") if ref.text(1) in _EARLIER)
    answers = tuple(dict.fromkeys(text for text in map(_clean, told) if text))[:_MOST_EARLIER]
    return Decision(answers) if answers else None


def _action(level: Level, sheet: Sheet) -> Action | None:
    told = level.all("HCR")
    if not told:
        return None
    hcr = told[0]
    code = _clean(hcr.text(1))
    if code not in ACTIONS:
        message = f"HCR01 is “{clip(code, 10)}”, no action that is known here; it is kept as it came and decides nothing."
        sheet.report.doubt("unknown-action", hcr.place, message)
    for other in told[1:]:
        sheet.report.doubt("two-actions", other.place, "A second HCR stands at the same level; it is in the notes.")
        sheet.tell("Second action", other.sent())
    sheet.tell("Second opinion (HCR04)", hcr.text(4))
    reasons = tuple(reason for reason in map(_clean, hcr.repeats(3)) if reason)
    return Action(code or None, _clean(hcr.text(2)) or None, reasons, _words(level, sheet))


def _words(level: Level, sheet: Sheet) -> str | None:
    words = _clean("\n".join(msg.text(1) for msg in level.all("MSG") if msg.text(1)))
    if len(words) <= _LONGEST:
        return words or None
    sheet.messages.append(words)
    return None


def _rejections(unit: Unit) -> tuple[Rejection, ...]:
    numbers = {id(level): f", line {number}" for number, level in unit.numbered}
    told = []
    for level in (*reversed(unit.event.line_above), unit.event, *unit.between, *unit.services):
        for aaa, named in level.rejected:
            loop = f"loop {2010 if named else 2000}{LOOPS[level.code]}{numbers.get(id(level), '')}"
            told.append(Rejection(_clean(aaa.text(3)) or None, _clean(aaa.text(4)) or None, loop))
    return tuple(told)


def _clean(text: str) -> str:
    return visible(text).strip()
