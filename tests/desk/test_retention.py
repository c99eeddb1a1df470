"""How long cases stay, holds, and the purge that two people agree on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, FixedClock, confirmed, desk_in, opened, passphrase, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.retention import Standing
from ur_desk.desk.verbs import VERBS, Act
from ur_desk.domain.determination import Determination
from ur_desk.domain.events import CaseId
from ur_desk.domain.trail.keeping import Certificate, Purged, PurgeProposed
from ur_desk.errors import Forbidden, UserError
from ur_desk.store import vault

ELEVEN_YEARS = timedelta(days=365 * 11)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w", clock=FixedClock(NOW)) as desk:
        yield desk


def ended(desk: Desk) -> CaseId:
    """A case that its requester withdrew: nothing is left to do."""
    case = opened(desk)
    found = desk.determinations.withdraw(
        case.id, case.revision, tuple(s.line for s in case.lines), asked_by="Dr. Quist's office", asked_at=desk.clock.now(), how="call"
    )
    assert found.value.determination is Determination.WITHDRAWN
    return case.id


def later(desk: Desk, by: timedelta = ELEVEN_YEARS) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += by


def purged(desk: Desk) -> Certificate:
    """What sol proposes and ada approves."""
    sit_down(desk, "sol")
    desk.retention.propose()
    sit_down(desk, "ada")
    return desk.retention.approve(desk.vault.prove(passphrase("ada"))).value


def test_a_case_is_due_when_its_years_are_over_and_not_a_day_before(desk: Desk) -> None:
    case = ended(desk)
    sit_down(desk, "sol")
    later(desk, NOW.replace(year=NOW.year + 10) - NOW - timedelta(days=1))
    assert desk.retention.due() == ()
    later(desk, timedelta(days=1))
    (aged,) = desk.retention.due()
    assert (aged.case, aged.standing, aged.since) == (case, Standing.DUE, NOW.date().replace(year=NOW.year + 10))


def test_who_only_looked_or_held_a_case_does_not_make_it_stay_longer(desk: Desk) -> None:
    case = ended(desk)
    before = desk.store.ledger.last_of_cases()[case]
    sit_down(desk, "sol")
    desk.retention.hold(case, "Lawsuit 4711")
    desk.retention.release(case, "Lawsuit 4711 settled")
    assert desk.store.ledger.last_of_cases()[case] == before


def test_an_open_case_stays_however_old_it_is(desk: Desk) -> None:
    opened(desk)
    later(desk)
    sit_down(desk, "sol")
    (aged,) = desk.retention.due()
    assert aged.standing is Standing.OPEN
    with pytest.raises(UserError, match="No case is due"):
        desk.retention.propose()


def test_a_held_case_is_not_purged_until_the_hold_is_lifted(desk: Desk) -> None:
    case = ended(desk)
    later(desk)
    sit_down(desk, "sol")
    revision = desk.review.case(case).revision
    desk.retention.hold(case, "Lawsuit 4711")
    assert desk.review.case(case).revision == revision
    (aged,) = desk.retention.due()
    assert (aged.standing, aged.hold) == (Standing.HELD, "Lawsuit 4711")
    with pytest.raises(UserError, match="may not go yet"):
        desk.retention.propose((case,))
    desk.retention.release(case, "Settled")
    assert desk.retention.due()[0].standing is Standing.DUE
    assert desk.supervision.verification().holds


def test_a_hold_that_is_placed_after_the_proposal_stops_the_purge(desk: Desk) -> None:
    case = ended(desk)
    later(desk)
    sit_down(desk, "sol")
    desk.retention.propose()
    desk.retention.hold(case, "Audit")
    sit_down(desk, "ada")
    with pytest.raises(UserError, match="may not go any more"):
        desk.retention.approve(desk.vault.prove(passphrase("ada")))
    assert desk.review.case(case).number


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hold_needs_a_reason(desk: Desk, reason: str) -> None:
    case = ended(desk)
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="need a reason"):
        desk.retention.hold(case, reason)


def test_no_hold_is_placed_twice_lifted_where_none_lies_or_put_on_nothing(desk: Desk) -> None:
    case = ended(desk)
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="No hold lies"):
        desk.retention.release(case, "x")
    desk.retention.hold(case, "Audit")
    with pytest.raises(UserError, match="held already"):
        desk.retention.hold(case, "Audit")
    with pytest.raises(UserError, match="no such case"):
        desk.retention.hold(CaseId("nowhere"), "Audit")


def test_a_nurse_holds_nothing_and_proposes_nothing(desk: Desk) -> None:
    case = ended(desk)
    with pytest.raises(Forbidden):
        desk.retention.hold(case, "Audit")
    with pytest.raises(Forbidden):
        desk.retention.propose((case,))
    with pytest.raises(Forbidden):
        desk.retention.set_years(12)


def test_years_are_at_least_six(desk: Desk) -> None:
    with pytest.raises(UserError, match="at least 6"):
        desk.retention.set_years(5)
    desk.retention.set_years(12)
    assert desk.retention.state().years == 12


def test_whoever_proposed_a_purge_does_not_approve_it(desk: Desk) -> None:
    ended(desk)
    later(desk)
    sit_down(desk, "ada")
    desk.retention.propose()
    with pytest.raises(Forbidden, match="does not approve"):
        desk.retention.approve(desk.vault.prove(passphrase("ada")))


def test_a_purge_takes_the_second_persons_passphrase_each_time(desk: Desk) -> None:
    ended(desk)
    later(desk)
    sit_down(desk, "sol")
    desk.retention.propose()
    sit_down(desk, "ada")
    with pytest.raises(Forbidden, match="with your passphrase"):
        desk.retention.approve(None)
    used = desk.vault.prove(passphrase("ada"))
    assert desk.vault.spend(used)
    with pytest.raises(Forbidden, match="with your passphrase"):
        desk.retention.approve(used)


def test_a_dropped_proposal_purges_nothing_and_a_second_one_waits_for_the_first(desk: Desk) -> None:
    case = ended(desk)
    later(desk)
    sit_down(desk, "sol")
    desk.retention.propose()
    with pytest.raises(UserError, match="waits already"):
        desk.retention.propose()
    sit_down(desk, "ada")
    desk.retention.drop("The auditor comes first")
    with pytest.raises(UserError, match="No proposal waits"):
        desk.retention.approve(desk.vault.prove(passphrase("ada")))
    assert desk.review.case(case).number


def test_a_purge_takes_contents_rows_and_words_and_leaves_heads_and_a_trail_that_holds(desk: Desk) -> None:
    case, kept = ended(desk), opened(desk, reference="STAYS").id
    number, member = desk.review.case(case).number, desk.review.case(case).request.member
    sit_down(desk, "mara")
    with desk.store.atomic():
        desk.store.drafts.keep("d1", desk.person.id, "decision", case, member.family.encode(), desk.clock.now())
    heads = [head.seal for head, _ in desk.store.ledger.steps(case)]
    later(desk)
    certificate = purged(desk)
    assert certificate.body.numbers == (number,)
    assert len(certificate.body.events) == len(heads)
    with pytest.raises(UserError):
        desk.review.find(number)
    assert [head.seal for head, _ in desk.store.ledger.steps(case)] == heads
    assert desk.store.purge.contents(case) == ()
    found = desk.supervision.verification()
    assert (found.breaks, found.purged) == ((), len(heads))
    assert desk.review.case(kept).number
    for table in ("cases", "case_codes", "case_search", "letters", "drafts"):
        about = "id" if table == "cases" else "case_id"
        assert desk.store._door.execute(f"SELECT count(*) FROM {table} WHERE {about} = ?", [case]).fetchone()[0] == 0
    assert desk.store._door.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert desk.store._door.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert (desk.folder / f"{vault.DATABASE}-wal").stat().st_size == 0
    assert number in desk.retention.certificate_text(certificate)


def test_no_word_of_a_purged_case_stays_in_any_table(desk: Desk) -> None:
    case = ended(desk)
    request = desk.review.case(case).request
    later(desk)
    purged(desk)
    door = desk.store._door
    tables = [n for (n,) in door.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    everything = b"".join(repr(door.execute(f'SELECT * FROM "{name}"').fetchall()).encode() for name in tables)
    for word in (request.member.family, request.member.member_id, request.member.family.casefold()):
        assert word
        assert word.encode() not in everything


def test_the_guards_stand_again_after_a_purge(desk: Desk) -> None:
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = desk.store._door.execute(guards).fetchall()
    ended(desk)
    later(desk)
    purged(desk)
    assert desk.store._door.execute(guards).fetchall() == before
    with pytest.raises(RuntimeError), desk.store.atomic():
        desk.store._door.execute("DELETE FROM bodies")


def test_a_content_that_no_certificate_names_is_missing_by_no_right(desk: Desk) -> None:
    ended(desk)
    other = opened(desk, reference="STAYS").id
    later(desk)
    purged(desk)
    with desk.store.atomic():
        desk.store.purge.remove((), [e for e, _ in desk.store.purge.contents(other)], ())
    assert any("no event says that it was purged" in b.message for b in desk.supervision.verification().breaks)


def test_the_next_case_gets_a_number_of_its_own_after_a_purge(desk: Desk) -> None:
    number = desk.review.case(ended(desk)).number
    later(desk)
    purged(desk)
    assert opened(desk).number != number
    assert desk.supervision.verification().holds


def test_the_certificate_names_the_backups_that_still_hold_the_case(desk: Desk, tmp_path: Path) -> None:
    ended(desk)
    desk.keeping.back_up(tmp_path / "older.urbackup")
    later(desk)
    certificate = purged(desk)
    assert str(tmp_path / "older.urbackup") in desk.retention.certificate_text(certificate)
    with pytest.raises(UserError, match="no certificate"):
        desk.retention.certificate("UR-1999-000001")
    assert desk.retention.certificate() == certificate


def test_a_confirmed_physician_stays_one_after_a_purge(desk: Desk) -> None:
    ended(desk)
    later(desk)
    purged(desk)
    confirmed(desk, "osei")
    assert desk.supervision.verification().holds


def test_a_purge_that_is_cut_off_leaves_everything(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = ended(desk)
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = desk.store._door.execute(guards).fetchall(), desk.store.purge.contents(case)
    later(desk)
    sit_down(desk, "sol")
    desk.retention.propose()
    sit_down(desk, "ada")
    proof = desk.vault.prove(passphrase("ada"))

    def cut(*told: object, **more: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as cutting:
        cutting.setattr(desk.store.ledger, "append", cut)
        with pytest.raises(ZeroDivisionError):
            desk.retention.approve(proof)
    assert (desk.store._door.execute(guards).fetchall(), desk.store.purge.contents(case)) == before
    assert desk.supervision.verification().holds


def test_a_purge_whose_certificate_one_person_wrote_alone_is_found(desk: Desk) -> None:
    """An insider who removes contents with a certificate in their own name, and a proposal of their own."""
    case = ended(desk)
    number = desk.review.case(case).number
    sit_down(desk, "ada")
    with desk.store.atomic():
        act = Act(desk, VERBS["purge.propose"])
        act.on_workspace(PurgeProposed((case,), (number,), "mine"))
        proposal = desk.retention.state().proposal
        assert proposal is not None
        contents = desk.store.purge.contents(case)
        body = Purged(
            proposal.event, (case,), (number,), tuple(e for e, _ in contents), tuple(b for _, b in contents), (), "mine",
            desk.accounts.named("sol").id, NOW, desk.person.id,
        )  # fmt: skip
        desk.store.purge.remove((case,), body.events, ())
        Act(desk, VERBS["purge.approve"]).on_workspace(body)
    told = {b.message for b in desk.supervision.verification().breaks}
    assert told == {
        "a purge that no second person proposed",
        "its certificate does not tell what was proposed, by whom and when",
        "the years of a case that it took were not over",
    }


def test_a_keeper_sees_at_once_what_is_due_held_and_proposed(desk: Desk) -> None:
    old, young = ended(desk), None
    later(desk)
    young = opened(desk).id
    sit_down(desk, "sol")
    desk.retention.hold(young, "Audit 12")
    desk.retention.propose()
    told = desk.retention.overview()
    assert [(row.case, row.standing, row.hold) for row in told.rows] == [(old, Standing.DUE, ""), (young, Standing.HELD, "Audit 12")]
    assert told.proposal is not None
    assert told.proposer == desk.person.signature
    assert told.certificates == ()
    assert (desk.review.on_desk(young).hold, desk.review.on_desk(old).hold) == ("Audit 12", "")
