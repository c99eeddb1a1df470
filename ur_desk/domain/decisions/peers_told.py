"""The steps of a peer-to-peer as sentences, for timelines."""

from collections.abc import Callable

from ur_desk.domain.decisions.peers import PeerBody, PeerEnded, PeerOffered, PeerReached


def peer_told(body: PeerBody, lines: Callable[[tuple[int, ...]], str]) -> str:
    """What happened, in plain words; `lines` names service lines."""
    match body:
        case PeerOffered():
            return (
                f"offered a peer-to-peer for {lines(body.lines)} to {body.with_whom} by {body.way.value}, to be reached at {body.number}."
            )
        case PeerReached():
            return f"reached {body.with_whom} for the peer-to-peer of {lines(body.lines)}: {body.said}"
        case PeerEnded():
            outcome = body.outcome.value.replace("_", " ")
            return f"ended the peer-to-peer of {lines(body.lines)} with {body.with_whom}, {outcome}: {body.said}"
