"""A Word document becomes numbered lines with the numbers that Word prints; locks, macros, traps and damage are refused in plain words."""

import io
import zipfile
from typing import Any

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.documents.formats.docx import read_docx
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LineKind, SectionKind
from ur_desk.errors import UserError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lines(build: Any) -> list[str]:
    return [line.text for line in read_docx(make.docx_bytes(build), "x.docx").text.lines]


def body(xml: str) -> bytes:
    """A document whose body is this XML."""
    document = f"<?xml version='1.0'?><w:document {W}><w:body>{xml}</w:body></w:document>".encode()
    return make.rezipped(make.docx_bytes(lambda _: None), lambda name, told: document if name == "word/document.xml" else told)


def test_a_document_becomes_a_policy_with_its_facts(codeset: CodeSet) -> None:
    policy = read(make.docx_bytes(make.gait_docx), "gait.docx", codeset)
    assert (policy.id, policy.title, str(policy.version.effective)) == ("XYZ-104", "Pulsed Light Gait Mapping", "2024-03-15")
    assert [s.kind for s in policy.sections] == [SectionKind.HEADER, SectionKind.POSITION, SectionKind.CODING, SectionKind.REFERENCES]
    assert [line.text for line in policy.text.lines[6:8]] == ["1. The walk was seen by a trained eye; and", "2. The foot is flat."]
    assert [(e.low, e.description) for e in policy.codes] == [("M72.2", "Thickened band under the foot")]
    assert {f.text for f in policy.text.furniture} == {make.HEAD, make.FOOT}
    assert all(make.HEAD not in line.text and make.FOOT not in line.text for line in policy.text.lines)


def test_numbers_are_counted_level_by_level_as_word_counts_them() -> None:
    def build(document: Any) -> None:
        key = make.number_list(document, [("decimal", "%1.", 1), ("lowerLetter", "(%2)", 1), ("lowerRoman", "%1.%2.%3)", 1)])
        for text, level in (("a", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 1), ("f", 0), ("g", 1)):
            make.numbered_item(document, text, key, level)

    assert [line.strip() for line in lines(build)] == ["1. a", "(a) b", "1.a.i) c", "1.a.ii) d", "(b) e", "2. f", "(a) g"]


def test_starts_overrides_and_plain_paragraphs_between_keep_the_count() -> None:
    def build(document: Any) -> None:
        key = make.number_list(document, [("upperRoman", "Section %1:", 3)])
        make.numbered_item(document, "a", key)
        document.add_paragraph("between")
        make.numbered_item(document, "b", key)
        other = make.number_list(document, [("decimalZero", "%1", 1)], overrides=[(0, 7)])
        make.numbered_item(document, "c", other)
        make.numbered_item(document, "d", other)

    assert lines(build) == ["Section III: a", "between", "Section IV: b", "07 c", "08 d"]


def test_every_word_stands_in_the_lines_as_another_reader_finds_it() -> None:
    import mammoth
    from lxml import html

    data = make.docx_bytes(make.gait_docx)
    other = " ".join(html.fromstring(mammoth.convert_to_html(io.BytesIO(data)).value).itertext())
    ours = " ".join(line.text for line in read_docx(data, "x").text.lines)
    assert [word for word in other.split() if word not in ours] == []


def test_what_the_converter_loses_of_a_number_is_kept() -> None:
    """Why the numbering is read here and not through mammoth, whose lists know neither letters nor starts."""
    import mammoth

    def build(document: Any) -> None:
        key = make.number_list(document, [("lowerLetter", "(%1)", 3)])
        make.numbered_item(document, "the foot is flat", key)

    data = make.docx_bytes(build)
    assert mammoth.convert_to_html(io.BytesIO(data)).value == "<ol><li>the foot is flat</li></ol>"
    assert [line.text for line in read_docx(data, "x").text.lines] == ["(c) the foot is flat"]


