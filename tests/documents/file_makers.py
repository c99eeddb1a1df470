"""Documents of every format about services that nobody sells, made anew for each test."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>The plan</title>
<style>ol.letters { list-style-type: lower-alpha } body { margin: 0 }</style></head><body>
<nav>Home | Policies | Contact</nav>
<h1>Pulsed Light Gait Mapping</h1>
<p>Policy Number: XYZ-104<br>Effective Date: 03/15/2024<br>Last Review Date: 02/08/2024</p>
<h2>Coverage Criteria</h2>
<p>Gait mapping is considered medically necessary when <b>all</b> of the following criteria are met:</p>
<ol><li>The walk was seen by a trained eye<sup>1,2</sup>; <b>and</b></li>
<li value="4">One of the following:<ol class="letters" start="3"><li>the foot is flat</li><li>the foot is high</li></ol></li>
<li>The area is under 3 m<sup>2</sup></li></ol>
<h3>Children</h3><p>The same holds for children.</p>
<h2>Coding</h2>
<table><tr><th>Code</th><th>Description</th></tr><tr><td>M72.2</td><td>Thickened band<br>under the foot</td></tr>
<tr><td>76999</td><td>Lamp study</td></tr></table>
<h2>References</h2><ul><li>Cole M. A glass floor for walking. 2021.</li></ul>
<footer>Printed copies are not kept up.</footer></body></html>"""

HEAD = "Lamp Health Plan – Gait Mapping"
FOOT = "Printed copies are not kept up."


def docx_bytes(build: Callable[[Any], None]) -> bytes:
    """A Word document that `build` fills."""
    import docx

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def gait_docx(document: Any) -> None:
    """The same policy as the web page, with Word's own headings, lists, table, page head and foot."""
    section = document.sections[0]
    section.header.paragraphs[0].text = HEAD
    section.footer.paragraphs[0].text = FOOT
    document.add_heading("Pulsed Light Gait Mapping", 0)
    for told in ("Policy Number: XYZ-104", "Effective Date: 03/15/2024", "Last Review Date: 02/08/2024"):
        document.add_paragraph(told)
    document.add_heading("Coverage Criteria", 1)
    document.add_paragraph("Gait mapping is considered medically necessary when all of the following criteria are met:")
    document.add_paragraph("The walk was seen by a trained eye; and", style="List Number")
    document.add_paragraph("The foot is flat.", style="List Number")
    document.add_heading("Coding", 1)
    table = document.add_table(2, 2)
    for row, (code, words) in zip(table.rows, (("Code", "Description"), ("M72.2", "Thickened band under the foot")), strict=True):
        row.cells[0].text, row.cells[1].text = code, words
    document.add_heading("References", 1)
    document.add_paragraph("Cole M. A glass floor for walking. 2021.", style="List Bullet")


def number_list(document: Any, levels: Sequence[tuple[str, str, int]], *, overrides: Sequence[tuple[int, int]] = ()) -> int:
    """Declares a list of Word with levels of (format, label text, start) and start overrides of (level, start); gives its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    numbering = document.part.numbering_part.element
    key = 900 + len(numbering)
    told = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text, start) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{told}</w:abstractNum>')
    numbering.insert(0, abstract)
    changed = "".join(f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for at, start in overrides)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/>{changed}</w:num>'))
    return key


def numbered_item(document: Any, text: str, number: int, level: int = 0) -> None:
    """A paragraph of the list `number` at a level from 0; its label stands nowhere in its text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """A zip file whose parts were changed, left out where `change` gives None, and added (a double underscore is a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            told = change(name, old.read(name))
            if told is not None:
                new.writestr(name, told)
        for name, told in added.items():
            new.writestr(name.replace("__", "/"), told)
    return out.getvalue()


def gait_pdf(pages: int = 3, *, encrypted: bool = False, text: bool = True) -> bytes:
    """The same policy as a PDF with a running head, a footer with page numbers, a hanging list, raised marks and a table."""
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, encrypt="secret" if encrypted else None)
    for page in range(1, pages + 1):
        if text:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, 760, HEAD)
            canvas.drawString(72, 40, FOOT)
            canvas.drawRightString(540, 40, f"Page {page} of {pages}")
            _page(canvas, page)
        else:
            canvas.rect(72, 72, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Any, page: int) -> None:
    def say(x: float, y: float, words: str, font: str = "Helvetica", size: int = 11) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, y, words)

    if page == 1:
        say(72, 700, "Pulsed Light Gait Mapping", "Helvetica-Bold", 18)
        say(72, 670, "Policy Number: XYZ-104")
        say(72, 655, "Effective Date: 03/15/2024")
        say(72, 625, "Coverage Criteria", "Helvetica-Bold", 13)
        say(72, 600, "Gait mapping is considered medically necessary in adults who walk and when all of the following")
        say(72, 587, "criteria are met, each of which was seen by a trained eye and was written down on the same day:")
        say(90, 566, "1.")
        say(108, 566, "The walk was seen by a trained eye and the steps were counted twice by one and the")
        say(108, 553, "same person;")
        say(178, 557, "1,2", size=6)
        say(90, 534, "2.")
        say(108, 534, "One of the following:")
        say(126, 518, "(a)")
        say(144, 518, "The foot is flat, and the number of toes on it, which is known from an earlier visit, is at least")
        say(144, 505, "(3) on each side.")
    elif page == 2:
        say(72, 700, "Coding", "Helvetica-Bold", 13)
        for at, (code, words) in enumerate((("Code", "Description"), ("M72.2", "Thickened band"), ("76999", "Lamp study"))):
            say(72, 675 - 15 * at, code)
            say(200, 675 - 15 * at, words)
        say(72, 600, "A paragraph that begins near the end of a page and goes on without any sign on the next one because the")
    else:
        say(72, 700, "page was full before the sentence was, which is nothing that the reader of a policy should ever see.")
        say(72, 670, "References", "Helvetica-Bold", 13)
        say(72, 650, "1. Cole M. A glass floor for walking. 2021.")
