"""The house's own rules, run with the tests: style, types, who may import whom."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "."], id="ruff"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
        pytest.param(["importlinter.cli"], id="imports"),
    ],
)
def test_the_house_rules_hold(command: list[str]) -> None:
    if command[0] == "importlinter.cli":
        run = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    else:
        run = [sys.executable, "-m", *command]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_no_other_folder_stands_at_the_top() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    top = {name.split("/")[0] for name in tracked if not name.startswith(".")}
    assert top <= {"pyproject.toml", "README.md", "LICENSE", "ur_desk", "resources", "tests", "packaging"}


def test_each_of_the_25_things_that_a_toy_version_gets_wrong_has_a_test_that_names_it() -> None:
    """By the marker `toy`: the numbers are those of the survey of the field."""
    marks = re.compile(r"^@pytest\.mark\.toy\(([0-9, ]+)\)$", re.MULTILINE)
    told = {int(n) for p in (ROOT / "tests").rglob("test_*.py") for found in marks.findall(p.read_text("utf-8")) for n in found.split(",")}
    assert told == set(range(1, 26))


def test_no_file_of_the_program_is_long() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in (ROOT / "ur_desk").rglob("*.py")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_the_clipboard_is_written_in_one_place_alone() -> None:
    others = {str(p.relative_to(ROOT)) for p in (ROOT / "ur_desk").rglob("*.py") if "clipboard()" in p.read_text(encoding="utf-8")}
    assert others == {"ur_desk/ui/clipboard.py"}


def test_files_are_written_whole_in_one_place_alone() -> None:
    by_itself = re.compile(r"\.write_(text|bytes)\(|shutil\.copy\w*\(|open\(.*\"[wxa]b?\"")
    found = {str(p.relative_to(ROOT)) for p in (ROOT / "ur_desk").rglob("*.py") if by_itself.search(p.read_text(encoding="utf-8"))}
    assert found == {
        "ur_desk/store/whole.py",
        "ur_desk/store/backup.py",  # into a folder of its own that nobody else reads, which goes again
        "ur_desk/apart/child.py",  # a pipe
        "ur_desk/settings.py",  # stands below the store, and holds no patient data
        "ur_desk/app.py",  # the invented request of the tour
        "ur_desk/ui/tour.py",
    }
