"""From import to confirmation: a draft is mended by events, confirmed by a second person, and never changed after that."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES, confirm, desk_in, open_desk, request, sit_down
from loaded import ID, TO_SCOPE, breaks, loaded
from test_verification import document

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.drafting import PolicyCorrected, PolicyDiscarded, PolicyUndiscarded, Waiting
from ur_desk.domain.policy import Position, SectionKind
from ur_desk.domain.telling import tell
from ur_desk.errors import Known, NotKept, UserError

desk = loaded
"""The desk of these tests."""


def test_what_was_imported_is_a_draft_and_each_correction_another_reading_by_an_event(desk: Desk) -> None:
    before = desk.readings.draft(ID)
    assert before.waits
    assert before.loaded_by == desk.person.display
    after = desk.readings.correct(ID, TO_SCOPE, seen=before.shelved.reading).value
    (made,) = after.mended
    assert (made.correction, made.by, made.before, made.after) == (
        TO_SCOPE,
        desk.person.display,
        before.shelved.reading,
        after.shelved.reading,
    )
    assert after.shelved.reading != before.shelved.reading
    assert after.shelved.policy.text == before.shelved.policy.text
    section = after.shelved.policy.section_of(16)
    assert section is not None
    assert section.kind is SectionKind.SCOPE
    assert breaks(desk) == []


def test_a_correction_is_taken_back_by_an_event_and_the_reading_before_it_stands_again(desk: Desk) -> None:
    before = desk.readings.draft(ID)
    desk.readings.correct(ID, TO_SCOPE)
    back = desk.readings.take_back(ID).value
    assert (back.shelved.reading, back.mended) == (before.shelved.reading, ())
    with pytest.raises(UserError, match="Nothing was mended"):
        desk.readings.take_back(ID)
    assert breaks(desk) == []


def test_what_another_screen_mended_meanwhile_is_not_mended_blindly(desk: Desk) -> None:
    seen = desk.readings.draft(ID).shelved.reading
    desk.readings.correct(ID, TO_SCOPE, seen=seen)
    with pytest.raises(UserError, match="mended since you looked"):
        desk.readings.correct(ID, replace(TO_SCOPE, line=17), seen=seen)


def test_a_bad_correction_is_refused_and_keeps_nothing(desk: Desk) -> None:
    before, last = desk.readings.draft(ID), desk.store.ledger.last()[0]
    with pytest.raises(UserError, match="no line 9999"):
        desk.readings.correct(ID, replace(TO_SCOPE, line=9999))
    assert desk.readings.draft(ID) == before
    assert desk.store.ledger.last()[0] == last


def test_who_loads_does_not_confirm_and_a_second_person_does(desk: Desk) -> None:
    with pytest.raises(UserError, match="second person"):
        confirm(desk)
    assert desk.readings.draft(ID).why_not
    sit_down(desk, "osei")
    done = confirm(desk).value
    assert done.confirmed is not None
    assert not done.confirmed.alone
    assert breaks(desk) == []


def test_loading_again_changes_nothing_says_what_stands_there_and_makes_nobody_else_the_loader(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "sol")
    last = desk.store.ledger.last()[0]
    for anew in (False, True):
        with pytest.raises(Known, match=r"already, as RAD\.00034: loaded by Mara Lindqvist on .*, not confirmed yet") as told:
            finish(desk.library.load(document(), "own.txt", anew=anew, came_from=tmp_path / "own.txt"))
        assert told.value.hint == "Nothing was changed."
    assert desk.store.ledger.last()[0] == last
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="second person"):
        confirm(desk)


def test_in_a_workspace_of_one_the_loader_confirms_and_its_cases_say_so(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one", "ada", tables=TABLES)
    finish(desk.library.load(document(), "own.txt"))
    done = confirm(desk).value
    assert done.confirmed is not None
    assert done.confirmed.alone
    case = finish(desk.intake.open(request())).value
    assert case.matched is not None
    assert [pin.alone for pin in case.matched.pins] == [True]
    assert "confirmed by whoever loaded or mended it" in tell(case.matched)
    assert any("no second person compared" in caution.message for caution in desk.review.report(case).cautions)
    assert breaks(desk) == []
    desk.close()


def test_a_confirmed_reading_is_never_changed_and_another_import_begins_a_draft_beside_it(desk: Desk) -> None:
    sit_down(desk, "sol")
    sure = confirm(desk).value
    for refused in (lambda: desk.readings.correct(ID, TO_SCOPE), lambda: desk.readings.take_back(ID)):
        with pytest.raises(UserError, match="never changed"):
            refused()
    with pytest.raises(UserError, match="confirmed already"):
        confirm(desk)
    with pytest.raises(Known, match=r"confirmed by Sol Reyes on .*") as told:
        finish(desk.library.load(document(), "own.txt"))
    assert "anew" in told.value.hint
    assert not desk.readings.draft(ID).waits
    finish(desk.library.load(document(), "own.txt", anew=True))
    with pytest.raises(Known, match="A draft of it waits"):
        finish(desk.library.load(document(), "own.txt", anew=True))
    drafted = desk.readings.correct(ID, TO_SCOPE).value
    assert (drafted.waits, drafted.beside) == (True, True)
    assert desk.library.one(ID) == sure
    sit_down(desk, "mara")
    now = confirm(desk).value
    assert now.reading == drafted.shelved.reading != sure.reading
    assert breaks(desk) == []


def redrafted(desk: Desk) -> Any:
    """A confirmed reading with a mended draft beside it."""
    sit_down(desk, "sol")
    confirm(desk)
    finish(desk.library.load(document(), "own.txt", anew=True))
    return desk.readings.correct(ID, TO_SCOPE).value


def test_a_draft_beside_a_confirmed_reading_is_discarded_by_an_event_and_brought_back_whole(desk: Desk) -> None:
    draft, sure = redrafted(desk), desk.library.one(ID)
    with pytest.raises(UserError, match="mended since you looked"):
        desk.readings.discard(ID, seen=sure.reading)
    gone = desk.readings.discard(ID, seen=draft.shelved.reading).value
    assert (gone.waits, gone.beside, gone.discarded, gone.shelved.reading) == (False, False, True, sure.reading)
    assert desk.library.one(ID) == sure
    with pytest.raises(UserError, match="confirmed already"):
        confirm(desk)
    with pytest.raises(UserError, match="never changed"):
        desk.readings.discard(ID)
    back = desk.readings.bring_back(ID).value
    assert (back.waits, back.beside, back.discarded, back.mended) == (True, True, False, draft.mended)
    assert back.shelved.reading == draft.shelved.reading
    with pytest.raises(UserError, match="No discarded draft"):
        desk.readings.bring_back(ID)
    assert breaks(desk) == []


def test_the_only_reading_of_a_document_is_not_discarded(desk: Desk) -> None:
    with pytest.raises(UserError, match="No confirmed reading stands beside"):
        desk.readings.discard(ID)
    with pytest.raises(UserError, match="No discarded draft"):
        desk.readings.bring_back(ID)


def test_another_import_begins_a_draft_in_the_place_of_a_discarded_one(desk: Desk) -> None:
    redrafted(desk)
    desk.readings.discard(ID)
    finish(desk.library.load(document(), "own.txt", anew=True))
    fresh = desk.readings.draft(ID)
    assert (fresh.waits, fresh.beside, fresh.discarded, fresh.mended) == (True, True, False, ())
    assert breaks(desk) == []


def test_a_draft_discarded_where_none_was_shows_in_the_trail(desk: Desk) -> None:
    draft = desk.readings.draft(ID)
    assert draft.shelved.reading is not None
    policy = draft.shelved.policy
    with desk.store.atomic():
        desk.append("policy.discard", None, PolicyDiscarded(policy.id, policy.text.sha256, draft.shelved.reading))
        desk.append("policy.undiscard", None, PolicyUndiscarded(policy.id, policy.text.sha256, draft.shelved.reading))
    assert breaks(desk) == ["it discards what was no draft there", "it brings back a draft that nobody had discarded there"]


def test_a_mended_number_moves_the_document_in_the_library_and_taking_it_back_moves_it_again(desk: Desk) -> None:
    first = desk.readings.draft(ID).shelved.policy
    line = next(each.number for each in first.text.lines if "RAD.00034" in each.text)
    moved = desk.readings.correct(ID, Correction(What.NUMBER, line, words="00034"), text=first.text.sha256).value
    assert moved.shelved.policy.id == "00034"
    assert desk.library.one("00034").policy.text == first.text
    assert [card.policy for card in desk.library.cards() if card.text == first.text.sha256] == ["00034"]
    assert [hit.card.policy for hit in desk.library.search("00034").hits][:1] == ["00034"]
    assert breaks(desk) == []
    back = desk.readings.take_back("00034").value
    assert back.shelved.policy.id == ID
    assert [card.policy for card in desk.library.cards() if card.text == first.text.sha256] == [ID]
    assert breaks(desk) == []


def test_a_number_mended_in_a_draft_beside_counts_once_it_is_confirmed(desk: Desk) -> None:
    policy = redrafted(desk).shelved.policy
    line = next(each.number for each in policy.text.lines if "RAD.00034" in each.text)
    desk.readings.correct(ID, Correction(What.NUMBER, line, words="00034"))
    assert {card.policy for card in desk.library.cards() if card.text == policy.text.sha256} == {ID}
    sit_down(desk, "mara")
    confirm(desk)
    assert {card.policy for card in desk.library.cards() if card.text == policy.text.sha256} == {"00034"}
    assert breaks(desk) == []


def test_the_list_says_which_drafts_wait_and_of_whom(desk: Desk) -> None:
    loader = desk.person

    def waiting() -> list[Any]:
        return [(row.draft, row.loader) for row in desk.library.listed().rows if not row.card.abstract]

    assert waiting() == [(Waiting(False, loader.id, True), loader.display)]
    sit_down(desk, "sol")
    confirm(desk)
    assert waiting() == [(None, "")]
    finish(desk.library.load(document(), "own.txt", anew=True))
    assert waiting() == [(Waiting(True, desk.person.id, True), desk.person.display)]
    desk.readings.discard(ID)
    assert waiting() == [(None, "")]


def test_title_and_history_are_mended_and_taken_back(desk: Desk) -> None:
    before = desk.readings.draft(ID).shelved.policy
    row = before.history[0]
    told = desk.readings.correct(ID, Correction(What.HISTORY, row.line, status="Looked at", words=row.action)).value.shelved.policy
    assert told.history[0] == replace(row, status="Looked at", day=None, last_line=None)
    desk.readings.correct(ID, Correction(What.TITLE, 16))
    assert next(card.title for card in desk.library.cards() if card.text == before.text.sha256) == before.text.line(16).text.strip()
    desk.readings.take_back(ID)
    assert desk.readings.take_back(ID).value.shelved.policy == before
    assert breaks(desk) == []


def test_the_file_as_received_comes_out_byte_for_byte_with_an_event(desk: Desk, tmp_path: Path) -> None:
    name, data = desk.readings.received(ID)
    assert (name, data) == ("own.txt", document())
    path = desk.readings.export(ID, tmp_path / "again.txt")
    assert path.read_bytes() == document()
    sit_down(desk, "sol")
    assert any(entry.path == str(path) for entry in desk.exports.register())


def test_a_text_is_compared_with_its_file_also_after_corrections(desk: Desk) -> None:
    desk.readings.correct(ID, TO_SCOPE)
    told = finish(desk.readings.verify(ID))
    assert told.same
    assert told.lines == ()


def doctored(desk: Desk) -> Any:
    """A text with one word exchanged, shelved with the true file by somebody with a changed program."""
    policy = desk.library.read(document(), "own.txt")
    other = document().replace(b"not medically necessary", b"medically necessary")
    changed = desk.library.read(other, "own.txt")
    return replace(changed, provenance=policy.provenance)


def test_a_doctored_text_beside_the_true_file_is_shown_line_by_line(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        sit_down(desk, "mara")
        desk.library._load(doctored(desk), document())
        told = finish(desk.readings.verify(ID))
        assert not told.same
        assert told.lines
        assert all("not medically necessary" in line.text for change in told.lines for line in change.new)
        assert {(row.old.number, row.new.number) for row in told.rows if row.old and row.new} == {
            (old.number, new.number) for change in told.lines for old, new in zip(change.old, change.new, strict=True)
        }


def test_a_correction_that_changes_more_than_it_says_shows_in_the_trail(desk: Desk) -> None:
    draft = desk.readings.draft(ID)
    assert draft.shelved.reading is not None
    policy = draft.shelved.policy
    statement = replace(policy.statements[0], position=Position.MEDICALLY_NECESSARY)
    sly = replace(policy, statements=(statement, *policy.statements[1:]))
    with desk.store.atomic():
        reading = desk.store.shelf.keep(sly)
        desk.append("policy.correct", None, PolicyCorrected(policy.id, policy.text.sha256, draft.shelved.reading, TO_SCOPE, reading))
    assert breaks(desk) == ["more was changed in the reading than its correction says"]


def test_a_confirmation_by_the_loader_shows_in_the_trail_where_somebody_else_could_have(desk: Desk) -> None:
    draft = desk.readings.draft(ID)
    with desk.store.atomic():
        desk.append(
            "policy.confirm", None, sh.PolicyConfirmed(draft.shelved.policy.id, draft.shelved.policy.text.sha256, draft.shelved.reading)
        )
    assert breaks(desk) == ["the reading was confirmed by whoever loaded it"]


def test_a_file_that_the_event_does_not_name_shows_in_the_trail(desk: Desk) -> None:
    policy = desk.library.read(document() + b"\nOne more line.\n", "own.txt")
    with desk.store.atomic():
        reading = desk.store.shelf.keep(policy)
        file = desk.store.blobs.keep(b"another file")
        desk.append("policy.load", None, sh.PolicyLoaded(policy.id, policy.version.effective, False, policy.text.sha256, reading, file))
    assert breaks(desk) == ["the reading names another file as received than its event"]


def test_an_abstract_is_neither_mended_nor_compared(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one", "ada", tables=TABLES)
    with pytest.raises(UserError, match="abstract is not mended"):
        desk.readings.correct(ID, TO_SCOPE)
    with pytest.raises(UserError, match="abstract is not confirmed"):
        confirm(desk)
    with pytest.raises(NotKept):
        finish(desk.readings.verify(ID))
    desk.close()
