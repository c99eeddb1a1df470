"""An issued letter on its way, in the window: sent with its proof, come back, in wrong hands, corrected, with the sheets for the fax."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import UNCHECKED, line
from PySide6.QtWidgets import QFileDialog
from record_makers import PAGES, record
from ui_desk import Room, Told, seated, sit

from ur_desk.desk.letters import Standing
from ur_desk.desk.steps import finish
from ur_desk.domain.determination import Reason
from ur_desk.domain.letters.delivery import Party, Way, parties
from ur_desk.ui.widgets.proof import ProofChooser


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def shown(room: Room) -> tuple[Any, Any]:
    """A case with an approval issued today, and the page that shows the letter."""
    case = room.open(line(1, "97110", "Therapeutic exercise"))
    reason = Reason("We approved it because it meets what your plan asks for.", no_policy_found=True)
    done = room.desk.determinations.approve(case.id, case.revision, (1,), reason, unchecked=UNCHECKED).value
    finish(room.desk.letters.issue(case.id, done.revision))
    return case, again(room, case)


def again(room: Room, case: Any) -> Any:
    room.page.open_case(case.id)
    room.page.show_letter()
    return room.page.letter


def fill(form: Any, **told: str) -> None:
    for key, words in told.items():
        form.entry(key).retype(words)


def sent(room: Room, case: Any, party: Party = Party.MEMBER, way: Way = Way.MAIL, **told: Any) -> Any:
    now = room.now(case)
    letter = next(each for each in reversed(now.letters) if party in parties(each, now))
    room.desk.post.send(case.id, now.revision, letter.id, way, party, room.desk.clock.now(), **told)
    return again(room, case)


def test_what_is_still_owed_stands_under_the_letter_until_it_is_sent(room: Room) -> None:
    case, page = shown(room)
    assert page.post.open_words.text() == "Member: not sent. It leaves today."
    page = sent(room, case)
    assert page.post.open_words.text() == ""
    assert page.post.words.text().startswith("• Member · Mail · 10/09/2017")
    assert "no proof kept" in page.post.words.text()


def test_a_sending_is_recorded_in_the_page_with_the_file_that_shows_it(room: Room, tmp_path: Path, monkeypatch: Any) -> None:
    case, page = shown(room)
    log = tmp_path / "mail log.pdf"
    log.write_bytes(PAGES)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(log)], ""))
    told = Told(page.said)
    page.post.commands["send"].trigger()
    form = page.post.form
    assert not unnamed(form)
    chooser = form.findChild(ProofChooser)
    chooser.click()
    assert chooser.text() == "Proof: mail log.pdf"
    form.commit()
    (sending,) = room.now(case).sendings
    assert (sending.told.way, sending.told.party, sending.told.where) == (Way.MAIL, Party.MEMBER, "12 Linden Court, Muncie, IN 47302")
    assert sending.proofs[0].name == "mail log.pdf"
    assert told.all == ["Recorded: the letter was sent."]


def test_what_shows_a_sending_is_saved_byte_for_byte_under_a_name_without_the_member(room: Room, tmp_path: Path, monkeypatch: Any) -> None:
    case, page = shown(room)
    assert not page.post.commands["kept"].isEnabled()
    page = sent(room, case, proof=(record(name="Alvarado mail log.pdf"), PAGES))
    names: list[str] = []

    def chosen(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        names.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    told = Told(page.said)
    page.post.commands["kept"].trigger()
    assert not unnamed(page.post.form)
    page.post.form.commit()
    assert names == [f"{case.number}-proof.pdf"]
    assert (tmp_path / names[0]).read_bytes() == PAGES
    assert told.all[0].startswith(f"Saved as {names[0]}.")
    assert page.post.form is None


def test_a_letter_that_leaves_on_another_day_is_refused_in_the_form_and_what_was_typed_stays(room: Room) -> None:
    case, page = shown(room)
    room.desk.clock.at += timedelta(days=1)
    page.post.show_letter(room.now(case), room.now(case).letters[0])
    assert "Its day, 10/09/2017, has passed" in page.post.open_words.text()
    page.post.commands["send"].trigger()
    fill(page.post.form, to_whom="Rosalind Alvarado")
    page.post.form.commit()
    assert page.post.form.notice.isVisibleTo(page.post.form)
    assert page.post.form.text("to_whom") == "Rosalind Alvarado"
    assert page.post.form.commit_button.isEnabled()
    assert room.now(case).sendings == ()


def test_a_letter_comes_back_and_reaches_wrong_hands(room: Room) -> None:
    case, _ = shown(room)
    page = sent(room, case)
    page.post.commands["returned"].trigger()
    fill(page.post.form, why="No such number")
    page.post.form.commit()
    assert room.now(case).sendings[0].returned.why == "No such number"
    page = sent(room, case, Party.PROVIDER, Way.FAX, where="1-317-555-0188")
    page.post.show_letter(room.now(case), room.now(case).letters[1])
    page.post.commands["wrong"].trigger()
    page.post.form.commit()
    assert page.post.form.row("reached").problem == "Say whom it reached."
    fill(page.post.form, reached="a garage", found="They called.", done="They destroyed it.")
    page.post.form.commit()
    assert room.now(case).sendings[1].incident.told.reached == "a garage"
    page.post.show_letter(room.now(case), room.now(case).letters[1])
    assert "wrong hands: a garage" in page.post.words.text()


def test_a_correction_is_seen_before_it_is_issued_and_can_be_given_up(room: Room) -> None:
    case, page = shown(room)
    room.desk.clock.at += timedelta(days=1)
    page.post.commands["correct"].trigger()
    assert page.kind.words == "Approval, draft"
    assert not page.issue_action.isEnabled()
    assert page._shown.content.dated > room.now(case).letters[0].dated
    page.post.form.dismiss()
    assert page.kind.words == "Approval, issued"
    page.post.commands["correct"].trigger()
    page.post.form.commit()
    assert page.post.form.row("reason").problem == "Say why it is corrected."
    fill(page.post.form, reason="The telephone was wrong.")
    page.post.form.commit()
    old, new = room.now(case).letters_to_members
    assert (old.superseded_by, new.reason) == (new.id, "The telephone was wrong.")
    assert room.desk.letters.recognise(room.desk.letters.pdf(old.id)).standing is Standing.SUPERSEDED


def test_the_sheets_are_saved_where_the_person_wants_them(room: Room, tmp_path: Path, monkeypatch: Any) -> None:
    case, page = shown(room)
    out = tmp_path / "out.pdf"
    names: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _p, _t, name, *_k: names.append(name) or (str(out), ""))
    page.post.commands["sheet"].trigger()
    assert out.read_bytes().startswith(b"%PDF")
    out.unlink()
    page.post.commands["cover"].trigger()
    fill(page.post.form, to_whom="Priya Natarajan", fax="1-317-555-0188")
    page.post.form.commit()
    assert out.read_bytes().startswith(b"%PDF")
    assert names == [f"{case.number}-return-sheet.pdf", "fax-cover.pdf"]


def test_whoever_may_not_record_it_sees_how_it_stands(room: Room) -> None:
    case, _ = shown(room)
    sent(room, case)
    sit(room.desk, room.session, "sol")
    page = again(room, case)
    assert page.post.commands["send"].isEnabled()
    assert not page.post.commands["correct"].isEnabled()
    assert not unnamed(page.post)


def test_a_letter_that_was_corrected_is_sent_no_more(room: Room) -> None:
    case, page = shown(room)
    now = room.now(case)
    finish(room.desk.letters.issue(case.id, now.revision, supersedes=now.letters[0].id, reason="Misspelt."))
    page = again(room, case)
    page.issued.buttons()[1].click()
    assert not page.post.commands["send"].isEnabled()
    assert not page.post.commands["correct"].isEnabled()
    assert page.post.open_words.text() == ""
