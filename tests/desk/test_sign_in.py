"""Who opens a workspace, and with what: passphrases, one-time codes, the recovery key, and the data key behind them."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, confirmed, data_key, desk_in, enrolled, open_desk, opened, passphrase, recovery_of, sit_down

from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.desk.sign_in import FirstSignIn, recovery_keys
from ur_desk.desk.slots import slot_of
from ur_desk.desk.vault import CODE_HOLDS, PROOF_HOLDS
from ur_desk.domain.guard.access import KeysRemoved, SignedIn, SignInFailed
from ur_desk.domain.guard.vault import KeyEnrolled, Rekeyed, Way
from ur_desk.domain.people import Credential, Role
from ur_desk.errors import Busy, UserError
from ur_desk.store import vault
from ur_desk.store.attempts import FREE
from ur_desk.store.crypto import Keys, seal
from ur_desk.store.keyfile import KeyFile
from ur_desk.store.store import Store

ANOTHER = "quite another phrase of seven words"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def told(desk: Desk, kind: type) -> list[object]:
    """The bodies of a kind in the trail, in order."""
    return [event.body for _, event in desk.store.ledger.steps(None) if isinstance(event.body, kind)]


def reopened(folder: Path, name: str, words: str, **more: object) -> Desk:
    return opening.open_desk(folder, name, words, clock=FixedClock(), tables=TABLES, **more)  # type: ignore[arg-type]


# passphrases -----------------------------------------------------------------------------------------------------------


def test_nothing_opens_without_the_passphrase_and_the_file_is_no_database_to_others(desk: Desk, tmp_path: Path) -> None:
    import sqlite3

    for wrong in ("", "wrong", passphrase("osei"), passphrase("mara") + "x"):
        with pytest.raises(UserError, match="passphrase is wrong"):
            reopened(tmp_path / "w", "mara", wrong)
    stranger = sqlite3.connect(tmp_path / "w" / vault.DATABASE)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        stranger.execute("SELECT * FROM sqlite_master")
    stranger.close()
    with pytest.raises(UserError, match="damaged, or is no workspace"):
        Store(tmp_path / "w", "mara", bytes(32))


def test_a_weak_passphrase_begins_no_workspace_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too short"):
        opening.open_desk(tmp_path / "w", "ada", "short", tables=TABLES)
    assert not (tmp_path / "w").exists()


def test_a_passphrase_is_changed_by_its_holder_who_knows_the_old_one(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "mara")
    keys = desk.signer.key
    for old, new, why in (
        ("wrong", ANOTHER, "wrong"),
        (passphrase("mara"), "weak", "too short"),
        (passphrase("mara"), passphrase("mara"), "as it was"),
    ):
        with pytest.raises(UserError, match=why):
            desk.vault.change_passphrase(old, new)
    desk.vault.change_passphrase(passphrase("mara"), ANOTHER)
    with pytest.raises(UserError, match="wrong"):
        opening.sit_down(desk, "mara", passphrase("mara"))
    opening.sit_down(desk, "mara", ANOTHER)
    assert desk.signer.key != keys
    assert [s.way for s in desk.vault.ring().of("mara")] == [Way.PASSPHRASE]
    assert desk.supervision.verification().holds


def test_wrong_passphrases_slow_the_next_try_and_stand_in_the_trail_once_somebody_opens(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    for _ in range(FREE):
        with pytest.raises(UserError, match="wrong"):
            reopened(tmp_path / "w", "mara", "guess")
    with pytest.raises(UserError, match="Wait"):
        reopened(tmp_path / "w", "mara", passphrase("mara"))
    again = open_desk(tmp_path / "w", "ada", clock=FixedClock(NOW + timedelta(hours=1)), tables=TABLES)
    (failed,) = told(again, SignInFailed)
    assert isinstance(failed, SignInFailed)
    assert (failed.name, failed.times) == ("mara", FREE)
    again.close()
    open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES).close()


def test_who_cannot_sit_down_leaves_the_seat_to_whoever_had_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code = desk.accounts.add("new", "", frozenset({Role.AUDITOR})).value.code
    sit_down(desk, "osei")
    before = desk.person, desk.signer

    def busy(self: Store) -> None:
        raise Busy("The workspace is held by another program.", "Try again.")

    monkeypatch.setattr(Store, "atomic", busy)
    for name, words, new in (("mara", passphrase("mara"), ""), ("new", code, ANOTHER)):
        with pytest.raises(Busy):
            opening.sit_down(desk, name, words, new)
        assert (desk.person, desk.signer) == before
    monkeypatch.undo()
    opening.sit_down(desk, "new", code, ANOTHER)


def test_every_sign_in_is_an_event_of_the_one_who_sat_down(desk: Desk) -> None:
    before = len(told(desk, SignedIn))
    sit_down(desk, "mara")
    assert len(told(desk, SignedIn)) == before + 1
    head = [head for head, _ in desk.store.ledger.exported()][-1]
    assert (head.person, head.key) == (desk.person.id, desk.signer.key)


class Computer:
    """A computer with a credential store of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, workspace: str) -> bytes | None:
        return self.kept.get(workspace)

    def make(self, workspace: str) -> bytes:
        return self.kept.setdefault(workspace, bytes([len(self.kept) + 1]) * 32)


