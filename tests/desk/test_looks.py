"""Who looked is an event, once each, and nobody who reads waits for somebody who writes."""

import logging
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from builders import CHEAP, TABLES, FixedClock, desk_in, open_desk, opened, passphrase, profile, request, sender, sit_down

from ur_desk.desk import looks
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.appeals.following import Against, AppealTold, Asker
from ur_desk.domain.clocks.rules import About
from ur_desk.domain.clocks.windows import WindowRead
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.decisions.outcomes import Reopened
from ur_desk.domain.determination import Determination
from ur_desk.domain.events import CaseId, Opened
from ur_desk.domain.guard.access import (
    LOOKED,
    MOST_WORDS,
    CaseViewed,
    FileCameIn,
    LetterPreviewed,
    LetterRead,
    Searched,
    TimelineRead,
    Where,
)
from ur_desk.domain.guard.vault import VaultMade
from ur_desk.domain.intake.sender_events import SenderKept
from ur_desk.domain.letters.stationery import FontInstalled
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.sentences import sentence
from ur_desk.domain.workspace import ProfileSaved
from ur_desk.errors import Busy, UserError
from ur_desk.records.events import _KINDS, plain
from ur_desk.store import vault
from ur_desk.store.store import Store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def noted(desk: Desk, *kinds: type) -> list[Any]:
    """The looks that are events, in order."""
    return [event.body for _, event in desk.store.ledger.every() if isinstance(event.body, kinds)]


def test_a_case_that_is_opened_is_one_look_however_often_it_is_drawn(desk: Desk) -> None:
    one, other = opened(desk), opened(desk)
    for case in (one, one, other, one, one):
        desk.review.on_desk(case.id)
    seen = [head.case for head, event in desk.store.ledger.every() if isinstance(event.body, CaseViewed)]
    assert seen == [one.id, other.id, one.id]
    assert desk.review.case(one.id).revision == one.revision
    assert desk.supervision.verification().breaks == ()


def test_two_people_at_one_case_are_two_looks(desk: Desk) -> None:
    case = opened(desk)
    desk.review.on_desk(case.id)
    sit_down(desk, "sol")
    desk.review.on_desk(case.id)
    assert len(noted(desk, CaseViewed)) == 2


def test_the_timeline_tells_who_looked_where_it_is_asked_to(desk: Desk) -> None:
    case = opened(desk)
    desk.review.on_desk(case.id)
    assert all(not isinstance(step.event.body, CaseViewed) for step in desk.supervision.timeline(case.id))
    told = desk.supervision.timeline(case.id, looks=True)
    names = {a.id: a.display for a in desk.accounts.all()}
    assert [sentence(step.event.body, names) for step in told[-2:]] == ["looked at the case.", "read the timeline."]
    assert told[-1].person is not None
    assert len(noted(desk, TimelineRead)) == 1


def test_a_search_is_one_look_once_it_is_typed_to_its_end(desk: Desk) -> None:
    opened(desk)
    for words in ("A", "Al", "Alv", "Alva", "Alvarado", "Alvarado"):
        desk.supervision.cases(CaseFilter(text=words))
    assert noted(desk, Searched) == []
    desk.library.search("cineradiography")
    desk.supervision.cases(CaseFilter())
    sit_down(desk, "sol")
    found = noted(desk, Searched)
    assert [(s.where, s.words) for s in found] == [(Where.CASES, "Alvarado"), (Where.LIBRARY, "cineradiography")]
    assert found[0].found == 1
    assert found[1].found > 0


def test_words_that_were_seen_before_they_were_erased_are_a_search_of_their_own(desk: Desk) -> None:
    for words in ("Alv", "Alvarado", "Alvarad", "Alvar", "Al", "Alb", "Albright", ""):
        desk.supervision.cases(CaseFilter(text=words))
    assert [s.words for s in noted(desk, Searched)] == ["Alvarado", "Albright"]


