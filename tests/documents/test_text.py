"""Bytes become numbered lines, or are refused in plain words."""

import hashlib

import invented_policy as doc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.documents import read
from ur_desk.documents.text import MAX_BYTES, decode
from ur_desk.domain.codes import CodeSet
from ur_desk.errors import UserError

CRLF = doc.TEXT.replace("\n", "\r\n")

ENCODINGS = {
    "UTF-8": doc.TEXT.encode(),
    "UTF-8 with a mark": doc.TEXT.encode("utf-8-sig"),
    "UTF-16, little end first": b"\xff\xfe" + doc.TEXT.encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + doc.TEXT.encode("utf-16-be"),
    "UTF-32": b"\xff\xfe\x00\x00" + doc.TEXT.encode("utf-32-le"),
    "Windows-1252": doc.TEXT.encode("cp1252"),
    "CRLF": CRLF.encode(),
    "CR": doc.TEXT.replace("\n", "\r").encode(),
    "a line feed at the end": (doc.TEXT + "\n").encode(),
    "CRLF at the end, with a mark": (CRLF + "\r\n").encode("utf-8-sig"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_one_text_in_any_encoding_gives_the_same_lines(data: bytes) -> None:
    decoded = decode(data, "x.txt")
    assert tuple(line.text for line in decoded.text.lines) == doc.LINES
    assert decoded.text.sha256 == hashlib.sha256(doc.TEXT.encode()).hexdigest()
    assert not decoded.cut


def test_dashes_and_quotes_of_windows_stay_what_they_are() -> None:
    assert (
        decode("M20.10–M20.62 the foot’s “toes” — all".encode("cp1252"), "x").text.line(1).text == "M20.10–M20.62 the foot’s “toes” — all"
    )


def test_odd_separators_inside_a_line_break_no_line() -> None:
    assert len(decode("one\x0btwo\x0cthree\u2028four\x85five\nsix".encode(), "x").text.lines) == 2


@pytest.mark.parametrize(("data", "cut"), [("é".encode() * 3, False), ("é".encode() * 3 + b"\xc3", True), (b"\xff\xfea\x00b", True)])
def test_half_a_character_at_the_end_is_left_out_and_told(data: bytes, cut: bool) -> None:
    assert decode(data, "x").cut is cut


REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\r\n ", "is empty"),
    "only hard spaces": ("\u00a0\n\u00a0".encode(), "only blank lines"),
    "a mark and nothing": (b"\xef\xbb\xbf", "only blank lines"),
    "NUL bytes": (b"Medical Policy\0\0\0" * 9, "binary"),
    "random bytes": (bytes(range(1, 256)) * 4, "x.bin"),
    "too large": (b"x" * (MAX_BYTES + 1), "MB"),
    "broken UTF-16": (b"\xff\xfe" + b"\x00\xd8" * 4, "UTF-16"),
}


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, told: str, codeset: CodeSet) -> None:
    with pytest.raises(UserError) as refused:
        read(data, "C:\\secret folder\\x.bin", codeset)
    assert told in refused.value.message
    assert refused.value.message.startswith("x.bin")
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


@given(st.binary(max_size=400))
def test_any_bytes_are_lines_or_a_refusal(data: bytes) -> None:
    try:
        decoded = decode(data, "x")
    except UserError:
        return
    assert [line.number for line in decoded.text.lines] == list(range(1, len(decoded.text.lines) + 1))
    assert not any(c in line.text for line in decoded.text.lines for c in "\r\n\0")
