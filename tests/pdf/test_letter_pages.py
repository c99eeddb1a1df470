"""Pages of letters: the words on them, the marks across them, their fonts, their metadata, and the same bytes for the same content."""

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from letter_cases import DENIED, FONTS, MEMBER, POLICIES, case, composed, facts, line, noted, profile, request, whispered
from pypdf import PdfReader

from ur_desk.domain import events as ev
from ur_desk.domain.letter import Audience, BlockKind, LetterContent, LetterFacts, LetterKind
from ur_desk.domain.request import Provider
from ur_desk.errors import UserError
from ur_desk.pdf.letter import Mark, render

ROOT = Path(__file__).parent.parent.parent
SECRET = "Zebra-Quartz-9917"


def drawn(content: LetterContent, mark: Mark = Mark.NONE, large_print: bool = False) -> bytes:
    return render(content, mark=mark, large_print=large_print, fonts_dir=FONTS)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def squeezed(text: str) -> str:
    """The text without the spaces and breaks that setting it may add."""
    return re.sub(r"\s+", "", text)


def page_words(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in reader(pdf).pages))


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_word_of_the_content_stands_on_the_pages(kind: LetterKind, large_print: bool) -> None:
    content = composed(facts(kind))
    shown = page_words(drawn(content, large_print=large_print))
    above = {block.rows[0][0].text for block in content.blocks if block.kind is BlockKind.TABLE} if large_print else set()
    for text in (content.title, *content.recipient, *(s.text for s in content.sentences() if s.text not in above)):
        assert not [part for part in text.split() if part not in shown]


def test_the_same_content_gives_the_same_bytes_whatever_was_drawn_between() -> None:
    content, other = composed(facts()), composed(facts(LetterKind.PARTIAL))
    first = drawn(content, Mark.SPECIMEN)
    drawn(other, large_print=True)
    odd = replace(content, recipient=("Żółć ≥ ✓",))
    drawn(odd)
    assert drawn(content, Mark.SPECIMEN) == first
    assert drawn(replace(content, dated=date(2026, 11, 12)), Mark.SPECIMEN) != first


def test_another_process_and_its_surroundings_give_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:3]\n"
        "from letter_cases import FONTS, composed, facts\n"
        "from ur_desk.pdf.letter import render\n"
        "print(hashlib.sha256(render(composed(facts()), fonts_dir=FONTS)).hexdigest())"
    )
    surroundings = os.environ | {"PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), str(ROOT / "tests")], env=surroundings, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == hashlib.sha256(drawn(composed(facts()))).hexdigest()


def test_drawing_a_letter_changes_nothing_for_others_who_use_reportlab() -> None:
    from reportlab.pdfbase import pdfdoc
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    def plain() -> bytes:
        out = BytesIO()
        SimpleDocTemplate(out, invariant=1).build([Paragraph("Words")])
        return out.getvalue()

    before, page, catalog = plain(), pdfdoc.PDFPage, list(pdfdoc.PDFPage.__NoDefault__)
    drawn(composed(facts()))
    assert plain() == before
    assert pdfdoc.PDFPage is page
    assert catalog == pdfdoc.PDFPage.__NoDefault__


def test_every_font_is_embedded_with_its_meaning() -> None:
    odd = replace(composed(facts()), recipient=("Żółć ≥ ✓",))
    found = set()
    for page in reader(drawn(odd, Mark.SPECIMEN)).pages:
        for font in page["/Resources"]["/Font"].values():
            told = font.get_object()
            found.add(told["/BaseFont"].partition("+")[2])
            assert "/FontFile2" in told["/FontDescriptor"]
            assert "/ToUnicode" in told
    assert found == {"NotoSans-Regular", "NotoSans-SemiBold", "NotoSansMath-Regular", "NotoSansSymbols2-Regular"}


@pytest.mark.toy(24)
@pytest.mark.parametrize(("mark", "title"), [(Mark.NONE, ""), (Mark.DRAFT, "Draft: "), (Mark.SPECIMEN, "Specimen: ")])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_metadata_names_no_person_and_no_case(kind: LetterKind, mark: Mark, title: str) -> None:
    told = reader(drawn(composed(facts(kind)), mark))
    name = "Request for information" if kind is LetterKind.INFORMATION_REQUEST else "Determination letter"
    assert told.metadata is not None
    assert told.metadata.title == title + name
    xmp = told.xmp_metadata
    assert xmp is not None
    everything = str(dict(told.metadata)) + xmp.stream.get_data().decode()
    everything += str([str(entry.title) for entry in told.outline if not isinstance(entry, list)])
    for secret in ("Brannigan", "Thea", "DEMO", "UR-2026", "Castellanos", "76496", "Osei", "reportlab", "ReportLab"):
        assert secret not in everything


@pytest.mark.parametrize("kind", list(LetterKind))
def test_bookmarks_lead_to_headings_and_hold_the_programs_own_words_only(kind: LetterKind) -> None:
    content = composed(facts(kind))
    headings = [block.rows[0][0].text for block in content.blocks if block.kind == "heading"]
    outline = reader(drawn(content)).outline
    flat = [entry.title for entry in outline if not isinstance(entry, list)]
    flat += [entry.title for entries in outline if isinstance(entries, list) for entry in entries]
    assert flat == [content.title, *headings]


def test_the_files_only_time_is_the_letters_day() -> None:
    told = reader(drawn(composed(facts())))
    assert told.metadata is not None
    assert told.metadata.get("/CreationDate") == told.metadata.get("/ModDate") == "D:20261111000000+00'00'"


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize(("mark", "word"), [(Mark.NONE, None), (Mark.DRAFT, "DRAFT"), (Mark.SPECIMEN, "SPECIMEN")])
def test_the_mark_stands_across_every_page(mark: Mark, word: str | None, large_print: bool) -> None:
    pages = reader(drawn(composed(facts()), mark, large_print)).pages
    assert len(pages) > 2
    for page in pages:
        text = squeezed(page.extract_text())
        assert [w for w in ("DRAFT", "SPECIMEN") if w in text] == ([word] if word else [])


def test_every_page_says_which_it_is_of_how_many_and_of_which_case() -> None:
    pages = reader(drawn(composed(facts()))).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(pages)}" in text
        assert "Case UR-2026-000417" in text


