"""What came in for cases, and what was left out, as sentences for timelines."""

from collections.abc import Callable

from ur_desk.domain import events as ev
from ur_desk.domain.intake.papers import PaperBody


def paper_told(body: PaperBody, lines: Callable[[tuple[int, ...]], str]) -> str:
    """What happened, in plain words; `lines` names service lines."""
    match body:
        case ev.MessageCame():
            file = body.request.source.file if body.request.source else None
            of = f" (file {file})" if file else ""
            back = f" It took {lines(body.lines)} back into review." if body.lines else ""
            return f"{_CAME[body.use]}{of}.{back}"
        case ev.LeftOut():
            return f"left it out: {body.reason} The sender is still to be told."
        case ev.SenderTold():
            return f"told {body.with_whom} by {body.way.value} that it is not worked here: {body.said}"
        case ev.Followed():
            received = f", received {body.received_at:%m/%d/%Y}" if body.received_at else ""
            words = "an appeal against it" if body.kind is ev.Following.APPEAL else "a wish to reopen it"
            return f"recorded {words}{received}; it is {body.number}."
        case ev.TakenBack():
            return "took the case back: it was opened by mistake, and its request waits again where it came in."


_CAME = {
    ev.Use.AGAIN: "noted that the same request came again",
    ev.Use.INFORMATION: "attached what came in as more information",
    ev.Use.CANCELLATION: "attached a cancellation that the sender asks for",
    ev.Use.REVISION: "attached a revision that the sender asks for",
    ev.Use.INQUIRY: "attached an inquiry of the sender",
    ev.Use.NOTIFICATION: "attached a notification of the sender",
    ev.Use.RESPONSE: "attached a payer's earlier response, which is no determination of this desk",
}
