"""Separators, envelopes and counts of X12 files as mailboxes deliver them: what can be read is read, and every mend is said."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import x12_text as x

from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind
from ur_desk.importers import extract, x12_envelope, x12_report, x12_segments
from ur_desk.importers.formats import Format, identify

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
USUAL = {"missing-receipt"}


def taken(data: bytes) -> Extracted:
    assert identify(data) is Format.X12
    return extract(data, "box/night.x12", None, NOW)


def said(extracted: Extracted) -> list[str]:
    return [p.code for p in extracted.problems if p.code not in USUAL]


def placed(extracted: Extracted) -> list[tuple[str, str, str]]:
    return [(p.severity.value, p.code, p.where.removeprefix("night.x12")) for p in extracted.problems if p.code not in USUAL]


ONE = x.request()
TWO = x.request(bht="BHT*0007*13*REQ-2*20261001*0931")
GOOD = x.interchange(ONE)
PLAIN = taken(x.text(GOOD)).requests


def same(extracted: Extracted) -> bool:
    """Whether the one request is as it is in the plain file, its raw texts and source aside."""
    (request,), (plain,) = extracted.requests, PLAIN
    return [
        (
            r.member,
            r.diagnoses,
            r.reference,
            r.clinical_notes,
            r.requesting_provider,
            [(s.code, s.quantity, s.first_day) for s in r.services],
        )
        for r in (request,)
    ] == [
        (
            r.member,
            r.diagnoses,
            r.reference,
            r.clinical_notes,
            r.requesting_provider,
            [(s.code, s.quantity, s.first_day) for s in r.services],
        )
        for r in (plain,)
    ]


def wrapped(data: bytes, width: int = 80, end: bytes = b"\r\n") -> bytes:
    return end.join(data[at : at + width] for at in range(0, len(data), width))


def squeezed(data: bytes) -> bytes:
    return b" ".join(data.split())


WAYS: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "plain": (lambda: x.text(GOOD), []),
    "a byte-order mark": (lambda: b"\xef\xbb\xbf" + x.text(GOOD), []),
    "CRLF after segments": (lambda: x.text(GOOD, "~\r\n"), []),
    "lone CR after segments": (lambda: x.text(GOOD, "~\r"), []),
    "indented": (lambda: x.text(GOOD, "~\n    "), []),
    "lines as segments": (lambda: x.text(GOOD, "\n"), []),
    "CRLF as the end of segments": (lambda: x.text(GOOD, "\r\n"), []),
    "wrapped at 80": (lambda: wrapped(x.text(GOOD)), ["wrapped-lines"]),
    "wrapped at 80 and padded": (lambda: wrapped(x.text(GOOD)) + b" " * 30 + b"\r\n", ["wrapped-lines"]),
    "wrapped at 120": (lambda: wrapped(x.text(GOOD), 120, b"\n"), ["wrapped-lines"]),
    "no end of the last segment": (lambda: x.text(GOOD)[:-1], []),
    "other separators": (lambda: x.text(GOOD, "'", "|>!"), []),
    "control separators": (lambda: x.text(GOOD, "\x1e", "\x1d\x1f\x1c"), []),
    "squeezed header": (lambda: squeezed(x.text(GOOD)), ["header-length"]),
    "squeezed header, lines as segments": (
        lambda: b"\n".join(b" ".join(line.split()) for line in x.text(GOOD, "\n").split(b"\n")),
        ["header-length"],
    ),
    "header without ISA16": (lambda: x.text([GOOD[0][:-1], *GOOD[1:]]).replace(b"*P*~", b"*P*~", 1), ["header-length"]),
    "NULs at the end": (lambda: x.text(GOOD) + b"\0" * 500, ["hidden-characters"]),
    "an end-of-file mark": (lambda: x.text(GOOD) + b"\x1a\r\n", []),
    "zeros left out of control numbers": (lambda: x.text([*GOOD[:-2], "GE*1*007", "IEA*1*101"]), []),
    "Windows-1252": (lambda: x.text([*GOOD]).replace(b"HARBOR", b"HARB\xd6R"), ["encoding"]),
    "UTF-16": (lambda: x.text(GOOD).decode().encode("utf-16"), []),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_request_is_the_same_however_its_file_was_set(way: str) -> None:
    made, mended = WAYS[way]
    extracted = taken(made())
    assert said(extracted) == mended
    if way == "Windows-1252":
        provider = extracted.requests[0].requesting_provider
        assert provider is not None
        assert provider.name == "HARBÖR SPINE CLINIC"
    else:
        assert same(extracted)


def test_a_name_that_looks_like_a_header_is_none() -> None:
    patient = ["HL*3*2*22*1", "NM1*IL*1*DOE*ISA****MI*A1", "N3*ISA*STREET", "NM1*SJ*1*SMITH*LISA"]
    (request,) = taken(x.file(x.request(patient=patient))).requests
    assert (request.member.given, request.member.address) == ("ISA", "ISA\nSTREET")


def test_several_interchanges_with_their_own_separators_are_told_apart() -> None:
    bad = [*x.interchange(TWO, control="000000102")]
    bad[-1] = "IEA*1*000000999"
    extracted = taken(x.text(GOOD) + b"\r\n" + x.text(bad, "\n", "|>!"))
    assert [r.reference for r in extracted.requests] == ["REQ-1", "REQ-2"]
    assert placed(extracted) == [("warning", "control-mismatch", f": interchange 2, segment {len(GOOD) + len(bad)} (IEA)")]
    receipts = [p.where for p in extracted.problems if p.code == "missing-receipt"]
    assert receipts == [
        "night.x12: interchange 1, transaction 1, segment 4 (BHT)",
        f"night.x12: interchange 2, transaction 2, segment {len(GOOD) + 4} (BHT)",
    ]


def test_other_transaction_sets_are_reported_and_stepped_over() -> None:
    claim = x.transaction(["BHT*0019*00*1*20261001*0930*CH", "HL*1**20*1"], "0007", "005010X222A1", "837")
    head, group, *told = x.interchange(ONE)
    body = [head, group, *claim, *told[:-2], *claim[:1], claim[1], "SE*3*0007", "GE*3*7", told[-1]]
    extracted = taken(x.text(body))
    assert len(extracted.requests) == 1
    assert ("info", "other-transaction", ": segment 3 (ST)") in placed(extracted)
    assert "2 × 837" in next(p.message for p in extracted.problems if p.code == "other-transaction")


@pytest.mark.parametrize(
    ("segment", "told", "severity"),
    [
        ("TA1*000000905*261001*0930*A*000", "an interchange sent before (TA1): accepted", Severity.INFO),
        ("TA1*000000905*261001*0930*R*024", "an interchange sent before (TA1): rejected", Severity.WARNING),
        ("TA1*000000905*261001*0930*Q*024", "an interchange sent before (TA1): “Q”", Severity.WARNING),
    ],
)
def test_an_acknowledgment_says_what_it_answers(segment: str, told: str, severity: Severity) -> None:
    extracted = taken(x.text([GOOD[0], segment, "IEA*0*000000101"]))
    (problem,) = [p for p in extracted.problems if p.code == "acknowledgment"]
    assert (problem.severity, problem.where) == (severity, "night.x12: segment 2 (TA1)")
    assert told in problem.message
    assert [p.code for p in extracted.problems if p.severity is Severity.ERROR] == ["no-request"]


def test_a_999_says_what_became_of_a_group_sent_before() -> None:
    answer = x.transaction(["AK1*HI*7*005010X217", "AK2*278*0001*005010X217", "IK5*R*5", "AK9*R*1*1*0"], code="999", guide="005010X231A1")
    extracted = taken(x.text([GOOD[0], "GS*FA*LHP*SENDER*20261001*0930*7*X*005010X231A1", *answer, "GE*1*7", "IEA*1*000000101"]))
    assert extracted.requests == ()
    assert placed(extracted) == [
        ("warning", "acknowledgment", ": segment 7 (AK9)"),
        ("info", "other-transaction", ": segment 3 (ST)"),
        ("error", "no-request", ""),
    ]
    assert "a group sent before (999): rejected" in extracted.problems[0].message


@pytest.mark.parametrize("header", [GOOD[0][:-2], GOOD[0].replace("*261001*", "*x*"), GOOD[0].replace("SENDER", "S" * 30)])
def test_a_header_that_cannot_be_mended_is_said_to_be_broken(header: str) -> None:
    extracted = taken(x.text([header + "QQ", *GOOD[1:]]))
    assert same(extracted)
    assert ("error", "broken-header", "") in placed(extracted)


def changed(segment: str, other: str | None) -> list[str]:
    told = [other if s == segment else s for s in GOOD]
    assert told != GOOD
    return [s for s in told if s is not None]


@pytest.mark.parametrize(
    ("segment", "other", "problem"),
    [
        ("SE*17*0001", "SE*12*0001", ("warning", "count-mismatch", ": segment 19 (SE)")),
        ("SE*17*0001", "SE*x*0001", ("warning", "count-mismatch", ": segment 19 (SE)")),
        ("SE*17*0001", "SE*17*0002", ("warning", "control-mismatch", ": segment 19 (SE)")),
        ("SE*17*0001", None, ("warning", "missing-trailer", ": segment 3 (ST)")),
        ("GE*1*7", "GE*2*7", ("warning", "count-mismatch", ": segment 20 (GE)")),
        ("GE*1*7", "GE*1*8", ("warning", "control-mismatch", ": segment 20 (GE)")),
        ("GE*1*7", None, ("warning", "missing-trailer", ": segment 2 (GS)")),
        ("IEA*1*000000101", "IEA*3*000000101", ("warning", "count-mismatch", ": segment 21 (IEA)")),
        ("IEA*1*000000101", "IEA*1*1", ("warning", "control-mismatch", ": segment 21 (IEA)")),
        ("IEA*1*000000101", None, ("warning", "missing-trailer", ": segment 1 (ISA)")),
    ],
)
def test_counts_and_numbers_that_disagree_are_said_and_keep_nothing_out(
    segment: str, other: str | None, problem: tuple[str, str, str]
) -> None:
    extracted = taken(x.text(changed(segment, other)))
    assert same(extracted)
    assert placed(extracted) == [problem]


def test_a_truncated_file_keeps_its_whole_transactions() -> None:
    data = x.text(x.interchange(ONE, TWO))
    for at in range(data.index(b"ST*278*0002"), data.index(b"SE*17*0002")):
        extracted = taken(data[:at])
        assert [r.reference for r in extracted.requests] == ["REQ-1"]
        errors = [(p.code, p.where) for p in extracted.problems if p.severity is Severity.ERROR]
        assert errors in ([], [("truncated", "night.x12: transaction 2, segment 20 (ST)")])
        assert "missing-trailer" in said(extracted)


def test_an_interchange_that_breaks_into_a_transaction_cuts_it() -> None:
    first = x.text(x.interchange(ONE))
    cut = first[: first.index(b"SV1")]
    extracted = taken(cut + x.text(x.interchange(TWO, control="000000102")))
    assert [r.reference for r in extracted.requests] == ["REQ-2"]
    assert ("error", "truncated", ": interchange 1, transaction 1, segment 3 (ST)") in placed(extracted)


def test_the_same_control_numbers_twice_are_doubted() -> None:
    twice = x.interchange(ONE, TWO)
    twice = [s.replace("*0002", "*0001") if s[:3] in ("ST*", "SE*") else s for s in twice]
    extracted = taken(x.text(twice) + x.text(GOOD))
    assert [code for code in said(extracted) if code == "control-repeated"] == ["control-repeated"] * 2
    assert len(extracted.requests) == 3


@pytest.mark.parametrize("start", [0, 1])
def test_a_piece_without_an_envelope_is_read_and_says_so(start: int) -> None:
    group = [GOOD[1], *x.transaction(ONE), "GE*1*7"] if start == 0 else x.transaction(ONE)
    extracted = taken(x.text(group, "~\n"))
    assert same(extracted)
    assert said(extracted) == ["no-envelope"]


@pytest.mark.parametrize(("end", "marks"), [("\n", "*:^"), ("|", "*>^"), ("~", "|:^"), ("'", "+:^")])
def test_separators_of_a_piece_are_guessed_from_its_segments(end: str, marks: str) -> None:
    extracted = taken(x.text(x.transaction(ONE), end, marks))
    assert same(extracted)


def test_a_broken_header_is_an_error_and_what_follows_is_read() -> None:
    data = x.text([GOOD[0][:40], *GOOD[1:]])
    extracted = taken(data)
    assert same(extracted)
    assert ("error", "broken-header", "") in placed(extracted)


def test_text_before_the_first_header_is_not_read() -> None:
    extracted = extract(b"ST*\n" + x.text(GOOD), "night.x12", None, NOW)
    assert same(extracted)
    assert said(extracted) == ["stray-text"]


def test_segments_outside_of_transactions_are_said_once_a_run() -> None:
    extracted = taken(x.text([*GOOD[:2], "NM1*IL*1*X", "REF*1", *GOOD[2:-1], "REF*2", GOOD[-1], "SE*1*2", "GE*1*2", "IEA*1*2"]))
    assert placed(extracted) == [
        ("warning", "stray-segment", ": segment 3 (NM1)"),
        ("warning", "stray-segment", ": segment 23 (REF)"),
        ("warning", "stray-trailer", ": segment 25 (SE)"),
        ("warning", "stray-trailer", ": segment 26 (GE)"),
        ("warning", "stray-trailer", ": segment 27 (IEA)"),
    ]


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (lambda: x.interchange(ONE, group="HC"), ["group-code"]),
        (lambda: x.interchange(ONE, TWO, group="HC"), ["group-code"]),
        (lambda: [s.replace("X217", "X279") if s.startswith("GS") else s for s in GOOD], ["version-mismatch"]),
        (lambda: [s.replace("*005010X217", "") if s.startswith("ST") else s for s in GOOD], []),
        (lambda: x.interchange(ONE, guide="006020X315"), ["version-unknown"]),
        (lambda: x.interchange(ONE, guide="005010X217E1"), []),
        (lambda: x.interchange(ONE, usage="T"), ["test-data"]),
    ],
)
def test_groups_and_versions_of_another_kind_are_doubted(made: Callable[[], list[str]], codes: list[str]) -> None:
    extracted = taken(x.text(made()))
    assert extracted.requests
    assert said(extracted) == codes


def test_a_request_of_version_4010_is_reported_and_read() -> None:
    patient = ["HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "HI*BK:7245"]
    service = [
        "HL*4*3*19*1",
        "NM1*SJ*1*REED*ANA****XX*1234567893",
        "HL*5*4*SS*0",
        "TRN*1*T-4",
        "UM*HS*I*4*11:B",
        "DTP*472*D8*20050502",
        "SV1*HC:76120",
    ]
    old = x.request(bht="BHT*0078*13*OLD-1*20050501*0930", patient=patient, event=(), lines=service)
    extracted = taken(x.text(x.interchange(old, guide="004010X094A1", version="00401")))
    (request,) = extracted.requests
    assert said(extracted) == ["version-4010"]
    assert (request.kind, request.services[0].code, request.diagnoses[0].system) == (Kind.NEW, "76120", "ICD-9-CM")
    assert request.servicing_provider is not None
    assert request.servicing_provider.name == "ANA REED"


def test_a_file_without_any_278_says_what_it_holds() -> None:
    (problem,) = [p for p in taken(x.text([GOOD[0], "IEA*0*000000101"])).problems if p.severity is Severity.ERROR]
    assert (problem.code, problem.where, problem.message) == ("no-request", "night.x12", "The file holds no 278.")


def test_an_enormous_segment_keeps_its_own_transaction_out_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x12_segments, "LONGEST", 500)
    extracted = taken(x.file(x.request(lines=[*x.LINE, "MSG*" + "x" * 600]), TWO))
    assert [r.reference for r in extracted.requests] == ["REQ-2"]
    assert ("error", "segment-too-long", ": transaction 1, segment 19 (MSG)") in placed(extracted)


def test_a_transaction_of_too_many_segments_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x12_envelope, "MOST_SEGMENTS", 30)
    extracted = taken(x.file(x.request(lines=[*x.LINE, *["REF*BB*1"] * 40]), TWO))
    assert [r.reference for r in extracted.requests] == ["REQ-2"]
    assert ("error", "too-many-segments", ": transaction 1, segment 3 (ST)") in placed(extracted)


def test_a_file_of_too_many_segments_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x12_segments, "MOST", 25)
    extracted = taken(x.file(ONE, TWO))
    assert [r.reference for r in extracted.requests] == ["REQ-1"]
    assert {"too-many-segments", "truncated"} <= set(said(extracted))


def test_problems_beyond_all_bounds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x12_report, "MOST", 3)
    extracted = taken(x.text([GOOD[0], "GS*HC*A*B*20261001*0930*7*X*005010X279", *GOOD[2:-2], "GE*9*9", "IEA*9*9"]))
    assert [p.code for p in extracted.problems] == ["group-code", "version-mismatch", "missing-receipt", "more-problems"]
    assert extracted.problems[-1].message.startswith("There are 4 more problems")
    assert len(extracted.requests) == 1
