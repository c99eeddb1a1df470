"""How a version stands today, in words: for the list of policies and for what is known of one version."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.library.versions import Answering, Reach, VersionRule, VersionStanding, VersionState
from ur_desk.domain.policy import Shelved
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.library import Listed
    from ur_desk.desk.versions import Arrived


def version_words(stands: VersionStanding | None) -> tuple[str, Tone]:
    """How a version stands and its tone; no words where it is in force and no end is known."""
    if stands is None:
        return "", Tone.QUIET
    last = day(stands.last_day) if stands.last_day else ""
    match stands.state:
        case VersionState.FUTURE:
            return _tr("not in force yet"), Tone.ACCENT
        case VersionState.SUPERSEDED:
            told = (
                _tr("superseded by an unconfirmed draft; its last day was {0}")
                if stands.by_draft
                else _tr("superseded; its last day was {0}")
            )
            return told.format(last), Tone.ASK if stands.by_draft else Tone.QUIET
        case VersionState.RETIRED:
            return _tr("retired; its last day was {0}").format(last), Tone.ASK
        case VersionState.UNDATED:
            return _tr("no first day: nobody can say when it is in force"), Tone.ASK
        case _:
            return (_tr("in force up to {0}").format(last), Tone.QUIET) if last else ("", Tone.QUIET)


def text_words(listed: "Listed") -> str:
    """A text among the texts of its policy, short: its first day, draft or confirmed or abstract, and whether matches use it."""
    card = listed.card
    first = _tr("from {0}").format(day(card.version.effective)) if card.version.effective else _tr("no first day")
    kind = _tr("abstract") if card.abstract else _tr("confirmed") if card.confirmed else _tr("draft, not confirmed")
    return " · ".join((first, kind, _tr("in use") if listed.used else _tr("not in use")))


def arrived_words(arrived: "Arrived") -> str:
    """What stands beside a text that came in, and what to do about it."""
    twin = arrived.twin
    if twin is None:
        return _tr("Another version of it stands there. Impact on cases, in the library, says what this one changes.")
    first = _tr("of {0}").format(day(twin.version.effective)) if twin.version.effective else _tr("without a first day")
    stands = _tr("Another text {0} is confirmed").format(first) if twin.confirmed else _tr("Another text {0} is there, not confirmed").format(first)  # fmt: skip
    differ = _tr("one line differs") if arrived.differ == 1 else _tr("{0} lines differ").format(arrived.differ)
    return _tr("{0}; {1}. Compare versions, in the library, lays them side by side.").format(stands, differ)


def answer_words(answer: Answering) -> str:
    """Which version answers for a service of a day, and why."""
    card = answer.card
    first = day(card.version.effective) if card.version.effective else ""
    told = {
        Reach.IN_FORCE: _tr("The version in force from {0} answers for {1}.").format(first, day(answer.day)),
        Reach.ENDED: _tr("For {1} no version is held that was in force: the newest before, from {0}, had ended.").format(
            first, day(answer.day)
        ),
        Reach.NOT_YET: _tr("For {1} no version is held: the earliest is in force from {0}. Import the one before it.").format(
            first, day(answer.day)
        ),
        Reach.UNDATED: _tr("Nobody can say for {0}: the text that a match uses has no first day.").format(day(answer.day)),
    }
    parts = [told[answer.reach]]
    if answer.rule is VersionRule.PROCESSING:
        parts.append(_tr("This workspace chooses versions by the day of processing, which is today, {0}.").format(day(answer.chosen_by)))
    if answer.reach is Reach.IN_FORCE:
        last = card.version.ends
        if answer.next_from:
            parts.append(_tr("The next one begins on {0}.").format(day(answer.next_from)))
        elif last is None:
            parts.append(_tr("No later one is held, and no last day is known."))
    if answer.reach in (Reach.IN_FORCE, Reach.ENDED) and card.version.ends:
        parts.append(_tr("Its last day is {0}.").format(day(card.version.ends)))
    if card.abstract:
        parts.append(_tr("It is an abstract, not the payer's text."))
    elif card.confirmed is None:
        parts.append(_tr("Its reading is not confirmed."))
    return " ".join(parts)


def version_rows(shelved: Shelved, stands: VersionStanding | None) -> Iterator[Finding]:
    """The rows about a version's days: how it stands, and where a day is said that the document does not print."""
    words, tone = version_words(stands)
    if words:
        yield Finding(FindingKind.FINDING, words[:1].upper() + words[1:], _advice(stands), _chip(stands), tone)
    if shelved.dated:
        title = _tr("First day given: {0}").format(day(shelved.dated.effective))
        yield Finding(
            FindingKind.FINDING, title, _tr("{0}, by {1}. The document prints none.").format(shelved.dated.where, shelved.dated.by)
        )
    if shelved.retired:
        title = _tr("Last day recorded: {0}").format(day(shelved.retired.last_day))
        after = _tr(" {0} came in its place.").format(shelved.retired.successor) if shelved.retired.successor else ""
        yield Finding(FindingKind.FINDING, title, _tr("{0}, by {1}.").format(shelved.retired.where, shelved.retired.by) + after)


def _advice(stands: VersionStanding | None) -> str:
    if stands is None:
        return ""
    match stands.state:
        case VersionState.FUTURE:
            return _tr("It is not matched for a day before its first day.")
        case VersionState.UNDATED:
            return _tr(
                "A second person gives its first day, with the place where it is said. The day of a publication or a review is none."
            )
        case VersionState.RETIRED:
            return _tr("A match of a later day says so.")
        case _:
            if stands.next_from is None:
                return ""
            told = (
                _tr("A newer version, which nobody has confirmed yet, is in force from {0}.")
                if stands.by_draft
                else _tr("A newer version is in force from {0}.")
            )
            return told.format(day(stands.next_from))


def _chip(stands: VersionStanding | None) -> str:
    names = {
        VersionState.FUTURE: _tr("future"),
        VersionState.SUPERSEDED: _tr("superseded"),
        VersionState.RETIRED: _tr("retired"),
        VersionState.UNDATED: _tr("no first day"),
    }
    return names.get(stands.state, "") if stands else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("version_rows", words)
