"""What happened to a clock, as one sentence for timelines: in a case, and to the rows of a workspace."""

from datetime import datetime
from functools import singledispatch

from ur_desk.domain import law_rows as lr
from ur_desk.domain.clocks import events as ce
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.zones import zone

CONDITIONS = {
    Condition.BEYOND_CONTROL: "for matters beyond the plan's control",
    Condition.REQUESTED: "as the enrollee or the provider asked",
    Condition.NEED_AND_INTEREST: "since more is needed and waiting is in the enrollee's interest",
    Condition.ENROLLEE_ASKS: "as the enrollee asked",
    Condition.NONCONTRACT_EVIDENCE: "for evidence of a provider without a contract",
    Condition.EXTRAORDINARY: "for extraordinary circumstances",
    Condition.JUSTIFIED: "since the plan showed the need",
}
"""Conditions of an extension in the midst of a sentence."""
_NAMES = {
    "urgency": "urgency", "urgency_said_by": "who asked for it", "timing": "timing", "line_of_business": "line of business",
    "state": "state", "coverage": "plan", "particulars": "particulars of the plan or the care",
}  # fmt: skip
PARTICULARS = {
    "rating_period": "rating period", "care_ends_at": "end of the care", "reduces_on": "reduction of care", "drug": "drug",
    "under_authorization": "under prior authorization", "clean_claim": "clean claim without a contract", "accredited": "NCQA accreditation",
    "misfiled": "filed otherwise than the plan asks",
}  # fmt: skip
"""Particulars as one says them."""
_ROW = {lr.Book.CLOCKS: "the clock row", lr.Book.SIGNING: "the signing rule"}


@singledispatch
def tell_clock(body: object) -> str:
    """What happened, as one sentence in plain words."""
    raise TypeError(f"no event of a clock: {type(body).__name__}")


@tell_clock.register
def _(body: ce.BasisChanged) -> str:
    heard = f" {_told(body.told)} was told." if body.told else ""
    none = " No physician had asked for it." if body.no_physician else ""
    said = f"{body.said_by} (a physician)" if body.physician else body.said_by
    return f"changed {'; '.join(differences(body.before, body.after))}, as {said} said: {body.reason}{none}{heard}"


@tell_clock.register
def _(body: ce.ClockExtended) -> str:
    asked = f" It pauses for {'; '.join(body.items)}, to be answered by {body.answer_by:%m/%d/%Y}." if body.answer_by else ""
    interest = f" In the enrollee's interest: {body.interest}" if body.interest else ""
    whose = f" Waiting for {body.provider}." if body.provider else ""
    return f"extended the clock {CONDITIONS[body.condition]}, notice to {_told(body.notice)}: {body.reason}{interest}{whose}{asked}"


@tell_clock.register
def _(body: ce.RequestReturned) -> str:
    return f"told {_told(body.notice)} what the request lacks, to be completed by {moment(body.until)}: {'; '.join(body.items)}."


@tell_clock.register
def _(body: ce.AnswerCame) -> str:
    return f"noted the answer that the clock waited for, of {moment(body.at)}: {body.what}"


@tell_clock.register
def _(body: ce.TargetSet) -> str:
    return f"set an earlier target, {moment(body.at)}: {body.reason}" if body.at else f"lifted the earlier target: {body.reason}"


@tell_clock.register
def _(body: ce.Notified) -> str:
    lines = ("line " if len(body.lines) == 1 else "lines ") + ", ".join(map(str, body.lines))
    whom = "the member by word of mouth" if body.audience is ce.Audience.MEMBER else "the provider"
    return f"notified {whom} of {lines}, {_told(body.notice)}: {body.said}"


@tell_clock.register
def _(body: ce.DutyDone) -> str:
    said = f": {body.said}" if body.said else "."
    return f"did what the row {body.duty} asks, {_told(body.notice)}{said}"


@tell_clock.register
def _(body: lr.RowsLoaded) -> str:
    return f"loaded {len(body.ids)} clock row{'' if len(body.ids) == 1 else 's'} from {body.name}: {', '.join(body.ids)}."


@tell_clock.register
def _(body: lr.RowsDropped) -> str:
    return f"took the clock rows of {body.name} out of use: {body.reason}"


@tell_clock.register
def _(body: lr.RowVerified) -> str:
    return f"verified {_ROW[body.book]} {body.row} on {body.on:%m/%d/%Y} against {body.where}."


@tell_clock.register
def _(body: lr.RowDoubted) -> str:
    return f"took back that {_ROW[body.book]} {body.row} is verified: {body.reason}"


def differences(before: ce.Basis, after: ce.Basis) -> list[str]:
    """What a change changed, fact by fact, from what to what."""
    found = []
    for name, words in _NAMES.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "particulars":
            parts = ((PARTICULARS[n], getattr(old, n), getattr(new, n)) for n in PARTICULARS)
            found += [f"{part} from {_value(o)} to {_value(n)}" for part, o, n in parts if o != n]
        elif name == "coverage":
            found.append(words)
        else:
            found.append(f"{words} from {_value(old)} to {_value(new)}")
    return found


def _value(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return moment(value) if isinstance(value, datetime) else str(value).replace("_", " ")


def moment(at: datetime) -> str:
    """An instant on the clocks on which it was told."""
    return f"{at:%m/%d/%Y %H:%M} UTC" if at.utcoffset() == zone("UTC").utcoffset(None) else f"{at:%m/%d/%Y %H:%M}"


def _told(notice: ce.Told) -> str:
    return f"{notice.to_whom} ({notice.way.value}, {moment(notice.at)})"
