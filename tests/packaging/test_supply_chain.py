"""What the program is made of: every part pinned by hashes, its licence listed, and all of it in a list for machines."""

import json
import re
import subprocess
import sys
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGING = ROOT / "packaging"
sys.path.insert(0, str(PACKAGING))

import licences  # noqa: E402
import pins  # noqa: E402
import sbom  # noqa: E402


@pytest.mark.parametrize("file", [pins.SHIPPED, pins.TESTED], ids=lambda file: file.name)
def test_every_line_is_a_pin_with_hashes_or_a_comment_without_an_address(file: Path) -> None:
    found = pins.pins(file)  # refuses any other line
    assert len({pin.name for pin in found}) == len(found)
    assert all(pin.sha256 for pin in found)
    assert "://" not in file.read_text(encoding="utf-8")


def test_everything_that_the_program_asks_for_is_pinned() -> None:
    import tomllib

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=! ]", need)[0].lower() for need in asked["dependencies"]}
    assert names <= {pin.name for pin in pins.pins(pins.SHIPPED)}
    tested = {re.split(r"[<>=! ]", need)[0].lower() for need in asked["optional-dependencies"]["test"]}
    assert tested | names <= {pin.name for pin in pins.pins(pins.TESTED)}


def test_keys_come_with_wheels_for_every_system_that_the_program_runs_on() -> None:
    where = {pin.name: pin.where for pin in pins.pins(pins.SHIPPED)}
    assert where["pynacl"] == ""
    assert where["keyring"] == ""
    assert where["pywin32-ctypes"] == "sys_platform == 'win32'"
    assert where["secretstorage"] == "sys_platform == 'linux'"


@pytest.mark.parametrize("line", ["click", "click>=8", "-r other.txt", "-e .", "--pre", "click @ file:///c.whl"])
def test_a_line_that_is_no_pin_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no pin and no hash"):
        pins.pins(file)


def test_a_pin_without_a_hash_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("click==8.5.1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="without hashes: click"):
        pins.pins(file)


def test_the_help_lists_the_licence_of_every_part() -> None:
    rows = re.findall(r"^\| (\S+) (\S+) \| (.+) \|$", licences.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(name, version) for name, version, _ in rows] == [(pin.name, pin.version) for pin in pins.pins(pins.SHIPPED)]
    assert all(licence.strip() for _, _, licence in rows)


def test_no_licence_of_a_part_forbids_what_the_program_is_for() -> None:
    for name, licence in licences.table().items():
        others = [each for each in re.split(r" OR | or ", licence) if not re.match(r"\(?(GPL|AGPL|SSPL|BUSL)", each)]
        assert others, f"{name} can only be had under {licence}"


def test_a_package_that_names_no_licence_stops_the_list() -> None:
    told = Message()
    told["Name"] = "silent"
    with pytest.raises(ValueError, match="silent names no licence"):
        licences.licence(told)
    told["License"] = "UNKNOWN"
    assert licences.licence(told, ["This software is provided 'as-is',\nwithout any express or implied warranty."]) == "Zlib"
    told["License-Expression"] = "MIT"
    assert licences.licence(told) == "MIT"


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(PACKAGING / "sbom.py")], capture_output=True, text=True, check=True, cwd=ROOT)
    told: dict[str, Any] = json.loads(done.stdout)
    assert told == sbom.document()
    return told


def test_the_list_for_machines_has_the_shape_of_cyclonedx(parts: dict[str, Any]) -> None:
    assert (parts["bomFormat"], parts["specVersion"], parts["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", parts["serialNumber"])
    assert set(parts) == {"bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies"}
    refs = [part["bom-ref"] for part in parts["components"]]
    assert len(refs) == len(set(refs))
    for part in parts["components"]:
        assert part["type"] == "library"
        assert part["scope"] in {"required", "excluded"}
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
        assert {h["alg"] for h in part["hashes"]} == {"SHA-256"}
        assert all(re.fullmatch(r"[0-9a-f]{64}", h["content"]) for h in part["hashes"])
        assert len({h["content"] for h in part["hashes"]}) == len(part["hashes"])
        assert part["scope"] == "excluded" or part["licenses"]
    (program,) = parts["dependencies"]
    assert program["ref"] == parts["metadata"]["component"]["bom-ref"]
    assert set(program["dependsOn"]) <= set(refs)


def test_every_pin_is_in_the_list_for_machines_and_no_host_is(parts: dict[str, Any]) -> None:
    told = {(part["name"], part["version"], part["scope"]) for part in parts["components"]}
    shipped = {(pin.name, pin.version) for pin in pins.pins(pins.SHIPPED)}
    assert {(name, version) for name, version, scope in told if scope == "required"} == shipped
    assert {(pin.name, pin.version) for pin in pins.pins(pins.TESTED)} <= {(name, version) for name, version, _ in told}
    assert "://" not in json.dumps(parts)
