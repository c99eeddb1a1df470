"""Sheets that go with letters: read like letters, their bar codes scan, and they name no member."""

from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby, pairwise

import pytest
from letter_cases import FONTS, WORDING, profile
from pypdf import PdfReader
from reportlab.graphics.barcode.code128 import _patterns
from structure_read import characters, structure

from ur_desk.documents.pages import page_image
from ur_desk.domain.letters.sending import FaxCover, ReturnSheet
from ur_desk.errors import UserError
from ur_desk.letters.sheets import content_of
from ur_desk.pdf.sheet import render_sheet

DAY = date(2026, 11, 11)
COVER = FaxCover(profile(), "Dr. Imogen Castellanos", "1-317-555-0188", 6, DAY)
RETURN = ReturnSheet(profile(), "UR-2026-000417", DAY)


def drawn(sheet: FaxCover | ReturnSheet) -> bytes:
    return render_sheet(content_of(sheet, WORDING), fonts_dir=FONTS)


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


TO_B, TO_C = 100, 99


def scanned(pdf: bytes) -> str:
    """What a scanner reads from the bars of the page at 200 dots an inch, as a fax has them: Code 128, its check sum checked."""
    page, _ = page_image(pdf, 1, 200 / 72)
    runs = [len(list(run)) for _, run in groupby(_row_of_bars(page.rgba, page.width, page.height))][1:-1]
    thin = sum(runs) / (11 * (len(runs) // 6) + 2)  # eleven modules a symbol, and two more of the last one
    modules = [round(run / thin) for run in runs]
    assert modules[:6] == [2, 1, 1, 2, 1, 4], "start of set B"
    assert modules[-7:] == [2, 3, 3, 1, 1, 1, 2], "stop"
    table = {tuple(ord(letter.upper()) - ord("A") + 1 for letter in pattern): int(value) for value, pattern in _patterns.items()}
    values = [table[tuple(modules[at : at + 6])] for at in range(0, len(modules) - 7, 6)]
    *told, check = values
    assert check == (told[0] + sum(place * value for place, value in enumerate(told[1:], start=1))) % 103
    return _text(told[1:])


def _text(values: list[int]) -> str:
    text, pairs = "", False
    for value in values:
        if value == (TO_B if pairs else TO_C):
            pairs = not pairs
        else:
            text += f"{value:02}" if pairs else chr(value + 32)
    return text


def _row_of_bars(rgba: bytes, width: int, height: int) -> tuple[bool, ...]:
    """The line of pixels that comes again most often and is not white: one through the bars, which are alike from top to bottom."""
    rows = Counter(tuple(value < 128 for value in rgba[y * width * 4 : (y + 1) * width * 4 : 4]) for y in range(height))
    return next(row for row, _ in rows.most_common() if any(row))


@pytest.mark.parametrize("number", ["UR-2026-000417", "UR-2017-999999", "UR-2031-1234567"])
def test_the_bars_scan_as_the_number_of_the_case(number: str) -> None:
    pdf = drawn(replace(RETURN, case_number=number))
    assert scanned(pdf) == number
    assert number in words(pdf)


def test_the_bars_are_a_figure_with_its_words_and_its_place() -> None:
    pdf = drawn(RETURN)
    (figure,) = [each for each in structure(pdf).walk() if each.tag == "Figure"]
    assert figure.alt == "Bar code of the case number UR-2026-000417"
    assert list(figure.pieces())


@pytest.mark.parametrize("sheet", [COVER, RETURN])
def test_a_sheet_is_one_page_that_is_read_in_the_order_in_which_it_is_seen(sheet: FaxCover | ReturnSheet) -> None:
    pdf = drawn(sheet)
    told = PdfReader(BytesIO(pdf))
    assert len(told.pages) == 1
    root = structure(pdf)
    tags = [each.tag for each in root.walk()]
    assert tags.count("H1") == 1
    assert {"Table", "TH", "TD", "H2", "P"} <= set(tags)
    seen = characters(pdf)
    tops = [min(char["top"] for char in seen[piece]) for piece in root.pieces() if piece in seen]
    assert all(after >= before - 1 for before, after in pairwise(tops))
    assert told.root_object["/Lang"] == "en-US"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told.root_object["/Metadata"].get_data()


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert drawn(COVER) == drawn(COVER)
    assert drawn(COVER) != drawn(replace(COVER, pages=7))


def test_a_plan_without_a_fax_is_told() -> None:
    with pytest.raises(UserError, match="its fax for records"):
        drawn(replace(RETURN, plan=profile(records_fax=" ")))
    with pytest.raises(UserError, match="its name and its telephone"):
        drawn(replace(COVER, plan=profile(plan_name="", phone="")))


def test_a_name_that_no_font_has_is_told() -> None:
    with pytest.raises(UserError, match="cannot be drawn"):
        drawn(replace(COVER, to_whom="Dr. 李"))


def test_a_very_long_name_is_drawn_whole() -> None:
    name = "Center for Physical Medicine, Rehabilitation and Orthopedic Surgery of the Lower Wabash Valley, Department of Records " * 2
    assert "".join(name.split()) in "".join(words(drawn(replace(COVER, to_whom=name))).split())