def test_a_list_that_is_drawn_anew_after_a_step_is_no_new_search(desk: Desk) -> None:
    case = opened(desk)
    for _ in range(3):
        desk.supervision.cases(CaseFilter(text="Alvarado"))
        desk.review.add_note(case.id, "A note.")
    assert [s.words for s in noted(desk, Searched)] == ["Alvarado"]
    desk.supervision.cases(CaseFilter())
    desk.supervision.cases(CaseFilter(text="Alvarado"))
    desk.looks.settle()
    assert [s.words for s in noted(desk, Searched)] == ["Alvarado"] * 2


def test_who_looked_before_a_step_stands_before_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(desk)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        desk.review.on_desk(case.id)
    desk.review.add_note(case.id, "A note.")
    assert [head.verb for head, _ in desk.store.ledger.every()][-2:] == ["access.case-viewed", "note.add"]


def test_a_step_that_is_given_up_loses_no_look(desk: Desk) -> None:
    case = opened(desk)
    desk.supervision.cases(CaseFilter(text="Alvarado"))
    with pytest.raises(UserError):
        desk.review.add_note(CaseId("no such case"), "A note.")
    assert [s.words for s in noted(desk, Searched)] == ["Alvarado"]
    assert desk.review.case(case.id).revision == case.revision


