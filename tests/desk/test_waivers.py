"""A finding of a policy's own text is waived with a reason, by whom, when; for that text alone, and not what time brings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, sit_down
from test_verification import document

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.shelf import FindingKey, Linted
from ur_desk.domain.policy import EntryState
from ur_desk.errors import UserError

MISPRINT = "range-crosses-category"
TWO = (("", "one.txt"), ("\nAnother last line.\n", "two.txt"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as opened:
        sit_down(opened, "mara")
        yield opened


def one(desk: Desk, rule: str) -> Linted:
    (found,) = [each for each in desk.library.lint("RAD.00034") if each.finding.rule == rule]
    return found


def key(found: Linted) -> FindingKey:
    return FindingKey(found.finding.rule, found.finding.line, found.finding.raw)


def test_a_waiver_is_shown_with_its_reason_and_whoever_gave_it(desk: Desk) -> None:
    found = one(desk, MISPRINT)
    told = desk.library.waive("RAD.00034", key(found), "  The publisher told us. ").value
    assert told == one(desk, MISPRINT)
    assert told.finding == found.finding
    assert told.waiver is not None
    assert (told.waiver.reason, told.waiver.by) == ("The publisher told us.", desk.person.display)
    others = [each for each in desk.library.lint("RAD.00034") if each.finding.rule != MISPRINT]
    assert all(each.waiver is None for each in others)


def test_a_waiver_makes_no_suspect_code_sound(desk: Desk) -> None:
    desk.library.waive("RAD.00034", key(one(desk, MISPRINT)), "Known.")
    suspect = [e for e in desk.library.one("RAD.00034").policy.codes if e.state is EntryState.SUSPECT]
    assert [e.raw for e in suspect] == ["S13.4XXA-S43.4XXS"]


def test_a_waiver_is_of_the_text_that_is_named_and_of_its_draft(desk: Desk) -> None:
    """The library holds the abstract and the document of one version: what is waived of one is not waived of the other."""
    finish(desk.library.load(document(), "own.txt"))
    texts = {card.abstract: card.text for card in desk.library.cards()}
    line = next(entry.line for entry in desk.library.text(texts[False]).policy.codes if entry.state is EntryState.SUSPECT)
    drafted = desk.readings.correct("RAD.00034", Correction(What.CODE_DROP, line, was="S13.4XXA-S43.4XXS"), text=texts[False]).value
    assert not any(each.rule == MISPRINT for each in drafted.shelved.policy.findings)
    told = desk.library.lint("RAD.00034", text=texts[False])
    assert {each.policy.text.sha256 for each in told} == {texts[False]}
    assert not any(each.finding.rule == MISPRINT for each in told)
    (found,) = [key(each) for each in desk.library.lint("RAD.00034", text=texts[True]) if each.finding.rule == MISPRINT]
    desk.library.waive("RAD.00034", found, "Known.", text=texts[True])
    assert [waiver.finding for waiver in desk.library.waivers(texts[True])] == [found]
    assert desk.library.waivers(texts[False]) == ()
    desk.library.unwaive("RAD.00034", found, text=texts[True])
    assert desk.library.waivers(texts[True]) == ()


def test_a_waiver_given_again_takes_the_place_of_the_first_and_can_be_taken_back(desk: Desk) -> None:
    found = key(one(desk, MISPRINT))
    desk.library.waive("RAD.00034", found, "First.")
    again = desk.library.waive("RAD.00034", found, "Second.").value
    assert again.waiver is not None
    assert again.waiver.reason == "Second."
    assert desk.library.unwaive("RAD.00034", found).value.waiver is None
    assert one(desk, MISPRINT).waiver is None
    with pytest.raises(UserError, match="not waived"):
        desk.library.unwaive("RAD.00034", found)


def test_a_waiver_is_an_event_and_the_trail_holds(desk: Desk) -> None:
    before = len(list(desk.store.ledger.steps(None, access=False)))
    desk.library.waive("RAD.00034", key(one(desk, MISPRINT)), "Known.")
    assert len(list(desk.store.ledger.steps(None, access=False))) == before + 1
    assert desk.supervision.verification().holds


@pytest.mark.parametrize(
    ("finding", "reason", "message"),
    [
        (FindingKey("code-unknown", 1), "Known.", "no such finding"),
        (FindingKey("review-overdue", 8), "Known.", "What time brings"),
        (None, "  ", "needs its reason"),
    ],
)
def test_what_cannot_be_waived_is_refused_in_plain_words(desk: Desk, finding: FindingKey | None, reason: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        desk.library.waive("RAD.00034", finding or key(one(desk, MISPRINT)), reason)


def test_where_several_texts_tell_of_one_day_the_waiver_names_the_one_that_is_meant(desk: Desk) -> None:
    own = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text("utf-8").split("\n", 1)[1]
    first, second = (finish(desk.library.load((own + extra).encode(), name)).value.policy.text.sha256 for extra, name in TWO)
    finding = key(next(each for each in desk.library.lint("RAD.00034", text=second[:8]) if each.finding.rule == MISPRINT))
    for refused in (lambda: desk.library.waive("RAD.00034", finding, "Known."), lambda: desk.library.unwaive("RAD.00034", finding)):
        with pytest.raises(UserError, match=r"holds 2 texts of RAD\.00034 of 2017-09-27") as told:
            refused()
        assert f"{first[:12]} (one.txt, not confirmed)" in told.value.message
        assert f"{second[:12]} (two.txt, not confirmed)" in told.value.message
    assert desk.library.waivers(first) == desk.library.waivers(second) == ()
    desk.library.waive("RAD.00034", finding, "Known.", text=second[:8])
    assert (len(desk.library.waivers(first)), len(desk.library.waivers(second))) == (0, 1)
    assert desk.library.unwaive("RAD.00034", finding, text=second[:8]).value.waiver is None
    with pytest.raises(UserError, match="holds no such text"):
        desk.library.waive("RAD.00034", finding, "Known.", text="0" * 8)


def test_a_document_and_its_abstract_are_not_two_to_choose_from(desk: Desk) -> None:
    own = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text("utf-8").split("\n", 1)[1]
    loaded = finish(desk.library.load(own.encode(), "own.txt")).value
    assert desk.library.sole("RAD.00034").policy.text == loaded.policy.text
