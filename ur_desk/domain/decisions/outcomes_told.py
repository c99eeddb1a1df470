"""What became of lines, and of their numbers, as one sentence each, for timelines."""

from collections.abc import Callable, Iterable

from ur_desk.domain.clocks.windows import window_words
from ur_desk.domain.decisions.authorization import AuthorizationBody, AuthorizationNumbered, EnteredInClaims
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.decisions.outcomes import Cause, Dismissal, DismissalVacated, Dismissed, NotRequired, OutcomeBody, Reopened, Voided
from ur_desk.domain.determination import Decision, Determination

Lines = Callable[[tuple[int, ...]], str]
_WHY = {
    Dismissal.NOT_VALID: "it was no valid request",
    Dismissal.NOT_PARTY: "it did not come from a proper party",
    Dismissal.LATE: "it came behind the last day",
}
_CAUSE = {Cause.GOOD_CAUSE: "for good cause", Cause.FRAUD: "for fraud or similar fault"}


def outcome_told(body: OutcomeBody | AuthorizationBody, lines: Lines) -> str:
    """What happened, in plain words; `lines` names service lines by number."""
    told = lines(body.lines)
    match body:
        case NotRequired():
            return f"recorded that {told} takes no authorization ({body.where}); that is no approval."
        case Dismissed():
            return f"dismissed {told}, since {_WHY[body.why]}: {body.explained}"
        case DismissalVacated():
            return f"vacated the dismissal of {told} for good cause: {body.cause}"
        case Voided():
            return f"voided {told}, entered in error: {body.decision.reason.words}"
        case Reopened():
            until = " ".join(dict.fromkeys(window_words(each) for each in body.windows))
            return f"reopened {told} {_CAUSE[body.cause]}: {body.explained}{f'. {until}' if until else ''}"
        case AuthorizationNumbered():
            of = "of this workspace's series" if body.of_series else "of the plan"
            instead = f", in the place of an earlier one: {body.reason}" if body.reason else "."
            return f"gave {told} the authorization number {body.number} {of}{instead}"
        case EnteredInClaims():
            return f"entered {told} in {body.where}."


def refusal_told(decision: Decision) -> str:
    """On which kind of reason something is refused, where that is more than a clinical one, and who agreed; empty where nothing of it is."""
    return " ".join(_refusal(decision))


def _refusal(decision: Decision) -> Iterable[str]:
    if decision.refused_as is Family.ADMINISTRATIVE and decision.administrative:
        ground = decision.administrative
        yield f"Administrative ({ground.ground.value.replace('_', ' ')}), not clinical: {ground.not_clinical}"
    if decision.refused_as is Family.INFORMATION:
        count = len(decision.attempts)
        yield f"For lack of information, after {count} attempt{'' if count == 1 else 's'} to get it."
    if decision.agreed and decision.determination is Determination.MODIFIED:
        yield f"{decision.agreed.by} agreed ({decision.agreed.how}, {decision.agreed.at:%m/%d/%Y})."
    if decision.granted and decision.granted.service:
        yield f"Approved instead: {decision.granted.service} ({decision.granted.code})."
    if decision.granted and decision.granted.spans:
        days = "; ".join(f"{span.first_day:%m/%d/%Y} to {span.last_day:%m/%d/%Y}" for span in decision.granted.spans)
        yield f"Approved for {days}."
