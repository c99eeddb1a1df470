"""Why a person may not sign a decision on picked lines: an appeal that is closed to them, their credential, or what a state asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.people import Role, is_peer
from ur_desk.ui.widgets.panels.unmet import why_unmet

if TYPE_CHECKING:
    from ur_desk.ui.widgets.panels.picked import Picked

translate = QCoreApplication.translate


def barred(picked: "Picked") -> str:
    """Why an appeal is closed to this person; empty where it is open, and in every other case."""
    return translate("offers", "an appeal is closed to who decided first, and to those below them") if picked.bar else ""


def no_licence(picked: "Picked") -> str:
    """Why this person's credential signs no decision; empty where it does."""
    credential, rules = picked.person.credential, picked.signing
    if credential is None or not credential.licences:
        return translate("offers", "your account has no licence on file")
    if not credential.valid_on(picked.today):
        return translate("offers", "your licence on file has run out")
    none = picked.person.has(Role.PHYSICIAN) and rules.peers and not is_peer(credential, rules.peers)
    return translate("offers", "with {0} nobody signs as a physician reviewer").format(credential.kind or "—") if none else ""


def no_proven_licence(picked: "Picked") -> str:
    """The same of whoever decides with a licence of their own: a second person has seen it at its source as well."""
    if lacks := no_licence(picked):
        return lacks
    return translate("offers", "nobody has confirmed your licence yet") if picked.person.may_not_sign_on(picked.today) else ""


def not_fit_to_sign(picked: "Picked") -> str:
    """Why this person may not sign an adverse decision on these lines; empty where they may."""
    if picked.person.id in {picked.case.opened_by, *(state.referred_by for state in picked.states)}:
        return translate("offers", "you opened or referred it: another physician decides")
    return barred(picked) or no_proven_licence(picked) or why_unmet(picked)
