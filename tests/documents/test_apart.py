"""Foreign files are read in a process of their own: it is bounded, shut in, replaced when it falls, and tells nothing of the file when it does."""

import sys
from collections.abc import Iterator

import file_makers as make
import pytest

from ur_desk.apart import room as rooms
from ur_desk.apart.room import Room
from ur_desk.documents import apart
from ur_desk.documents.formats import Format, Source, source_of
from ur_desk.errors import UserError

PAGE = make.HTML.encode()


@pytest.fixture
def room() -> Iterator[Room[Source]]:
    opened = apart.room()
    yield opened
    opened.close()


def put_in_place_of_reading(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """The same process, in which this statement runs where a file would be read."""
    script = f"""
from ur_desk.apart import child
from ur_desk.documents import read_apart
def put(data, name, format_):
    {statement}
read_apart.read = put
child.serve("policy")
"""
    monkeypatch.setattr(rooms, "command", lambda reader: [sys.executable, "-c", script])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (PAGE, Format.HTML),
        (make.docx_bytes(make.gait_docx), Format.DOCX),
        (make.gait_pdf(), Format.PDF),
        (b'[{"text": "a", "sub_items": []}]', Format.JSON),
    ],
    ids=["html", "docx", "pdf", "json"],
)
def test_what_comes_back_is_what_the_reader_gives(data: bytes, what: Format, room: Room[Source]) -> None:
    assert room.read(data, "x", what) == source_of(data, "x", what)


def test_a_refusal_comes_back_in_its_own_words_and_the_process_stays(room: Room[Source]) -> None:
    with pytest.raises(UserError, match="is a scan") as refused:
        room.read(make.gait_pdf(text=False), "x.pdf", Format.PDF)
    assert refused.value.hint
    process = room._process
    assert room.read(PAGE, "x", Format.HTML).text.lines
    assert room._process is process


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(room: Room[Source]) -> None:
    room._seconds = 0.0
    with pytest.raises(UserError, match="takes longer to read"):
        room.read(PAGE, "x.html", Format.HTML)
    room._seconds = 60.0
    assert room.read(PAGE, "x.html", Format.HTML).text.lines


@pytest.mark.expects_log
def test_a_file_that_brings_the_process_down_is_refused_and_the_next_one_is_read(
    room: Room[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(rooms, "command", lambda reader: [sys.executable, "-c", "import sys; sys.exit(3)"])
        with pytest.raises(UserError, match="cannot be read"):
            room.read(PAGE, "x.html", Format.HTML)
    assert room.read(PAGE, "x.html", Format.HTML).text.lines


@pytest.mark.expects_log
def test_a_fault_is_logged_by_kind_and_place_and_tells_nothing_of_the_file(
    room: Room[Source], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put_in_place_of_reading(monkeypatch, "raise ValueError('words of the file')")
    with pytest.raises(UserError, match="cannot be read") as refused:
        room.read(PAGE, "x.html", Format.HTML)
    assert "Nothing was saved." in refused.value.message
    assert "ValueError" in caplog.text
    assert "words of the file" not in caplog.text + str(refused.value)
    assert "x.html" not in caplog.text


WAYS_OUT = {
    "a file read": "open(__file__ if False else '/etc/hostname').read()",
    "a file written": "open('/tmp/ur-desk-never', 'w')",
    "a file removed": "import os; os.remove('/tmp/ur-desk-never')",
    "a folder made": "import os; os.mkdir('/tmp/ur-desk-never')",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name looked up": "import socket; socket.getaddrinfo('example.invalid', 80)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
}


@pytest.mark.expects_log
@pytest.mark.parametrize("statement", WAYS_OUT.values(), ids=WAYS_OUT.keys())
def test_the_process_is_shut_in(
    statement: str, room: Room[Source], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put_in_place_of_reading(monkeypatch, statement)
    with pytest.raises(UserError, match="cannot be read"):
        room.read(PAGE, "x.html", Format.HTML)
    assert "PermissionError" in caplog.text


def test_a_file_that_needs_too_much_memory_is_refused(room: Room[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    put_in_place_of_reading(monkeypatch, "return bytearray(8 * 2**30)")
    with pytest.raises(UserError, match="needs more memory"):
        room.read(PAGE, "x.html", Format.HTML)


def test_a_fresh_process_takes_over_after_so_many_files(room: Room[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "FILES", 2)
    seen = []
    for _ in range(4):
        room.read(PAGE, "x.html", Format.HTML)
        seen.append(room._process)
    assert seen[0] is not None
    assert seen[1] is None
    assert seen[2] is not None
    assert seen[2] is not seen[0]


def test_a_closed_room_ends_its_process_and_opens_again(room: Room[Source]) -> None:
    room.read(PAGE, "x.html", Format.HTML)
    process = room._process
    room.close()
    assert process is not None
    assert process.poll() is not None
    assert room.read(PAGE, "x.html", Format.HTML).text.lines


def test_the_process_knows_nothing_of_the_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UR_DESK_PASSPHRASE_FILE", "/somewhere")
    assert not [key for key in rooms._environment() if key.startswith("UR_DESK_")]


def test_a_frozen_program_starts_itself_with_a_flag_and_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/ur-desk/ur-desk")
    assert rooms.command("policy") == ["/opt/ur-desk/ur-desk", "--read-apart", "policy"]