def _sizes(pdf: bytes) -> set[float]:
    sizes: set[float] = set()
    for page in reader(pdf).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(size) if text.strip() else None)
    return sizes


def test_print_is_large_where_it_is_asked_for() -> None:
    content = composed(facts(LetterKind.PARTIAL))
    assert 12 in _sizes(drawn(content))
    assert 18 in _sizes(drawn(content, large_print=True))
    # smaller only: running heads, and the address that must fit the window of the envelope
    assert {s for s in _sizes(drawn(content, large_print=True)) if s < 18} == {12, 14}


@pytest.mark.parametrize("large_print", [False, True])
def test_the_window_of_the_envelope_shows_the_address_and_nothing_else(large_print: bool) -> None:
    content = composed(facts())
    with pdfplumber.open(BytesIO(drawn(content, large_print=large_print))) as told:
        words = told.pages[0].extract_words()
    seen = [word for word in words if word["x0"] < 387 and word["bottom"] > 147 and word["top"] < 261]
    assert " ".join(word["text"] for word in seen) == " ".join(content.recipient)
    assert all(word["x0"] >= 63 and word["x1"] <= 315 for word in seen)


MARKUP = "<img src=x> & BP < 90 & \"x\" </para><b>bold</b> &lt; &#65; &nbsp; <br/> {} $name ${x} %s \\n ]]> <!-- -->"  # fmt: skip


def test_markup_in_what_people_wrote_is_printed_letter_for_letter() -> None:
    made = replace(DENIED, rationale=MARKUP, reason=replace(DENIED.reason, words=MARKUP), information_needed=MARKUP)
    asked = request(line(words=MARKUP), member=replace(MEMBER, given=MARKUP), servicing_provider=Provider(MARKUP), reference=MARKUP)
    told = LetterFacts(LetterKind.ADVERSE, case(asked, ev.Determined((1,), made)), (1,), profile(), date(2026, 11, 11), POLICIES)
    for large_print in (False, True):
        copies = (page_words(drawn(composed(told, audience), large_print=large_print)) for audience in Audience)
        assert "".join(copies).count(squeezed(MARKUP)) >= 8


NAMES = ("Łukasz Żółć-Dąbrowski", "Nguyễn Thị Ặẫữ", "Ωmega Ψαλίδας", "Жанна Ёлкина", "O’Connor “Bo” ﬁne", "≥ 6 → 7 ✓ ☐", "Zo\u0308e")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_spellings_are_drawn(name: str) -> None:
    content = replace(composed(facts()), recipient=(name,))
    text = "".join(page.extract_text() for page in reader(drawn(content)).pages)
    told = unicodedata.normalize("NFC", name)
    assert squeezed(told).replace("ﬁ", "fi") in squeezed(text).replace("ﬁ", "fi")


