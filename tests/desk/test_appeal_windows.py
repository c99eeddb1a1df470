"""Whether an appeal is in time over a real workspace: told before it is opened, late for a good cause, or dismissed with its own letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, OSEI, FixedClock, cites, confirmed, desk_in, enrolled, line, opened, passphrase, posted, profile, sit_down

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.decisions.grounds import Cause, Given, Matter
from ur_desk.domain.decisions.outcomes import Dismissal
from ur_desk.domain.determination import Determination, Reason, Workflow
from ur_desk.domain.events import Following
from ur_desk.domain.letter import LetterKind, kind_for
from ur_desk.domain.people import Role
from ur_desk.domain.request import Channel, LineOfBusiness, Urgency
from ur_desk.domain.sentences import sentence
from ur_desk.errors import UserError

MA, ERISA = LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.ERISA_SELF_FUNDED
WORDS = Reason("Research has not shown that the study helps with your back pain.")
COVERED = {MA: date(2026, 3, 16), ERISA: date(2026, 7, 9)}
"""The last day to appeal a notice of January 10, 2026."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(NOW.replace(year=2026, month=1, day=9))
    with desk_in(tmp_path / "w", clock=clock) as made:
        enrolled(made, "wen", "Wen Zhao", frozenset({Role.PHYSICIAN}), replace(OSEI.credential, licence="MD-7"))  # type: ignore[type-var]
        confirmed(made, "wen")
        sit_down(made, "ada")
        made.accounts.save_profile(replace(profile(MA), signers=(Given(Matter.DISMISSAL, Role.NURSE),)))
        made.accounts.save_profile(replace(profile(), signers=(Given(Matter.DISMISSAL, Role.NURSE),)))
        yield made
        sit_down(made, "sol")
        assert made.supervision.verification().breaks == ()


def denied(desk: Desk, business: LineOfBusiness = MA) -> Case:
    """A case that osei denied; the member had notice of it on January 10, 2026."""
    day = date(2026, 1, 20)
    service = replace(line(1), first_day=day, last_day=day)
    case = opened(desk, service, line_of_business=business, received_at=desk.clock.now() - timedelta(hours=2))
    desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.")
    case = decided(desk, case, "osei")
    desk.clock.at += timedelta(days=1)  # type: ignore[attr-defined]
    if business is not MA:
        return posted(desk, finish(desk.letters.issue(case.id, case.revision)).value)
    at = desk.clock.now()
    return desk.letters.record_notice(case.id, case.revision, (1,), ContactWay.MAIL, "Rosalind Alvarado", at, "CMS-10003").value


def decided(desk: Desk, case: Case, name: str) -> Case:
    sit_down(desk, name)
    now = desk.review.open_record(case.id).value
    reason = replace(WORDS, policy_lines=cites(now, 15))
    told = {"signing": Signing(True, "Spine imaging for thirty years."), "proof": desk.vault.prove(passphrase(name))}
    made = desk.determinations.decide(
        now.id, now.revision, (1,), Determination.DENIED, reason, "It would not alter care.", departure="Looked up: it stands.", **told
    )
    sit_down(desk, "mara")
    return made.value


def opens(desk: Desk, case: Case, on: date, kind: Following = Following.APPEAL, asked_by: Asker = Asker.MEMBER, **more: Any) -> Case:
    """What came at noon of a day, which is a day later than now."""
    at = desk.clock.now().replace(year=on.year, month=on.month, day=on.day, hour=17)
    desk.clock.at = at + timedelta(days=1)  # type: ignore[attr-defined]
    told = Filed(kind, (1,), asked_by, "Rosalind Alvarado", at, Urgency.STANDARD, channel=Channel.MAIL, **more)
    made: Case = finish(desk.appeals.open(case.id, case.revision, told)).value
    return made


def trail(desk: Desk, case: Case) -> str:
    return "\n".join(sentence(event.body, {}) for event in desk.store.ledger.of_case(case.id))


def test_the_last_day_stands_there_before_anything_is_opened(desk: Desk) -> None:
    was = denied(desk)
    (told,) = desk.appeals.windows(was.id, Following.APPEAL)
    assert (told.line, told.window.noticed_on, told.window.last_day, told.window.verified) == (1, date(2026, 1, 10), COVERED[MA], True)
    (reopen,) = desk.appeals.windows(was.id, Following.REOPENING, cause=Cause.GOOD_CAUSE)
    assert (reopen.window.row, reopen.window.last_day) == ("", None)
    with pytest.raises(UserError, match="no line 7"):
        desk.appeals.windows(was.id, Following.APPEAL, (7,))


def test_on_the_last_day_it_is_in_time_and_its_window_is_kept(desk: Desk) -> None:
    case = opens(desk, denied(desk), COVERED[MA])
    assert case.appeal is not None
    (about,) = case.appeal.against
    assert about.window is not None
    assert (about.window.row, about.window.late) == ("MA-WIN", False)
    assert "The last day for an appeal: 03/16/2026" in trail(desk, case)


