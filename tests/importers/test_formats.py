"""What a file is by its content, and how one that is not read yet is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ur_desk.domain.policy import Severity
from ur_desk.importers import extract
from ur_desk.importers.formats import Format, identify
from ur_desk.importers.intake import MAX_BYTES

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)

FILES = [
    (b"", Format.EMPTY, "empty-file"),
    (b" \r\n\t", Format.EMPTY, "empty-file"),
    (b"\xef\xbb\xbf", Format.TEXT, "unknown-format"),
    (b"ISA*00*          *00*          *ZZ*SENDER", Format.X12, "no-terminator"),
    (b"\xef\xbb\xbf\r\nISA|00|", Format.X12, "no-terminator"),
    (b"ISA\x1d00\x1d", Format.X12, "no-terminator"),
    (b"%PDF-1.7\n%\xe2\xe3", Format.PDF, "paper"),
    (b"junk\n%PDF-1.4", Format.PDF, "paper"),
    (b"PK\x03\x04\x14\x00", Format.OFFICE, "office-not-read"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", Format.OFFICE, "office-not-read"),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE, "paper"),
    (b"II*\x00\x08\x00", Format.IMAGE, "paper"),
    (b"GIF89a\x01\x00", Format.IMAGE, "image-not-read"),
    (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir">', Format.FHIR_XML, "fhir-not-read"),
    (b"Profile: PASClaim\nParent: Claim\n* item 1..* MS\n", Format.FHIR_SHORTHAND, "fhir-shorthand"),
    (b"Profile: a plan's profile of a member, in words\n", Format.TEXT, "unknown-format"),
    (b"<!doctype html><title>x</title>", Format.MARKUP, "unknown-format"),
    (b"plan,code,from\nA,76120,2017-10-12\n", Format.TABLE, "not-requests"),
    (b"plan\tcode\tfrom\n", Format.TABLE, "not-requests"),
    (b"Dear plan, please approve.\n", Format.TEXT, "unknown-format"),
    (b"let us know whether this is approved\n", Format.TEXT, "unknown-format"),
    (b"import duties are none of ours\n", Format.TEXT, "unknown-format"),
    (b"null", Format.TEXT, "unknown-format"),
    (b"\x00\x01\x02\x03" * 64, Format.BINARY, "unknown-format"),
    (bytes(range(128, 256)) * 4, Format.BINARY, "unknown-format"),
    (b"SQLite format 3\x00\x10\x00", Format.BINARY, "unknown-format"),
]


@pytest.mark.parametrize(("data", "format_", "code"), FILES)
def test_a_file_is_known_by_its_content_and_refused_politely(data: bytes, format_: Format, code: str) -> None:
    assert identify(data) is format_
    extracted = extract(data, "request.json", None, NOW)
    assert extracted.requests == ()
    severity = Severity.WARNING if code == "paper" else Severity.ERROR
    assert [(p.severity, p.code, p.where) for p in extracted.problems] == [(severity, code, "request.json")]


@pytest.mark.parametrize(
    "text",
    [
        "export const a = [];", "/* a */ // b\nimport type { A } from './a';", "import a from 'a';", "import 'a.css';", "const a: B = {};",
        "'use strict';\nvar a = 1;", "module.exports = [];", "import * as a from 'a'",
    ],
)  # fmt: skip
def test_program_text_is_known_by_how_it_begins(text: str) -> None:
    assert identify(text.encode()) is Format.SCRIPT


def test_a_name_says_nothing_of_the_content() -> None:
    data = json.dumps({"schema": "ur-desk-request/1", "member": {}, "services": [{"code": "76120"}]}).encode()
    assert len(extract(data, "scan.pdf", None, NOW).requests) == 1
    assert identify(data) is Format.JSON


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    extracted = extract(b"{" * (MAX_BYTES + 1), "big.json", None, NOW)
    assert [p.code for p in extracted.problems] == ["too-large"]


@pytest.mark.parametrize("name", ["", "/", "\udc80.json", "a\nb.json"])
def test_any_name_can_be_printed(name: str) -> None:
    (problem,) = extract(b"", name, None, NOW).problems
    assert problem.where
    problem.where.encode()


@pytest.mark.samples
@pytest.mark.parametrize("folder", ["policies", "icd"])
def test_files_of_other_kinds_are_refused_without_a_request(samples: Path, folder: str) -> None:
    files = [path for path in sorted((samples / folder).rglob("*")) if path.is_file() and b'"resourceType"' not in path.read_bytes()]
    assert files
    for path in files:
        extracted = extract(path.read_bytes(), path.name, None, NOW)
        assert extracted.requests == (), path.name
        assert any(p.severity is Severity.ERROR or p.code == "paper" for p in extracted.problems), path.name
