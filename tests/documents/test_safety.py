"""Files of 200 MB, traps, and documents that point outside: refused in a sentence or read without a look at what they point to."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.errors import UserError

MB = 2**20
HUGE = 200
LINE = b"Lamps are considered medically necessary when lit.\n"


def stored(document: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def filled(start: bytes, piece: bytes, end: bytes = b"") -> bytes:
    """Some 200 MB, never more: a start, a piece again and again, an end."""
    return start + piece * ((HUGE * MB - len(start) - len(end)) // len(piece)) + end


LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "more than 200 MB": (lambda: b"x" * (HUGE * MB + 1), "holds more than 200 MB"),
    "text": (lambda: filled(b"Policy Number: A1\nEffective Date: 01/01/2020\n", LINE), "holds more than 4 MB"),
    "a web page": (lambda: filled(b"<html><body>", b"<p>Lamps are lit.</p>"), "cannot be read|more text than any policy"),
    "a PDF": (lambda: filled(b"%PDF-1.7\n", os.urandom(MB)), "a PDF that is damaged"),
    "JSON": (lambda: filled(b'[{"text":"', b"a" * MB, b'"}]'), "JSON file in no form"),
    "nested JSON": (lambda: filled(b"[", b"["), "damaged"),
    "a Word document": (lambda: stored(filled(b"<w>", b" " * MB)[: 190 * MB]), "unpacks to far more"),
    "a small file that unpacks to 100 MB": (lambda: stored(b"<w>" + b" " * (100 * MB), zipfile.ZIP_DEFLATED), "unpacks to far more"),
    "zeros": (lambda: b"\0" * (HUGE * MB), "holds more than 4 MB|binary"),
}


@pytest.mark.parametrize(("made", "told"), LARGE.values(), ids=LARGE.keys())
def test_a_file_of_200_mb_is_refused_in_a_sentence(made: Callable[[], bytes], told: str, codeset: CodeSet) -> None:
    with pytest.raises(UserError, match=told) as refused:
        read(made(), "large.bin", codeset)
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


def test_more_lines_than_any_policy_holds_are_refused(codeset: CodeSet) -> None:
    with pytest.raises(UserError, match="more text than any policy"):
        read(b"Policy Number: A1\n" + b"a\n" * 100_001, "long.txt", codeset)


def test_a_list_longer_than_a_line_is_read_says_so(codeset: CodeSet) -> None:
    data = f"Policy Number: A1\nEffective Date: 01/01/2020\nCoverage\nLamps are considered medically necessary.\nCoding\nICD-10 Diagnosis\n{'M72.2, ' * 4000}\n"
    policy = read(data.encode(), "long.txt", codeset)
    assert [finding.line for finding in policy.findings if finding.rule == "line-unread"] == [7]
    assert {entry.raw for entry in policy.codes} == {"M72.2"}


def page(place: str) -> bytes:
    points = f'<link rel="stylesheet" href="{place}"><script src="{place}"></script><base href="{place}">'
    shows = (
        f'<img src="{place}"><iframe src="{place}"></iframe><object data="{place}"></object><embed src="{place}"><a href="{place}">lamp</a>'
    )
    return make.HTML.replace("<style>", f"{points}<style>@import url({place}); ").replace("<h1>", f"{shows}<h1>").encode()


def word(place: str) -> bytes:
    """A Word document with a template, a picture and a linked object that lie elsewhere."""
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = ("attachedTemplate", "image", "oleObject", "hyperlink", "subDocument", "frame")
    outside = "".join(f'<Relationship Id="x{kind}" Type="{link}/{kind}" Target="{place}" TargetMode="External"/>' for kind in kinds)

    def change(name: str, told: bytes) -> bytes:
        return told.replace(b"</Relationships>", outside.encode() + b"</Relationships>") if name.endswith(".rels") else told

    def build(document: Any) -> None:
        make.gait_docx(document)
        document.add_paragraph("INCLUDETEXT " + place)

    return make.rezipped(make.docx_bytes(build), change)


def portable(place: str) -> bytes:
    """A PDF whose pages open an address, and start a program when they are shown."""
    from pypdfium2 import PdfDocument
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Policy Number: XYZ-104")
    canvas.drawString(72, 680, "Effective Date: 03/15/2024")
    canvas.drawString(72, 660, "Coverage")
    canvas.drawString(72, 640, "Gait mapping is considered medically necessary in adults who walk.")
    canvas.linkURL(place, (0, 0, 600, 800))
    canvas.showPage()
    canvas.save()
    assert len(PdfDocument(out.getvalue())) == 1
    return out.getvalue()


def tree(place: str) -> bytes:
    return b'[{"text": "Lamps are considered medically necessary: %s", "$ref": "%s", "sub_items": []}]' % ((place.encode(),) * 2)


@pytest.mark.parametrize("made", [page, word, portable, tree], ids=["html", "docx", "pdf", "json"])
@pytest.mark.parametrize("outside", ["a file", "an address", "a share"])
def test_what_a_document_points_to_is_never_opened(made: Callable[[str], bytes], outside: str, tmp_path: Path, codeset: CodeSet) -> None:
    """The process that reads raises at the first look outside, and the file would be refused."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", "utf-8")
    place = {"a file": secret.as_uri(), "an address": "http://127.0.0.1:9/x.css", "a share": "\\\\\\\\127.0.0.1\\\\share\\\\x.dotm"}[
        outside
    ]
    if made is not tree:
        place = place.replace("\\\\", "\\")
    policy = read(made(place), "document.bin", codeset)
    assert policy.statements
    assert all("secret words" not in line.text for line in policy.text.lines)
    assert [file.name for file in tmp_path.iterdir()] == ["secret.txt"]
