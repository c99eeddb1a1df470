"""What counts as a second pair of eyes: the reading that was looked at, by somebody who neither loaded nor mended it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, confirm, desk_in, sit_down
from loaded import ID, TO_SCOPE, breaks, loaded
from test_verification import document

from ur_desk.desk.desk import Desk
from ur_desk.desk.library import BROUGHT_BY_TIME
from ur_desk.desk.steps import finish
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.library.correction import Correction, What, corrected
from ur_desk.domain.library.drafting import PolicyCorrected
from ur_desk.domain.policy import Confirmation, Policy, Position
from ur_desk.errors import Known, UserError

desk = loaded
"""The desk of these tests."""


# what is confirmed is what was looked at ----------------------------------------------------------------------------------


def adverse(desk: Desk) -> Correction:
    """The first position turned into its opposite."""
    return Correction(
        What.STATEMENT, desk.readings.draft(ID).shelved.policy.statements[0].first_line, position=Position.MEDICALLY_NECESSARY
    )


def test_a_draft_that_was_mended_since_somebody_looked_is_not_confirmed(desk: Desk) -> None:
    looked = desk.readings.draft(ID).shelved
    assert looked.reading is not None
    desk.readings.correct(ID, adverse(desk))
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="mended since you looked"):
        desk.library.confirm(ID, looked.reading, text=looked.policy.text.sha256)
    assert desk.readings.draft(ID).waits
    assert confirm(desk).value.reading != looked.reading


def test_one_of_several_drafts_of_a_number_is_confirmed_only_where_it_is_named(desk: Desk) -> None:
    looked = desk.readings.draft(ID).shelved
    assert looked.reading is not None
    finish(desk.library.load(document().replace(b"not medically necessary", b"medically necessary"), "forged.txt"))
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="2 drafts of that policy wait") as told:
        desk.library.confirm(ID, looked.reading)
    assert looked.policy.text.sha256[:12] in told.value.hint
    done = desk.library.confirm(ID, looked.reading, text=looked.policy.text.sha256).value
    assert (done.reading, done.policy.provenance.file) == (looked.reading, "own.txt")


# a second copy of a file ---------------------------------------------------------------------------------------------------


def known_of(desk: Desk) -> tuple[Any, ...]:
    """What is known of the document, but for its reading: what was mended, waived, adopted and seen, and who loaded it."""
    draft = desk.readings.draft(ID)
    waived = [each.finding.rule for each in desk.library.lint(ID) if each.waiver]
    return draft.loaded_by, [each.correction for each in draft.mended], draft.shelved.applies_to, draft.shelved.still_current, waived


def worked_on(desk: Desk) -> None:
    """The draft that mara loaded, with a correction, a waiver, an adoption and a look at the payer's site."""
    desk.readings.correct(ID, TO_SCOPE)
    finding = next(each.finding for each in desk.library.lint(ID) if each.finding.rule not in BROUGHT_BY_TIME)
    desk.library.waive(ID, sh.key_of(finding), "It stands so in the payer's file.")
    sit_down(desk, "sol")
    desk.library.adopt(ID, ("medicare_advantage",))
    desk.library.record_still_current(ID, "the payer's site", NOW.date())


@pytest.mark.parametrize(
    ("name", "data"), [("own.txt", document()), ("own (1).txt", document()), ("own.txt", document().replace(b"\n", b"\r\n"))]
)
def test_another_copy_of_a_file_changes_nothing_and_makes_nobody_else_the_loader(
    desk: Desk, tmp_path: Path, name: str, data: bytes
) -> None:
    worked_on(desk)
    before, last = known_of(desk), desk.store.ledger.last()[0]
    assert all(before)
    (tmp_path / name).write_bytes(data)
    told, start = desk.library.documents([tmp_path / name])
    finish(start())
    assert [(each.before, each.policy) for each in told.loaded] == [(True, ID)]
    assert (told.new, told.refused) == (0, [])
    assert (known_of(desk), desk.store.ledger.last()[0]) == (before, last)
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="second person"):
        confirm(desk)


def read_otherwise(desk: Desk) -> Policy:
    """The same document as a newer reader understands it."""
    policy = desk.library.read(document(), "own.txt")
    return replace(policy, reader=f"{policy.reader} of tomorrow")


def test_another_reading_of_a_draft_takes_its_place_and_bars_both_who_loaded_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_on(desk)
    newer = read_otherwise(desk)
    monkeypatch.setattr(desk.library, "read", lambda _data, _name: newer)
    with pytest.raises(Known, match="not confirmed yet") as told:
        finish(desk.library.load(document(), "own.txt"))
    assert "1 corrections stand in its draft" in told.value.hint
    before = known_of(desk)
    finish(desk.library.load(document(), "own.txt", anew=True))
    after = known_of(desk)
    assert after == (desk.person.display, [], *before[2:])
    for name in ("mara", "sol"):
        sit_down(desk, name)
        with pytest.raises(UserError, match="Whoever loaded"):
            confirm(desk)
    sit_down(desk, "osei")
    assert confirm(desk).value.confirmed == Confirmation(desk.person.display, desk.clock.at, alone=False)
    assert breaks(desk) == []


