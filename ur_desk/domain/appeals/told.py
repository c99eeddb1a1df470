"""What happens to a case that follows another as sentences, for timelines; and what became of the case before it."""

from ur_desk.domain.appeals.following import AppealBody, AppealTold, Asker
from ur_desk.domain.clocks.windows import window_words
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
        return f"recorded who asks: {asker(body)}. {pairs[:1].upper()}{pairs[1:]}.{''.join(f' {words}' for words in in_time_words(body))}"
    return f"told {body.to_whom} by {body.way.value} that it is here: {body.said}"


def in_time_words(told: AppealTold) -> tuple[str, ...]:
    """Until when one could ask, each window once; and of what is late why it is looked at, or that it is not."""
    windows = tuple(dict.fromkeys(window_words(each.window) for each in told.against if each.window))
    cause = (f"Looked at for good cause: {told.late_cause}",) if told.late_cause else ()
    return (*windows, *cause, *(("It is to be dismissed.",) if told.to_dismiss else ()))


def asker(told: AppealTold) -> str:
    """Who asks, as one says it."""
    if told.asked_by is Asker.REPRESENTATIVE:
        return f"{told.name}, for the member (authority on file: {told.authority})"
    return f"{told.name}, the {told.asked_by.value}"
