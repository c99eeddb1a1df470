"""Whatever is done to a file, it is read or refused in a sentence: no other error, no hang, no end of the program, nothing written.

`UR_DESK_FUZZ` says how many mutants of each file are read (10 where it is unset); each run prints how many it read with `-s`.
"""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import perf_counter

import card_makers as card
import file_makers as make
import pytest
from mutants import mutants

from ur_desk.documents import apart, read
from ur_desk.domain.codes import CodeSet
from ur_desk.errors import UserError

SECONDS = 60.0
"""How long one file may take here, its lines and what is made of them."""

MUTANTS = int(os.environ.get("UR_DESK_FUZZ", "10"))
LARGE = 400_000
"""Of larger files a fifth as many mutants are read."""


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A process of the test's own, and empty folders for all that could be written; they stay empty."""
    for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened = apart.room(SECONDS)
    monkeypatch.setattr(apart, "_ROOM", opened)
    yield
    opened.close()
    assert list(tmp_path.iterdir()) == []


def parts_of_docx_gone_wrong(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """Word documents whose zip file is whole and whose XML is not."""
    parts = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
    for at in range(count):
        part = parts[at % len(parts)]
        with zipfile.ZipFile(BytesIO(data)) as archive:
            told = archive.read(part)
        (wrong,) = list(mutants(told, seed + at, at % 5 + 1))[-1:]
        yield make.rezipped(data, lambda name, kept, part=part, wrong=wrong: wrong if name == part else kept)


def fallen(files: Iterator[bytes], codeset: CodeSet, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What went wrong otherwise than by a refusal: errors of another kind, faults of the reading process, files that took too long."""
    wrong = []
    number = -1
    for number, data in enumerate(files):
        start = perf_counter()
        try:
            policy = read(data, "file.bin", codeset)
            numbers = [n for s in policy.sections for n in range(s.first_line, s.last_line + 1)]
            if numbers != list(range(1, len(policy.text.lines) + 1)):
                wrong.append(f"{number}: sections")
        except UserError as refused:
            if "takes longer" in refused.message:
                wrong.append(f"{number}: {refused.message}")
        except Exception as error:
            wrong.append(f"{number}: {type(error).__name__}")
        if perf_counter() - start > SECONDS:
            wrong.append(f"{number}: takes longer than {SECONDS} s")
    print(f"{number + 1} mutants read")
    return wrong + [record.getMessage() for record in caplog.records if "could not be read" in record.getMessage()]


CHECKLIST = json.dumps(
    {"lcd_code": "L1", "checklist_sections": [{"id": "a", "requirement_type": "all", "items": [{"label": "x"}, {"label": "y"}]}]}
)
LAYOUTS = ("ANTHEM", "PUBLISHED", "ARKANSAS", "MONTANA", "MASSACHUSETTS", "ARTICLE", "DETERMINATION", "HUMANA", "UNITED")
MADE: dict[str, Callable[[], bytes]] = {
    "html": lambda: make.HTML.encode(),
    "docx": lambda: make.docx_bytes(make.gait_docx),
    "pdf": make.gait_pdf,
    "json": lambda: CHECKLIST.encode(),
}
CARDS: dict[str, Callable[[], bytes]] = {
    f"{name.lower()}-{set_as.__name__[:4]}": lambda name=name, set_as=set_as: set_as(getattr(card, name))  # type: ignore[misc]
    for name in LAYOUTS
    for set_as in (card.html_of, card.docx_of)
}


@pytest.mark.parametrize("made", MADE)
def test_a_made_document_gone_wrong_is_read_or_refused(made: str, codeset: CodeSet, caplog: pytest.LogCaptureFixture) -> None:
    assert fallen(mutants(MADE[made](), 17, 15 * MUTANTS), codeset, caplog) == []


def test_a_word_document_with_broken_parts_is_read_or_refused(codeset: CodeSet, caplog: pytest.LogCaptureFixture) -> None:
    assert fallen(parts_of_docx_gone_wrong(make.docx_bytes(make.gait_docx), 29, 15 * MUTANTS), codeset, caplog) == []


@pytest.mark.parametrize("made", CARDS)
def test_a_layout_gone_wrong_is_read_or_refused(made: str, codeset: CodeSet, caplog: pytest.LogCaptureFixture) -> None:
    assert fallen(mutants(CARDS[made](), 23, 2 * MUTANTS), codeset, caplog) == []


@pytest.mark.samples
@pytest.mark.parametrize("folder", [".", "pdf", "json", "cms", "txt", "layout-cards", "md"])
def test_a_real_document_gone_wrong_is_read_or_refused(
    folder: str, samples: Path, codeset: CodeSet, caplog: pytest.LogCaptureFixture
) -> None:
    files = sorted(file for file in (samples / "policies" / folder).iterdir() if file.is_file())
    assert files
    wrong = {}
    for file in files:
        data = file.read_bytes()
        wrong[file.name] = fallen(mutants(data, 41, MUTANTS if len(data) < LARGE else max(MUTANTS // 5, 1)), codeset, caplog)
    assert {name: what for name, what in wrong.items() if what} == {}
