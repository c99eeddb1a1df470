"""What a person may do next with the picked lines of a case: each verb, why not where not, and the suggested step with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.desk import desk as _declares_the_verbs  # noqa: F401
from ur_desk.desk.verbs import VERBS
from ur_desk.domain.asked import FOR_PHYSICIAN, WITH_NURSE
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.delivery import owed
from ur_desk.domain.determination import OPEN, Determination, Workflow
from ur_desk.domain.fence import Read, may_read
from ur_desk.domain.findings import Relation, Scope, Suggestion
from ur_desk.domain.notice_given import form_for_lines
from ur_desk.domain.peers import offers as peer_offers
from ur_desk.domain.people import Account, Role
from ur_desk.ui.phrases import day, phrase, runs
from ur_desk.ui.widgets.panels.appeal_offers import APPEAL_VERBS, why_no_appeal, why_not_answered
from ur_desk.ui.widgets.panels.clock_offers import owed_words, unsent_notice, why_no_clock, why_no_notice
from ur_desk.ui.widgets.panels.outcome_offers import IN_CLOSED_CASES, OUTCOME_REACH, PLANS, allowed, next_with_approval, why_no_outcome
from ur_desk.ui.widgets.panels.picked import Picked as Picked
from ur_desk.ui.widgets.panels.signing_offers import barred, no_licence, no_proven_licence, not_fit_to_sign
from ur_desk.ui.widgets.panels.unsure import UNSURE
from ur_desk.ui.widgets.panels.verb import CLOCK_VERBS, NOTICES
from ur_desk.ui.widgets.panels.verb import LONG as LONG
from ur_desk.ui.widgets.panels.verb import OF_LINES as OF_LINES
from ur_desk.ui.widgets.panels.verb import Verb as Verb

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb that the person's role knows; `why_not` is empty where it can be done now, `note` says what to weigh before."""

    verb: Verb
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What the bar shows for the picked lines. `suggested` is None where nothing is; `words` say why, or why not."""

    rows: tuple[Offer, ...] = ()
    suggested: Verb | None = None
    words: str = ""

    def offer(self, verb: Verb) -> Offer | None:
        """The offer of a verb, or None where the person's role does not know it."""
        return next((row for row in self.rows if row.verb is verb), None)

    def may(self, verb: Verb) -> bool:
        """Whether the verb can be done now."""
        offer = self.offer(verb)
        return offer is not None and not offer.why_not


def first_pick(case: Case, person: Account) -> tuple[int, ...]:
    """The line to begin with: the first that waits for this person, else the first that is open, else those without notice."""
    mine = FOR_PHYSICIAN if person.has(Role.PHYSICIAN) else WITH_NURSE
    for wanted in (mine, OPEN):
        if found := [state.line for state in case.lines if state.workflow in wanted]:
            return (found[0],)
    return tuple(state.line for state in case.lines_to_notice) or (case.lines[0].line,)


def offers(picked: Picked) -> Offers:
    """Every verb that the person's role knows, and the suggested one; the gate of the domain decides in the end all the same."""
    wanted, words = _suggestion(picked)
    shut = {verb for verb in _ONLY_WANTED if verb is not wanted} | ({Verb.DOUBT} if picked.case.request.received_at is None else set())
    shut |= {verb for verb in Verb if verb in PLANS and not picked.person.roles & allowed(verb, picked)}
    shut |= {Verb.ASKER, Verb.ACKNOWLEDGE} if picked.case.follows is None else set()
    known = [verb for verb in Verb if _knows(picked.person, verb) and verb not in shut]
    rows = tuple(_offer(verb, picked) for verb in known)
    possible = any(row.verb is wanted and not row.why_not for row in rows)
    if wanted in _OF_THE_NURSE and wanted not in known:
        words = translate("offers", "The next step here is the nurse's.")
    return Offers(rows, wanted if possible else None, words)


_ONLY_WANTED = (Verb.LIBRARY, Verb.TELL_SENDER)
"""Verbs that mean nothing but where they are the next step."""
_OF_THE_NURSE = frozenset({Verb.REFER, Verb.ASK, Verb.MATCH})
"""Verbs that are suggested to a nurse; whoever does not know them is told whose step it is, not which."""


def _knows(person: Account, verb: Verb) -> bool:
    if verb.notice is not None:
        return bool(person.roles & VERBS["letter.issue"].roles)
    if verb in (Verb.LETTER, Verb.LIBRARY, Verb.WHAT_IF):
        return verb is Verb.LIBRARY or may_read(person, Read.PREVIEW if verb is Verb.LETTER else Read.CASE)
    return bool(person.roles & VERBS[verb.value.partition("/")[0]].roles)


