"""Fonts that a plan would install are looked at apart, and refused with what to do."""

import random

import pytest
from fonts_made import HAN, VARIATIONS, collection, font_of

from ur_desk.errors import UserError
from ur_desk.pdf.font_apart import look
from ur_desk.pdf.read_font import MOST_FACES


def test_a_font_with_the_letters_of_a_language_is_taken() -> None:
    assert look(font_of(HAN), "squares.ttf", "zh-Hans").faces == ("Squares Regular",)


def test_a_collection_tells_its_faces_and_one_of_them_is_looked_at() -> None:
    told = look(collection(font_of(HAN, name="One"), font_of(range(0x4E00, 0x4E10), name="Two")), "both.ttc", "zh")
    assert (told.faces, told.index) == (("One Regular", "Two Regular"), 0)
    with pytest.raises(UserError, match="too few letters of Chinese"):
        look(collection(font_of(HAN, name="One"), font_of(range(0x4E00, 0x4E10), name="Two")), "both.ttc", "zh", 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (font_of(HAN, kind=0x0002), "may not be embedded"),
        (font_of(HAN, kind=0x0100), "may not be embedded"),
        (font_of(HAN, kind=0x0200), "may not be embedded"),
        (font_of(HAN, extra=VARIATIONS), "variable"),
        (font_of(HAN[:50]), "too few letters of Chinese"),
        (b"OTTO" + font_of(HAN)[4:], "PostScript outlines"),
        (collection(b"OTTO" + font_of(HAN)[4:]), "PostScript outlines"),
        (b"wOF2" + bytes(100), "web pages"),
        (b"", "no TrueType font"),
        (b"%PDF-1.7", "no TrueType font"),
        (font_of(HAN)[:3000], "damaged"),
        (font_of(HAN, cut=30), "damaged"),
        (font_of(HAN, extra={b"cmap": bytes(8)}), "damaged"),
        (font_of(HAN, extra={b"loca": b""}), "damaged"),
        (b"ttcf" + bytes(4) + (MOST_FACES + 1).to_bytes(4) + bytes(4 * MOST_FACES + 4), "damaged"),
        (b"ttcf" + bytes(4) + (1).to_bytes(4) + (0x7FFFFFFF).to_bytes(4), "damaged"),
    ],
)
def test_what_letters_cannot_be_drawn_with_is_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        look(data, "f.ttf", "zh")
    assert "Nothing was changed." in refused.value.hint


def test_a_face_that_is_not_there_is_refused() -> None:
    with pytest.raises(UserError, match="no face 2"):
        look(font_of(HAN), "f.ttf", "zh", 1)


def test_a_font_with_bytes_changed_at_random_is_taken_or_refused_and_never_more() -> None:
    whole, dice, refused = font_of(HAN[:40]), random.Random(2), 0
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(700 if dice.random() < 0.7 else len(data))] = dice.randrange(256)
        try:
            look(bytes(data), "f.ttf", "chr")
        except UserError:
            refused += 1
    assert 0 < refused <= 60
