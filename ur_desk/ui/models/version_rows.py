"""How a version stands today, in words: for the list of policies and for what is known of one version."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.policy import Shelved
from ur_desk.domain.versions import VersionStanding, VersionState
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.phrases import day
from ur_desk.ui.tokens import Tone


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
