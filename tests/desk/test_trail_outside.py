"""The trail outside of the program: exported, verified by the one file for plain Python, and sealed with its contents."""

import copy
import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from builders import desk_in, enrolled, opened, passphrase, recovery_of, sit_down
from hypothesis import given, settings
from hypothesis import strategies as st

from ur_desk.desk.desk import Desk
from ur_desk.desk.trail import OPEN_VERBS, open_bundle, verifier
from ur_desk.domain.audit import GENESIS
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, UserError
from ur_desk.paths import resources
from ur_desk.store.crypto import Keys
from ur_desk.store.crypto import verify as by_libsodium

FILE = resources() / "verifier" / "verify_trail.py"
WORDS = "seven slow boats on a still lake"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_trail", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


V: Any = loaded()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A workspace with cases, a re-invited nurse, somebody retired, and a recovery key."""
    with desk_in(tmp_path_factory.mktemp("outside") / "w") as made:
        case = opened(made)
        made.review.add_note(case.id, "Called about Rosalind Alvarado.")
        sit_down(made, "ada")
        enrolled(made, "ike", "Ike Clerk", frozenset({Role.INTAKE}))
        made.accounts.retire("ike")
        recovery_of(made)
        code = made.vault.invite("mara").value
        from ur_desk.desk.workspace import sit_down as with_code

        with_code(made, "mara", code, passphrase("mara"))
        made.review.add_note(case.id, "Called again.")
        sit_down(made, "sol")
        yield made


@pytest.fixture(scope="module")
def exported(desk: Desk) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(desk.trail.document())
    return told


@pytest.fixture
def trail(exported: dict[str, Any]) -> dict[str, Any]:
    """A trail to be changed."""
    return copy.deepcopy(exported)


def ran(file: Path, *words: str) -> tuple[int, str, str]:
    """The verifier in a Python of its own, without this project or any package: status, output, errors."""
    done = subprocess.run([sys.executable, "-I", "-S", str(FILE), str(file), *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def written(trail: Any, folder: Path) -> Path:
    file = folder / "trail.json"
    file.write_text(trail if isinstance(trail, str) else json.dumps(trail), encoding="utf-8")
    return file


def test_an_exported_trail_holds_outside_with_plain_python(desk: Desk, exported: dict[str, Any], tmp_path: Path) -> None:
    number = len(exported["heads"]) // 2
    code = V.code(number, exported["heads"][number - 1]["seal"])
    status, out, err = ran(written(exported, tmp_path), "--checkpoint", code, code.lower().replace("-", " - "))
    assert (status, err) == (0, "")
    assert f"The trail holds: {len(exported['heads'])} events" in out
    assert "2 codes found" in out


def test_an_exported_trail_holds_no_patient_data_and_no_content_of_a_case(desk: Desk) -> None:
    told = desk.trail.document().decode()
    for word in ("Alvarado", "Rosalind", "DEMO-004417", "Called", "Linden Court"):
        assert word not in told
    heads = {head["id"]: head for head in json.loads(told)["heads"]}
    disclosed = json.loads(told)["disclosed"]
    assert disclosed
    assert all(heads[each["event"]]["verb"].startswith(OPEN_VERBS) and heads[each["event"]]["case"] is None for each in disclosed)


def test_the_verifier_asks_for_the_same_contents_as_the_program_discloses() -> None:
    assert V.DISCLOSED == OPEN_VERBS


def _swap(heads: list[Any]) -> None:
    heads[4], heads[5] = heads[5], heads[4]


def _rechained(trail: dict[str, Any], keys: Keys | None = None) -> None:
    """Numbers, chains and seals as they ought to be; signed anew with the keys where some are given."""
    last, in_case = GENESIS, {}
    for number, head in enumerate(trail["heads"], start=1):
        head |= {"number": number, "previous": last, "previous_in_case": in_case.get(head["case"], GENESIS) if head["case"] else GENESIS}
        if keys:
            head["key"] = keys.key
            head["signature"] = keys.sign(V.statement(head))
        last = head["seal"] = V.seal(head)
        in_case[head["case"]] = last


def _removed_and_chained(trail: dict[str, Any]) -> None:
    del trail["heads"][next(n for n, h in enumerate(trail["heads"]) if h["verb"] == "note.add")]
    _rechained(trail)


def _all_by_another(trail: dict[str, Any]) -> None:
    _rechained(trail, Keys.new())


def _unsigned(trail: dict[str, Any], many: int) -> None:
    for head in trail["heads"][:many]:
        head |= {"key": "", "signature": ""}
    _rechained(trail)


def _content(trail: dict[str, Any], change: Callable[[Any], None], kind: str, *, hashed: bool = False) -> None:
    for item in trail["disclosed"]:
        body = json.loads(item["data"])
        if body["kind"] == kind:
            change(body["data"])
            item["data"] = json.dumps(body)
            if hashed:
                head = next(h for h in trail["heads"] if h["id"] == item["event"])
                head["body"] = hashlib.sha256(bytes.fromhex(item["salt"]) + item["data"].encode()).hexdigest()
            return


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "an event is removed": (lambda t: t["heads"].pop(7), "is missing"),
    "two events change places": (lambda t: _swap(t["heads"]), "is missing"),
    "an event stands twice": (lambda t: t["heads"].insert(5, t["heads"][4]), "stands there twice"),
    "an instant is changed": (lambda t: t["heads"][6].update(at="2017-10-01T00:00:00+00:00"), "head was changed"),
    "a person is changed": (lambda t: t["heads"][6].update(person="x"), "head was changed"),
    "a hash is changed": (lambda t: t["heads"][6].update(body="0" * 64), "head was changed"),
    "a signature is changed": (lambda t: t["heads"][6].update(signature="0" * 128), "its signature is not one"),
    "an event is removed, and all chained anew": (_removed_and_chained, "its signature is not one"),
    "all is signed with another key": (_all_by_another, "a key was set for an account by somebody else"),
    "all signatures are taken away": (lambda t: _unsigned(t, len(t["heads"])), "no event is signed"),
    "signatures are taken away up to some event": (lambda t: _unsigned(t, 9), "events without a signature stand before it"),
    "a content of a key is changed": (
        lambda t: _content(t, lambda d: d["keys"].update(sign="0" * 64), "key-enrolled"),
        "not the one that was written",
    ),
    "a role is changed with its hash": (
        lambda t: _content(t, lambda d: d["account"].update(roles=["physician"]), "account-added", hashed=True),
        "head was changed",
    ),
    "a content is held back": (lambda t: t["disclosed"].pop(3), "its content is not disclosed"),
    "a content is of no event": (lambda t: t["disclosed"][0].update(event="x"), "that is not there"),
    "all are gone": (lambda t: t.update(heads=[], disclosed=[]), "there is no event"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_changed_is_found_outside(trail: dict[str, Any], tmp_path: Path, name: str) -> None:
    change, words = TAMPERED[name]
    change(trail)
    status, out, err = ran(written(trail, tmp_path))
    assert (status, err) == (1, "")
    assert "does NOT hold" in out
    assert words in out


def test_a_tail_that_was_cut_off_is_found_by_a_code_and_only_by_one(trail: dict[str, Any], tmp_path: Path) -> None:
    code = V.code(len(trail["heads"]), trail["heads"][-1]["seal"])
    gone = trail["heads"].pop()
    trail["disclosed"] = [each for each in trail["disclosed"] if each["event"] != gone["id"]]
    file = written(trail, tmp_path)
    assert ran(file)[0] == 0
    status, out, _ = ran(file, "--checkpoint", code)
    assert status == 1
    assert "its end was cut off" in out


def test_a_code_of_another_history_is_found(exported: dict[str, Any], tmp_path: Path) -> None:
    status, out, _ = ran(written(exported, tmp_path), "--checkpoint", "3-00000-00000")
    assert status == 1
    assert "is another one now" in out


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{", '{"schema": "ur-desk-trail/9"}', '{"schema": "ur-desk-trail/1", "heads": 3, "disclosed": []}',
     '{"schema": "ur-desk-trail/1", "heads": [{"number": 1}], "disclosed": []}',
     '{"schema": "ur-desk-trail/1", "heads": [], "disclosed": [3]}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_trail_is_refused_in_plain_words(words: str, tmp_path: Path) -> None:
    status, out, err = ran(written(words, tmp_path))
    assert (status, out) == (2, "")
    assert err.startswith("Not checked")
    assert "Traceback" not in err


@pytest.mark.parametrize("code", ["x", "1-2", "12345", "²-00000-00000", "1-UUUUU-00000", "9" * 30 + "-00000-00000"])
def test_what_is_no_code_is_refused(exported: dict[str, Any], tmp_path: Path, code: str) -> None:
    status, _, err = ran(written(exported, tmp_path), "--checkpoint", code)
    assert status == 2
    assert "no code of a trail" in err


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert ran(tmp_path / "none.json")[0] == 2


# Ed25519: RFC 8032, section 7.1 (tests 1, 2, 3 and SHA(abc))
VECTORS = (
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
)  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_the_signature_check_passes_the_vectors_of_the_rfc_and_nothing_beside_them(vector: tuple[str, str, str]) -> None:
    key, message, signature = vector[0], bytes.fromhex(vector[1]), vector[2]
    assert V.signed(key, message, signature)
    assert not V.signed(key, message + b"x", signature)
    for place in (0, 31, 32, 62):
        other = bytearray.fromhex(signature)
        other[place] ^= 1
        assert not V.signed(key, message, other.hex())
    larger = int.from_bytes(bytes.fromhex(signature)[32:], "little") + V.L
    assert not V.signed(key, message, signature[:64] + larger.to_bytes(32, "little").hex())


@pytest.mark.parametrize("key", ["", "00" * 32, "01" + "00" * 31, "ff" * 32, "ec" + "ff" * 30 + "7f", "zz", "00" * 31])
def test_a_key_that_proves_nothing_proves_nothing(key: str) -> None:
    # a signature that every message has under the neutral point
    assert not V.signed(key, b"anything", "01" + "00" * 63)
    assert not V.signed(key, b"anything", "")


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32), st.integers(0, 511))
def test_the_signature_check_says_what_libsodium_says(message: bytes, seed: bytes, bit: int) -> None:
    keys = Keys(seed)
    signature = keys.sign(message)
    assert V.signed(keys.key, message, signature)
    assert by_libsodium(keys.key, message, signature)
    turned = bytearray.fromhex(signature)
    turned[bit // 8] ^= 1 << bit % 8
    assert V.signed(keys.key, message, turned.hex()) is by_libsodium(keys.key, message, turned.hex()) is False


# bundles -------------------------------------------------------------------------------------------------------------


def test_a_bundle_holds_every_content_sealed_and_is_an_event(desk: Desk, tmp_path: Path) -> None:
    made = desk.trail.bundle(tmp_path / "trail.bundle", WORDS, "The state's auditor asked for it.")
    data = made.path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == made.sha256
    for word in (b"Alvarado", b"Called", b"note.add"):
        assert word not in data
    told = json.loads(open_bundle(data, WORDS))
    assert "Called about Rosalind Alvarado." in json.dumps(told)
    assert len(told["heads"]) == made.events
    hidden = {head["id"] for head in told["heads"]} - {each["event"] for each in told["disclosed"]}
    assert [head["verb"] for head in told["heads"] if head["id"] in hidden] == ["vault.make"]
    assert made.left_out == 0
    assert made.left_out == 0
    assert V.verify(told["heads"], {each["event"]: each for each in told["disclosed"]}) == []
    head, event = list(desk.store.ledger.every())[-1]
    assert head.verb == "access.trail-bundled"
    assert (event.body.reason, event.body.sha256) == ("The state's auditor asked for it.", made.sha256)
    assert desk.supervision.verification().breaks == ()


def test_a_bundle_opens_with_its_passphrase_alone_and_shows_every_change(desk: Desk, tmp_path: Path) -> None:
    data = desk.trail.bundle(tmp_path / "b", WORDS, "Asked for.").path.read_bytes()
    for other in (data[:-1], data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], data.replace(b'"passes": 1', b'"passes": 2')):
        with pytest.raises(UserError, match="does not open"):
            open_bundle(other, WORDS)
    with pytest.raises(UserError, match="does not open"):
        open_bundle(data, WORDS + ".")


@pytest.mark.parametrize(
    "first",
    [b"", b"{", b"[]", b'{"schema": "ur-desk-bundle/1"}', b"\xff\xfe", b"[" * 5000,
     b'{"schema": "ur-desk-bundle/1", "salt": "00000000000000000000000000000000", "passes": 1, "memory": 99999999999999, "events": 1, "head": ""}',
     b'{"schema": "ur-desk-bundle/1", "salt": "00", "passes": 1, "memory": 8192, "events": 1, "head": ""}'],
)  # fmt: skip
def test_what_is_no_bundle_is_refused(first: bytes) -> None:
    with pytest.raises(UserError, match="no bundle"):
        open_bundle(first + b"\nrest", WORDS)


def test_no_bundle_is_written_without_reason_passphrase_or_place(desk: Desk, tmp_path: Path) -> None:
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match="Say why"):
        desk.trail.bundle(tmp_path / "b", WORDS, "  ")
    with pytest.raises(UserError):
        desk.trail.bundle(tmp_path / "b", "short", "Asked for.")
    with pytest.raises(UserError, match="cannot be written"):
        desk.trail.bundle(tmp_path / "none" / "b", WORDS, "Asked for.")
    assert desk.store.ledger.last() == before
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_leaves_out_what_is_closed_to_whoever_makes_it(tmp_path: Path) -> None:
    from ur_desk.domain.events import Restriction

    with desk_in(tmp_path / "w") as desk:
        case = opened(desk)
        desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works here.", ["mara"])
        with pytest.raises(Forbidden, match=Read.BUNDLE.value):
            desk.trail.bundle(tmp_path / "b", WORDS, "Asked for.")
        sit_down(desk, "sol")
        made = desk.trail.bundle(tmp_path / "b", WORDS, "Asked for.")
        assert made.left_out == 4
        assert "Alvarado" not in open_bundle(made.path.read_bytes(), WORDS).decode()


def test_the_program_hands_out_the_very_verifier(tmp_path: Path) -> None:
    assert verifier() == FILE.read_bytes()
    assert b"ur_desk" not in b"\n".join(line for line in verifier().splitlines() if line.startswith((b"import", b"from")))
