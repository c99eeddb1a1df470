"""What the decision bar offers: nobody is led to a refusal, nothing adverse is suggested, and every closed verb says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import BOOKLET, LATE, LINDQVIST, NO_POLICY, NOW, OSEI, UNCHECKED, cites, heard, line, opened, passphrase, sit_down
from builders import unclear as asking
from ui_desk import seated

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.clock_events import Audience
from ur_desk.domain.determination import Determination, Granted, Reason
from ur_desk.domain.events import ContactWay, Following, PeerOutcome
from ur_desk.domain.grounds import Given, Matter
from ur_desk.domain.outcomes import Cause, Dismissal
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.ui.widgets.decision_bar import DecisionBar
from ur_desk.ui.widgets.panels.verbs import CLOCK_VERBS, OF_LINES, Offers, Picked, Verb, first_pick, offers

TODAY = date(2017, 10, 9)
EXERCISE = line(2, "97110", "Therapeutic exercise")
SWALLOW = line(1, "76120", "Videofluoroscopy of the swallow")


class Kept(Exception):  # noqa: N818
    """Rolls a step back that the desk would have kept."""


@pytest.fixture
def desk(tmp_path: Path):
    with seated(tmp_path / "desk") as (made, _session):
        yield made


def now(desk: Desk, case: Case) -> Case:
    return desk.review.case(case.id)


def offered(desk: Desk, case: Case, lines: tuple[int, ...] = (1,)) -> Offers:
    shown = desk.review.on_desk(case.id)
    return offers(Picked(shown.case, lines, desk.person, TODAY, shown.report))


def referred(desk: Desk) -> Case:
    """Asked for once the services had been given, so that one of them may have been asked for too late."""
    early = date(2017, 10, 2)
    case = opened(desk, line(day=early), replace(EXERCISE, first_day=early, last_day=early))
    desk.determinations.refer(case.id, case.revision, (1,), "Five months of pain.", "Anything for an exception?")
    sit_down(desk, "osei")
    desk.review.open_record(case.id)
    return now(desk, case)


def full(case: Case, words: str = "Moving x-ray pictures are not proven to help.") -> Reason:
    return Reason(words, cites(case, 15))


def signed(desk: Desk) -> dict[str, Any]:
    """Presence proved by a physician, and no conflict attested; nothing where somebody else sits here."""
    if desk.person.name != "osei":
        return {}
    return {"proof": desk.vault.prove(passphrase("osei")), "signing": Signing(attested=True)}


def attempt(desk: Desk, verb: Verb, case: Case, lines: tuple[int, ...]) -> object:
    """Use a verb with everything that it asks, short of a licence or a right."""
    d, at, key = desk.determinations, datetime(2017, 10, 9, 12, tzinfo=NOW.tzinfo), (case.id, case.revision, lines)
    service = case.line(lines[0]).service
    calls: dict[Verb, Callable[[], Any]] = {
        Verb.REFER: lambda: d.refer(*key, "summary"),
        Verb.ASK: lambda: d.ask_for_information(*key, ["films"], "to see", "the provider"),
        Verb.APPROVE: lambda: d.approve(*key, full(case), unchecked=UNCHECKED, clarification="asked the provider", rationale="an exception", **signed(desk)),
        Verb.PARTIAL: lambda: d.decide(*key, Determination.PARTIAL, full(case), "own words", **signed(desk), granted=Granted(last_day=date(2017, 10, 11), first_day=date(2017, 10, 11))),
        Verb.MODIFY: lambda: d.decide(*key, Determination.MODIFIED, full(case), "own words", **signed(desk), granted=Granted(code="72100", service="Regular x-rays of the neck")),
        Verb.DENY: lambda: d.decide(*key, Determination.DENIED, full(case), "own words", **signed(desk)),
        Verb.SEND_BACK: lambda: d.send_back(*key, "which films?"),
        Verb.REWORD: lambda: d.reword(*key, "Other words for it.", "a code stood there"),
        Verb.RECEIVED: lambda: finish(d.information_received(*key, "films", at)),
        Verb.WITHDRAW: lambda: d.withdraw(*key, "the provider", at, "by telephone"),
        Verb.NOT_REQUIRED: lambda: d.not_required(*key, "the list of January"),
        Verb.DENY_PLAIN: lambda: d.deny_administratively(*key, LATE, BOOKLET, proof=desk.vault.prove(passphrase(desk.person.name)), signing=Signing(attested=True)),
        Verb.DISMISS: lambda: d.dismiss(*key, Dismissal.NOT_PARTY, "A neighbour asked."),
        Verb.VACATE: lambda: d.vacate(*key, "It came."),
        Verb.REOPEN: lambda: d.reopen(*key, Cause.GOOD_CAUSE, "A new report."),
        Verb.VOID: lambda: d.void(*key, "Another member's."),
        Verb.NUMBER: lambda: desk.authorizations.number(*key, "", "Another."),
        Verb.CLAIMS: lambda: desk.authorizations.enter(*key, "Claims One", at),
        Verb.APPEAL: lambda: finish(desk.appeals.open(*key[:2], Filed(Following.APPEAL, lines, Asker.MEMBER, "R. Alvarado", at))),
        Verb.PEER_OFFER: lambda: desk.peers.offer(*key, ContactWay.VOICEMAIL, "the office", at, "1-800-555-0146"),
        Verb.PEER_REACHED: lambda: desk.peers.reach(*key, "Dr. Natarajan", at, "Talks at three."),
        Verb.PEER_END: lambda: desk.peers.end(*key, PeerOutcome.NOT_TAKEN_UP, "the office", at, "Nobody called."),
        Verb.NOTICE: lambda: desk.letters.record_notice(*key, ContactWay.MAIL, "the member", desk.clock.now(), "CMS-10003"),
        Verb.NOTIFY: lambda: desk.clocks.notify(*key, Audience.PROVIDER, heard(desk.clock.now()), "decided"),
        Verb.AMEND: lambda: finish(d.amend(case.id, case.revision, _other(service), case.servicing_provider, "the provider", at, "by telephone")),
    }  # fmt: skip
    return calls[verb]()


def _other(service: Any) -> Any:
    return replace(service, code="72100")


def would_keep(desk: Desk, verb: Verb, case: Case, lines: tuple[int, ...]) -> bool:
    """Whether the desk would keep the step; it is rolled back."""
    try:
        with desk.store.atomic():
            attempt(desk, verb, case, lines)
            raise Kept
    except Kept:
        return True
    except UserError:
        return False


def in_review(desk: Desk) -> Case:
    return opened(desk, line(), EXERCISE)


def pended(desk: Desk) -> Case:
    case = opened(desk, asking(), EXERCISE)
    desk.determinations.ask_for_information(case.id, case.revision, (1,), ["films"], "to see", "Priya Natarajan", date(2017, 10, 20))
    return now(desk, case)


def returned(desk: Desk) -> Case:
    case = referred(desk)
    desk.determinations.send_back(case.id, case.revision, (1,), "Which films?")
    sit_down(desk, "mara")
    return now(desk, case)


def decided(desk: Desk) -> Case:
    case = referred(desk)
    desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, full(case), "own words", **signed(desk))
    return now(desk, case)


def unclear(desk: Desk) -> Case:
    return opened(desk, SWALLOW, EXERCISE, diagnoses=("R13.12",))


@pytest.mark.parametrize("story", [in_review, pended, referred, returned, decided, unclear])
@pytest.mark.parametrize("who", ["mara", "osei"])
@pytest.mark.parametrize("lines", [(1,), (2,), (1, 2)])
def test_what_is_offered_is_kept_and_what_is_closed_would_be_refused(desk: Desk, story: Any, who: str, lines: tuple[int, ...]) -> None:
    case = story(desk)
    sit_down(desk, who)
    if who == "osei":
        desk.review.open_record(case.id)
        case = now(desk, case)
    said = offered(desk, case, lines)
    for verb in OF_LINES:
        offer = said.offer(verb)
        assert would_keep(desk, verb, case, lines) == (offer is not None and not offer.why_not) or (
            verb is Verb.AMEND and len(lines) > 1
        ), verb


def test_a_nurse_is_suggested_to_refer_and_told_why_approving_is_closed(desk: Desk) -> None:
    said = offered(desk, in_review(desk))
    assert said.suggested is Verb.REFER
    assert said.words == "Suggested: refer. The position holds for all indications."
    assert said.offer(Verb.APPROVE).why_not == "against the position: a physician's exception"
    assert said.offer(Verb.ASK).note == "No record changes this position: asking only delays."


def test_a_nurse_is_never_offered_anything_adverse(desk: Desk) -> None:
    said = offered(desk, in_review(desk))
    assert not [row for row in said.rows if row.verb.adverse]


def test_a_nurse_is_offered_what_the_plan_gave_and_nothing_else_adverse(desk: Desk) -> None:
    case = in_review(desk)
    credential = replace(LINDQVIST.credential, confirmed_by=desk.accounts.named("sol").id)  # type: ignore[type-var]
    person = replace(LINDQVIST, id=case.opened_by, credential=credential)
    said = offers(Picked(case, (2,), person, TODAY, given=(Given(Matter.USED_UP, Role.NURSE),)))
    assert [row.verb for row in said.rows if row.verb.adverse] == [Verb.DENY_PLAIN]
    assert said.may(Verb.DENY_PLAIN)
    others = offers(Picked(case, (2,), person, TODAY, given=(Given(Matter.USED_UP, Role.SUPERVISOR), Given(Matter.DISMISSAL, Role.NURSE))))
    assert not [row for row in others.rows if row.verb in (Verb.DENY_PLAIN, Verb.DISMISS)]


@pytest.mark.parametrize("story", [in_review, pended, referred, returned, decided, unclear])
@pytest.mark.parametrize("who", ["mara", "osei", "sol", "ada"])
def test_nothing_adverse_is_ever_suggested(desk: Desk, story: Any, who: str) -> None:
    case = story(desk)
    sit_down(desk, who)
    for lines in ((1,), (2,), (1, 2)):
        suggested = offered(desk, case, lines).suggested
        assert suggested is None or not suggested.adverse


@pytest.mark.parametrize(
    ("story", "lines", "verb", "words"),
    [
        (in_review, (2,), None, "No policy in the library mentions it. That speaks neither for it nor against it."),
        (in_review, (1, 2), None, "The findings differ from line to line: pick those that take the same step."),
        (unclear, (1,), Verb.ASK, "Suggested: ask which service is meant; the words name another part of the body."),
        (pended, (1,), Verb.RECEIVED, "Waiting for Priya Natarajan, asked for by 10/20/2017."),
        (pended, (1, 2), None, "The picked lines stand in different places: pick those that take the same step."),
        (returned, (1,), Verb.REFER, "The physician asks: Which films?"),
        (decided, (1,), Verb.LETTER, "Suggested: write the letter. The clock runs until it is sent."),
    ],
)
def test_the_suggestion_follows_the_findings_and_says_its_reason(
    desk: Desk, story: Any, lines: tuple[int, ...], verb: Verb | None, words: str
) -> None:
    case = story(desk)
    sit_down(desk, "mara")
    said = offered(desk, case, lines)
    assert (said.suggested, said.words) == (verb, words)


def unadopted(desk: Desk) -> Case:
    return opened(desk, line(), EXERCISE, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)


def test_what_only_the_library_can_mend_leads_there_and_matching_again_stays_beside_it(desk: Desk, qtbot: Any) -> None:
    case = unadopted(desk)
    said = offered(desk, case)
    assert said.suggested is Verb.LIBRARY
    assert "record the adoption" in said.words
    bar = bar_of(desk, case, (1,), qtbot)
    assert [verb for verb in Verb if bar.button(verb).property("kind") == "main"] == [Verb.LIBRARY]
    assert bar.button(Verb.MATCH).isVisible()


def test_the_way_to_the_library_is_shown_only_where_it_helps(desk: Desk) -> None:
    assert offered(desk, in_review(desk)).offer(Verb.LIBRARY) is None


@pytest.mark.parametrize("who", ["sol", "osei"])
def test_whose_role_has_no_such_step_is_told_whose_it_is(desk: Desk, who: str) -> None:
    case = in_review(desk)
    sit_down(desk, who)
    said = offered(desk, case)
    assert (said.suggested, said.words) == (None, "The next step here is the nurse's.")


def test_a_physician_is_suggested_nothing(desk: Desk) -> None:
    said = offered(desk, referred(desk))
    assert said.suggested is None
    assert said.words == "The nurse asks: Anything for an exception?"


@pytest.mark.parametrize(
    ("credential", "why"),
    [
        (None, "your account has no licence on file"),
        (Credential("MD"), "your account has no licence on file"),
        (Credential("MD", "MD-1", "IN", date(2017, 10, 8)), "your licence on file has run out"),
    ],
)
def test_without_a_licence_in_force_every_adverse_verb_is_closed_and_says_so(desk: Desk, credential: Credential | None, why: str) -> None:
    case = referred(desk)
    person = Account(AccountId("a"), "x", "X", frozenset({Role.PHYSICIAN}), credential)
    said = offers(Picked(case, (1,), person, TODAY))
    assert {row.why_not for row in said.rows if row.verb.adverse} == {why}


def test_a_supervisor_and_an_intake_clerk_see_only_what_their_role_may_do(desk: Desk) -> None:
    case = in_review(desk)
    of_intake = {Verb.ANSWER, Verb.CHANGE, Verb.OWED, Verb.WHAT_IF}
    for role, verbs in (
        (
            Role.SUPERVISOR,
            {
                Verb.CONTACT,
                Verb.NOTE,
                Verb.LETTER,
                Verb.CLOSE,
                Verb.DOUBT,
                Verb.SETTLE,
                Verb.VACATE,
                Verb.REOPEN,
                Verb.VOID,
                Verb.CLAIMS,
                Verb.NOTIFY,
                *CLOCK_VERBS,
            },
        ),
        (
            Role.INTAKE,
            {
                Verb.CONTACT,
                Verb.NOTE,
                Verb.MATCH,
                Verb.RECEIVED,
                Verb.COMPLETE,
                Verb.DOUBT,
                Verb.NOT_REQUIRED,
                Verb.NUMBER,
                Verb.CLAIMS,
                Verb.APPEAL,
                *of_intake,
            },
        ),
    ):
        person = Account(AccountId("a"), "x", "X", frozenset({role}))
        assert {row.verb for row in offers(Picked(case, (1,), person, TODAY)).rows} == verbs


def test_one_begins_at_the_line_that_waits_for_oneself(desk: Desk) -> None:
    case = referred(desk)
    assert first_pick(case, LINDQVIST) == (2,)
    assert first_pick(case, OSEI) == (1,)
    assert first_pick(decided(desk), OSEI) == (2,)


def bar_of(desk: Desk, case: Case, lines: tuple[int, ...], qtbot: Any, width: int = 1280) -> DecisionBar:
    bar = DecisionBar()
    qtbot.addWidget(bar)
    bar.resize(width, 80)
    bar.show()
    bar.show_offers(offered(desk, case, lines), lines, "none yet")
    return bar


def test_the_bar_says_closed_verbs_with_their_reason_in_sight(desk: Desk, qtbot: Any) -> None:
    bar = bar_of(desk, in_review(desk), (1,), qtbot)
    button = bar.button(Verb.APPROVE)
    assert not button.isEnabled()
    assert "against the position" in button.toolTip()
    assert bar.why_not.words == (
        "Ask for information: no record changes this position: asking only delays · Approve: against the position: a physician's exception"
    )


def test_only_the_suggested_verb_is_the_main_button(desk: Desk, qtbot: Any) -> None:
    bar = bar_of(desk, in_review(desk), (1,), qtbot)
    assert [verb for verb in Verb if bar.button(verb).property("kind") == "main"] == [Verb.REFER]


def test_no_adverse_verb_has_a_key(desk: Desk, qtbot: Any) -> None:
    case = referred(desk)
    bar = bar_of(desk, case, (1,), qtbot)
    for verb in (Verb.DENY, Verb.MODIFY, Verb.PARTIAL):
        assert bar.action(verb).isVisible()
        assert bar.action(verb).shortcut().isEmpty()
        assert bar.button(verb).property("kind") != "main"


@pytest.mark.parametrize("width", [320, 480, 640, 900, 1280])
def test_what_does_not_fit_goes_under_more_and_the_main_button_stays(desk: Desk, qtbot: Any, width: int) -> None:
    bar = bar_of(desk, in_review(desk), (1,), qtbot, width)
    shown = {verb for verb in Verb if not bar.button(verb).isHidden()}
    assert {Verb.REFER, Verb.LETTER} <= shown
    under_more = {action.text() for action in bar.more_menu.actions()}
    every = {bar.action(verb).text() for verb in Verb if bar.action(verb).isVisible()}
    assert under_more | {bar.action(verb).text() for verb in shown} == every


def test_a_reading_that_nobody_confirmed_keeps_a_nurse_from_approving_and_a_changed_request_keeps_everybody(desk: Desk) -> None:
    case = unclear(desk)
    assert case.matched is not None
    pins = tuple(replace(pin, abstract=False, confirmed=False) for pin in case.matched.pins)
    unread = replace(case, matched=replace(case.matched, pins=pins))
    assert offers(Picked(unread, (1,), LINDQVIST, TODAY)).offer(Verb.APPROVE).why_not == "nobody has confirmed the reading of RAD.00034"
    changed = replace(case, matched=replace(case.matched, subject="another"))
    said = offers(Picked(changed, (1,), LINDQVIST, TODAY))
    assert said.offer(Verb.APPROVE).why_not == "the request has changed since it was matched"
    assert said.suggested is Verb.MATCH


def test_who_referred_a_line_does_not_sign_an_adverse_decision_on_it(desk: Desk) -> None:
    case = referred(desk)
    person = replace(OSEI, id=case.line(1).referred_by)
    clinical = [row for row in offers(Picked(case, (1,), person, TODAY)).rows if row.verb.adverse and row.verb is not Verb.DENY_PLAIN]
    assert {row.why_not for row in clinical} == {"you opened or referred it: another physician decides"}


def test_where_every_line_is_decided_nothing_is_matched_again(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    assert offered(desk, now(desk, case)).offer(Verb.MATCH).why_not == "every line is decided"
