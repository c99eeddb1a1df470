"""Letters on their way, and cases entered anew, as sentences for timelines."""

from datetime import datetime

from ur_desk.domain.intake.reentry import EnteredWrong
from ur_desk.domain.letters.delivery import (
    DeliveryBody,
    IncidentReviewed,
    LetterMisdirected,
    LetterReturned,
    LetterSent,
    Party,
    ProofKept,
    Way,
)

WAYS = {Way.MAIL: "by mail", Way.FAX: "by fax", Way.EMAIL: "by e-mail", Way.PORTAL: "by portal", Way.PHONE: "by telephone"}
PARTIES = {Party.MEMBER: "the member", Party.PROVIDER: "the provider"}


def delivery_words(body: DeliveryBody) -> str:
    """What happened to a letter on its way, as one sentence."""
    match body:
        case LetterSent(way=Way.PHONE):
            return f"told {PARTIES[body.party]}, {body.to_whom}, of a letter by telephone ({body.where}) on {_at(body.at)}."
        case LetterSent():
            proof = f" Proof: {body.proof.name}." if body.proof else ""
            alone = " A portal alone notifies no member." if body.way is Way.PORTAL and body.party is Party.MEMBER else ""
            return (
                f"sent a letter to {PARTIES[body.party]}, {body.to_whom}, {WAYS[body.way]} to {body.where} on {_at(body.at)}.{proof}{alone}"
            )
        case ProofKept():
            return f"kept what shows that a letter was sent: {body.proof.name}."
        case LetterReturned():
            return f"recorded that a letter came back on {_at(body.at)}: {body.why}"
        case LetterMisdirected():
            return f"recorded a privacy incident: a letter reached {body.reached} ({_at(body.at)}). {body.found} {body.done}"
        case IncidentReviewed():
            return f"looked into a letter that reached wrong hands: {body.finding}"


def reentry_words(body: EnteredWrong) -> str:
    """That a case was entered under the wrong member, as one sentence."""
    return f"voided the case, entered under the wrong member; {body.number} stands in its place. {body.reason}"


def _at(at: datetime) -> str:
    return f"{at:%m/%d/%Y %H:%M}"
