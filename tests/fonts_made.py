"""TrueType fonts made for tests: a square for the first letter, nothing for the others, and everything that a font has to say of itself."""

import struct

HAN = range(0x4E00, 0x4E00 + 2100)
SQUARE = (
    struct.pack(">hhhhh", 1, 0, 0, 800, 800) + struct.pack(">HH", 3, 0) + bytes([1] * 4) + struct.pack(">8h", 0, 800, 0, -800, 0, 0, 800, 0)
)
VARIATIONS = {b"fvar": b"\x00\x01\x00\x00" + bytes(12)}


def font_of(codes: range, *, name: str = "Squares", kind: int = 0, extra: dict[bytes, bytes] | None = None, cut: int = 0) -> bytes:
    """A font that has these letters; `kind` is fsType, `cut` the bytes that its outlines lack, `extra` more tables."""
    glyf = SQUARE + bytes(-len(SQUARE) % 4)
    tables = {
        b"OS/2": struct.pack(">HhHHH", 4, 800, 400, 5, kind)
        + bytes(58)
        + struct.pack(">HHhhhHH", 0x4E00, 0xFFFF, 800, -200, 0, 900, 200)
        + bytes(18),
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12)
        + struct.pack(">HHLLL", 12, 0, 16 + 24, 0, 2)
        + struct.pack(">6L", 32, 32, 1, *_group(codes)),
        b"glyf": glyf[: len(glyf) - cut],
        b"head": struct.pack(">LLLLHH", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000)
        + bytes(16)
        + struct.pack(">4hHHhhh", 0, 0, 800, 800, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhH", 0x10000, 800, -200, 0, 1000) + bytes(22) + struct.pack(">H", 1),
        b"hmtx": struct.pack(">Hh", 1000, 0) + bytes(2 * (len(codes) + 1)),
        b"loca": struct.pack(">2L", 0, 0) + struct.pack(f">{len(codes) + 1}L", *([0] + [len(glyf)] * len(codes))),
        b"maxp": struct.pack(">LH", 0x10000, len(codes) + 2) + bytes(26),
        b"name": _names(name),
        b"post": struct.pack(">LLhhL", 0x30000, 0, 0, 0, 0) + bytes(16),
        **(extra or {}),
    }
    return _file(tables)


def _group(codes: range) -> tuple[int, int, int]:
    return codes[0], codes[-1], 2


def _names(name: str) -> bytes:
    told = {1: name, 2: "Regular", 4: f"{name} Regular", 6: name}
    texts = {number: text.encode("utf-16-be") for number, text in told.items()}
    rows, at = b"", 0
    for number, text in texts.items():
        rows += struct.pack(">6H", 3, 1, 0x409, number, len(text), at)
        at += len(text)
    return struct.pack(">HHH", 0, len(texts), 6 + len(rows)) + rows + b"".join(texts.values())


def _file(tables: dict[bytes, bytes]) -> bytes:
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">L4H", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128), b""
    for tag, data in sorted(tables.items()):
        head += struct.pack(">4sLLL", tag, 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def collection(*fonts: bytes) -> bytes:
    """Fonts in one file, one behind the other."""
    start = 12 + 4 * len(fonts)
    places, body = [], b""
    for font in fonts:
        offset = start + len(body)
        places.append(offset)
        (count,) = struct.unpack(">H", font[4:6])
        rows = b""
        for row in range(count):
            tag, check, at, size = struct.unpack(">4sLLL", font[12 + 16 * row : 28 + 16 * row])
            rows += struct.pack(">4sLLL", tag, check, at + offset, size)
        body += font[:12] + rows + font[12 + 16 * count :]
    return b"ttcf" + struct.pack(">LL", 0x10000, len(fonts)) + struct.pack(f">{len(fonts)}L", *places) + body