def test_a_day_later_it_takes_a_good_cause_that_the_auditor_reads(desk: Desk) -> None:
    was, late = denied(desk), COVERED[MA] + timedelta(days=1)
    with pytest.raises(UserError, match=r"It came late\. The last day for an appeal: 03/16/2026"):
        opens(desk, was, late)
    with pytest.raises(UserError, match="It came late"):
        opens(desk, was, late, late_cause="In hospital.", to_dismiss=True)
    case = opens(desk, was, late, late_cause="She was in hospital from March 1 to 20.")
    assert "Looked at for good cause: She was in hospital from March 1 to 20." in trail(desk, case)
    desk.determinations.refer(case.id, case.revision, (1,), "Back pain for a year.")
    assert decided(desk, case, "wen").line(1).determination is Determination.DENIED


def test_what_is_to_be_dismissed_is_decided_by_nobody_and_has_a_letter_of_its_own(desk: Desk) -> None:
    case = opens(desk, denied(desk), COVERED[MA] + timedelta(days=1), to_dismiss=True)
    desk.determinations.refer(case.id, case.revision, (1,), "Back pain for a year.")
    with pytest.raises(UserError, match="is to be dismissed"):
        decided(desk, case, "wen")
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    with pytest.raises(UserError, match=r"what was wrong|Say"):
        desk.determinations.dismiss(case.id, now.revision, (1,), Dismissal.LATE, " ")
    told = desk.determinations.dismiss(case.id, now.revision, (1,), Dismissal.LATE, "You gave us no reason for being late.").value
    assert kind_for(told.lines, appeal=True) is LetterKind.APPEAL_DISMISSED
    sit_down(desk, "sol")
    back = desk.determinations.vacate(case.id, told.revision, (1,), "She was in hospital.").value
    assert back.appeal is not None
    assert (back.appeal.to_dismiss, back.appeal.late_cause, back.line(1).workflow) == (False, "She was in hospital.", Workflow.REVIEW)


def test_a_row_that_nobody_compared_dismisses_nothing(desk: Desk) -> None:
    was = denied(desk, ERISA)
    late = COVERED[ERISA] + timedelta(days=1)
    with pytest.raises(UserError, match="It is not late for sure"):
        opens(desk, was, late, to_dismiss=True)
    with pytest.raises(UserError, match="It came late"):
        opens(desk, was, late)
    case = opens(desk, was, late, came_on=date(2026, 1, 14))
    assert case.appeal is not None
    assert case.appeal.late == (), "counted from the day on which the notice came"
    with pytest.raises(UserError, match="behind the last day is dismissed"):
        desk.determinations.dismiss(case.id, case.revision, (1,), Dismissal.LATE, "It came late.")


def test_in_every_line_of_business_a_late_appeal_is_dismissed_once_a_supervisor_compared_the_row(desk: Desk) -> None:
    was = denied(desk, ERISA)
    sit_down(desk, "sol")
    desk.clock_rows.verify("ERISA-WIN", "29 CFR 2560.503-1(h)(3)(i), ecfr.gov", date(2026, 1, 9))
    sit_down(desk, "mara")
    came = date(2026, 1, 10)
    case = opens(desk, was, COVERED[ERISA] + timedelta(days=1), came_on=came, to_dismiss=True)
    told = desk.determinations.dismiss(case.id, case.revision, (1,), Dismissal.LATE, "You gave us no reason for being late.").value
    assert told.line(1).determination is Determination.DISMISSED


def test_who_asks_is_recorded_anew_with_a_good_cause_that_came_later(desk: Desk) -> None:
    case = opens(desk, denied(desk), COVERED[MA] + timedelta(days=1), to_dismiss=True)
    told = desk.appeals.record(case.id, case.revision, Asker.MEMBER, "Rosalind Alvarado", late_cause="She was in hospital.").value
    assert told.appeal is not None
    assert (told.appeal.to_dismiss, told.appeal.late_cause) == (False, "She was in hospital.")


def test_what_is_in_time_takes_no_excuse_and_a_wish_to_reopen_is_dismissed_by_nobody(desk: Desk) -> None:
    was = denied(desk)
    with pytest.raises(UserError, match="It came in time"):
        opens(desk, was, COVERED[MA], late_cause="She was ill.")
    with pytest.raises(UserError, match="It came in time"):
        opens(desk, was, COVERED[MA], Following.REOPENING, to_dismiss=True, asked_by=Asker.PROVIDER)


def test_a_reopening_keeps_that_no_row_is_loaded_and_a_loaded_one_ends_it(desk: Desk) -> None:
    was = denied(desk)
    sit_down(desk, "sol")
    rows = (
        b'{"schema": "ur-desk-clocks/1", "windows": [{"id": "OWN-REOPEN", "name": "One year", "law": "medicare",'
        b' "lines": ["medicare_advantage"], "about": "reopening", "unit": "years", "amount": 1, "start": "date_of_notice",'
        b' "causes": ["good_cause"], "source": "the manual of the plan"}]}'
    )
    desk.clock_rows.load(rows, "own.json")
    desk.clock_rows.verify("OWN-REOPEN", "the manual of the plan, page 3", date(2026, 1, 9))
    desk.clock.at += timedelta(days=366)  # type: ignore[attr-defined]
    with pytest.raises(UserError, match=r"The time to reopen it has passed.*01/10/2027"):
        desk.determinations.reopen(was.id, was.revision, (1,), Cause.GOOD_CAUSE, "New films.")
    told = desk.determinations.reopen(was.id, was.revision, (1,), Cause.FRAUD, "The order was forged.").value
    assert told.line(1).reopened is not None
    assert "No row loaded says until when a reopening may be asked for here." in trail(desk, told)
