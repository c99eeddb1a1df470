"""Tables of invented people as files: delimited texts, and workbooks written by hand as XLSX, ODS and XLS."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

from ur_desk.importers.grids import Grid

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
HEAD = ("Auth #", "Member ID", "Last Name", "First Name", "DOB", "CPT", "Units", "DOS", "Dx1", "Dx2", "NPI")
ROWS = (
    ("R-1", "DEMO-1", "Alvarado", "Rosalind", "04/13/1968", "72148", "1", "10/12/2017", "M54.5", "M47.816", "1003000126"),
    ("R-2", "DEMO-2", "Brandt", "Otto", "12/01/1959", "27447", "1", "10/16/2017", "M17.11", "", "1003000126"),
    ("R-3", "DEMO-3", "Okafor", "Ada", "07/30/1971", "97110", "12", "10/20/2017", "M54.5", "", "1003000126"),
)
Cell = str | int | float | bool | date | None


def text_of(rows: Sequence[Sequence[str]], mark: str = ",") -> str:
    """A delimited text, quoted where it must be."""
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def grid(*rows: Sequence[str], sheet: str = "", numbers: frozenset[int] = frozenset()) -> Grid:
    """Rows as they come out of a reader."""
    return Grid([list(row) for row in rows], "f: ", "UTF-8, commas", sheet, numbers=numbers)


def xlsx_bytes(
    sheets: Mapping[str, Sequence[Sequence[Cell]]], hidden: Sequence[str] = (), parts: Mapping[str, bytes] | None = None
) -> bytes:
    """A workbook with these sheets; days are real days of the sheet, with a format of their own."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" {"state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ties = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {ns}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{ties}<Relationship Id="s" Type="{kind}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {ns}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": _sheet(sheets[name], ns) for n, name in enumerate(names, 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]], ns: str) -> str:
    lines = "".join(
        f'<row r="{r}">{"".join(_cell(value, f"{_letters(c)}{r}") for c, value in enumerate(row))}</row>' for r, row in enumerate(rows, 1)
    )
    return f"<worksheet {ns}><sheetData>{lines}</sheetData></worksheet>"


def _cell(value: Cell, at: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column > 25 else "") + chr(65 + column % 26)


def ods_bytes(rows: Sequence[Sequence[str | float]], name: str = "Requests", from_1904: bool = False) -> bytes:
    """An OpenDocument sheet of texts and numbers."""

    def cell(value: str | float) -> str:
        kind = 'office:value-type="string"' if isinstance(value, str) else f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    counted = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>' if from_1904 else ""
    )
    cells = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'{counted}<table:table table:name="{name}">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:media-type="{kind}" manifest:full-path="/"/></manifest:manifest>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


def xlsb_bytes(rows: Sequence[Sequence[str | float]], name: str = "S", from_1904: bool = False) -> bytes:
    """A binary workbook of Excel 2007: one sheet of texts and numbers."""

    def record(kind: int, body: bytes = b"") -> bytes:
        told = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(body)
        while size > 127:
            told, size = told + bytes([size & 0x7F | 0x80]), size >> 7
        return told + bytes([size]) + body

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    book = record(131) + record(153, struct.pack("<III", int(from_1904), 0, 0)) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + text("rId1") + text(name)) + record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + record(145)
    for r, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", r) + b"\0" * 13)
        for c, value in enumerate(row):
            place = struct.pack("<II", c, 0)
            sheet += record(6, place + text(value)) if isinstance(value, str) else record(5, place + struct.pack("<d", value))
    sheet += record(146) + record(130)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ties = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data in (("xl/workbook.bin", book), ("xl/_rels/workbook.bin.rels", ties.encode()), ("xl/worksheets/sheet1.bin", sheet)):
            archive.writestr(part, data)
    return out.getvalue()


def xls_bytes(rows: Sequence[Sequence[str | float]], name: str = "Requests", from_1904: bool = False) -> bytes:
    """A workbook of Excel 97: one sheet of texts and numbers in a compound file."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x600))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += _record(0x204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + text)
            else:
                sheet += _record(0x203, struct.pack("<HHHd", r, c, 0, value))
    sheet += _record(0x0A, b"")
    title = name.encode("latin-1")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0x600))
    if from_1904:
        begin += _record(0x22, struct.pack("<H", 1))
    size = len(begin) + 4 + 8 + len(title) + 4
    bound = _record(0x85, struct.pack("<IBBBB", size, 0, 0, len(title), 0) + title)
    return _compound(begin + bound + _record(0x0A, b"") + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """A compound file with the one stream `Workbook`, long enough to lie in whole sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [table, end, *range(3, count + 2), end]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    assert len(fat) == 512, "one sector of the table holds 126 sectors of the stream"

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = name.encode("utf-16-le").ljust(64, b"\0")
        return raw + struct.pack("<HBBIII16sIQQIQ", 2 * len(name) + 2, kind, 1, free, free, child, b"", 0, 0, 0, first, size)

    folder = (entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))).ljust(512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * 432
    return head + fat + folder + stream