def _offer(verb: Verb, picked: Picked) -> Offer:
    if verb in (Verb.CONTACT, Verb.NOTE, Verb.LETTER, Verb.LIBRARY, Verb.WHAT_IF):
        return Offer(verb)
    if verb.notice is not None:
        return Offer(verb, why_no_notice(verb.notice, picked))
    if verb in APPEAL_VERBS:
        return Offer(verb, why_no_appeal(verb.value, picked))
    if verb in CLOCK_VERBS:
        return Offer(verb, why_no_clock(verb.value, picked))
    if verb in (Verb.DOUBT, Verb.SETTLE):
        return Offer(verb, _why_no_receipt(verb, picked))
    if picked.case.closed and verb not in IN_CLOSED_CASES:
        return Offer(verb, translate("offers", "the case is closed"))
    if verb is Verb.TELL_SENDER:
        return Offer(verb)
    if picked.case.left_out or verb is Verb.COMPLETE:
        return Offer(verb, translate("offers", "it was left out") if picked.case.left_out else "")
    if verb is Verb.MATCH:
        decided = all(state.decision for state in picked.case.lines)
        return Offer(verb, translate("offers", "every line is decided") if decided else "")
    if verb is Verb.CLOSE:
        return Offer(verb, _why_not_close(picked.case))
    if not picked.states:
        return Offer(verb, translate("offers", "no service line is picked"))
    note = translate("offers", "No record changes this position: asking only delays.") if verb is Verb.ASK and picked.delays else ""
    return Offer(verb, _elsewhere(verb, picked) or _forbidden(verb, picked), note)


_REACH = {
    Verb.WITHDRAW: OPEN,
    Verb.RECEIVED: frozenset({Workflow.PENDED}),
    Verb.AMEND: WITH_NURSE | {Workflow.PENDED},
    Verb.NOTICE: frozenset({Workflow.DECIDED}),
    Verb.NOTIFY: frozenset({Workflow.DECIDED, Workflow.NOTICED}),
    Verb.PEER_OFFER: OPEN | {Workflow.DECIDED, Workflow.NOTICED},
    Verb.PEER_REACHED: OPEN | {Workflow.DECIDED, Workflow.NOTICED},
    Verb.PEER_END: OPEN | {Workflow.DECIDED, Workflow.NOTICED},
    Verb.REWORD: frozenset({Workflow.DECIDED}),
}
"""Where a line stands that a verb reaches, whoever uses it; all others reach what waits for the person."""


def _elsewhere(verb: Verb, picked: Picked) -> str:
    """Which of the picked lines stand where the verb does not reach them; empty where all are in reach."""
    physician = picked.person.has(Role.PHYSICIAN)
    mine = FOR_PHYSICIAN if physician else WITH_NURSE
    plain = verb is Verb.DENY_PLAIN and physician
    reach = mine if plain else _REACH.get(verb) or OUTCOME_REACH.get(verb, mine)
    wrong: dict[Workflow, list[int]] = {}
    for state in picked.states:
        if state.workflow not in reach:
            wrong.setdefault(state.workflow, []).append(state.line)
    told = [translate("offers", "line {0}: {1}").format(runs(lines), phrase(where).lower()) for where, lines in wrong.items()]
    if verb in (Verb.NOTICE, Verb.REWORD) and (lettered := [state.line for state in picked.states if state.told_in]):
        told.append(translate("offers", "line {0}: a letter that was issued tells of it").format(runs(lettered)))
    return "; ".join(told)


