"""Looks for patient data in bytes, in every form in which a program may leave it behind."""

import base64
import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ur_desk.domain.request import Request

LEAST = 5
"""Shorter words stand by chance among random bytes."""


def words_of(request: Request) -> Iterator[str]:
    """What tells of a person in a request: names, member id, birth date in three writings, address, the notes about them."""
    member = request.member
    yield from (member.family or "", member.given or "", member.member_id or "")
    if member.birth_date:
        yield from (member.birth_date.isoformat(), f"{member.birth_date:%m/%d/%Y}", f"{member.birth_date:%Y%m%d}")
    yield from (member.address or "").splitlines()[:1]
    if request.clinical_notes:
        yield request.clinical_notes[:40]


@dataclass(frozen=True, slots=True)
class Needle:
    """One form of one word; `folded` is looked for in the bytes in lower case."""

    word: str
    form: str
    data: bytes
    folded: bool


def needles(words: Iterable[str]) -> tuple[Needle, ...]:
    """Every form of every word that is long enough: UTF-8, UTF-16 both ways, hexadecimal, and base64 at each of its three places."""
    found = []
    for word in sorted({word for word in words if len(word) >= LEAST}):
        plain = word.encode()
        small = word.lower()
        for form, data in (("utf-8", small.encode()), ("utf-16-le", small.encode("utf-16-le")), ("utf-16-be", small.encode("utf-16-be"))):
            found.append(Needle(word, form, data, True))
        found.append(Needle(word, "hex", plain.hex().encode(), True))
        found.extend(Needle(word, f"base64+{shift}", _base64(plain, shift), False) for shift in range(3))
    return tuple(found)


def _base64(plain: bytes, shift: int) -> bytes:
    """What stands in base64 wherever the word begins `shift` bytes behind a multiple of three: without the letters that neighbours share."""
    whole = base64.b64encode(bytes(shift) + plain)
    return whole[-(-shift * 4 // 3) : len(whole) - (0 if (shift + len(plain)) % 3 == 0 else 4)]


def forms(word: str) -> dict[str, bytes]:
    """A word as each form leaves it in a file, for the control that the search finds it."""
    plain = word.encode()
    as_base64 = {f"base64+{shift}": base64.b64encode(b"xyz"[:shift] + plain + b" and more") for shift in range(3)}
    return {"utf-8": plain, "utf-16-le": word.encode("utf-16-le"), "utf-16-be": word.encode("utf-16-be"), "hex": plain.hex().upper().encode(), **as_base64}  # fmt: skip


@dataclass
class Searched:
    """What a search found: bytes looked through, files, and each word with its form and place."""

    bytes: int = 0
    files: int = 0
    found: tuple[tuple[str, str, str], ...] = ()


def search(folder: Path, wanted: tuple[Needle, ...], aside: Iterable[Path] = ()) -> Searched:
    """Looks through names and bytes of every file below a folder, and into archives; not below what is put `aside`."""
    told, found, left_out = Searched(), [], [path.resolve() for path in aside]
    for path in sorted(folder.rglob("*")):
        if any(path.resolve().is_relative_to(each) for each in left_out):
            continue
        place = str(path.relative_to(folder))
        found += [(n.word, f"name, {n.form}", place) for n in wanted if n.form == "utf-8" and n.data in place.lower().encode()]
        if not path.is_file():
            continue
        told.files += 1
        for data in _layers(path.read_bytes()):
            told.bytes += len(data)
            folded = data.lower()
            found += [(n.word, n.form, place) for n in wanted if n.data in (folded if n.folded else data)]
    told.found = tuple(found)
    return told


def _layers(data: bytes) -> Iterator[bytes]:
    """The bytes, and what they hold where they are an archive."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from _layers(archive.read(name))
    elif data[:2] == b"\x1f\x8b":
        yield from _layers(gzip.decompress(data))
