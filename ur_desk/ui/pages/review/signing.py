"""What the review screen says of whoever signs: what the state asks for, who may not decide, the peer-to-peer, why a suggestion was left."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from ur_desk.desk.review import OnDesk
from ur_desk.domain.appeals.independence import BAR_WORDS
from ur_desk.domain.appeals.told import in_time_words
from ur_desk.domain.asked import FOR_PHYSICIAN
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.clocks.overdue import overdue, overdue_words
from ur_desk.domain.decisions.binding import binding_words
from ur_desk.domain.decisions.binding_rules import of_lines
from ur_desk.domain.decisions.peers import PeerStep
from ur_desk.domain.decisions.signed import SUGGESTED, left, left_because
from ur_desk.domain.decisions.signing import Lack, Standing, elsewhere_words, lack_words, required, row_words
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.telling import tell
from ur_desk.ui.models.findings import Note
from ur_desk.ui.phrases import moment
from ur_desk.ui.tokens import Tone

translate = QCoreApplication.translate


def before_signing(shown: OnDesk, person: Account) -> Iterator[Note]:
    """What must be met before anything adverse is signed, with the source of each row; what is not loaded is called so."""
    case = shown.case
    if shown.bar is not None:
        yield Note(translate("review", "An appeal that you may not decide"), BAR_WORDS[shown.bar], translate("review", "rule"), Tone.BAD)
    yield from _standing_against(shown)
    waiting = [state.line for state in case.lines if state.workflow in FOR_PHYSICIAN]
    if not waiting or not person.has(Role.PHYSICIAN, Role.NURSE):
        return
    told = required(case, waiting, person, shown.today or case.opened_at.date(), shown.signing)
    if told.lack not in (None, Lack.NOT_BOUND):
        yield Note(translate("review", "Rules for whoever signs"), lack_words(told), translate("review", "not loaded"), Tone.ASK)
    title = translate("review", "Before an adverse decision is signed")
    if person.has(Role.PHYSICIAN) and (words := elsewhere_words(told.licence, told.state)):
        yield Note(title, words, translate("review", "another state"), Tone.ASK)
    for row in told.rows:
        marks = {
            Standing.MET: (translate("review", "met"), Tone.GOOD),
            Standing.UNMET: (translate("review", "not met"), Tone.BAD if row.refuses else Tone.ASK),
            Standing.TO_SAY: (translate("review", "to say"), Tone.ACCENT),
        }
        yield Note(title, row_words(row), *marks[row.standing])


def _standing_against(shown: OnDesk) -> Iterator[Note]:
    """What stands against a refusal of the lines that are open: an answer that is too late, and an approval of another case."""
    undecided = [state.line for state in shown.case.lines if state.decision is None]
    for late in overdue(shown.case, undecided, shown.read_at) if shown.read_at else ():
        chip, tone = (translate("review", "not met"), Tone.BAD) if late.sure else (translate("review", "warning"), Tone.ASK)
        yield Note(translate("review", "The answer is late"), overdue_words(late), chip, tone)
    for bound in of_lines(shown.approvals, undecided):
        chip, tone = (translate("review", "not met"), Tone.BAD) if bound.refuses else (translate("review", "to say"), Tone.ASK)
        yield Note(translate("review", "An approval that binds"), binding_words(bound), chip, tone)


def in_time_note(case: Case) -> Iterator[Note]:
    """Whether a case that follows another was asked for in time, and what is done where it was not."""
    told = case.appeal
    if told is None or not (words := in_time_words(told)):
        return
    late = (translate("review", "late"), Tone.BAD if told.to_dismiss else Tone.ASK)
    chip, tone = late if told.late else (translate("review", "in time"), Tone.QUIET)
    yield Note(translate("review", "Asked for in time?"), "\n".join(words), chip, tone)


def peer_note(step: PeerStep, people: Mapping[AccountId, Account], zone: str | None) -> Note:
    """A step of the peer-to-peer log: who took it, when, and what it says."""
    who = people[step.by].display if step.by in people else translate("review", "somebody unknown")
    title = translate("review", "Peer-to-peer: {0}").format(moment(step.body.at, zone))
    return Note(title, f"{who} {tell(step.body)}", translate("review", "peer-to-peer"))


def departure(state: LineState) -> str:
    """Why a decision left what the findings suggest; empty where it did not."""
    suggested = left(state)
    if suggested is None or state.decision is None:
        return ""
    why = left_because(state.decision) or translate("review", "no reason was kept")
    return translate("review", "Leaves the suggestion ({0}): {1}").format(SUGGESTED[suggested], why)