def test_a_bound_passphrase_opens_on_its_computer_only_until_it_is_freed(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w"):
        pass
    here, there = Computer(), Computer()
    desk = open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES, shares=here)
    with pytest.raises(UserError, match="wrong"):
        desk.vault.bind("wrong", True)
    desk.vault.bind(passphrase("mara"), True)
    sit_down(desk, "mara")
    desk.vault.change_passphrase(passphrase("mara"), ANOTHER)
    desk.close()
    with pytest.raises(UserError, match="bound to another computer"):
        reopened(tmp_path / "w", "mara", ANOTHER, shares=there)
    there.make(next(iter(here.kept)))
    here.kept = dict.fromkeys(here.kept, b"another" * 4)
    with pytest.raises(UserError, match="wrong"):
        reopened(tmp_path / "w", "mara", ANOTHER, shares=here)
    again = reopened(tmp_path / "w", "mara", ANOTHER, shares=there)
    again.vault.bind(ANOTHER, False)
    again.close()
    reopened(tmp_path / "w", "mara", ANOTHER).close()


def test_a_computer_without_a_credential_store_binds_nothing(desk: Desk) -> None:
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="no credential store"):
        desk.vault.bind(passphrase("ada"), True)
    assert desk.store.ledger.last() == before
    sit_down(desk, "ada")


# one-time codes ----------------------------------------------------------------------------------------------------------


def test_the_first_sign_in_takes_the_code_once_and_sets_the_own_passphrase(desk: Desk, tmp_path: Path) -> None:
    code = desk.accounts.add("new", "New One", frozenset({Role.AUDITOR})).value.code
    with pytest.raises(FirstSignIn, match="code is right"):
        opening.sit_down(desk, "new", code)
    with pytest.raises(UserError, match="too short"):
        opening.sit_down(desk, "new", code, "weak")
    opening.sit_down(desk, "new", code.lower().replace("-", " "), ANOTHER)
    assert desk.person.name == "new"
    assert [s.way for s in desk.vault.ring().of("new")] == [Way.PASSPHRASE]
    for used in (code, ANOTHER + "x"):
        with pytest.raises(UserError, match="wrong"):
            opening.sit_down(desk, "new", used, "yet another phrase of many words")
    reopened(tmp_path / "w", "new", ANOTHER).close()
    assert desk.supervision.verification().holds