def _forbidden(verb: Verb, picked: Picked) -> str:
    """Why the verb is closed to this person on lines that it would reach; empty where it is open."""
    if verb in OUTCOME_REACH or verb in (Verb.WITHDRAW, Verb.NOTICE):
        return why_no_outcome(verb, picked) or (no_proven_licence(picked) if verb.adverse else "")
    if verb is Verb.ASK and picked.delays and not picked.person.has(Role.PHYSICIAN):
        return translate("offers", "no record changes this position: asking only delays")
    if verb is Verb.AMEND and len(picked.lines) > 1:
        return translate("offers", "one line at a time")
    if verb is Verb.REWORD and len({s.decision for s in picked.states}) > 1:
        return translate("offers", "decided by several acts: one at a time")
    if verb is Verb.REWORD and any(state.determination is Determination.WITHDRAWN for state in picked.states):
        return translate("offers", "a withdrawal has no reason that a letter tells")
    if verb is Verb.APPROVE or verb.adverse:
        if picked.unmatched:
            return translate("offers", "the request has changed since it was matched")
        if unasked := why_not_answered(picked):
            return unasked
    if verb is Verb.APPROVE and not picked.person.has(Role.PHYSICIAN):
        return _closed_to_a_nurse(picked)
    if verb in (Verb.PEER_REACHED, Verb.PEER_END) and not all(peer_offers(picked.case, line) for line in picked.lines):
        return translate("offers", "no peer-to-peer was offered")
    if verb is Verb.APPROVE and (closed := barred(picked) or no_proven_licence(picked)):
        return closed
    return not_fit_to_sign(picked) if verb.adverse else ""


def _closed_to_a_nurse(picked: Picked) -> str:
    """Why a nurse may not approve these lines; empty where she may."""
    if picked.against:
        return translate("offers", "against the position: a physician's exception")
    if picked.unread:
        return translate("offers", "nobody has confirmed the reading of {0}").format(", ".join(picked.unread))
    return barred(picked) or no_licence(picked)


def _why_no_receipt(verb: Verb, picked: Picked) -> str:
    """Why the receipt is not corrected now; empty where it can be."""
    waits = picked.case.doubted
    if verb is Verb.SETTLE:
        if waits is None:
            return translate("offers", "no correction waits")
        return translate("offers", "you asked for it: another supervisor settles it") if waits.by == picked.person.id else ""
    return translate("offers", "a correction waits for a supervisor") if waits else ""


def _why_not_close(case: Case) -> str:
    if next(owed(case), None):
        return translate("offers", "a letter has not been sent to everybody yet")
    waiting = case.lines_in_the_way
    return translate("offers", "line {0}: open or without notice").format(runs(waiting)) if waiting else ""


def _suggestion(picked: Picked) -> tuple[Verb | None, str]:
    """The next step and its reason, in words; a physician is suggested nothing."""
    if picked.case.left_out and not picked.case.closed:
        return Verb.TELL_SENDER, translate("offers", "It was left out: somebody must tell the sender.")
    if picked.case.closed:
        return None, translate("offers", "The case is closed. A contact or a note can still be added.")
    if _lacks_receipt(picked):
        return Verb.COMPLETE, translate("offers", "Nobody has said when it was received, and no clock runs: say it first.")
    if (owed_now := _owed_notice(picked)) is not None:
        return owed_now
    return _by_place(picked)


def _owed_notice(picked: Picked) -> tuple[Verb, str] | None:
    """The notice of open lines that is issued and not sent, or that the clock asks for and the person may write; before what the lines take."""
    if unsent_notice(picked.case):
        return Verb.LETTER, translate("offers", str(_TO_SEND))
    for kind in picked.owed:
        if not why_no_notice(kind, picked) and _knows(picked.person, NOTICES[kind]):
            return NOTICES[kind], owed_words(kind)
    return None


def _by_place(picked: Picked) -> tuple[Verb | None, str]:
    """The next step by where the picked lines stand."""
    places = {state.workflow for state in picked.states}
    if len(places) > 1:
        return None, translate("offers", "The picked lines stand in different places: pick those that take the same step.")
    where = next(iter(places), None)
    if where is None:
        return None, translate("offers", "Pick a service line.")
    if where in FOR_PHYSICIAN:
        return None, _with_physician(picked)
    if where is Workflow.PENDED:
        return Verb.RECEIVED, _pended(picked.states[0])
    if where is Workflow.DECIDED:
        return _decided(picked)
    if where is Workflow.NOTICED:
        return _noticed(picked)
    if where is Workflow.RETURNED:
        question = next((s.question for s in picked.states if s.question), "")
        return Verb.REFER, translate("offers", "The physician asks: {0}").format(question)
    return _in_review(picked)


_TO_SEND = QT_TRANSLATE_NOOP("offers", "The letter is issued and no notice yet: record how it was sent. A letter leaves on its own date.")


def _noticed(picked: Picked) -> tuple[Verb, str]:
    """What is left to do once notice is given: the letter goes out first, since it leaves on its own date."""
    if next(owed(picked.case), None):
        return Verb.LETTER, translate("offers", str(_TO_SEND))
    if wanted := next_with_approval(picked):
        return Verb(wanted), translate("offers", "Suggested: enter it in the claims system, and record that here.")
    return Verb.CLOSE, translate("offers", "Notice is given.")


