"""Witnesses of the trail, with a machine and a computer's memory that are played: codes, going back, and clocks that are moved."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from builders import NO_POLICY, TABLES, UNCHECKED, MemorySeen, NoShares, line, open_desk, opened, passphrase, people, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.restoring import restore_desk
from ur_desk.desk.steps import finish
from ur_desk.domain.trail.checkpoint import Outside, code, read
from ur_desk.domain.trail.computer_clock import Against, ClockDoubted, Jump
from ur_desk.domain.trail.witness import WentBack
from ur_desk.errors import UserError

REASON = "It was put back from the backup of Monday."


@dataclass
class Machine:
    """A machine with a clock that people move: a second passes at every look."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(days=1))
    up: int = 100
    starts: int = 1

    def now(self) -> datetime:
        self.later(seconds=1)
        return self.at

    def monotonic(self) -> int:
        return self.up * 10**9

    def boot(self) -> str:
        return str(UUID(int=self.starts))

    def later(self, **span: int) -> None:
        """Time passes, and the clock with it."""
        passed = timedelta(**span)
        self.at += passed
        self.up += round(passed.total_seconds())

    def moved(self, **span: int) -> None:
        """Somebody sets the clock."""
        self.at += timedelta(**span)

    def restarted(self) -> None:
        self.starts, self.up = self.starts + 1, 30
        self.at += timedelta(minutes=5)


@dataclass
class Computer:
    """A machine, what it remembers, and a workspace on it."""

    folder: Path
    machine: Machine = field(default_factory=Machine)
    seen: MemorySeen = field(default_factory=MemorySeen)

    def open(self, name: str = "ada") -> Desk:
        return open_desk(self.folder, name, clock=self.machine, seen=self.seen, tables=TABLES)

    def once(self, name: str = "ada") -> None:
        self.open(name).close()


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = Computer(tmp_path / "w")
    desk = made.open()
    people(desk)
    desk.close()
    return made


@pytest.fixture
def desk(computer: Computer) -> Iterator[Desk]:
    made = computer.open("sol")
    yield made
    made.close()


def told(desk: Desk, kind: type) -> list[object]:
    return [event.body for _, event in desk.store.ledger.steps(None) if isinstance(event.body, kind)]


# codes ---------------------------------------------------------------------------------------------------------------


def test_a_code_that_was_taken_down_holds_until_the_tail_is_cut_off(computer: Computer, desk: Desk) -> None:
    kept = computer.folder.with_name("older")
    shutil.copytree(computer.folder, kept)
    for name in ("mara", "ada", "mara"):
        sit_down(desk, name)
    given = desk.witness.checkpoint().value
    assert given.code == code(given.number, desk.store.ledger.seal_of(given.number) or "")
    assert desk.supervision.check_trail([read(given.code)]).holds
    older = open_desk(kept, "sol", clock=computer.machine, tables=TABLES)
    found = older.supervision.check_trail([read(given.code)])
    older.close()
    assert not found.holds
    assert "names event" in found.breaks[-1].message
    assert older.folder == kept


def test_a_code_of_another_trail_is_a_break(desk: Desk) -> None:
    number, seal = desk.store.ledger.last()
    wrong = read(code(number, seal[::-1]))
    (only,) = desk.supervision.verification([wrong]).breaks
    assert (only.number, only.event) == (number, str(wrong))


