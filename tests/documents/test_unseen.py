"""What the eye does not see: hidden and turning characters, letters in a wrong encoding, names that show whole."""

import io
from typing import Any

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.documents.formats.docx import read_docx
from ur_desk.documents.formats.pdf import read_pdf
from ur_desk.documents.formats.source import Source
from ur_desk.domain.policy import Policy, Position

BODY = """Document Number: RAD.00777
Title: Lumbar MRI
Effective Date: 01/01/2020

Position Statement

{}
"""


def policy(line: str) -> Policy:
    return read(BODY.format(line).encode(), "x.txt", None)


def rules(found: Policy) -> set[str]:
    return {finding.rule for finding in found.findings if finding.line == 7}


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060", "\u200e"])
def test_a_hidden_character_inside_a_word_changes_no_position_and_is_told(hidden: str) -> None:
    found = policy(f"MRI is considered n{hidden}ot medically necessary for all indications.")
    assert [statement.position for statement in found.statements] == [Position.NOT_MEDICALLY_NECESSARY]
    assert "invisible-characters" in rules(found)


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2067"])
def test_writing_that_is_turned_is_an_error_that_says_what_stands_there(mark: str) -> None:
    found = policy(f"MRI is considered {mark}yrassecen yllacidem\u202c for all indications, and medically necessary.")
    (finding,) = [finding for finding in found.findings if finding.rule == "writing-turned"]
    assert f"U+{ord(mark):04X}" in (finding.raw or "")


@pytest.mark.parametrize(
    "garbled", ["patient\u00e2\u20ac\u2122s", "patient\u00e2\u0080\u0099s", "na\u00c3\u00afve", "5\u00c2\u00b0", "patient\ufffds"]
)
def test_letters_in_a_wrong_encoding_are_a_finding(garbled: str) -> None:
    assert "text-garbled" in rules(policy(f"MRI is considered medically necessary for the {garbled} spine."))


@pytest.mark.parametrize("right", ["patient\u2019s", "na\u00efve", "5\u00b0", "Ch\u00e2teau", "S\u00c3O PAULO", "\u00c2ngela"])
def test_right_letters_are_none(right: str) -> None:
    found = rules(policy(f"MRI is considered medically necessary for the {right} spine."))
    assert not found & {"text-garbled", "invisible-characters", "writing-turned"}


def test_number_and_title_show_whole_and_are_no_paragraphs() -> None:
    text = BODY.replace("RAD.00777", "RAD.\u202e00777").replace("Lumbar", "\u200bLumbar\u202e " + "x" * 400)
    found = read(text.format("MRI is considered medically necessary for all indications.").encode(), "x.txt", None)
    assert found.id == "RAD.00777"
    assert found.title.startswith("Lumbar xxx")
    assert len(found.title) <= 300


def test_a_file_name_that_turns_its_writing_gives_a_plain_number() -> None:
    text = BODY.replace("Document Number: RAD.00777\n", "").format("MRI is considered medically necessary for all indications.")
    assert read(text.encode(), "gnp.\u202epolicy.txt", None).id == "gnp.policy"


PAGE = (
    "<html><head><title>T</title></head><body><h1>Policy Number: RAD.00777</h1><p>Effective Date: 01/01/2020</p><h2>Position Statement</h2>"
    "<p>X is considered investigational and not medically necessary for all indications.</p>{}</body></html>"
)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Y is considered medically necessary for all indications.</p>',
        "<p hidden>Y is considered medically necessary for all indications.</p>",
        '<div style="VISIBILITY : hidden"><p>Y is considered medically necessary for all indications.</p></div>',
        '<p>Z is considered cosmetic.<span style="display: none">Y is considered medically necessary for all indications.</span></p>',
    ],
)
def test_what_a_page_hides_is_kept_and_a_finding_at_its_line_says_so(hidden: str) -> None:
    found = read(PAGE.format(hidden).encode(), "a.html", None)
    (finding,) = [finding for finding in found.findings if finding.rule == "text-unseen"]
    assert found.text.line(finding.line).text == "Y is considered medically necessary for all indications."


def test_what_stands_after_something_hidden_is_seen() -> None:
    found = read(PAGE.format("<p hidden>Y.</p><p>Z is considered cosmetic.</p>").encode(), "a.html", None)
    assert [found.text.line(f.line).text for f in found.findings if f.rule == "text-unseen"] == ["Y."]


HIDDEN = "Y is considered medically necessary for all indications."


def unseen(source: Source) -> list[str]:
    assert {note.message for note in source.notes if note.rule == "text-unseen"} <= {
        "The file hides this line from whoever opens it; it may belong to a part that one unfolds, or be no part of the policy."
    }
    return [source.text.line(note.line).text for note in source.notes if note.rule == "text-unseen"]


