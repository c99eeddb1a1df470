"""Appeals at the review page: opened, told who asks, acknowledged, decided by another, and shown beside each other."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import OSEI, cites, confirmed, enrolled, line, passphrase, posted
from ui_desk import EXERCISE, Room, panel, seated, sit, wrong

from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals import Asker
from ur_desk.domain.determination import Determination, Finding, Reason
from ur_desk.domain.events import Following
from ur_desk.domain.people import Role
from ur_desk.domain.request import Channel, Evidence, ReceiptEvidence, Urgency
from ur_desk.ui.pages.review_words import notes
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.verbs import Verb

WORDS = "Research has not shown that the study helps."


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def denied(room: Room) -> Any:
    """A case of which osei denied the first line, shown to mara."""
    case = room.open(line(), EXERCISE)
    room.refer(case)
    now = room.desk.review.open_record(case.id).value
    proof = room.desk.vault.prove(passphrase("osei"))
    room.desk.determinations.decide(
        case.id, now.revision, (1,), Determination.DENIED, Reason(WORDS, cites(now, 15)), "Own.", proof=proof, signing=Signing(True)
    )
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    return case


def appealed(room: Room, case: Any, **typed: str) -> Any:
    """The appeal that mara opens at the page; it is shown."""
    panel(room, Verb.APPEAL, 1, **{"received_at": "10/09/2017 8:30 am", **typed}).commit()
    later = room.desk.review.find(room.now(case).followed[-1].number)
    room.page.open_case(later)
    return room.desk.review.case(later)


def test_an_appeal_is_opened_from_the_refused_line_with_who_asks_and_its_own_receipt(room: Room) -> None:
    made = appealed(
        room,
        denied(room),
        why="It hurts.",
        evidence="fax_header",
        where="page 1",
        channel="fax",
        urgency="expedited",
        said_by="Dr. Natarajan",
    )
    assert (made.follows.kind, made.appeal.asked_by, made.appeal.name) == (Following.APPEAL, Asker.MEMBER, "Rosalind Alvarado")
    asked = made.request
    assert (asked.urgency, asked.urgency_said_by, asked.channel) == (Urgency.EXPEDITED, "Dr. Natarajan", Channel.FAX)
    assert asked.received_evidence == ReceiptEvidence(Evidence.FAX_HEADER, "page 1")
    assert asked.clinical_notes == "It hurts."


def test_whoever_speaks_for_the_member_shows_where_their_authority_is_on_file(room: Room) -> None:
    case = denied(room)
    found = panel(room, Verb.APPEAL, 1, asked_by="representative", received_at="10/09/2017 8:30 am")
    assert found.row("authority").isVisibleTo(found)
    found.commit()
    assert set(wrong(found)) == {"name", "authority"}
    found.entry("name").retype("Ilse Brandt")
    found.entry("authority").retype("form of 10/01/2017, page 2")
    found.commit()
    later = room.desk.review.case(room.desk.review.find(room.now(case).followed[0].number))
    assert later.appeal.authority == "form of 10/01/2017, page 2"
    assert panel(room, Verb.APPEAL, 1, asked_by="provider").text("name") == "Priya Natarajan"


def test_a_receipt_in_the_future_and_no_receipt_are_said_in_their_row(room: Room) -> None:
    denied(room)
    found = panel(room, Verb.APPEAL, 1)
    found.commit()
    assert wrong(found) == {"received_at": "Say when it was received."}
    found.entry("received_at").retype("10/12/2017 8:30 am")
    found.commit()
    assert wrong(found) == {"received_at": "This lies in the future."}


def test_what_was_not_refused_offers_no_appeal_and_a_case_that_follows_none_no_acknowledgment(room: Room) -> None:
    denied(room)
    room.page.request.pick((2,))
    offers = room.page.bar.offers
    assert offers.offer(Verb.APPEAL).why_not == "nothing of it was decided against the request"
    assert offers.offer(Verb.ACKNOWLEDGE) is None
    assert not room.page.bar.action(Verb.ACKNOWLEDGE).isVisible()


def test_it_is_acknowledged_and_who_asks_is_corrected_while_nothing_is_decided(room: Room) -> None:
    made = appealed(room, denied(room))
    assert "about" in _said(panel(room, Verb.ASKER, 1, name="Ilse Brandt", about="one"))
    panel(room, Verb.ASKER, 1, name="Ilse Brandt", asked_by="representative", authority="page 2", about="1 = 1").commit()
    assert room.now(made).appeal.name == "Ilse Brandt"
    found = panel(room, Verb.ACKNOWLEDGE, 1, way="mail", said="It is here, and takes 30 days.")
    assert found.text("to_whom") == "Ilse Brandt"
    found.commit()
    assert [each.to_whom for each in room.now(made).acknowledged] == ["Ilse Brandt"]


def _said(found: Panel) -> dict[str, str]:
    found.commit()
    return wrong(found)


def test_the_decision_before_stands_above_the_findings_with_reason_and_cited_line_which_opens_in_the_policy(room: Room) -> None:
    case = denied(room)
    made = appealed(room, case)
    shown = room.desk.review.on_desk(made.id)
    (note,) = [each for each in notes(shown, room.session.person) if each.elsewhere]
    assert note.title == f"{case.number}, line 1 (line 1 here)"
    assert note.detail.splitlines()[1] == WORDS
    assert "RAD.00034 · 15: Dynamic spinal visualization" in note.detail
    assert (note.target.text, note.target.line) == (shown.policies[0].pin.text, 15)


def another_physician(room: Room) -> None:
    sit(room.desk, room.session, "ada")
    enrolled(room.desk, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-7"))  # type: ignore[type-var]
    confirmed(room.desk, "wen")
    sit(room.desk, room.session, "mara")


def test_another_physician_decides_says_why_they_are_fit_and_the_earlier_case_tells_what_became_of_it(room: Room) -> None:
    another_physician(room)
    case = denied(room)
    made = appealed(room, case)
    room.desk.determinations.refer(made.id, room.now(made).revision, (1,), "Nothing new in the record.")
    sit(room.desk, room.session, "osei")
    room.page.open_case(made.id)
    room.page.request.pick((1,))
    for verb in (Verb.DENY, Verb.DENY_PLAIN):
        assert room.page.bar.offers.offer(verb).why_not == "an appeal is closed to who decided first, and to those below them"
    sit(room.desk, room.session, "wen")
    room.page.open_case(made.id)
    told = {"rationale": "It would not alter treatment.", "words": WORDS, "attest": "yes", "sign": passphrase("wen")}
    found = panel(room, Verb.DENY, 1, **told)
    assert found._foot.text().startswith(f"Upholds line 1 of {case.number}.")
    room.page.policy.go_to(17)
    room.page.cite()
    found.commit()
    assert wrong(found) == {"similar": "Say what makes you fit to decide this appeal."}
    found.entry("similar").retype("Spine imaging for thirty years.")
    found.entry("sign").retype(passphrase("wen"))
    found.commit()
    assert room.now(made).line(1).decision.finding is Finding.UPHELD
    (note,) = [each for each in notes(room.desk.review.on_desk(case.id), room.session.person) if each.elsewhere]
    assert (note.title, note.chip) == (f"Appeal: {made.number}", "upheld")


# whether it is in time --------------------------------------------------------------------------------------------------------


def noticed(room: Room, days: int) -> Any:
    """A denied case of which the member had notice that many days ago."""
    case = denied(room)
    posted(room.desk, finish(room.desk.letters.issue(case.id, room.now(case).revision)).value)
    room.desk.clock.at += timedelta(days=days)
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    return case


def compared(room: Room, row: str) -> None:
    sit(room.desk, room.session, "sol")
    room.desk.clock_rows.verify(row, "the regulation, ecfr.gov", date(2017, 10, 1))
    sit(room.desk, room.session, "mara")


def test_the_last_day_stands_beside_the_receipt_and_moves_with_the_day_on_which_the_notice_came(room: Room) -> None:
    noticed(room, 30)
    found = panel(room, Verb.APPEAL, 1, received_at="11/06/2017 8:30 am")
    hint = found.row("came_on").hint
    assert hint.startswith("The last day for an appeal: 04/07/2018 (")
    assert "Nobody has compared this row" in hint
    found.entry("came_on").retype("10/12/2017")
    assert found.row("came_on").hint.startswith("The last day for an appeal: 04/10/2018 (")
    assert not found.row("late_cause").isVisibleTo(found)
    found.entry("kind").retype("reopening")
    assert found.row("came_on").hint == "No row loaded says until when a reopening may be asked for here."


def test_what_came_late_asks_for_its_good_cause_in_its_row_and_keeps_it(room: Room) -> None:
    case = noticed(room, 200)
    found = panel(room, Verb.APPEAL, 1, received_at="04/20/2018 8:30 am")
    assert found.row("late_cause").isVisibleTo(found)
    assert not found.row("to_dismiss").isVisibleTo(found), "a row that nobody compared dismisses nothing"
    assert set(_said(found)) == {"late_cause"}
    found.entry("late_cause").retype("She was in hospital.")
    found.commit()
    made = room.desk.review.case(room.desk.review.find(room.now(case).followed[0].number))
    assert (made.appeal.late_cause, made.appeal.to_dismiss) == ("She was in hospital.", False)


def test_what_is_late_for_sure_may_be_opened_to_be_dismissed_and_is_dismissed_as_not_in_time(room: Room) -> None:
    another_physician(room)
    case = noticed(room, 200)
    compared(room, "ERISA-WIN")
    room.page.open_case(case.id)
    found = panel(room, Verb.APPEAL, 1, received_at="04/20/2018 8:30 am", came_on="10/12/2017")
    assert found.row("to_dismiss").isVisibleTo(found)
    found.entry("late_cause").retype("None.")
    found.entry("to_dismiss").retype("yes")
    assert set(_said(found)) == {"to_dismiss"}
    found.entry("late_cause").retype("")
    found.commit()
    made = room.desk.review.case(room.desk.review.find(room.now(case).followed[0].number))
    assert made.appeal.to_dismiss
    sit(room.desk, room.session, "osei")
    room.page.open_case(made.id)
    room.page.request.pick((1,))
    assert not room.page.bar.offers.may(Verb.DISMISS), "who refused first ends no appeal against it"
    sit(room.desk, room.session, "wen")
    room.page.open_case(made.id)
    found = panel(room, Verb.DISMISS, 1, explained="You gave us no reason for being late.")
    assert "It is to be dismissed." in found._foot.text()
    found.commit()
    assert room.now(made).line(1).determination is Determination.DISMISSED


def test_who_asks_is_said_again_with_the_good_cause_that_came_later(room: Room) -> None:
    case = noticed(room, 200)
    compared(room, "ERISA-WIN")
    room.page.open_case(case.id)
    panel(room, Verb.APPEAL, 1, received_at="04/20/2018 8:30 am", came_on="10/12/2017", to_dismiss="yes").commit()
    made = room.desk.review.find(room.now(case).followed[0].number)
    room.page.open_case(made)
    found = panel(room, Verb.ASKER, 1, about="1 = 1", came_on="10/12/2017", late_cause="She was in hospital.")
    assert found.row("late_cause").isVisibleTo(found)
    found.commit()
    assert room.desk.review.case(made).appeal.late_cause == "She was in hospital."


def test_a_reopening_says_until_when_it_may_be(room: Room) -> None:
    noticed(room, 30)
    sit(room.desk, room.session, "osei")
    room.page.open_case(room.desk.review.find("UR-2017-000001"))
    found = panel(room, Verb.REOPEN, 1, explained="New films.")
    assert found._foot.text().startswith("No row loaded says until when a reopening may be asked for here.")
