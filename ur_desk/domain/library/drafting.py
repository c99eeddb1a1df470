"""A document from its import to its confirmation: the draft, what was mended in it, and who may say that it is right.

A confirmed reading is never changed: importing the document again begins a draft beside it, and until somebody confirms that one,
matches go on with the confirmed reading.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.fact_edit import collapsed
from ur_desk.domain.library.shelf import Mended, OnShelf, PolicyConfirmed, PolicyLoaded, Redraft
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Confirmation, PolicyId, Sha256

LIBRARIANS = (Role.NURSE, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Who loads documents and mends what was read of them."""
CONFIRMERS = (Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Whose eyes count as the second pair."""


@dataclass(frozen=True, slots=True)
class PolicyCorrected:
    """Somebody mended one thing in a draft: of the reading `before` came `reading`."""

    policy: PolicyId
    text: Sha256
    before: Sha256
    correction: Correction
    reading: Sha256


@dataclass(frozen=True, slots=True)
class PolicyUncorrected:
    """The last correction of a draft was taken back: of the reading `before` came again `reading`."""

    policy: PolicyId
    text: Sha256
    before: Sha256
    reading: Sha256


@dataclass(frozen=True, slots=True)
class PolicyDiscarded:
    """A draft beside a confirmed reading was given up: nobody confirms `reading` any more, and the confirmed one stays."""

    policy: PolicyId
    text: Sha256
    reading: Sha256


@dataclass(frozen=True, slots=True)
class PolicyUndiscarded:
    """A discarded draft was brought back: `reading` waits again."""

    policy: PolicyId
    text: Sha256
    reading: Sha256


DraftBody = PolicyCorrected | PolicyUncorrected | PolicyDiscarded | PolicyUndiscarded


@dataclass(frozen=True, slots=True)
class UnderReview:
    """What of a text waits for a confirmation: its reading and number, who loaded it, last and ever, and what was mended since."""

    number: PolicyId
    reading: Sha256
    loaded_by: AccountId
    loaders: frozenset[AccountId]
    mended: tuple[Mended, ...]
    beside: bool
    """Whether a confirmed reading of the same text is in use meanwhile."""

    @property
    def first(self) -> Sha256:
        """The reading as it came in, before anything was mended."""
        return self.mended[0].before if self.mended else self.reading

    @property
    def hands(self) -> frozenset[AccountId]:
        """Whose work the reading is: everybody who loaded it, and whoever mended something in it that still stands."""
        return self.loaders | {each.by for each in self.mended}


def under_review(item: OnShelf) -> UnderReview | None:
    """The draft of a text; None where its reading is confirmed and no other one waits, and for an abstract."""
    draft = item.draft
    if draft is not None:
        return UnderReview(draft.policy, draft.reading, draft.loaded_by, draft.loaders, draft.mended, beside=True)
    if item.confirmed is None and not item.abstract:
        return UnderReview(item.policy, item.reading, item.loaded_by, item.loaders, item.mended, beside=False)
    return None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft as a list tells of it: whether a confirmed reading is in use beside it, who loaded it, and whether it waits for
    somebody who neither loaded nor mended it; anybody who may confirm may do it where nobody else could."""

    beside: bool
    loaded_by: AccountId
    for_another: bool


def waits(item: OnShelf, accounts: Collection[Account]) -> Waiting | None:
    """Of whom the draft of a text waits; None where none does."""
    draft = under_review(item)
    return Waiting(draft.beside, draft.loaded_by, needs_another(draft.hands, draft.loaded_by, accounts)) if draft else None


def needs_another(hands: Collection[AccountId], person: AccountId, accounts: Iterable[Account]) -> bool:
    """Whether somebody else must confirm: whoever had a hand in a reading does not, unless nobody is there who had none."""
    return person in hands and any(
        account.id not in hands and not account.retired and account.roles & frozenset(CONFIRMERS) for account in accounts
    )


def loaded(known: OnShelf | None, body: PolicyLoaded, by: AccountId, at: datetime) -> OnShelf:
    """How a text stands after it was imported (again).

    A draft of the same first reading goes on; beside a confirmed reading a new draft begins; another reading of a draft takes its
    place, and what is known of the text itself stays: its days, for whom it was adopted, that it still stands, and its waivers.
    """
    if known is None:
        loaders = frozenset({by})
        return OnShelf(body.policy, body.effective, body.abstract, body.text, body.reading, at, by, file=body.file, loaders=loaders)
    waiting = under_review(known)
    if (waiting is not None and waiting.first == body.reading) or (known.abstract and known.reading == body.reading):
        return known
    # days that somebody gave are of the text, however it is read
    effective = body.effective or (known.dated.effective if known.dated else None)
    loaders = known.loaders | {by}
    if known.confirmed is not None:
        hands = known.draft.loaders | {by} if known.draft else frozenset({by})
        draft = Redraft(body.policy, body.reading, at, by, effective, body.file, loaders=hands)
        return replace(known, loaders=loaders, draft=draft, discarded=None)
    return replace(
        known, policy=body.policy, effective=effective, abstract=body.abstract, reading=body.reading, loaded_at=at, loaded_by=by,
        file=body.file, mended=(), loaders=loaders,
    )  # fmt: skip


def confirmed(known: OnShelf, body: PolicyConfirmed, by: AccountId, name: str, at: datetime) -> OnShelf:
    """How a text stands after somebody confirmed its draft; older events do not name the reading."""
    draft, waiting = known.draft, under_review(known)
    alone = by in (waiting.hands if waiting else known.loaders)
    if draft is not None and body.reading == draft.reading:
        return replace(known, policy=draft.policy, reading=draft.reading, effective=draft.effective, loaded_at=draft.loaded_at,
                       loaded_by=draft.loaded_by, mended=draft.mended, file=draft.file, draft=None,
                       confirmed=Confirmation(name, at, alone))  # fmt: skip
    if body.reading in (None, known.reading):
        return replace(known, confirmed=Confirmation(name, at, alone))
    return known


def mended(known: OnShelf, body: PolicyCorrected, by: AccountId, at: datetime) -> OnShelf:
    """How a text stands after one thing was mended in its draft; what mends another reading changes nothing."""
    waiting = under_review(known)
    if waiting is None or waiting.reading != body.before:
        return known
    told = body.correction
    number = PolicyId(collapsed(told.words or "")) if told.what is What.NUMBER else waiting.number
    made = Mended(told, by, at, body.before, body.reading, waiting.number if number != waiting.number else None)
    return _drafted(known, number, body.reading, (*waiting.mended, made))


def taken_back(known: OnShelf, body: PolicyUncorrected) -> OnShelf:
    """How a text stands after the last correction was taken back."""
    waiting = under_review(known)
    if waiting is None or not waiting.mended or (waiting.mended[-1].after, waiting.mended[-1].before) != (body.before, body.reading):
        return known
    return _drafted(known, waiting.mended[-1].number or waiting.number, body.reading, waiting.mended[:-1])


def _drafted(known: OnShelf, number: PolicyId, reading: Sha256, done: tuple[Mended, ...]) -> OnShelf:
    if known.draft is not None:
        return replace(known, draft=replace(known.draft, policy=number, reading=reading, mended=done))
    return replace(known, policy=number, reading=reading, mended=done)


def discarded(known: OnShelf, body: PolicyDiscarded) -> OnShelf:
    """How a text stands after its draft was given up; one that is no draft beside a confirmed reading changes nothing."""
    if known.draft is None or known.draft.reading != body.reading:
        return known
    return replace(known, draft=None, discarded=known.draft)


def brought_back(known: OnShelf, body: PolicyUndiscarded) -> OnShelf:
    """How a text stands after its discarded draft waits again."""
    if known.draft is not None or known.discarded is None or known.discarded.reading != body.reading:
        return known
    return replace(known, draft=known.discarded, discarded=None)


def wrong_with(body: DraftBody | PolicyConfirmed, known: OnShelf | None, person: AccountId, accounts: Iterable[Account]) -> str:
    """Why such a step was not to be taken where it stands; empty where it was."""
    waiting = under_review(known) if known is not None else None
    if isinstance(body, PolicyConfirmed):
        if body.reading is None:
            return ""
        if waiting is None or waiting.reading != body.reading:
            return "it confirms another reading than the one that waited there"
        return _not_apart(body, waiting, person, tuple(accounts))
    if isinstance(body, PolicyDiscarded):
        return "" if waiting is not None and waiting.beside and waiting.reading == body.reading else "it discards what was no draft there"
    if isinstance(body, PolicyUndiscarded):
        lay = known.discarded if known is not None and known.draft is None else None
        return "" if lay is not None and lay.reading == body.reading else "it brings back a draft that nobody had discarded there"
    if waiting is None or waiting.reading != body.before:
        return "it mends a reading that was no draft there"
    if isinstance(body, PolicyUncorrected) and (not waiting.mended or waiting.mended[-1].before != body.reading):
        return "it takes back a correction that was not the last one"
    return ""


def _not_apart(body: PolicyConfirmed, waiting: UnderReview, person: AccountId, accounts: Collection[Account]) -> str:
    """Why somebody was not to confirm the reading; of an older event only that they had loaded it, which was the rule then."""
    if needs_another(waiting.loaders if body.alone is None else waiting.hands, person, accounts):
        return f"the reading was confirmed by whoever {'loaded' if person in waiting.loaders else 'mended'} it"
    if body.alone is None or body.alone == (person in waiting.hands):
        return ""
    return "it does not say rightly whether a second person confirmed the reading"
