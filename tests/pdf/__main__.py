"""Every kind of letter against PDF/UA-1, by a checker that is installed beside this program: `python tests/pdf [CHECKER ...]`.

The checker is a command to which the files' names are added, all in one call; without one, `UR_DESK_PDFUA` names it, else it is veraPDF's
own: `verapdf --flavour ua1 --format text`. A file passes where the checker says `PASS` or `compliant=true` beside its name. The suite
checks the structure without it (`test_letter_tags.py`); this is what an upgrade of reportlab waits for.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

DEFAULT = "verapdf --flavour ua1 --format text"
PASSED = ("PASS", "compliant=true")


def main(command: list[str]) -> int:
    """0 where every file passes; prints those that do not, with all that the checker says."""
    from pdf_set import whole_set

    with TemporaryDirectory() as folder:
        files = []
        for name, data in whole_set():
            files.append(Path(folder) / f"{name}.pdf")
            files[-1].write_bytes(data)
        try:
            done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
        except OSError as wrong:
            print(f"The checker cannot be run: {wrong}. Name another: python tests/pdf CHECKER", file=sys.stderr)
            return 2
    passed = {
        file.name for file in files for line in done.stdout.splitlines() if file.name in line and any(word in line for word in PASSED)
    }
    failed = [file.name for file in files if file.name not in passed]
    if failed:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    print(f"PDF/UA-1: {len(passed)} of {len(files)} files pass" + "".join(f"\n  not: {name}" for name in failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]  # the builders, and the program
    told = sys.argv[1:] or shlex.split(os.environ.get("UR_DESK_PDFUA", DEFAULT))
    sys.exit(main(told))