def test_whoever_ever_loaded_a_document_does_not_say_from_when_it_is_in_force(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    undated = b"\n".join(line for line in document().splitlines() if b"Effective Date" not in line)
    policy = desk.library.read(undated, "undated.txt")
    assert policy.version.effective is None
    finish(desk.library.load(undated, "undated.txt"))
    sit_down(desk, "sol")
    newer = replace(policy, reader="another")
    monkeypatch.setattr(desk.library, "read", lambda _data, _name: newer)
    finish(desk.library.load(undated, "undated.txt"))
    for name in ("mara", "sol"):
        sit_down(desk, name)
        with pytest.raises(UserError, match="Whoever loaded"):
            desk.versions.give_day(ID, date(2017, 9, 27), "the payer's notice", policy.text.sha256)


# who mends does not confirm ------------------------------------------------------------------------------------------------


def test_whoever_mended_a_draft_does_not_confirm_it_until_it_is_taken_back(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.readings.correct(ID, adverse(desk))
    assert "mended a draft" in desk.readings.draft(ID).why_not
    with pytest.raises(UserError, match="Whoever mended a draft does not confirm"):
        confirm(desk)
    desk.readings.take_back(ID)
    assert desk.readings.draft(ID).why_not == ""
    done = confirm(desk).value
    assert done.confirmed is not None
    assert not done.confirmed.alone


def test_where_everybody_had_a_hand_in_a_draft_one_of_them_confirms_and_its_cases_say_so(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        for name in ("osei", "sol"):
            desk.accounts.retire(name)
        sit_down(desk, "mara")
        finish(desk.library.load(document(), "own.txt"))
        sit_down(desk, "ada")
        desk.readings.correct(ID, TO_SCOPE)
        sit_down(desk, "mara")
        done = confirm(desk).value
        assert done.confirmed is not None
        assert done.confirmed.alone
        assert sh.PolicyConfirmed(ID, done.policy.text.sha256, done.reading, alone=True) in [  # type: ignore[arg-type]
            event.body for _, event in desk.store.ledger.every()
        ]
        assert breaks(desk) == []


@pytest.mark.parametrize(
    ("alone", "told"),
    [
        (False, ["the reading was confirmed by whoever mended it"]),
        (True, ["the reading was confirmed by whoever mended it"]),
        (None, []),  # as events of before told it, when the rule was about the loader alone
    ],
)
def test_a_confirmation_by_whoever_mended_shows_in_the_trail_and_never_counts_as_a_second_person(
    desk: Desk, alone: bool | None, told: list[str]
) -> None:
    sit_down(desk, "sol")
    draft = desk.readings.correct(ID, adverse(desk)).value.shelved
    with desk.store.atomic():
        desk.append("policy.confirm", None, sh.PolicyConfirmed(draft.policy.id, draft.policy.text.sha256, draft.reading, alone))
    assert breaks(desk) == told
    sure = desk.library.one(ID).confirmed
    assert sure is not None
    assert sure.alone


def test_a_confirmation_that_hides_that_nobody_else_looked_shows_in_the_trail(desk: Desk) -> None:
    draft = desk.readings.draft(ID).shelved
    sit_down(desk, "sol")
    with desk.store.atomic():
        desk.append("policy.confirm", None, sh.PolicyConfirmed(draft.policy.id, draft.policy.text.sha256, draft.reading, alone=True))
    assert breaks(desk) == ["it does not say rightly whether a second person confirmed the reading"]


# events of before -----------------------------------------------------------------------------------------------------------


def test_a_criterion_mended_when_parents_did_not_reach_up_is_no_break_of_the_trail(desk: Desk) -> None:
    told = b"Policy Number: 12\nTitle: Braces\nEffective Date: 01/01/2018\n\nPolicy\nBraces are considered medically necessary when met:\n1. Pain\n2. Imaging\n"
    finish(desk.library.load(told, "12.txt"))
    draft = desk.readings.draft("12").shelved
    statement = draft.policy.statements[0]
    assert statement.criteria is not None
    first = replace(draft.policy, statements=(replace(statement, criteria=replace(statement.criteria.items[1], first_line=8)),))
    correction = Correction(What.CRITERION_ADD, statement.first_line, path=(), at_line=7)
    after = corrected(first, correction)
    tree = after.statements[0].criteria
    assert tree is not None
    assert tree.first_line == 7
    as_before = replace(after, statements=(replace(after.statements[0], criteria=replace(tree, first_line=8)),))
    text = draft.policy.text.sha256
    with desk.store.atomic():
        began, ended = desk.store.shelf.keep(first), desk.store.shelf.keep(as_before)
        desk.append("policy.load", None, sh.PolicyLoaded(first.id, first.version.effective, False, text, began, first.provenance.sha256))
        desk.append("policy.correct", None, PolicyCorrected(first.id, text, began, correction, ended))
    assert breaks(desk) == []
