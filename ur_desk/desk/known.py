"""A text that comes in again: since when the library holds it, who loaded it, and who confirmed its reading."""

from typing import TYPE_CHECKING

from ur_desk.domain.policy import Policy
from ur_desk.errors import Known

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

ANEW = "Read it anew to begin a draft beside the confirmed reading."


def known(desk: "Desk", policy: Policy, anew: bool = False) -> Known | None:
    """What the library says of a text that it holds and of which this reading tells nothing new; None where it is to be loaded.

    `anew` where somebody wants another draft of it: it begins one beside a confirmed reading, unless one waits there already.
    """
    with desk.store.reading():
        if not desk.store.shelf.holds(policy):
            return None
        state = desk.store.standing()
    item = state.shelf[policy.text.sha256]
    if anew and item.confirmed is not None and item.draft is None:
        return None
    loaded = f"loaded by {state.display(item.loaded_by)} on {item.loaded_at.astimezone(desk.zone):%m/%d/%Y}"
    if item.confirmed is not None:
        sure = f"confirmed by {item.confirmed.by} on {item.confirmed.at.astimezone(desk.zone):%m/%d/%Y}"
    else:
        sure = "an abstract" if item.abstract else "not confirmed yet"
    hint = "Nothing was changed."
    if item.draft is not None:
        hint = f"A draft of it waits for a confirmation. {hint}"
    elif item.confirmed is not None:
        hint = f"{hint} {ANEW}"
    return Known(f"This text is in the library already, as {policy.id}: {loaded}, {sure}.", hint)
