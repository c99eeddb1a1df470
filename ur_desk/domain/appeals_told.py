"""What happens to a case that follows another as sentences, for timelines; and what became of the case before it."""

from ur_desk.domain.appeals import AppealBody, AppealTold, Asker
from ur_desk.domain.determination import Finding

FINDINGS = {
    Finding.UPHELD: "upheld",
    Finding.OVERTURNED: "overturned",
    Finding.IN_PART: "overturned in part",
    Finding.WITHDRAWN: "withdrawn by whoever asked",
    Finding.DISMISSED: "dismissed",
}
"""Each finding as one says it."""


def appeal_told(body: AppealBody) -> str:
    """What happened, in plain words."""
    if isinstance(body, AppealTold):
        pairs = "; ".join(f"line {each.line} is about line {each.of}, {each.was.value.replace('_', ' ')}" for each in body.against)
        return f"recorded who asks: {asker(body)}. {pairs[:1].upper()}{pairs[1:]}."
    return f"told {body.to_whom} by {body.way.value} that it is here: {body.said}"


def asker(told: AppealTold) -> str:
    """Who asks, as one says it."""
    if told.asked_by is Asker.REPRESENTATIVE:
        return f"{told.name}, for the member (authority on file: {told.authority})"
    return f"{told.name}, the {told.asked_by.value}"
