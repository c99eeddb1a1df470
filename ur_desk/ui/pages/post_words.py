"""How letters on their way are told on the screen: ways, for whom, what became of each, and why one is still owed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.delivery import Owed, Party, Sending, Way, WhyOwed
from ur_desk.ui.phrases import day, moment
from ur_desk.ui.widgets.panels.form import ChoiceEntry


def way_words(way: Way) -> str:
    """How a letter goes."""
    return {
        Way.MAIL: _tr("Mail"),
        Way.FAX: _tr("Fax"),
        Way.EMAIL: _tr("E-mail"),
        Way.PORTAL: _tr("Portal"),
        Way.PHONE: _tr("Telephone"),
    }[way]


def party_words(party: Party) -> str:
    """For whom a letter is."""
    return {Party.MEMBER: _tr("Member"), Party.PROVIDER: _tr("Provider")}[party]


def way_entry() -> ChoiceEntry:
    """A choice of the ways."""
    return ChoiceEntry([(way.value, way_words(way)) for way in Way])


def party_entry(parties: Sequence[Party]) -> ChoiceEntry:
    """A choice of those for whom it is."""
    return ChoiceEntry([(party.value, party_words(party)) for party in parties])


def sending_words(sending: Sending, zone: str) -> str:
    """One sending: for whom, how, when, and what became of it."""
    told = sending.told
    words = f"{party_words(told.party)} · {way_words(told.way)} · {moment(told.at, zone)}"
    if sending.incident is not None:
        return _tr("{0} · wrong hands: {1}").format(words, sending.incident.told.reached)
    if sending.returned is not None:
        return _tr("{0} · came back: {1}").format(words, sending.returned.why)
    proofs = ", ".join(proof.name for proof in sending.proofs)
    return _tr("{0} · proof: {1}").format(words, proofs) if proofs else _tr("{0} · no proof kept").format(words)


def why_owed(why: WhyOwed) -> str:
    """Why a letter is still owed to somebody."""
    return {
        WhyOwed.NOT_SENT: _tr("not sent"),
        WhyOwed.CAME_BACK: _tr("it came back"),
        WhyOwed.WRONG_HANDS: _tr("it reached wrong hands"),
        WhyOwed.PORTAL_ONLY: _tr("portal only, which notifies no member"),
    }[why]


def owed_words(each: Owed, today: date) -> str:
    """That a letter is still owed, why, and what that takes now."""
    whom = party_words(each.party)
    if each.needs_new_letter(today):
        return _tr("⚠ {0}: {1}. Its day, {2}, has passed: correct it, and send that.").format(
            whom, why_owed(each.why), day(each.letter.dated)
        )
    if each.why in (WhyOwed.CAME_BACK, WhyOwed.WRONG_HANDS):
        return _tr("{0}: {1}. No notice stands: send it again today, or correct it.").format(whom, why_owed(each.why))
    return _tr("{0}: {1}. It leaves today.").format(whom, why_owed(each.why))


def _tr(words: str) -> str:
    return QCoreApplication.translate("post", words)