def test_a_code_opens_for_fourteen_days_and_a_newer_one_takes_its_place(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        first = desk.accounts.add("new", "", frozenset({Role.AUDITOR})).value.code
        second = desk.vault.invite("new").value
        with pytest.raises(UserError, match="wrong"):
            opening.sit_down(desk, "new", first, ANOTHER)
        clock.at += CODE_HOLDS + timedelta(minutes=1)
        with pytest.raises(UserError, match="too old"):
            opening.sit_down(desk, "new", second, ANOTHER)


def test_who_forgot_their_passphrase_begins_anew_and_what_they_signed_stays_signed(desk: Desk) -> None:
    case = opened(desk)
    sit_down(desk, "ada")
    code = desk.vault.invite("mara").value
    with pytest.raises(UserError, match="wrong"):
        sit_down(desk, "mara")
    opening.sit_down(desk, "mara", code, ANOTHER)
    assert desk.review.case(case.id).opened_by == desk.person.id
    assert len([b for b in told(desk, KeyEnrolled) if isinstance(b, KeyEnrolled) and b.account == desk.person.id]) == 2
    assert desk.supervision.verification().holds


def test_nobody_invites_themselves_or_a_retired_account(desk: Desk) -> None:
    with pytest.raises(UserError, match="yourself"):
        desk.vault.invite("ada")
    desk.accounts.retire("sol")
    with pytest.raises(UserError, match="is retired"):
        desk.vault.invite("sol")
    with pytest.raises(UserError, match="no account of that name"):
        desk.vault.invite("nobody")


def test_a_passphrase_whose_key_the_trail_does_not_know_opens_nothing(desk: Desk, tmp_path: Path) -> None:
    """Killed between the file of keys and the commit, or put there by somebody with the data key: the trail decides."""
    mara = desk.accounts.named("mara")
    forged = slot_of(mara, Keys.new(), ANOTHER, desk.vault.made, desk.store.key)
    with desk.store.atomic():
        desk.store.keys.change(lambda ring: replace(ring, slots=(*ring.slots, forged)))
    with pytest.raises(UserError, match="does not know the key"):
        reopened(tmp_path / "w", "mara", ANOTHER)
    assert [b.message for b in desk.supervision.verification().breaks] == ["the file of keys lets it in with a key that no event tells of"]


# the licence behind a signature --------------------------------------------------------------------------------------------


def test_a_licence_is_confirmed_by_a_second_person_at_a_source_that_is_named(desk: Desk) -> None:
    enrolled(desk, "doc", "Dana Oak", frozenset({Role.PHYSICIAN}), Credential("MD", "M-1", "IN", date(2030, 1, 1)))
    for where, day, why in (("site", date(2017, 10, 2), "Whoever entered"),):
        with pytest.raises(UserError, match=why):
            desk.accounts.confirm_credential("doc", where, day)
    sit_down(desk, "sol")
    for where, day, why in ((" ", date(2017, 10, 2), "Say where"), ("site", date(2031, 1, 1), "future")):
        with pytest.raises(UserError, match=why):
            desk.accounts.confirm_credential("doc", where, day)
    with pytest.raises(UserError, match="no licence to confirm"):
        desk.accounts.confirm_credential("ada", "site", date(2017, 10, 2))
    credential = desk.accounts.confirm_credential("doc", "the board's site", date(2017, 10, 2)).value.credential
    assert credential is not None
    assert (credential.confirmed_by, credential.confirmed_where) == (desk.person.id, "the board's site")


def test_a_new_key_or_a_new_entry_takes_the_confirmation_away(desk: Desk) -> None:
    def confirmed_by() -> object:
        credential = desk.accounts.named("osei").credential
        assert credential is not None
        return credential.confirmed_by

    assert confirmed_by()
    desk.vault.invite("osei")
    assert confirmed_by() is None
    confirmed(desk, "osei")
    assert confirmed_by()
    desk.accounts.enter_credential("osei", Credential("MD", "MD-2", "IN", date(2030, 1, 1), confirmed_by=desk.person.id))
    assert confirmed_by() is None


# presence --------------------------------------------------------------------------------------------------------------------


def test_a_proof_of_presence_is_good_once_for_its_person_and_for_two_minutes(tmp_path: Path) -> None:
    clock = FixedClock()
    with desk_in(tmp_path / "w", clock=clock) as desk:
        with pytest.raises(UserError, match="wrong"):
            desk.vault.prove(passphrase("mara"))
        proof = desk.vault.prove(passphrase("ada"))
        assert desk.vault.spend(proof)
        assert not desk.vault.spend(proof)
        assert not desk.vault.spend(None)
        assert not desk.vault.spend(replace(proof, token="made up"))
        late = desk.vault.prove(passphrase("ada"))
        clock.at += PROOF_HOLDS + timedelta(seconds=1)
        assert not desk.vault.spend(late)
        of_ada = desk.vault.prove(passphrase("ada"))
        sit_down(desk, "mara")
        assert not desk.vault.spend(of_ada)


# the data key ----------------------------------------------------------------------------------------------------------------


def test_a_retired_account_opens_nothing_any_more_since_the_data_key_is_another(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        opened(desk)
        old, known = desk.store.key, data_key(tmp_path / "w", "mara")
        assert old == known
        sit_down(desk, "ada")
        desk.accounts.retire("mara")
        assert desk.store.key != old
        assert not desk.vault.standing().rekey_due
        assert {len(s.data_keys) for s in desk.vault.ring().slots} == {1}
        assert [b.why for b in told(desk, Rekeyed) if isinstance(b, Rekeyed)] == ["an account was retired"]
    with pytest.raises(UserError, match="damaged, or is no workspace"):
        Store(tmp_path / "w", "mara", old)
    again = open_desk(tmp_path / "w", "osei", clock=FixedClock(), tables=TABLES)
    assert again.supervision.verification().holds
    again.close()


def test_while_another_program_has_it_open_the_change_of_key_waits_for_the_next_who_is_alone(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        old = desk.store.key
        other = Store(tmp_path / "w", "osei", old)
        desk.accounts.retire("mara")
        assert desk.store.key == old
        assert desk.vault.standing().rekey_due
        assert not desk.vault.ring().of("mara")
        other.close()
    again = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    assert again.store.key != old
    assert not again.vault.standing().rekey_due
    again.close()


class CutOffError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize("after_the_database", [False, True])
def test_a_change_of_key_that_is_cut_off_goes_on_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after_the_database: bool
) -> None:
    real = Store.rekey

    def cut(self: Store, key: bytes) -> None:
        if after_the_database:
            real(self, key)
        raise CutOffError

    with desk_in(tmp_path / "w") as desk:
        old = desk.store.key
        monkeypatch.setattr(Store, "rekey", cut)
        with contextlib.suppress(CutOffError):
            desk.vault.rekey("a test")
        monkeypatch.undo()
    for name in ("mara", "osei"):
        again = open_desk(tmp_path / "w", name, clock=FixedClock(), tables=TABLES)
        assert again.store.key != old
        assert {len(s.data_keys) for s in again.vault.ring().slots} == {1}
        assert again.supervision.verification().holds
        again.close()


def test_a_new_data_key_is_sealed_only_to_those_whom_the_trail_names(desk: Desk, tmp_path: Path) -> None:
    """Somebody who may write to the folder puts a slot of their own beside the others, and waits for the next change of key."""
    thief = Keys.new()
    mara = desk.vault.ring().of("mara")[0]
    planted = replace(mara, keys=thief.public, name="thief")
    desk.store.keys.change(lambda ring: replace(ring, slots=(*ring.slots, planted)))
    desk.vault.rekey("a test")
    assert not desk.vault.ring().of("thief")
    assert len(desk.vault.ring().slots) == 4


# the recovery key -------------------------------------------------------------------------------------------------------------


def test_two_parts_give_an_administrator_the_seat_back_once_and_the_workspace_a_new_key(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        parts = recovery_of(desk)
        old = desk.store.key
        assert parts.first not in repr(parts)
    both = (parts.second, parts.first.lower())
    for who, why in (("mara", "administrator"), ("nobody", "no account")):
        with pytest.raises(UserError, match=why):
            opening.recover_desk(tmp_path / "w", who, both, ANOTHER, clock=FixedClock(), tables=TABLES)
    with pytest.raises(UserError, match="too short"):
        opening.recover_desk(tmp_path / "w", "ada", both, "weak", clock=FixedClock(), tables=TABLES)
    again = opening.recover_desk(tmp_path / "w", "ada", both, ANOTHER, clock=FixedClock(), tables=TABLES)
    assert again.person.name == "ada"
    assert again.store.key != old
    assert again.vault.ring().recovery == ()
    assert again.supervision.verification().holds
    again.close()
    with pytest.raises(UserError, match="do not open"):
        opening.recover_desk(tmp_path / "w", "ada", both, "some other phrase of words", clock=FixedClock(), tables=TABLES)
    with pytest.raises(UserError, match="wrong"):
        open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    reopened(tmp_path / "w", "ada", ANOTHER).close()


def test_one_part_or_parts_of_two_keys_open_nothing(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        first = recovery_of(desk)
        second = recovery_of(desk)
    for parts in ((first.first, first.second), (first.first, second.second), (second.first, second.first)):
        with pytest.raises(UserError, match="do not open"):
            opening.recover_desk(tmp_path / "w", "ada", parts, ANOTHER, clock=FixedClock(), tables=TABLES)
    with pytest.raises(UserError, match="groups of five"):
        opening.recover_desk(tmp_path / "w", "ada", (second.first, ""), ANOTHER, clock=FixedClock(), tables=TABLES)


# the folder -------------------------------------------------------------------------------------------------------------------


def test_a_set_up_that_was_cut_off_begins_anew_and_a_whole_one_never(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(desk: Desk, body: object, case: object = None) -> None:
        raise CutOffError

    def never(self: Store, *told: object) -> None:
        raise CutOffError

    for target, name, how in ((Store, "_migrate", never), (Store, "atomic", never)):
        monkeypatch.setattr(target, name, how)
        with contextlib.suppress(CutOffError):
            open_desk(tmp_path / "w", "ada", tables=TABLES)
        monkeypatch.undo()
        assert not KeyFile(tmp_path / "w").read().complete
    open_desk(tmp_path / "w", "bo", tables=TABLES).close()
    monkeypatch.setattr(Desk, "note", cut)
    with contextlib.suppress(CutOffError):
        open_desk(tmp_path / "whole", "ada", tables=TABLES)
    monkeypatch.undo()
    with pytest.raises(UserError, match="no account named bo"):
        open_desk(tmp_path / "whole", "bo", tables=TABLES)
    (tmp_path / "whole" / "keys.json").unlink()
    with pytest.raises(UserError, match="is missing; its database is there"):
        open_desk(tmp_path / "whole", "ada", tables=TABLES)


def test_a_whole_workspace_whose_database_is_gone_is_never_begun_anew(tmp_path: Path) -> None:
    open_desk(tmp_path / "w", "ada", tables=TABLES).close()
    (tmp_path / "w" / vault.DATABASE).rename(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="database is missing; its keys are there"):
        open_desk(tmp_path / "w", "ada", tables=TABLES)
    assert KeyFile(tmp_path / "w").read().complete


def test_a_slot_that_no_event_tells_of_is_taken_out_at_the_next_opening_and_that_is_an_event(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        file, stranger = desk.store.keys, Keys.new()
        mine = file.read().slots[0]
        planted = replace(mine, name="mallory", keys=stranger.public, data_keys=(seal(desk.store.key, stranger.public.seal),))
        file.change(lambda ring: replace(ring, slots=(*ring.slots, planted)))
        assert [b.message for b in desk.supervision.verification().breaks] == [
            "the file of keys lets it in with a key that no event tells of"
        ]
    again = reopened(tmp_path / "w", "ada", passphrase("ada"))
    assert told(again, KeysRemoved) == [KeysRemoved(("mallory",))]
    assert planted not in again.vault.ring().slots
    assert again.supervision.verification().holds
    again.close()


def test_who_is_invited_keeps_their_passphrase_until_the_invitation_is_kept(desk: Desk, tmp_path: Path) -> None:
    with contextlib.suppress(ZeroDivisionError), desk.store.atomic():
        desk.vault._invite("sol")
        raise ZeroDivisionError
    opening.sit_down(desk, "sol", passphrase("sol"))
    assert desk.vault.tidy() == ("sol",)
    assert desk.supervision.verification().holds
    sit_down(desk, "ada")
    code = desk.vault.invite("sol").value
    with pytest.raises(UserError, match="wrong"):
        opening.sit_down(desk, "sol", passphrase("sol"))
    opening.sit_down(desk, "sol", code, ANOTHER)


def test_a_recovery_key_stays_good_until_a_newer_one_is_kept(desk: Desk) -> None:
    old = recovery_of(desk)
    with contextlib.suppress(ZeroDivisionError), desk.store.atomic():
        desk.vault._make_recovery(desk.vault.draw_recovery())
        raise ZeroDivisionError
    assert recovery_keys(desk.vault.ring(), old.first, old.second)
    recovery_of(desk)
    with pytest.raises(UserError, match="do not open"):
        recovery_keys(desk.vault.ring(), old.first, old.second)


def test_an_only_slot_of_which_the_file_spoilt_the_keys_is_not_taken_out(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        other = Keys.new().public
        desk.store.keys.change(
            lambda ring: replace(ring, slots=tuple(replace(s, keys=other) if s.name == "sol" else s for s in ring.slots))
        )
    reopened(tmp_path / "w", "ada", passphrase("ada")).close()
    reopened(tmp_path / "w", "sol", passphrase("sol")).close()
