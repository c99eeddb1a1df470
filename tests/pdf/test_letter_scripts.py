"""Letters in other scripts: shaped, in their own direction, told in logical order and in their language; the same bytes each time."""

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from fonts_made import HAN, font_of
from letter_cases import FONTS, composed, facts, profile
from pypdf import PdfReader
from script_lines import LINES, TAGLINES
from structure_read import spoken, structure

from ur_desk.domain.letter import Block, BlockKind, LetterContent
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError
from ur_desk.pdf.fonts import BODY, InstalledFont, Typeface, typeface
from ur_desk.pdf.letter import Mark, render, used_fonts
from ur_desk.pdf.scripts import SCRIPTS

SQUARES = font_of(HAN)
CHINESE = InstalledFont("zh", Sha256(sha256(SQUARES).hexdigest()), 0, SQUARES)


def letter(lines: str = TAGLINES) -> LetterContent:
    return composed(facts(profile=profile(taglines=lines)))


def drawn(content: LetterContent, large_print: bool = False, *installed: InstalledFont) -> bytes:
    return render(content, large_print=large_print, fonts_dir=FONTS, installed=installed)


def shown(pdf: bytes) -> str:
    return " ".join("\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split())


# what is drawn -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("large_print", [False, True])
def test_every_script_of_the_program_is_drawn_with_its_own_embedded_face(large_print: bool) -> None:
    found = set()
    for page in PdfReader(BytesIO(drawn(letter(), large_print))).pages:
        for font in page["/Resources"]["/Font"].values():
            told = font.get_object()
            assert "/FontFile2" in told["/FontDescriptor"]
            found.add(told["/BaseFont"].partition("+")[2])
    assert found == {"NotoSans-Regular", "NotoSans-SemiBold", *(f"NotoSans{s.file}-Regular" for s in SCRIPTS if s.file)}


@pytest.mark.parametrize("large_print", [False, True])
def test_no_letter_leaves_the_column(large_print: bool) -> None:
    with pdfplumber.open(BytesIO(drawn(letter(), large_print))) as told:
        for page in told.pages:
            assert all(char["x0"] >= 72 - 1 and char["x1"] <= 612 - 72 + 1 for char in page.chars if char["text"].strip())


def test_letters_are_joined_conjuncts_formed_and_marks_placed() -> None:
    face = typeface(FONTS)
    alone = face.face("Arabic").shaped("ب", True, "ar")
    joined = face.face("Arabic").shaped("ببب", True, "ar")
    assert len({glyph.code for glyph in (*alone, *joined)}) == 4
    assert len(face.face("Devanagari").shaped("क्ष", False, "hi")) == 1
    assert [glyph.cluster for glyph in face.face("Devanagari").shaped("कि", False, "hi")] == [0, 0]
    low, high = face.face("Thai").shaped("ที", False, "th")[1], face.face("Thai").shaped("ที่", False, "th")[2]
    assert high.top > low.top
    assert face.face("Sinhala").shaped("ශ්\u200dරී", False, "si") != face.face("Sinhala").shaped("ශ්රී", False, "si")


def test_a_joiner_is_drawn_where_it_is_spelling_and_refused_where_it_hides() -> None:
    face = typeface(FONTS)
    assert face.undrawable("می\u200cتوانید") is None
    assert face.undrawable("ไทย\u200bไทย") is None
    for hiding in ("pay\u200dpal", "\u200cAnn", "Ann\u200bLee", "Հայ\u200derեն", "می\u200bتوان"):
        assert face.undrawable(hiding) in ("\u200b", "\u200c", "\u200d")


# in which order, and in which language -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(LINES))
def test_the_tree_tells_a_line_in_logical_order_and_in_its_language(code: str) -> None:
    pdf = drawn(letter(f"{code}: {LINES[code]}"))
    said = spoken(pdf)
    (line,) = (each for each in structure(pdf).walk() if each.tag == "P" and each.language == code)
    told = [part.actual or "".join(said[piece] for piece in part.pieces()) for part in line.leaves()]
    assert "".join(told).split() == LINES[code].split()


def test_a_page_is_copied_in_logical_order() -> None:
    said = shown(drawn(letter()))
    for code in ("ur", "hi", "ne", "gu", "bn", "am", "th", "km", "my", "ta", "te", "kn"):
        assert LINES[code].replace(" ", "") in said.replace(" ", "")


def test_a_telephone_number_stays_in_order_behind_arabic_letters() -> None:
    with pdfplumber.open(BytesIO(drawn(letter(f"ar: {LINES['ar']}")))) as told:
        (place,) = {(round(found["top"]), page.page_number) for page in told.pages for found in page.search("1-800-555-0142")}
        chars = sorted((c for c in told.pages[place[1] - 1].chars if round(c["top"]) == place[0]), key=lambda c: c["x0"])
    assert "1-800-555-0142" in "".join(c["text"] for c in chars)


def test_a_line_that_is_read_from_right_to_left_stands_at_the_right() -> None:
    with pdfplumber.open(BytesIO(drawn(letter("he: שלום לכולם")))) as told:
        found = [c for page in told.pages for c in page.chars if "\u05d0" <= c["text"] <= "\u05ea"]
    assert max(c["x1"] for c in found) == pytest.approx(612 - 72, abs=1)


def test_a_name_in_another_script_is_an_element_that_says_its_text_and_language() -> None:
    pdf = drawn(replace(letter(""), recipient=("Thea علي Brannigan", "9 Mill Lane", "Muncie, IN 47303")))
    (name,) = (each for each in structure(pdf).walk() if each.tag == "Span")
    assert (name.actual, name.language) == ("علي", "ar")


def test_an_address_among_shaped_letters_leads_where_it_says() -> None:
    pdf = drawn(composed(facts(profile=profile(nondiscrimination_text="اقرأ المزيد www.fernhill.example الآن"))))
    (link,) = (each for each in structure(pdf).walk() if each.tag == "Link")
    assert [str(each["/A"]["/URI"]) for each in link.annotations] == ["https://www.fernhill.example"]
    assert [spoken(pdf)[piece] for piece in link.pieces()] == ["www.fernhill.example"]


@pytest.mark.parametrize("large_print", [False, True])
def test_the_number_of_a_step_stands_right_of_words_that_are_read_from_there(large_print: bool) -> None:
    steps = Block(BlockKind.STEPS, ((replace(next(iter(letter().sentences())), text="اكتب إلينا"),),))
    pdf = drawn(replace(letter(""), language="ar", blocks=(steps,), appendix=()), large_print)
    with pdfplumber.open(BytesIO(pdf)) as told:
        letters = [c for page in told.pages for c in page.chars if "\u0600" < c["text"][0] < "\u06ff"]
        numbers = [c for page in told.pages for c in page.chars if c["text"] == "1" and abs(c["top"] - letters[0]["top"]) < 12]
    assert max(c["x1"] for c in letters) < min(c["x0"] for c in numbers)


def test_a_long_line_of_thai_is_parted_where_it_says_so_and_no_mark_stands_alone() -> None:
    whole = "กำลังรับการรักษาต่อเนื่องที่โรงพยาบาล\u200b" * 6
    with pdfplumber.open(BytesIO(drawn(letter(f"th: {whole}")))) as told:
        lines = [line["text"] for page in told.pages for line in page.extract_text_lines() if "\u0e00" < line["text"][0] < "\u0e7f"]
    assert len(lines) > 2
    assert {line[0] for line in lines} == {"ก"}
    bare = "ที่นี่น้ำ" * 40
    with pdfplumber.open(BytesIO(drawn(letter(f"th: {bare}")))) as told:
        lines = [line["text"] for page in told.pages for line in page.extract_text_lines() if "\u0e00" < line["text"][0] < "\u0e7f"]
    assert len(lines) > 2
    assert {line[0] for line in lines} <= {"ท", "น"}


@pytest.mark.parametrize("large_print", [False, True])
def test_a_paragraph_over_two_pages_loses_no_line(large_print: bool) -> None:
    words_ = [f"शब्द{number}" for number in range(900)]
    said = shown(drawn(composed(facts(profile=profile(language_help_text=" ".join(words_)))), large_print))
    assert all(f"शब्द{number}" in said for number in range(900))


# fonts of the plan's ---------------------------------------------------------------------------------------------------------


def test_a_language_without_a_font_is_named_with_what_to_do() -> None:
    with pytest.raises(UserError, match="no font is installed for Chinese, Japanese, Korean") as refused:
        drawn(letter("zh: 一丁"))
    assert "Administration, Letters" in refused.value.hint


def test_a_font_of_the_plans_draws_its_language_and_is_named_by_its_hash() -> None:
    content = letter("zh: 一丁 1-800-555-0142")
    pdf = drawn(content, False, CHINESE)
    assert used_fonts(content, FONTS, (CHINESE,)) == (CHINESE.sha256,)
    assert used_fonts(letter("hi: सहायता"), FONTS, (CHINESE,)) == ()
    bases = {font.get_object()["/BaseFont"] for page in PdfReader(BytesIO(pdf)).pages for font in page["/Resources"]["/Font"].values()}
    assert any(CHINESE.sha256[:16] in base for base in bases)
    assert "一丁" in shown(pdf)


def test_two_fonts_of_one_name_draw_each_its_own() -> None:
    other = font_of(range(0xAC00, 0xAC00 + 2100))
    korean = InstalledFont("ko", Sha256(sha256(other).hexdigest()), 0, other)
    said = shown(drawn(letter("zh: 一丁\nko: 가각"), False, CHINESE, korean))
    assert "一丁" in said
    assert "가각" in said


# always the same ---------------------------------------------------------------------------------------------------------


def test_the_same_letter_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    first = drawn(letter(), False, CHINESE)
    drawn(letter("ar: " + LINES["ar"][::2] + "\nhi: विद्यार्थी प्रार्थना"), True, CHINESE)
    assert drawn(letter(), False, CHINESE) == first


def test_no_other_face_is_read_for_an_english_letter() -> None:
    program = (
        "from letter_cases import *; from ur_desk.pdf.fonts import typeface; from ur_desk.pdf.letter import render\n"
        "render(composed(facts()), fonts_dir=FONTS); print(sorted(typeface(FONTS)._faces))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout.strip() == "[]"


def test_every_face_that_comes_along_has_the_letters_that_its_script_needs() -> None:
    face = Typeface(FONTS)
    for code, line in LINES.items():
        assert face.undrawable(line, code) is None
        assert set(face.fonts(line, code)) - {BODY}


@pytest.mark.parametrize("mark", list(Mark))
def test_a_letter_in_every_script_is_drawn_under_every_mark(mark: Mark) -> None:
    assert render(letter(), mark=mark, fonts_dir=FONTS).startswith(b"%PDF")