def test_an_issued_letter_carries_the_code_of_the_trail_and_a_preview_none(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    assert finish(desk.letters.preview(case.id)).content.record == ""
    number, seal = desk.store.ledger.last()
    case = finish(desk.letters.issue(case.id, case.revision)).value
    content = desk.letters.content(case.letters[-1].id, case.id)
    assert content.record == code(number, seal)
    assert desk.supervision.verification([read(content.record)]).holds
    left = desk.supervision.newest_outside()
    assert left is not None
    assert (left.how, left.at) == (Outside.LETTER, case.letters[-1].at)


def test_the_newest_witness_is_whichever_left_last(computer: Computer, desk: Desk, tmp_path: Path) -> None:
    assert desk.supervision.newest_outside() is None
    desk.keeping.back_up(desk.folder / "inside")
    assert desk.supervision.newest_outside() is None
    desk.witness.checkpoint()
    assert (left := desk.supervision.newest_outside())
    assert left.how is Outside.CODE
    desk.keeping.back_up(tmp_path / "outside")
    assert (left := desk.supervision.newest_outside())
    assert left.how is Outside.BACKUP


def test_an_automatic_backup_is_a_witness_only_where_its_copy_reached_the_second_folder(computer: Computer, tmp_path: Path) -> None:
    second = tmp_path / "drive"
    second.mkdir()
    desk = computer.open()
    desk.keeping.choose_second(second)
    second.rmdir()
    first = desk.keeping.automatic()
    assert first.trouble is not None
    assert first.made is not None
    assert desk.supervision.newest_outside() is None
    second.mkdir()
    computer.machine.later(days=2)
    desk.lock.set_minutes(20)
    assert desk.keeping.automatic().trouble is None
    assert (left := desk.supervision.newest_outside())
    assert left.how is Outside.BACKUP
    desk.close()


# going back ----------------------------------------------------------------------------------------------------------


def swapped(computer: Computer, between: int = 3) -> int:
    """An older workspace in the place of the newer one; gives the number of the last event that the computer saw."""
    kept = computer.folder.with_name("older")
    shutil.copytree(computer.folder, kept)
    for _ in range(between):
        computer.once()
    (head,) = computer.seen.heads.values()
    shutil.rmtree(computer.folder)
    kept.rename(computer.folder)
    return head.number


def test_opening_and_closing_in_order_is_no_going_back(computer: Computer) -> None:
    for name in ("ada", "sol", "mara"):
        computer.once(name)
    desk = computer.open("sol")
    assert desk.witness.gone_back() == ()
    assert told(desk, WentBack) == []
    desk.close()


def test_an_older_vault_in_the_place_of_the_newer_one_is_told_until_a_supervisor_says_why(computer: Computer) -> None:
    before = computer.open()
    found = before.store.ledger.last()[0]
    before.close()
    expected = swapped(computer)
    desk = computer.open("mara")
    assert told(desk, WentBack) == [WentBack(expected, found, False)]
    check = desk.supervision.check_trail()
    assert check.holds
    assert f"ended with event {found}, and this computer had seen {expected}" in check.remarks[0].message
    sit_down(desk, "sol")
    (gone,) = desk.witness.gone_back()
    for reason in ("", "   ", "ok"):
        with pytest.raises(UserError):
            desk.witness.explain(gone.event, reason)
    desk.witness.explain(gone.event, f"  {REASON}\n")
    assert desk.witness.gone_back() == ()
    assert desk.supervision.check_trail().remarks == ()
    with pytest.raises(UserError):
        desk.witness.explain(gone.event, REASON)
    desk.close()
    computer.once()
    desk = computer.open()
    assert len(told(desk, WentBack)) == 1
    desk.close()


def test_another_history_that_is_longer_is_told_too(computer: Computer) -> None:
    expected = swapped(computer, between=1)
    elsewhere = Computer(computer.folder, computer.machine)
    for _ in range(4):
        elsewhere.once()
    desk = computer.open("sol")
    assert told(desk, WentBack) == [WentBack(expected, desk.witness.gone_back()[0].body.found_number, True)]
    desk.close()


def test_an_older_vault_that_is_put_there_while_the_desk_is_locked_is_told(computer: Computer) -> None:
    kept = computer.folder.with_name("older")
    shutil.copytree(computer.folder, kept)
    desk = computer.open("sol")
    desk.lock.lock(shut=True)
    shutil.rmtree(computer.folder)
    kept.rename(computer.folder)
    desk.lock.unlock(passphrase("sol"))
    assert len(desk.witness.gone_back()) == 1
    desk.close()


def test_a_restored_backup_explains_the_going_back_and_a_supervisor_still_looks(computer: Computer, tmp_path: Path) -> None:
    desk = computer.open()
    desk.keeping.back_up(tmp_path / "backup")
    made = computer.machine.at
    desk.close()
    computer.once()
    back = restore_desk(
        tmp_path / "backup", computer.folder, "ada", passphrase("ada"), replace=True, clock=computer.machine, tables=TABLES,
        shares=NoShares(), seen=computer.seen,
    ).desk  # fmt: skip
    sit_down(back, "sol")
    (gone,) = back.witness.gone_back()
    assert gone.restored_from is not None
    assert abs(gone.restored_from - made) < timedelta(minutes=1)
    assert "put back from a backup" in back.supervision.verification().remarks[0].message
    back.close()


def test_a_computer_that_saw_nothing_says_nothing(computer: Computer) -> None:
    swapped(computer)
    desk = Computer(computer.folder, computer.machine).open("sol")
    assert desk.witness.gone_back() == ()
    desk.close()


# clocks --------------------------------------------------------------------------------------------------------------


def doubts(desk: Desk) -> list[ClockDoubted]:
    return [body for body in told(desk, ClockDoubted) if isinstance(body, ClockDoubted)]


def test_an_honest_machine_is_never_doubted_and_all_of_its_times_are_attested(computer: Computer) -> None:
    for _ in range(3):
        computer.machine.later(days=3, minutes=7)
        computer.once()
        computer.machine.restarted()
    desk = computer.open()
    assert doubts(desk) == []
    assert desk.supervision.check_trail().unattested == 0
    desk.close()


@pytest.mark.parametrize(("span", "kind"), [
    ({"days": 2}, Jump.FORWARD), ({"days": -2}, Jump.BACKWARD), ({"minutes": -10}, Jump.BACKWARD), ({"hours": 3}, Jump.ZONE), ({"minutes": -330}, Jump.ZONE),
])  # fmt: skip
def test_a_clock_that_is_moved_while_somebody_works_is_an_event_and_its_steps_are_marked(
    computer: Computer, desk: Desk, span: dict[str, int], kind: Jump
) -> None:
    case = opened(desk)
    before = desk.store.ledger.last()[0]
    computer.machine.moved(**span)
    sit_down(desk, "sol")
    desk.review.log_contact(case.id, contact(computer))
    computer.machine.moved(**{unit: -count for unit, count in span.items()})
    desk.review.log_contact(case.id, contact(computer))
    first, second = doubts(desk)
    assert (first.kind, first.against) == (kind, Against.COUNT)
    assert abs(first.by_seconds - timedelta(**span).total_seconds()) <= 2
    assert abs(first.by_seconds + second.by_seconds) <= 4
    steps = desk.supervision.timeline(case.id)
    assert [step.attested for step in steps[-2:]] == [False, True]
    assert all(step.attested for step in steps if step.head.number <= before)
    # the doubt itself, the sign-out and the sign-in, and the contact
    found = desk.supervision.check_trail()
    assert (found.holds, found.unattested) == (True, 4)


def test_a_document_that_was_reviewed_later_than_now_speaks_against_the_clock(computer: Computer) -> None:
    text = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    desk = computer.open("mara")
    assert doubts(desk) == []
    ahead = (computer.machine.at + timedelta(days=40)).date()
    finish(desk.library.load(text.replace("Last Review Date: 08/03/2017", f"Last Review Date: {ahead:%m/%d/%Y}").encode(), "later.txt"))
    (found,) = doubts(desk)
    assert (found.kind, found.against) == (Jump.BACKWARD, Against.DOCUMENT)
    assert desk.supervision.check_trail().holds
    desk.close()


def contact(computer: Computer) -> object:
    from ur_desk.domain.events import ContactLogged, ContactWay

    return ContactLogged(ContactWay.CALL, "office", "1", "hello", computer.machine.at)


def test_a_clock_that_was_put_back_while_the_program_was_shut_is_found_beside_the_last_event(computer: Computer) -> None:
    computer.machine.restarted()
    computer.machine.moved(days=-1)
    desk = computer.open()
    assert [doubt.against for doubt in doubts(desk)] == [Against.EVENT]
    assert desk.supervision.check_trail().unattested > 0
    desk.close()


def test_a_clock_that_was_put_back_to_after_the_last_event_is_found_beside_the_start_of_the_machine(computer: Computer) -> None:
    computer.machine.restarted()
    computer.machine.later(hours=6)
    computer.machine.moved(hours=-5, minutes=-50)
    desk = computer.open()
    assert [doubt.against for doubt in doubts(desk)] == [Against.BOOT]
    desk.close()
    computer.once()
    desk = computer.open()
    assert len(doubts(desk)) == 1
    assert desk.supervision.check_trail().unattested == 4
    desk.close()


def test_a_file_and_a_backup_from_the_future_speak_against_the_clock_once(computer: Computer) -> None:
    import os

    stranger = Computer(computer.folder, computer.machine)
    later = computer.machine.at + timedelta(days=30)
    (computer.folder / "note").write_text("")
    os.utime(computer.folder / "note", (later.timestamp(), later.timestamp()))
    for _ in range(2):
        stranger.once()
    desk = stranger.open()
    assert [doubt.against for doubt in doubts(desk)] == [Against.FILE]
    desk.close()


def test_the_clock_of_a_demo_and_of_other_tests_is_never_doubted(tmp_path: Path) -> None:
    from builders import NOW, FixedClock, desk_in

    with desk_in(tmp_path / "w") as desk:
        desk.clock = FixedClock(NOW - timedelta(days=400))
        sit_down(desk, "sol")
        assert doubts(desk) == []
        assert desk.supervision.check_trail().unattested == 0
