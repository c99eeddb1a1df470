"""Whether the readings in the library are what their events say: of that text and file, and mended in nothing but what was told."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ur_desk.domain.audit import Break
from ur_desk.domain.library.correction import corrected, unjudged
from ur_desk.domain.library.criterion_edit import settled
from ur_desk.domain.library.drafting import PolicyCorrected
from ur_desk.domain.library.shelf import PolicyLoaded
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.store.store import Store


def readings_wrong(store: "Store") -> Iterator[Break]:
    """Every event of a reading that tells another text or file than its event, or more changes than its correction makes.

    A reading that is gone or damaged is a break of its own, and is not judged here.
    """
    steps = ((head, event.body) for head, event in store.ledger.steps(None, access=False))
    # all of them before the first reading is fetched: a damaged page met on the way closes the database
    told = [(head, body) for head, body in steps if isinstance(body, PolicyLoaded | PolicyCorrected)]
    for head, body in told:
        wrong = _loaded(store, body) if isinstance(body, PolicyLoaded) else _mended(store, body)
        if wrong:
            yield Break(head.number, head.id, wrong)


def _loaded(store: "Store", body: PolicyLoaded) -> str:
    policy = store.shelf.readable(body.reading)
    if policy is None:
        return ""
    if not _of_text(store, policy, body.text):
        return "the reading tells other lines than the text that its event names"
    if body.file is not None and policy.provenance.sha256 != body.file:
        return "the reading names another file as received than its event"
    return ""


def _mended(store: "Store", body: PolicyCorrected) -> str:
    before, after = store.shelf.readable(body.before), store.shelf.readable(body.reading)
    if before is None or after is None:
        return ""
    try:
        told = corrected(before, body.correction)
    except UserError:
        return "the correction fits nothing in the reading that it mends"
    return "" if _compared(told) == _compared(after) else "more was changed in the reading than its correction says"


def _compared(policy: Policy) -> Policy:
    """What a correction is held to: neither what lint says, nor how far a criterion reaches, which its items tell."""
    statements = (replace(each, criteria=settled(each.criteria) if each.criteria else None) for each in policy.statements)
    return replace(unjudged(policy), statements=tuple(statements))


def _of_text(store: "Store", policy: Policy, text: Sha256) -> bool:
    """Whether the lines of a reading are, letter by letter, those of the text that is kept under the hash."""
    try:
        kept = store.blobs.get(text)
    except (KeyError, ValueError, UserError):
        return True  # a break of its own
    return policy.text.sha256 == text and "\n".join(line.text for line in policy.text.lines).encode() == kept
