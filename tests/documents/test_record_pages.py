"""Records of pages: what they are by content, their pages as pictures, their words, their forms; and every way in which they go wrong."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import record_makers as make
from PIL import Image

from ur_desk.apart.room import Room
from ur_desk.documents import record_pages as pages
from ur_desk.documents import records_apart
from ur_desk.documents.read_record import Told, read
from ur_desk.domain.intake.attached import MediaType
from ur_desk.domain.intake.sheets import found, lines_of
from ur_desk.errors import UserError


@pytest.fixture
def room() -> Iterator[Room[Told]]:
    opened = records_apart.room()
    yield opened
    opened.close()


KINDS = {
    MediaType.PDF: make.pdf("Physical therapy, 12 visits", ""),
    MediaType.PNG: make.picture("PNG"),
    MediaType.JPEG: make.picture("JPEG"),
    MediaType.TIFF: make.fax(2),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_record_is_known_by_its_bytes_and_every_page_can_be_shown(kind: MediaType, room: Room[Told]) -> None:
    data = KINDS[kind]
    facts = room.read(data, "x", "facts").facts
    assert facts is not None
    assert facts.media_type is kind
    for number in range(1, len(facts.characters) + 1):
        picture = room.read(data, "x", f"picture {number} 300").picture
        assert picture is not None
        assert picture.width == 300
        assert len(picture.rgba) == picture.width * picture.height * 4
        assert picture.rgba[:4] == b"\xff\xff\xff\xff"


def test_characters_are_counted_page_by_page_and_blanks_are_none() -> None:
    assert pages.facts(make.pdf("ab c", "", "   "), "x").characters == (3, 0, 0)


def test_a_fax_in_standard_resolution_has_the_shape_of_its_paper() -> None:
    coarse = pages.picture(make.fax(1, (204, 98), (1728, 1100)), "x", 1, 400)
    fine = pages.picture(make.fax(1, (204, 196), (1728, 2200)), "x", 1, 400)
    assert abs(coarse.height - fine.height) <= 1


def test_a_photograph_lies_as_it_was_taken() -> None:
    exif = Image.Exif()
    exif[274] = 6
    turned = pages.picture(make.picture("JPEG", (400, 200), exif=exif), "x", 1, 100)
    assert (turned.width, turned.height) == (100, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_an_image_of_any_mode_is_shown_on_white(mode: str) -> None:
    out = io.BytesIO()
    white = Image.new("I;16", (40, 60), 65535) if mode == "I;16" else Image.new("RGB", (40, 60), "white").convert(mode)
    white.save(out, "TIFF")
    assert pages.picture(out.getvalue(), "x", 1, 40).rgba[:3] == b"\xff\xff\xff"


def test_what_is_clear_in_an_image_is_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 60), (0, 0, 0, 0)).save(out, "PNG")
    assert pages.picture(out.getvalue(), "x", 1, 40).rgba[:4] == b"\xff\xff\xff\xff"


def test_words_have_their_line_and_their_place_on_the_page() -> None:
    words = pages.words(make.pdf("Member name\nPat Doe"), "x", 1)
    assert lines_of(words) == ("Member name", "Pat Doe")
    first, last = words[0], words[-1]
    assert abs(first.left - 72 / 612) < 0.01
    assert first.right > first.left
    assert first.bottom > first.top
    assert last.top > first.bottom


def test_words_are_found_with_their_page_also_across_a_line() -> None:
    told = pages.texts(make.pdf("First page", "Range of\nmotion is full"), "x")
    assert [(hit.page, hit.line) for hit in found(told, "RANGE  of motion")] == [(2, "Range of")]
    assert found(told, "  ") == ()
    assert found(told, "nothing such") == ()


def test_the_fields_of_a_form_are_told_with_their_names_and_what_is_empty_is_not() -> None:
    data = make.form({"member_name": "Pat Doe", "npi": ""}, {"urgent": True, "standard": False}, {"member_name": "Member name"})
    (sheet,) = pages.form(data, "x")
    assert [(each.names, each.text) for each in sheet.filled] == [(("Member name", "member_name"), "Pat Doe"), (("urgent",), "yes")]
    assert all(0 <= each.left < each.right <= 1 and 0 <= each.top < each.bottom <= 1 for each in sheet.filled)


def test_a_page_that_is_turned_has_its_words_where_they_are_seen() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make.pdf("Member"))))
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    picture, (word,) = pages.picture(out.getvalue(), "x", 1, 792), pages.words(out.getvalue(), "x", 1)
    assert picture.width > picture.height
    box = Image.frombytes("RGBA", (picture.width, picture.height), picture.rgba).crop(
        (int(word.left * picture.width), int(word.top * picture.height), int(word.right * picture.width), int(word.bottom * picture.height))
    )
    assert min(box.convert("L").tobytes()) < 80


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims so many dots across and down."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


REFUSED = {
    "nothing": (b"", "neither a PDF"),
    "words": (b"Dear sirs", "neither a PDF"),
    "gif": (b"GIF89a....", "a GIF picture"),
    "bmp": (b"BM\0\0\0\0", "a BMP picture"),
    "a head of a pdf": (b"%PDF-1.7\n", "damaged or cut off"),
    "a pdf cut off": (make.pdf("Some words " * 40, "more")[:400], "damaged or cut off"),
    "a locked pdf": (make.locked(make.pdf("x")), "locked with a password"),
    "a png cut off": (make.picture("PNG")[:120], "damaged or cut off"),
    "a jpeg cut off": (make.picture("JPEG")[:700], "damaged or cut off"),
    "a tiff cut off": (make.fax(3)[:300], "damaged or cut off"),
    "a bomb": (bomb(60_000), "more than any scan"),
    "too many frames": (make.fax(1001, size=(8, 8)), "at most 1000"),
    "too many pages": (make.pdf(*[""] * 1001), "at most 1000"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_cannot_be_taken_is_refused_in_plain_words_and_the_process_stays(name: str, room: Room[Told]) -> None:
    data, words = REFUSED[name]
    with pytest.raises(UserError, match=words) as refused:
        room.read(data, "scan", "facts")
    assert "scan" in refused.value.message
    assert refused.value.hint.endswith("Nothing was saved.")
    process = room._process
    assert room.read(make.pdf("x"), "x", "facts").facts
    assert room._process is process


def test_a_thousand_pages_are_taken(room: Room[Told]) -> None:
    facts = room.read(make.pdf(*["x"] * 1000), "x", "facts").facts
    assert facts is not None
    assert facts.characters == (1,) * 1000


def test_a_page_of_any_size_is_drawn_within_bounds() -> None:
    long = pages.picture(make.pdf("x", size=(72, 14_000)), "x", 1, 4000)
    assert long.width * long.height <= pages.MOST_PIXELS * 1.01
    assert pages.picture(make.pdf("x"), "x", 1, 10**9).width <= pages.WIDEST


def test_a_page_that_is_not_there_is_refused() -> None:
    for data in (make.pdf("x"), make.picture()):
        for number in (0, 2, -1):
            with pytest.raises(UserError, match="no page"):
                pages.picture(data, "x", number, 100)


def test_scripts_and_files_inside_of_a_pdf_are_data_only(room: Room[Told]) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make.pdf("Member"))))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("this.print();")})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("run.exe", b"MZ")
    out = io.BytesIO()
    writer.write(out)
    facts = room.read(out.getvalue(), "x", "facts").facts
    assert facts is not None
    assert facts.characters == (6,)


def test_another_question_is_a_bug_and_no_answer() -> None:
    with pytest.raises(ValueError, match="no question"):
        read(make.pdf("x"), "x", "everything")


@pytest.mark.parametrize("seed", range(12))
def test_a_record_with_bytes_changed_is_read_or_refused_and_nothing_else(seed: int, room: Room[Told]) -> None:
    import random

    rng = random.Random(seed)
    for data in (make.form({"a": "b"}), make.fax(2, size=(200, 300)), make.picture("JPEG"), make.picture("PNG")):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 5, 60))):
            broken[rng.randrange(8, len(broken))] = rng.randrange(256)
        for question in ("facts", "picture 1 200", "words 1", "texts", "form"):
            try:
                room.read(bytes(broken), "x", question)
            except UserError as refused:
                assert refused.hint  # noqa: PT017


@pytest.mark.samples
def test_the_sample_forms_and_records_have_the_pages_and_text_layers_that_were_counted_by_hand(samples: Path) -> None:
    counted = {"form": (2, 2), "notes": (3, 2), "imaging": (1, 1), "labs": (3, 3)}
    told: dict[str, list[tuple[int, int]]] = {}
    for file in sorted((samples / "csv" / "pa-case-pdfs").glob("001_a_*.pdf")):
        characters = pages.facts(file.read_bytes(), "x").characters
        told.setdefault(file.stem.rsplit("_", 1)[1], []).append((len(characters), sum(count > 0 for count in characters)))
    assert told == {kind: [counts] for kind, counts in counted.items()}