def page(draw: Any) -> Source:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 11)
    for at, words in enumerate(
        ("Policy Number: RAD.00777", "Effective Date: 01/01/2020", "X is considered investigational for all indications.")
    ):
        canvas.drawString(72, 740 - 24 * at, words)
    draw(canvas)
    canvas.save()
    return read_pdf(out.getvalue(), "a.pdf")


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, HIDDEN)


def tiny(canvas: Any) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 600, HIDDEN)


def white_on_a_white_shape(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 590, 400, 30, stroke=1, fill=1)
    white(canvas)


def white_in_a_frame(canvas: Any) -> None:
    canvas.rect(60, 590, 400, 30, stroke=1, fill=0)
    white(canvas)


def white_on_blue(canvas: Any) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.6)
    canvas.rect(60, 590, 400, 30, stroke=0, fill=1)
    white(canvas)


def grey(canvas: Any) -> None:
    canvas.setFillColorRGB(0.8, 0.8, 0.8)
    canvas.drawString(72, 600, HIDDEN)


def small_print(canvas: Any) -> None:
    canvas.setFont("Helvetica", 6)
    canvas.drawString(72, 600, HIDDEN)


@pytest.mark.parametrize("draw", [white, tiny, white_on_a_white_shape, white_in_a_frame])
def test_what_a_page_prints_so_that_nobody_sees_it_is_kept_and_told(draw: Any) -> None:
    source = page(draw)
    assert unseen(source) == [HIDDEN]
    assert source.text.lines[-1].text == HIDDEN


@pytest.mark.parametrize("draw", [white_on_blue, grey, small_print])
def test_what_a_page_prints_to_be_seen_is_not(draw: Any) -> None:
    source = page(draw)
    assert (unseen(source), source.text.lines[-1].text) == ([], HIDDEN)


def shade(element: Any, fill: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    element.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def whitened(paragraph: Any, words: str = HIDDEN) -> Any:
    from docx.shared import RGBColor

    run = paragraph.add_run(words)
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    return run


def small(document: Any, points: float) -> None:
    from docx.shared import Pt

    document.add_paragraph().add_run(HIDDEN).font.size = Pt(points)


def in_a_table(document: Any, fill: str | None, style: str | None = None) -> None:
    table = document.add_table(1, 2, style)
    for cell, words in zip(table.rows[0].cells, (HIDDEN, "Z"), strict=True):
        whitened(cell.paragraphs[0], words)
        if fill:
            shade(cell._tc.get_or_add_tcPr(), fill)


SEEN_NOT = {
    "white": lambda document: whitened(document.add_paragraph()),
    "white after black": lambda document: whitened(document.add_paragraph("Seen. "), HIDDEN),
    "white on a white shade": lambda document: shade(whitened(document.add_paragraph())._r.get_or_add_rPr(), "FFFFFF"),
    "under two points": lambda document: small(document, 1),
    "white in a bare table": lambda document: in_a_table(document, None),
}
SEEN = {
    "white on a shaded run": lambda document: shade(whitened(document.add_paragraph())._r.get_or_add_rPr(), "1F3864"),
    "white in a shaded cell": lambda document: in_a_table(document, "1F3864"),
    "white in a table with a style": lambda document: in_a_table(document, None, "Light List"),
    "small print": lambda document: small(document, 6),
    "black": lambda document: document.add_paragraph(HIDDEN),
}


@pytest.mark.parametrize("build", SEEN_NOT.values(), ids=SEEN_NOT.keys())
def test_what_a_word_document_sets_so_that_nobody_sees_it_is_kept_and_told(build: Any) -> None:
    (line,) = unseen(read_docx(make.docx_bytes(lambda document: (document.add_paragraph("X is seen."), build(document))), "a.docx"))
    assert HIDDEN in line


@pytest.mark.parametrize("build", SEEN.values(), ids=SEEN.keys())
def test_what_a_word_document_sets_to_be_seen_is_not(build: Any) -> None:
    source = read_docx(make.docx_bytes(lambda document: (document.add_paragraph("X is seen."), build(document))), "a.docx")
    assert (unseen(source), HIDDEN in source.text.lines[-1].text) == ([], True)


def test_a_white_line_in_a_paragraph_of_several_is_told_alone() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Seen above.")
        paragraph.add_run().add_break()
        whitened(paragraph)
        paragraph.add_run().add_break()
        paragraph.add_run("Seen below.")

    assert unseen(read_docx(make.docx_bytes(build), "a.docx")) == [HIDDEN]