def _lacks_receipt(picked: Picked) -> bool:
    """Whether the person is to say when the request was received before anything else."""
    undecided = any(state.determination is None for state in picked.case.lines)
    return picked.case.request.received_at is None and undecided and _knows(picked.person, Verb.COMPLETE)


def _with_physician(picked: Picked) -> str:
    if not picked.person.has(Role.PHYSICIAN):
        return translate("offers", "With the physician. Nothing is left to do here but to log contacts.")
    referral = next((s.referral for s in picked.states if s.referral and s.referral.question), None)
    asked = translate("offers", "The nurse asks: {0}").format(referral.question) if referral else ""
    return asked or translate("offers", "The decision is yours: nothing is suggested and nothing is filled in.")


def _pended(state: LineState) -> str:
    if state.asked is None:
        return translate("offers", "Waiting for information.")
    if state.asked.answer_by is None:
        return translate("offers", "Waiting for {0}.").format(state.asked.asked_of)
    return translate("offers", "Waiting for {0}, asked for by {1}.").format(state.asked.asked_of, day(state.asked.answer_by))


def _decided(picked: Picked) -> tuple[Verb | None, str]:
    if all(state.determination is Determination.WITHDRAWN for state in picked.states):
        return Verb.CLOSE, translate("offers", "Withdrawn at the requester's wish.")
    if any(state.told_in for state in picked.states):
        return Verb.LETTER, translate("offers", str(_TO_SEND))
    if form := form_for_lines(picked.case, picked.lines):
        told = translate("offers", "Suggested: send the form “{0}”, then record the notice. The letter page has its values.")
        return Verb.NOTICE, told.format(form)
    if any(state.grants and state.authorization is None for state in picked.states):
        unnumbered = "Suggested: write the letter. No authorization number yet: once given (More), the letter tells it."
        return Verb.LETTER, translate("offers", unnumbered)
    return Verb.LETTER, translate("offers", "Suggested: write the letter. The clock runs until it is sent.")


def _in_review(picked: Picked) -> tuple[Verb | None, str]:
    """What the findings of the picked lines suggest to a nurse; there is no approve and no deny here."""
    kinds = {row.suggestion for row in picked.rows}
    if picked.unmatched or len(picked.rows) < len(picked.lines):
        return Verb.MATCH, translate("offers", "Suggested: match. The request as it stands has not been laid beside the library yet.")
    if len(kinds) > 1:
        return None, translate("offers", "The findings differ from line to line: pick those that take the same step.")
    if kinds == {Suggestion.REFER}:
        holds = translate("offers", "The position holds for all indications.") if picked.settled else ""
        why = holds or translate("offers", "The policy's position stands against it.")
        return Verb.REFER, translate("offers", "Suggested: refer. {0}").format(why)
    if kinds == {Suggestion.CONFIRM}:
        return _to_confirm(picked)
    if kinds == {Suggestion.CHECK_CRITERIA}:
        return None, translate("offers", "The policy has criteria: lay them beside the record before you decide.")
    return None, translate("offers", "No policy in the library mentions it. That speaks neither for it nor against it.")


def _to_confirm(picked: Picked) -> tuple[Verb | None, str]:
    relations = {row.relation for row in picked.rows}
    if Relation.CONFIRM_CONDITION in relations:
        return Verb.ASK, translate("offers", "Suggested: ask. The code counts only under a condition that the request does not show.")
    if Relation.CONFIRM_SCOPE in relations:
        row = next(row for row in picked.rows if row.relation is Relation.CONFIRM_SCOPE)
        why = phrase(row.scope or Scope.NOT_SHOWN)
        return Verb.ASK, translate("offers", "Suggested: ask which service is meant; {0}.").format(why)
    cautions = {caution.code for caution in picked.report.cautions} if picked.report else set()
    why = next((translate("offers", str(words)) for code, words in UNSURE if code in cautions), "")
    if why:
        return Verb.LIBRARY, translate("offers", "Suggested: mend it in the library, then match again. {0}").format(why)
    return Verb.MATCH, translate("offers", "Suggested: confirm, then match again.")


def line_words(lines: Iterable[int]) -> str:
    """The picked lines as the bar and the panels name them."""
    numbers = sorted(set(lines))
    if not numbers:
        return translate("offers", "No line picked")
    words = translate("offers", "Line {0}") if len(numbers) == 1 else translate("offers", "Lines {0}")
    return words.format(runs(numbers))
