"""How many documents a second each format gives, against plain text of the same words.

Run: python tests/benchmarks/bench_documents.py [DOCUMENTS [FOLDER]]
Prints documents a second and the ratio to plain text, what the process of its own adds, and how memory grows; asserts nothing about time.
FOLDER holds documents of your own, which are read beside the made ones.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "documents")]

import file_makers as make  # noqa: E402
import invented_policy  # noqa: E402

from ur_desk.codesets import icd10cm  # noqa: E402
from ur_desk.documents import apart, read  # noqa: E402
from ur_desk.documents.formats import source_of  # noqa: E402
from ur_desk.documents.formats.kinds import format_of  # noqa: E402
from ur_desk.errors import UserError  # noqa: E402
from ur_desk.paths import resources  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    codeset = icd10cm.load(resources())
    files = {
        "plain text": invented_policy.TEXT.encode(),
        "web page": make.HTML.encode(),
        "Word": make.docx_bytes(make.gait_docx),
        "PDF, 3 pages": make.gait_pdf(),
    }
    per: dict[str, float] = {}
    for name, data in files.items():
        read(data, name, codeset)
        per[name] = timed(lambda data=data, name=name: read(data, name, codeset), count)
        alone = timed(lambda data=data, name=name: source_of(data, name, format_of(data, name)), max(count // 4, 1))
        print(
            f"{name:14} {1 / per[name]:7.0f} documents/s, {per['plain text'] / per[name]:5.2f} of plain text; lines alone {1000 * alone:6.2f} ms of {1000 * per[name]:6.2f}"
        )
    start = perf_counter()
    apart._ROOM.close()
    read(files["web page"], "page", codeset)
    print(f"the first foreign file waits {1000 * (perf_counter() - start):.0f} ms for its process")
    before = peak()
    for _ in range(5):
        read(files["PDF, 3 pages"], "pdf", codeset)
        read(files["Word"], "docx", codeset)
    print(f"memory of the program grew by {peak() - before} kB over ten more foreign files")
    if len(sys.argv) > 2:
        folder(Path(sys.argv[2]), codeset)
    apart._ROOM.close()


def folder(place: Path, codeset: icd10cm.Icd10cm) -> None:
    """Each document of a folder, with its lines a second."""
    for file in sorted(place.rglob("*")):
        if file.is_file():
            data, start = file.read_bytes(), perf_counter()
            try:
                lines = len(read(data, file.name, codeset).text.lines)
            except UserError:
                continue
            took = perf_counter() - start
            print(f"  {file.name[:48]:48} {len(data) // 1024:6} kB {lines:5} lines {took:6.2f} s {lines / took:7.0f} lines/s")


def timed(run: Callable[[], object], times: int) -> float:
    """Mean seconds."""
    start = perf_counter()
    for _ in range(times):
        run()
    return (perf_counter() - start) / times


def peak() -> int:
    """The most memory that this program held so far, in kB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