def test_a_look_that_waits_while_the_desk_is_locked_keeps_no_key_and_is_signed_after(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(desk)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        desk.review.on_desk(case.id)
        desk.lock.lock()
    assert desk.looks.waiting == 1
    assert [seen.signer for seen in desk.looks._waiting] == [None]
    desk.lock.unlock(passphrase("mara"))
    assert [head.verb for head, _ in desk.store.ledger.every()][-3:] == ["access.case-viewed", "access.locked", "access.unlocked"]
    assert desk.supervision.verification().breaks == ()


def test_closing_keeps_a_search_too(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        desk.supervision.cases(CaseFilter(text="Brandt"))
        desk.close()
    again = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    assert [s.words for s in noted(again, Searched)] == ["Brandt"]
    again.close()


def test_a_search_is_kept_when_the_desk_is_left(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        desk.supervision.cases(CaseFilter(text="Brandt"))
        desk.leave()
    again = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    assert [s.words for s in noted(again, Searched)] == ["Brandt"]
    again.close()


def test_a_letter_that_is_previewed_is_a_look(desk: Desk) -> None:
    from builders import NO_POLICY, UNCHECKED, line

    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    finish(desk.letters.preview(case.id))
    finish(desk.letters.preview(case.id))
    assert noted(desk, LetterPreviewed) == [LetterPreviewed((1,))]


def test_an_issued_letter_that_is_read_is_a_look_once_an_opening(desk: Desk, tmp_path: Path) -> None:
    from builders import NO_POLICY, UNCHECKED, line

    other = opened(desk)
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    letter = case.letters[0].id
    desk.letters.save(letter, tmp_path / "letter.pdf")
    assert noted(desk, LetterRead) == []
    sit_down(desk, "sol")
    for _ in range(3):
        desk.review.on_desk(case.id)
        desk.supervision.timeline(case.id, looks=True)
        desk.letters.content(letter, case.id)
        desk.letters.pdf(letter)
    assert noted(desk, LetterRead) == [LetterRead(letter)]
    assert len(noted(desk, CaseViewed)) == len(noted(desk, TimelineRead)) == 1
    desk.review.on_desk(other.id)
    desk.letters.pdf(letter)
    read = [head.case for head, event in desk.store.ledger.every() if isinstance(event.body, LetterRead)]
    assert read == [case.id, case.id]
    with pytest.raises(UserError, match="no such letter"):
        desk.letters.pdf("nothing")  # type: ignore[arg-type]
    assert len(noted(desk, LetterRead)) == 2
    plain = {type(step.event.body) for step in desk.supervision.timeline(case.id)}
    assert LetterRead not in plain
    assert desk.supervision.verification().breaks == ()


def test_a_reader_does_not_wait_for_a_writer_and_is_noted_after_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(desk)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        assert desk.review.on_desk(case.id).case.id == case.id
        assert desk.looks.waiting == 1
        with pytest.raises(Busy):
            desk.looks.settle()
        assert desk.looks.waiting == 1
    before = desk.store.ledger.last()[0]
    sit_down(desk, "sol")
    heads = [(head, event.body) for head, event in desk.store.ledger.every() if head.number > before]
    assert isinstance(heads[0][1], CaseViewed)
    assert heads[0][0].person == next(a.id for a in desk.accounts.all() if a.name == "mara")
    assert heads[0][0].at < heads[1][0].at
    assert desk.looks.waiting == 0
    assert desk.supervision.verification().breaks == ()


def test_more_looks_than_can_wait_stop_the_reader_and_lose_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "MOST", 2)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    cases = [opened(desk) for _ in range(3)]
    with Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        desk.review.on_desk(cases[0].id)
        desk.review.on_desk(cases[1].id)
        with pytest.raises(Busy):
            desk.review.on_desk(cases[2].id)
    desk.review.on_desk(cases[2].id)
    seen = [head.case for head, event in desk.store.ledger.every() if isinstance(event.body, CaseViewed)]
    assert seen == [case.id for case in cases]


@pytest.mark.expects_log
def test_what_could_not_be_noted_is_counted_in_the_log_without_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    case = opened(desk)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    with caplog.at_level(logging.WARNING, "ur_desk"), Store(desk.folder, "other", desk.store.key) as other, other.atomic():
        desk.review.on_desk(case.id)
        desk.supervision.cases(CaseFilter(text="Alvarado"))
        desk.leave()
    assert "2 looks could not be noted" in caplog.text
    assert "Alvarado" not in caplog.text


def test_an_administrator_who_reads_no_case_reads_no_words_that_were_searched_for(desk: Desk) -> None:
    from builders import enrolled

    from ur_desk.domain.people import Role

    desk.supervision.cases(CaseFilter(text="Alvarado"))
    enrolled(desk, "adm", "Adm", frozenset({Role.ADMINISTRATOR}))
    for who, words in (("adm", "..."), ("sol", "Alvarado")):
        sit_down(desk, who)
        told = [t.event.body for t in desk.supervision.workspace_timeline(looks=True)]
        assert [body.words for body in told if isinstance(body, Searched)] == [words]


def test_an_administrator_who_reads_no_case_reads_no_file_name_and_no_reason(desk: Desk, tmp_path: Path) -> None:
    from builders import enrolled

    from ur_desk.domain.people import Role

    left, came = tmp_path / "Alvarado Rosalind.json", tmp_path / "Alvarado request.json"
    desk.exports.write("heads of the trail", left, b"[]", why="Alvarado asks")
    desk.exports.came_in("request file", came, b"{}")
    desk.exports.remove(desk.exports.still_outside()[0])
    enrolled(desk, "adm", "Adm", frozenset({Role.ADMINISTRATOR}))
    sit_down(desk, "sol")
    desk.trail.bundle(tmp_path / "Alvarado.bundle", "nine quiet miles of open road", "Alvarado sues")
    for who, told in (("adm", False), ("sol", True)):
        sit_down(desk, who)
        steps = desk.supervision.workspace_timeline(looks=True)
        bodies = [s.event.body for s in steps if s.head.verb.startswith(("access.file", "access.trail"))]
        assert [type(body).__name__ for body in bodies] == ["FileLeft", "FileCameIn", "FileRemoved", "TrailBundled"]
        assert all(("Alvarado" in sentence(body, {})) is told for body in bodies)
        assert any("Alvarado" in repr(step) for step in steps) is told


def test_nobody_reads_the_workspaces_own_secret(desk: Desk) -> None:
    secret = desk.vault.made.secret
    for who in ("ada", "sol"):
        sit_down(desk, who)
        (told,) = (t for t in desk.supervision.workspace_timeline() if t.head.verb == "vault.make")
        assert told.event.body.secret == "..."  # type: ignore[union-attr]
        assert secret not in str(plain(told.event.body))


def made(kind: Any) -> Any:
    """Some value of a type, for a sentence to tell."""
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        parts = [part for part in get_args(kind) if part is not Ellipsis]
        return origin([made(part) for part in parts])
    if origin is UnionType or str(origin) == "typing.Union":
        return made(get_args(kind)[0])
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{f.name: made(hints[f.name]) for f in fields(kind)})  # type: ignore[operator]
    known = {
        int: 12,
        str: "x",
        bool: True,
        bytes: b"x",
        Decimal: Decimal(2),
        datetime: datetime(2017, 10, 9, tzinfo=UTC),
        date: date(2017, 10, 9),
    }
    kind = getattr(kind, "__supertype__", kind)
    return known[kind] if kind in known else next(iter(kind))


ASKED_IN_TIME = WindowRead(About.APPEAL, date(2017, 10, 9), date(2017, 10, 2), "MA-WIN", "65 days", "CMS-10003", True, date(2017, 12, 6))
MADE = {
    "profile-saved": lambda: ProfileSaved(profile(LineOfBusiness.ERISA_SELF_FUNDED)),
    "sender-kept": lambda: SenderKept(sender()),
    "opened": lambda: Opened("UR-2017-000001", request()),
    "font-installed": lambda: FontInstalled("zh", "Chinese", "A font", Sha256("7" * 64), 0),
    "reopened": lambda: Reopened((1,), Cause.GOOD_CAUSE, "New evidence.", (ASKED_IN_TIME,)),
    "appeal-told": lambda: AppealTold(Asker.MEMBER, "Rosa Alvarado", (Against(1, 1, Determination.DENIED, window=ASKED_IN_TIME),)),
    "vault-made": lambda: VaultMade("5" * 64, CHEAP, "6" * 64),
}
"""Bodies whose parts check one another, so that no values put together at random make one."""


@pytest.mark.parametrize("name", _KINDS)
def test_every_event_reads_as_a_sentence(name: str) -> None:
    told = sentence(MADE[name]() if name in MADE else made(_KINDS[name]), {})
    assert told[0].islower()
    assert "\n" not in told
    assert len(told) > 8


def test_a_whole_workspace_is_told_in_sentences(desk: Desk) -> None:
    case = opened(desk)
    desk.review.on_desk(case.id)
    sit_down(desk, "sol")
    names = {a.id: a.display for a in desk.accounts.all()}
    told = [sentence(step.event.body, names) for step in desk.supervision.workspace_timeline(looks=True)]
    assert "added the account osei (Kwame Osei) as physician." in told
    assert "confirmed the licence of Kwame Osei: the state board's site, 10/09/2017." in told
    assert "changed the plan's words for erisa self funded in IN." in told
    assert told[-1] == "signed in with their passphrase."
    without = desk.supervision.workspace_timeline()
    assert not LOOKED & {step.head.verb for step in without}
    assert "access.signed-in" in {step.head.verb for step in without}


def test_words_that_no_file_takes_and_words_without_end_are_noted_as_far_as_they_are_words(desk: Desk) -> None:
    opened(desk)
    for typed in ("\ud800 spinal", "lumbar " * 20_000):
        desk.library.search(typed)
        desk.supervision.cases(CaseFilter(text=typed))
    sit_down(desk, "sol")
    said = [(s.where, s.words) for s in noted(desk, Searched)]
    assert said[:2] == [(Where.LIBRARY, "spinal"), (Where.CASES, "spinal")]
    assert [where for where, _ in said[2:]] == [Where.LIBRARY, Where.CASES]
    assert all(words.startswith("lumbar lumbar") and len(words) <= MOST_WORDS + 1 for _, words in said[2:])
    assert desk.looks.waiting == 0


def test_a_look_that_cannot_be_told_is_a_bug_and_stops_no_other_one(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(RuntimeError, match="half characters"):
        desk.looks.keep(FileCameIn("policy document", "\ud800", "", ""))
    desk.review.on_desk(case.id)
    assert len(noted(desk, CaseViewed)) == 1
    assert desk.looks.waiting == 0
