"""From where a workbook counts its days, 1900 or 1904: said in one place of its file, and in no cell of it."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

_FREE = 0xFFFFFFFA
"""From here on a sector's number is a mark of the compound file (MS-CFB 2.1)."""
_MOST_SECTORS = 1_000_000
_LARGE = 4096
"""Bytes from which a stream lies in sectors of its own (MS-CFB 2.2, mini stream cutoff)."""
_XML = re.compile(rb"<(?:[\w.-]+:)?workbookPr\b[^<>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_NULL_DATE = re.compile(rb"<(?:[\w.-]+:)?null-date\b[^<>]*\bdate-value\s*=\s*[\"']1904-01-01")
_PROPERTIES, _END_OF_BOOK = 153, 132
"""BrtWbProp, whose first bit is f1904, and BrtEndBook (MS-XLSB 2.4.822)."""
_DATE_MODE, _EOF = 0x22, 0x0A
"""Date1904 and the end of the records of the whole book (MS-XLS 2.4.77)."""


def of_archive(archive: zipfile.ZipFile) -> bool:
    """Whether a zipped workbook (XLSX, XLSM, XLSB, ODS) counts from 1904; ValueError where its book cannot be read."""
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        records = _binary_records(archive.read("xl/workbook.bin"))
        return any(kind == _PROPERTIES and bool(data[:1] and data[0] & 1) for kind, data in records)
    for name, pattern in (("xl/workbook.xml", _XML), ("content.xml", _NULL_DATE)):
        if name in names and pattern.search(archive.read(name)):
            return True
    return False


def of_compound(data: bytes) -> bool:
    """Whether a workbook of Excel 95 to 2003 counts from 1904; ValueError where its book cannot be found or read."""
    try:
        return any(kind == _DATE_MODE and body[:2] == b"\x01\x00" for kind, body in _records(_book(data)))
    except (struct.error, IndexError) as wrong:
        raise ValueError("the compound file is damaged") from wrong


def _binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a binary part: a kind of one or two bytes and a length of one to four, seven bits in each (MS-XLSB 2.1.4)."""
    stream = io.BytesIO(data)
    while first := stream.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = kind & 0x7F | (stream.read(1) or b"\0")[0] << 7
        size = shift = 0
        for _ in range(4):
            byte = (stream.read(1) or b"\0")[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        body = stream.read(size)
        if len(body) < size:
            raise ValueError("a record is cut short")
        yield kind, body
        if kind == _END_OF_BOOK:
            return


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the whole book, up to the first sheet."""
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _EOF:
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _book(data: bytes) -> bytes:
    """The stream of the workbook in a compound file, which is named `Workbook`, or `Book` where it is older."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("the sectors have no size that there is")
    table = _table(data, size)
    folder = b"".join(_chain(data, size, table, struct.unpack_from("<I", data, 48)[0]))
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    found = next((entry for name in ("Workbook", "Book") for entry in entries if _name(entry) == name), None)
    if found is None:
        raise ValueError("no book lies in the compound file")
    first, length = struct.unpack_from("<II", found, 116)
    if length < _LARGE:
        root = struct.unpack_from("<I", entries[0], 116)[0]
        small = b"".join(_chain(data, size, table, root))
        fat = b"".join(_chain(data, size, table, struct.unpack_from("<I", data, 60)[0]))
        return b"".join(_chain(small, 64, struct.unpack(f"<{len(fat) // 4}I", fat), first, head=0))[:length]
    return b"".join(_chain(data, size, table, first))[:length]


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows on each (MS-CFB 2.3, 2.5)."""
    holders = [each for each in struct.unpack_from("<109I", data, 76) if each < _FREE]
    further = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while further < _FREE and further not in seen:
        seen.add(further)
        told = struct.unpack_from(f"<{size // 4}I", data, (further + 1) * size)
        holders += [each for each in told[:-1] if each < _FREE]
        further = told[-1]
    return tuple(each for sector in holders for each in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))


def _chain(data: bytes, size: int, table: tuple[int, ...], first: int, head: int = 1) -> Iterator[bytes]:
    """The sectors from the first on; ValueError where they run in a ring."""
    at = first
    for _ in range(_MOST_SECTORS):
        if at >= _FREE:
            return
        yield data[(at + head) * size : (at + head + 1) * size]
        at = table[at]
    raise ValueError("the sectors run in a ring")
