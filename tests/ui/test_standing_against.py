"""What stands against a refusal, at the review page: told before the physician decides, and asked for where it can be left."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, OSEI, UNCHECKED, line, opened, passphrase
from outcome_story import AUTHORIZED, DUE, late_story
from ui_desk import Room, panel, seated, sit, wrong

from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Determination
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui.pages.review.words import notes
from ur_desk.ui.widgets.panels.picked import Picked
from ur_desk.ui.widgets.panels.unmet import before_words, why_unmet
from ur_desk.ui.widgets.panels.verbs import Verb

MA = LineOfBusiness.MEDICARE_ADVANTAGE
THERAPY = line(1, "97110", "Therapeutic exercise")


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def approved(room: Room, **changes: Any) -> Case:
    """A case in which the therapy is approved, of which the member had notice."""
    desk = room.desk
    case = opened(desk, THERAPY, **changes)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    at = desk.clock.now()
    return desk.letters.record_notice(case.id, case.revision, (1,), ContactWay.MAIL, "Rosalind Alvarado", at, "the plan's form").value


def referred(room: Room, **changes: Any) -> Case:
    """A second case for the same therapy, with the physician, shown to them."""
    case = opened(room.desk, THERAPY, **changes)
    room.refer(case)
    sit(room.desk, room.session, "osei")
    room.page.open_case(case.id)
    room.page.request.pick((1,))
    return room.now(case)


def test_an_approval_that_binds_closes_the_refusal_and_is_a_note_beside_the_findings(room: Room) -> None:
    first = approved(room, line_of_business=MA)
    case = referred(room, line_of_business=MA)
    assert room.page.bar.offers.offer(Verb.DENY).why_not == f"the approval in {first.number} binds"
    (note,) = [each for each in notes(room.desk.review.on_desk(case.id), room.session.person) if each.title == "An approval that binds"]
    assert note.chip == "not met"
    assert note.detail.startswith(f"{first.number} approved this service for the same member")


def test_elsewhere_the_panel_asks_why_the_approval_is_left_and_keeps_it(room: Room) -> None:
    first = approved(room)
    case = referred(room)
    found = panel(room, Verb.DENY, 1, rationale="Own reasoning.", words="It would not help you.", attest="yes", sign=passphrase("osei"))
    assert found.row("despite").isVisibleTo(found)
    assert first.number in found._foot.text()
    found.basis._elsewhere_button.click()
    found.basis._elsewhere.retype(["MCG", "Physical therapy", "27", "A-0400"])
    found.commit()
    assert wrong(found) == {"despite": "Say why you leave that approval."}
    found.entry("despite").retype("The first was for the other week.")
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    decision = room.now(case).line(1).decision
    assert (decision.determination, decision.despite) == (Determination.DENIED, "The first was for the other week.")
    assert [each.number for each in decision.approvals] == [first.number]


def test_a_late_answer_is_said_before_the_physician_decides() -> None:
    told = late_story(AUTHORIZED)
    picked = Picked(told.case, (1,), OSEI, told.now.date(), now=told.now)
    assert why_unmet(picked) == "too late: Late is authorized"
    assert before_words(picked).startswith("Line 1 counted as authorized since")
    early = replace(picked, now=DUE - timedelta(minutes=1))
    assert why_unmet(early) == ""
    unsure = late_story(replace(AUTHORIZED, verified=False))
    warned = Picked(unsure.case, (1,), OSEI, unsure.now.date(), now=unsure.now)
    assert why_unmet(warned) == ""
    assert "ask your compliance officer" in before_words(warned)