def test_struck_out_and_hidden_words_print_nothing_and_inserted_ones_do() -> None:
    told = body(
        "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGEREF</w:instrText></w:r></w:p>"
    )
    assert [line.text for line in read_docx(told, "x").text.lines] == ["ab"]


def test_raised_marks_symbols_and_hard_breaks_are_what_they_print() -> None:
    told = body(
        '<w:p><w:r><w:t>m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>35</w:t><w:br/><w:t>next</w:t><w:noBreakHyphen/><w:t>line</w:t></w:r></w:p>'
    )
    assert [line.text for line in read_docx(told, "x").text.lines] == ["m²≥35", "next-line"]


def test_a_text_box_is_read_once_and_apart_from_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    told = body(
        '<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>"
    )
    assert [line.text for line in read_docx(told, "x").text.lines] == ["before after", "boxed"]


def test_a_table_of_contents_is_furniture() -> None:
    def build(document: Any) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("Coverage Rationale\t1", style="toc 1")
        document.add_paragraph("The text.")

    source = read_docx(make.docx_bytes(build), "x")
    assert [line.text for line in source.text.lines] == ["The text."]
    assert [f.text for f in source.text.furniture] == ["Coverage Rationale 1"]


def test_a_table_whose_cells_hold_lists_only_arranges_the_page() -> None:
    def build(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Criteria"
        table.cell(0, 1).paragraphs[0].text = "One"
        table.cell(0, 1).paragraphs[0].style = "List Number"
        table.cell(0, 1).add_paragraph("Two", style="List Number")

    assert lines(build) == ["Criteria", "1. One", "2. Two"]


def test_headings_are_known_by_outline_and_by_bold_type() -> None:
    def build(document: Any) -> None:
        document.add_heading("Coverage", 2)
        document.add_paragraph().add_run("Children").bold = True
        document.add_paragraph("Words and more words.")

    told = read_docx(make.docx_bytes(build), "x").text.lines
    assert [(line.kind, line.level) for line in told] == [(LineKind.HEADING, 2), (LineKind.HEADING, 6), (LineKind.PARAGRAPH, 0)]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, told in parts.items():
            made.writestr(name.replace("__", "/"), told)
    return out.getvalue()


GOOD = make.docx_bytes(make.gait_docx)
ENTITY = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>'
KINDS = b"application/vnd.ms-word.document.macroEnabled.main+xml"

REFUSED = {
    "macros": (
        make.rezipped(GOOD, lambda n, t: t, word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        "holds macros",
    ),
    "a kind of file with macros": (make.rezipped(GOOD, lambda n, t: t + KINDS if n == "[Content_Types].xml" else t), "holds macros"),
    "a trap of zeros": (zipped(word__document=b"x", a=b"\0" * 40_000_000), "unpacks to far more"),
    "an Excel workbook": (zipped(xl__workbook=b"x"), "an Excel workbook"),
    "a presentation": (zipped(ppt__presentation=b"x"), "a PowerPoint presentation"),
    "an archive": (zipped(readme=b"x"), "an archive of files"),
    "an empty archive": (zipped(), "an archive of files"),
    "entities": (make.rezipped(GOOD, lambda n, t: ENTITY if n == "word/document.xml" else t), "declares entities"),
    "outside entities": (make.rezipped(GOOD, lambda n, t: OUTSIDE if n == "word/styles.xml" else t), "declares entities"),
    "broken XML": (make.rezipped(GOOD, lambda n, t: t[: len(t) // 2] if n == "word/document.xml" else t), "damaged"),
    "cut short": (GOOD[: len(GOOD) * 2 // 3], "damaged"),
    "no words": (make.docx_bytes(lambda _: None), "holds no text"),
}


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_means_harm_or_is_no_document_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(UserError) as refused:
        read_docx(data, "x.docx")
    assert told in refused.value.message
    assert refused.value.message.startswith("x.docx")
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


def test_a_locked_archive_is_refused() -> None:
    data = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    with pytest.raises(UserError, match="locked with a password"):
        read_docx(bytes(data), "x.docx")
