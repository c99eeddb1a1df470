"""A text that comes in again: since when the library holds it, who loaded it, and who confirmed its reading."""

from typing import TYPE_CHECKING

from ur_desk.domain.library.drafting import under_review
from ur_desk.domain.library.shelf import OnShelf
from ur_desk.domain.policy import Policy
from ur_desk.errors import Known

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

ANEW = "Read it anew to begin a draft beside the confirmed reading."
UNCHANGED = "Nothing was changed."


def known(desk: "Desk", policy: Policy, anew: bool = False) -> Known | None:
    """What the library says of a text that it holds and of which this reading tells nothing new; None where it is to be loaded.

    `anew` where somebody wants another draft of it: it begins one beside a confirmed reading, unless one waits there already. Another
    reading of a draft takes its place, but not that of one in which something was mended, unless it is wanted anew.
    """
    with desk.store.reading():
        state = desk.store.standing()
        item = state.shelf.get(policy.text.sha256)
        if item is None or _to_load(desk, item, policy, anew):
            return None
        may_begin = _to_load(desk, item, policy, anew=True)
    loaded = f"loaded by {state.display(item.loaded_by)} on {item.loaded_at.astimezone(desk.zone):%m/%d/%Y}"
    if item.confirmed is not None:
        sure = f"confirmed by {item.confirmed.by} on {item.confirmed.at.astimezone(desk.zone):%m/%d/%Y}"
    else:
        sure = "an abstract" if item.abstract else "not confirmed yet"
    return Known(f"This text is in the library already, as {item.policy}: {loaded}, {sure}.", _hint(item, may_begin), anew=may_begin)


def _to_load(desk: "Desk", item: OnShelf, policy: Policy, anew: bool) -> bool:
    """Whether a reading is to be loaded though the library holds its text."""
    if item.confirmed is not None:
        return anew and item.draft is None
    waiting = under_review(item)
    if desk.store.shelf.tells(waiting.first if waiting else item.reading, policy):
        return False
    return anew or waiting is None or not waiting.mended


def _hint(item: OnShelf, may_begin: bool) -> str:
    if item.draft is not None:
        return f"A draft of it waits for a confirmation. {UNCHANGED}"
    if item.confirmed is not None:
        return f"{UNCHANGED} {ANEW}"
    if may_begin:
        return f"{UNCHANGED} {len(item.mended)} corrections stand in its draft; reading it anew begins another one without them."
    return UNCHANGED
