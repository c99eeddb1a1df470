"""Event bodies as bytes: read back as they were, and nothing is guessed."""

import pytest

from ur_desk.domain.audit import Gone
from ur_desk.domain.events import NoteAdded
from ur_desk.records.events import body_bytes, body_from, plain


def test_a_body_comes_back_as_it_was() -> None:
    assert body_from(body_bytes(NoteAdded("x"))) == NoteAdded("x")


@pytest.mark.parametrize(
    "data",
    [
        b'{"data": {"text": "x"}, "kind": "note-added", "v": 2}',
        b'{"data": {"text": "x"}, "kind": "note-added"}',
        b'{"data": {"text": "x"}, "kind": "no-such-thing", "v": 1}',
        b'{"data": {}, "kind": "note-added", "v": 1}',
        b"[]",
        b"\xff",
        b"",
    ],
)
def test_a_body_that_this_version_does_not_know_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        body_from(data)


def test_a_content_that_is_gone_is_told_as_such() -> None:
    assert plain(Gone())["kind"] == "gone"
    assert plain(Gone(readable=False))["kind"] == "unreadable"
