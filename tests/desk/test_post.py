"""The post: a letter leaves on its day and with its proof, comes back, reaches wrong hands; what is owed to whom; corrections."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, FixedClock, cites, desk_in, enrolled, line, opened, passphrase, profile, sit_down
from record_makers import PAGES, record

from ur_desk.desk.desk import Desk
from ur_desk.desk.letters import Standing
from ur_desk.desk.post import Posted
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import basis_of
from ur_desk.domain.determination import Determination, Reason, Workflow
from ur_desk.domain.events import Restriction
from ur_desk.domain.letters.delivery import Party, Way, notified, parties
from ur_desk.domain.letters.notices import NoticeKind, NoticeWanted
from ur_desk.domain.people import Role
from ur_desk.domain.request import Urgency
from ur_desk.errors import Forbidden, UserError

A_DAY = timedelta(days=1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", clock=clock) as made:
        yield made


def issued(desk: Desk, **changes: Any) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), **changes)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    return finish(desk.letters.issue(case.id, case.revision)).value


def sent(desk: Desk, case: Case, party: Party = Party.MEMBER, way: Way = Way.MAIL, **told: Any) -> Case:
    at = told.pop("at", desk.clock.now())
    letter = next(each for each in reversed(case.letters) if party in parties(each, case))
    return desk.post.send(case.id, case.revision, letter.id, way, party, at, **told).value


def sent_to_all(desk: Desk, case: Case) -> Case:
    return sent(desk, sent(desk, case), Party.PROVIDER, Way.FAX, where="1-317-555-0188")


def noticed(case: Case, party: Party) -> datetime | None:
    return notified(case, party, {letter.id for letter in case.letters})


def why_owed(desk: Desk) -> list[tuple[str, str, bool]]:
    return [(each.party.value, each.why, each.late) for each in desk.post.owed()]


def test_an_issued_letter_is_owed_to_the_member_and_to_whom_a_copy_goes_until_it_was_sent(desk: Desk) -> None:
    case = issued(desk)
    assert why_owed(desk) == [("member", "not_sent", False), ("provider", "not_sent", False)]
    case = sent(desk, case)
    assert why_owed(desk) == [("provider", "not_sent", False)]
    case = sent(desk, case, Party.PROVIDER, Way.PORTAL, where="the plan's portal")
    assert why_owed(desk) == []
    assert desk.supervision.verification().holds


def test_by_mail_it_goes_to_the_name_and_address_that_the_letter_bears(desk: Desk) -> None:
    told = sent(desk, issued(desk)).sendings[0].told
    assert (told.to_whom, told.where) == ("Rosalind Alvarado", "12 Linden Court, Muncie, IN 47302")
    case = issued(desk, reference="R-2")
    with pytest.raises(UserError, match="address or number"):
        sent(desk, case, way=Way.FAX)


@pytest.mark.toy(18)
def test_a_letter_leaves_on_its_own_day_and_later_only_a_new_one_does(desk: Desk, clock: FixedClock) -> None:
    case = issued(desk)
    clock.at += A_DAY
    assert why_owed(desk) == [("member", "not_sent", True), ("provider", "not_sent", True)]
    with pytest.raises(UserError, match="a letter's date is the day on which it leaves"):
        sent(desk, case)
    assert desk.review.case(case.id).sendings == ()
    yesterday = clock.at - A_DAY
    assert sent(desk, case, at=yesterday).sendings[0].told.at.date() == date(2017, 10, 9)  # the mail log tells it the next morning


@pytest.mark.toy(18)
def test_a_correction_has_its_own_date_reason_and_bytes_and_the_first_letter_stays_as_it_left(desk: Desk, clock: FixedClock) -> None:
    case = issued(desk)
    first = case.letters[0]
    before = desk.letters.pdf(first.id)
    sit_down(desk, "ada")
    desk.accounts.save_profile(replace(profile(), phone="1-800-555-0199"))
    sit_down(desk, "mara")
    clock.at += A_DAY
    with pytest.raises(UserError, match="why the letter is corrected"):
        finish(desk.letters.issue(case.id, case.revision, supersedes=first.id, reason="  "))
    case = finish(desk.letters.issue(case.id, case.revision, supersedes=first.id, reason="The telephone was wrong.")).value
    old, new = case.letters_to_members
    assert (old.superseded_by, new.supersedes, new.reason) == (new.id, old.id, "The telephone was wrong.")
    assert new.dated - old.dated == A_DAY
    assert desk.letters.pdf(first.id) == before
    assert desk.letters.recognise(before).standing is Standing.SUPERSEDED
    assert desk.letters.recognise(desk.letters.pdf(new.id)).standing is Standing.ISSUED
    changed = before.replace(b"%PDF-1", b"%PDF-2", 1)
    assert desk.letters.recognise(changed).standing is Standing.UNKNOWN
    assert {each.letter.id for each in desk.post.owed()} == {new.id, case.copies_of(new.id)[0].id}
    with pytest.raises(UserError, match="not a standing letter"):
        desk.post.send(case.id, case.revision, old.id, Way.MAIL, Party.MEMBER, desk.clock.now())


def test_the_hash_of_every_letter_and_every_proof_stands_in_the_trail(desk: Desk) -> None:
    case = sent(desk, issued(desk), proof=(record(name="mail log.pdf"), PAGES))
    sit_down(desk, "sol")
    bodies = [step.event.body for step in desk.supervision.timeline(case.id)]
    assert any(getattr(body, "pdf", None) == case.letters[0].pdf for body in bodies)
    assert any(getattr(body, "proof", None) == record(name="mail log.pdf") for body in bodies)


def test_a_portal_alone_notifies_no_member_and_a_call_is_no_letter(desk: Desk) -> None:
    case = sent(desk, issued(desk), way=Way.PORTAL, where="the member portal")
    assert why_owed(desk)[0] == ("member", "portal_only", False)
    case = sent(desk, case, way=Way.PHONE, where="1-317-555-0177")
    assert noticed(case, Party.MEMBER) is None
    case = sent(desk, case, way=Way.EMAIL, where="rosalind@example.org")
    assert noticed(case, Party.MEMBER) == case.sendings[-1].told.at
    assert ("member", "portal_only", False) not in why_owed(desk)


def test_a_case_is_closed_only_once_its_letters_were_sent(desk: Desk) -> None:
    case = issued(desk)
    with pytest.raises(UserError, match="still owed to the member"):
        desk.determinations.close(case.id, case.revision)
    case = sent_to_all(desk, case)
    assert desk.determinations.close(case.id, case.revision).value.workflow is Workflow.CLOSED


def test_a_proof_is_kept_with_the_sending_now_or_later_and_given_back_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    case = sent(desk, issued(desk))
    sending = case.sendings[0]
    case = desk.post.keep_proof(case.id, case.revision, sending.event, (record(name="fax ok.pdf"), PAGES)).value
    assert desk.post.proof(case.id, sending.event, record().sha256) == PAGES
    path = desk.post.save_proof(case.id, sending.event, record().sha256, tmp_path / "proof.pdf")
    assert path.read_bytes() == PAGES
    with pytest.raises(UserError, match="already"):
        desk.post.keep_proof(case.id, case.revision, sending.event, (record(name="again.pdf"), PAGES))
    with pytest.raises(ValueError, match="those that were looked at"):
        desk.post.keep_proof(case.id, case.revision, sending.event, (record(), PAGES + b" "))
    assert desk.review.case(case.id).records == ()


def test_a_letter_that_came_back_is_owed_again(desk: Desk, clock: FixedClock) -> None:
    case = sent_to_all(desk, issued(desk))
    sending = case.sendings[0]
    with pytest.raises(UserError, match="before the letter was sent"):
        desk.post.record_return(case.id, case.revision, sending.event, sending.told.at - A_DAY, "moved")
    clock.at += 3 * A_DAY
    case = desk.post.record_return(case.id, case.revision, sending.event, clock.at, "No such number").value
    assert why_owed(desk) == [("member", "came_back", True)]
    assert noticed(case, Party.MEMBER) is None
    with pytest.raises(UserError, match="once"):
        desk.post.record_return(case.id, case.revision, sending.event, clock.at, "Again")


def test_a_letter_that_comes_back_after_the_case_was_closed_is_owed_and_its_line_has_no_notice(desk: Desk, clock: FixedClock) -> None:
    case = sent_to_all(desk, issued(desk))
    case = desk.determinations.close(case.id, case.revision).value
    clock.at += 5 * A_DAY
    case = desk.post.record_return(case.id, case.revision, case.sendings[0].event, clock.at, "moved").value
    assert case.closed
    assert why_owed(desk) == [("member", "came_back", True)]
    assert desk.clocks.standing(case.id).instants[0].written_at is None
    letter = case.letters[0].id
    case = finish(desk.letters.issue(case.id, case.revision, (1,), supersedes=letter, reason="The address was old.")).value
    sent_to_all(desk, case)
    assert desk.post.owed() == ()


def misdirected(desk: Desk) -> Case:
    case = sent_to_all(desk, issued(desk))
    told = (case.sendings[1].event, desk.clock.now(), "a garage", "The garage called.", "They destroyed it, they say.")
    return desk.post.record_misdirected(case.id, case.revision, *told).value


def test_a_letter_in_wrong_hands_is_a_privacy_incident_that_waits_for_a_supervisor(desk: Desk) -> None:
    case = misdirected(desk)
    assert why_owed(desk) == [("provider", "wrong_hands", False)]
    sit_down(desk, "sol")
    (waiting,) = desk.post.incidents()
    assert (waiting.case, waiting.incident.told.reached) == (case.id, "a garage")
    assert waiting.person is not None
    assert waiting.person.name == "mara"
    with pytest.raises(UserError, match="what you found"):
        desk.post.review_incident(case.id, waiting.incident.event, " ")
    done = desk.post.review_incident(case.id, waiting.incident.event, "Low risk; the number is corrected.").value
    assert done.sendings[1].incident is not None
    assert done.sendings[1].incident.finding == "Low risk; the number is corrected."
    assert desk.post.incidents() == ()
    with pytest.raises(UserError, match="No such incident"):
        desk.post.review_incident(case.id, waiting.incident.event, "Again.")
    assert desk.supervision.verification().holds


def test_whoever_sent_it_or_recorded_it_does_not_look_into_it(desk: Desk) -> None:
    sit_down(desk, "ada")
    enrolled(desk, "both", "Both Roles", frozenset({Role.NURSE, Role.SUPERVISOR}))
    case = issued(desk)
    sit_down(desk, "both")
    case = sent(desk, case)
    told = (case.sendings[0].event, desk.clock.now(), "a neighbour", "They called.", "Asked for it back.")
    case = desk.post.record_misdirected(case.id, case.revision, *told).value
    (waiting,) = desk.post.incidents()
    with pytest.raises(Forbidden, match="Another supervisor"):
        desk.post.review_incident(case.id, waiting.incident.event, "Fine.")
    sit_down(desk, "mara")
    with pytest.raises(Forbidden, match="may not look at this"):
        desk.post.incidents()


def test_what_became_of_a_letter_is_recorded_in_a_closed_case_too(desk: Desk) -> None:
    case = sent_to_all(desk, issued(desk))
    case = desk.determinations.close(case.id, case.revision).value
    case = desk.post.record_return(case.id, case.revision, case.sendings[0].event, desk.clock.now(), "Refused").value
    case = finish(desk.letters.issue(case.id, case.revision, supersedes=case.letters[0].id, reason="Came back: another address.")).value
    assert why_owed(desk) == [("member", "not_sent", False), ("provider", "not_sent", False)]
    sent(desk, case)
    assert why_owed(desk) == [("provider", "not_sent", False)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"at": NOW + 30 * A_DAY}, "in the future"),
        ({"at": NOW - A_DAY}, "a letter's date"),
        ({"to_whom": "x", "where": " ", "way": Way.FAX}, "which address or number"),
        ({"proof": (record(name=" "), PAGES)}, "A proof has a name"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_kept(desk: Desk, change: dict[str, Any], why: str) -> None:
    case = issued(desk)
    events = desk.store.ledger.last()
    with pytest.raises(UserError, match=why):
        sent(desk, case, **change)
    assert desk.store.ledger.last() == events


@pytest.mark.parametrize(
    "told",
    [{"at": NOW - timedelta(hours=9)}, {"at": NOW.replace(year=1999), "way": Way.PHONE, "where": "1-317-555-0177"}],
    ids=["mailed in the morning of the day", "told by telephone years ago"],
)
def test_no_letter_was_on_its_way_before_it_was_issued(desk: Desk, told: dict[str, Any]) -> None:
    case = issued(desk)
    with pytest.raises(UserError, match="before the letter was issued"):
        sent(desk, case, **told)
    assert desk.review.case(case.id).sendings == ()


def test_a_sending_recorded_by_mistake_is_taken_back_by_whoever_recorded_it(desk: Desk) -> None:
    case = issued(desk)
    done = desk.post.send(case.id, case.revision, case.letters[0].id, Way.MAIL, Party.MEMBER, desk.clock.now())
    assert done.undo is not None
    back = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    assert back.sendings == ()
    assert len(why_owed(desk)) == 2


def test_the_days_post_is_recorded_in_one_go_with_one_proof_and_a_refused_one_stops_no_other(desk: Desk, clock: FixedClock) -> None:
    old = issued(desk)
    clock.at += A_DAY
    for number in range(3):
        issued(desk, reference=f"R-{number}")
    members = [each for each in desk.post.owed() if each.party is Party.MEMBER]
    told = Posted(len(members))
    finish(desk.post.send_many(members, Way.MAIL, clock.now(), told, (record(name="mail log.pdf"), PAGES)))
    assert [each.case for each, _ in told.refused] == [old.id]
    assert "a letter's date" in told.refused[0][1]
    assert len(told.sent) == 3
    assert all(desk.post.proof(each.case, desk.review.case(each.case).sendings[0].event, record().sha256) == PAGES for each in told.sent)


def test_letters_of_restricted_cases_are_owed_in_nobodys_list_but_theirs(desk: Desk) -> None:
    case = issued(desk)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.SENSITIVE, "A colleague.", ("sol",))
    assert len(desk.post.owed()) == 2
    sit_down(desk, "mara")
    assert desk.post.owed() == ()


def test_the_cover_of_a_fax_names_neither_member_nor_case(desk: Desk) -> None:
    case = issued(desk)
    cover = finish(desk.post.cover(case.id, case.letters[0].id, "Priya Natarajan", "1-317-555-0188"))
    text = text_of(cover)
    pages = desk.letters.page(desk.letters.pdf(case.letters[0].id), 1, 0.1)[1]
    assert f"Pages, with this one\n{pages + 1}" in text or f"Pages, with this one {pages + 1}" in text
    assert "1-800-555-0147" in text
    for secret in ("Alvarado", "Rosalind", "DEMO-004417", case.number, "97110", "exercise"):
        assert secret not in text
        assert secret.encode() not in cover
    with pytest.raises(UserError, match="to which number"):
        finish(desk.post.cover(case.id, case.letters[0].id, "Priya Natarajan", " "))


@pytest.mark.parametrize(
    "to_whom",
    [
        "Rosalind Alvarado",
        "ALVARADO, rosalind",
        "R. Alvarado",
        "Alv\u00adarado, Ros\u0430lind",
        "the Alvarado family",
        "Dr. Natarajan, for DEMO-004417",
        "Dr. Natarajan (demo 004417)",
        "office, born 02/14/1971",
        "office, 14 February 1971",
        "case UR-2017-000001",
    ],
)
def test_the_cover_of_a_fax_is_not_written_with_the_member_in_the_line_to_whom(desk: Desk, to_whom: str) -> None:
    case = issued(desk)
    with pytest.raises(UserError, match="names neither the member nor the case") as wrong:
        finish(desk.post.cover(case.id, case.letters[0].id, to_whom, "1-317-555-0188"))
    assert "Alvarado" not in str(wrong.value)
    assert finish(desk.post.cover(case.id, case.letters[0].id, "Rosalie Natarajan, 2nd floor", "1-317-555-0188"))


def test_the_return_sheet_says_the_case_and_no_member(desk: Desk) -> None:
    case = issued(desk)
    sheet = finish(desk.post.return_sheet(case.id))
    assert case.number in text_of(sheet)
    assert "Alvarado" not in text_of(sheet)


def text_of(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_physicians_denial_is_sent_like_any_other_letter(desk: Desk) -> None:
    case = opened(desk)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason, proof = Reason("Research has not shown that the study helps.", cites(case, 15)), desk.vault.prove(passphrase("osei"))
    case = desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    case = sent_to_all(desk, case)
    assert noticed(case, Party.PROVIDER) is not None
    assert isinstance(noticed(case, Party.MEMBER), datetime)


def asked(desk: Desk, case: Case) -> Case:
    days = date(2017, 12, 20)
    ask = desk.determinations.ask_for_information
    return ask(case.id, case.revision, (1,), ["The office notes"], "They show what you tried.", "the office", days).value


def test_a_request_for_information_is_owed_until_it_is_answered_or_asked_anew(desk: Desk) -> None:
    case = asked(desk, opened(desk, line(1, "97110", "Therapeutic exercise")))
    case = finish(desk.letters.issue(case.id, case.revision)).value
    assert why_owed(desk) == [("member", "not_sent", False), ("provider", "not_sent", False)]
    received = desk.determinations.information_received
    case = finish(received(case.id, case.revision, (1,), "The notes came.", desk.clock.now())).value
    assert why_owed(desk) == []
    case = asked(desk, case)
    assert why_owed(desk) == [], "the first letter does not ask for this"
    case = finish(desk.letters.issue(case.id, case.revision)).value
    assert {each.letter.id for each in desk.post.owed()} == {letter.id for letter in case.letters[-2:]}
    assert desk.supervision.verification().holds


def test_a_notice_of_open_lines_is_owed_until_they_are_decided(desk: Desk) -> None:
    case = opened(
        desk,
        line(1, "97110", "Therapeutic exercise"),
        urgency=Urgency.EXPEDITED,
        urgency_said_by="the member",
        received_at=NOW - timedelta(hours=1),
    )
    usual = replace(basis_of(case.request, case.clockwork.particulars), urgency=Urgency.STANDARD)
    changed = finish(desk.clocks.change(case.id, case.revision, usual, "No physician says so.", "the plan", no_physician=True)).value
    notice = NoticeWanted(NoticeKind.EXPEDITE_REFUSED, "Your pain has not changed for five months.")
    case = finish(desk.letters.issue(case.id, changed.revision, notice=notice)).value
    assert len(why_owed(desk)) == 2
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    assert why_owed(desk) == []
    assert desk.supervision.verification().holds