@pytest.mark.parametrize(
    ("character", "name"),
    [("李", "cjk unified"), ("ཀ", "tibetan"), ("\u202e", "U+202E"), ("\x07", "U+0007"), ("\u200d", "U+200D"), ("\u200b", "U+200B"), ("\U000f0041", "U+F0041")],
)  # fmt: skip
def test_a_character_that_no_font_has_is_told_with_its_place(character: str, name: str) -> None:
    with pytest.raises(UserError, match="name or address of the recipient") as refused:
        drawn(replace(composed(facts()), recipient=(f"Ann {character}",)))
    assert name in str(refused.value)
    assert refused.value.hint


def test_the_place_of_an_undrawable_character_is_the_source_of_its_sentence() -> None:
    with pytest.raises(UserError, match=r"profile language_help_text holds “语”"):
        drawn(composed(facts(profile=profile(language_help_text="语言帮助"))))


@pytest.mark.parametrize("large_print", [False, True])
def test_names_of_sixty_letters_forty_lines_and_long_reasoning_are_drawn_whole(large_print: bool) -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff-Maximiliane-Alexandrina-C"
    lines = tuple(line(n, f"Service number {n}, said in many words so that it takes more than one line") for n in range(1, 41))
    made = replace(DENIED, rationale=("The patient has ≥ 6 weeks of pain. " * 600)[:20000] + SECRET)
    asked = request(*lines, member=replace(MEMBER, given=name, family=name), servicing_provider=Provider(name))
    told = LetterFacts(
        LetterKind.ADVERSE,
        case(asked, ev.Determined(tuple(range(1, 41)), made)),
        tuple(range(1, 41)),
        profile(),
        date(2026, 11, 11),
        POLICIES,
    )
    shown = page_words(drawn(composed(told, Audience.PROVIDER), large_print=large_print))
    assert squeezed(SECRET) in shown
    assert "40.Servicenumber40," in shown
    assert shown.count(name) >= 42


@pytest.mark.parametrize("words", ["x" * 9000, "word " * 1800, "\n".join("line" for _ in range(400))])
def test_a_cell_taller_than_a_page_is_broken_and_not_cut(words: str) -> None:
    told = facts(change=lambda asked: replace(asked, servicing_provider=Provider(words), reference=words))
    content = composed(told, Audience.PROVIDER)
    assert page_words(drawn(content)).count(squeezed(words)[:10]) > 1
    assert page_words(drawn(content)).replace("SPECIMEN", "").count(squeezed(words)[-4:]) >= 1


def test_an_address_of_a_hundred_lines_is_refused() -> None:
    with pytest.raises(UserError, match="do not fit on the first page"):
        drawn(replace(composed(facts()), recipient=("Thea Brannigan", *("line" for _ in range(100)))))


def test_a_letter_that_lacks_nearly_everything_is_still_drawn_for_the_preview() -> None:
    content = composed(facts())
    assert drawn(replace(content, recipient=(), sender=(), blocks=()), Mark.DRAFT).startswith(b"%PDF")


def test_missing_or_damaged_fonts_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"NotoSans-Regular\.ttf"):
        render(composed(facts()), fonts_dir=tmp_path)
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "NotoSans-Regular.ttf").write_bytes(b"no font")
    with pytest.raises(UserError, match=r"NotoSans-Regular\.ttf"):
        render(composed(facts()), fonts_dir=tmp_path / "damaged")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_what_is_said_within_the_case_is_on_no_page(kind: LetterKind) -> None:
    content = composed(facts(kind, None, *whispered(SECRET), change=noted(SECRET)))
    pdf = drawn(content)
    assert squeezed(SECRET) not in page_words(pdf)
    assert SECRET.encode() not in pdf


@pytest.mark.parametrize("large_print", [False, True])
def test_an_issued_letter_says_the_code_of_its_record_on_every_page_where_printers_print(large_print: bool) -> None:
    content = replace(composed(facts()), number="UR-2026-000417-L12", record="1234567-ABCDE-FGHJK")
    with pdfplumber.open(BytesIO(drawn(content, large_print=large_print))) as told:
        for page in told.pages:
            words = [word for word in page.extract_words() if word["top"] > page.height - 60]
            assert "Record 1234567-ABCDE-FGHJK" in " ".join(word["text"] for word in words)
            assert max(word["bottom"] for word in words) < page.height - 18  # a quarter of an inch that no printer prints on
            assert max(word["x1"] for word in words if word["text"].startswith("UR-")) + 8 < min(
                w["x0"] for w in words if w["text"] == "Page"
            )
    assert "Record" not in page_words(drawn(replace(content, record="")))[-400:]
