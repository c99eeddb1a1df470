"""Codes inside a line: every dash and word of a range, wildcards, slips of the key; and nothing is lost."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.documents.code_cells import cell
from ur_desk.documents.code_scan import looks_like_code, scan
from ur_desk.domain.codes import System

ICD, CPT, HCPCS, OTHER = System.ICD10CM, System.CPT, System.HCPCS, System.OTHER


@pytest.mark.parametrize(
    ("text", "system", "expected"),
    [
        ("C71.0-C71.9", ICD, [(ICD, "C71.0", "C71.9")]),
        *((f"C71.0{dash}C71.9", ICD, [(ICD, "C71.0", "C71.9")]) for dash in "‐‑‒–—−"),
        ("M25.50- M25.579", ICD, [(ICD, "M25.50", "M25.579")]),
        ("C49.20 - C49.22", ICD, [(ICD, "C49.20", "C49.22")]),
        ("M05.051 thru M97.12XS", ICD, [(ICD, "M05.051", "M97.12XS")]),
        ("99202 through 99215", None, [(CPT, "99202", "99215")]),
        ("99202 to 99205", None, [(CPT, "99202", "99205")]),
        ("S82.92Xn, C7b.02", ICD, [(ICD, "S82.92XN", None), (ICD, "C7B.02", None)]),
        ("H90A11-H90A32", ICD, [(ICD, "H90.A11", "H90.A32")]),
        ("K50-K52", ICD, [(ICD, "K50", "K52")]),
        ("C19, C20,C78.5", ICD, [(ICD, "C19", None), (ICD, "C20", None), (ICD, "C78.5", None)]),
        ("Z85.3  Z80.3", ICD, [(ICD, "Z85.3", None), (ICD, "Z80.3", None)]),
        ("M23.20x", None, [(ICD, "M23.20", "M23.20")]),
        ("S83.5xx", None, [(ICD, "S83.5", "S83.5")]),
        ("M54.x", None, [(ICD, "M54", "M54")]),
        ("M23.-", ICD, [(ICD, "M23", "M23")]),
        ("M23.2-, M24", ICD, [(ICD, "M23.2", "M23.2"), (ICD, "M24", None)]),
        ("S42.00xA", ICD, [(ICD, "S42.00XA", None)]),
        ("S12.x-S32.x", ICD, [(ICD, "S12", "S32")]),
        ("E10.x - E13.xx", None, [(ICD, "E10", "E13")]),
        ("23xxx", CPT, [(CPT, "23000", "23999")]),
        ("L86xx", None, [(HCPCS, "L8600", "L8699")]),
        ("76120-26", CPT, [(CPT, "76120", None)]),
        ("76120 - Moving pictures", CPT, [(CPT, "76120", None)]),
        ("M25.50-.579", ICD, [(OTHER, "M25.50-.579", None)]),
        ("K50.0-9", ICD, [(OTHER, "K50.0-9", None)]),
        ("M05 \u2013 M14", ICD, [(ICD, "M05", "M14")]),
        ("from M05 through M14", ICD, [(ICD, "M05", "M14")]),
        ("G0123\u2212G0145", None, [(HCPCS, "G0123", "G0145")]),
        ("C50.621-C50-629", ICD, [(OTHER, "C50.621-C50-629", None)]),
        ("7612O", CPT, [(OTHER, "7612O", None)]),
        ("876250", CPT, [(OTHER, "876250", None)]),
        ("at least 6 weeks, 3-5 days", None, []),
        ("between C3 and C7", None, [(OTHER, "C3", None), (OTHER, "C7", None)]),
    ],
)
def test_a_code_is_read_with_all_that_belongs_to_it(
    text: str, system: System | None, expected: list[tuple[System, str, str | None]]
) -> None:
    found = scan(text, system)
    assert [(piece.system, piece.low, piece.high) for piece in found] == expected
    assert all(text[piece.start : piece.end] == piece.raw for piece in found)


@given(st.text("ABCEMSXabx0123456789.-–, ()to;", max_size=60), st.sampled_from([None, ICD, CPT]))
def test_pieces_stand_in_order_and_hold_every_word_that_looks_like_a_code(text: str, system: System | None) -> None:
    found = scan(text, system)
    ends = [0, *(piece.end for piece in found)]
    assert all(before <= piece.start < piece.end for before, piece in zip(ends, found, strict=False))
    for word in re.finditer(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*", text):
        if looks_like_code(word[0]) and any(c.isdigit() for c in word[0]):
            assert any(piece.start <= word.start() and word.end() <= piece.end for piece in found), word[0]


@pytest.mark.parametrize(
    ("text", "words", "every"),
    [
        ("N39.3, R15.0-R15.9", [], False),
        ("Policy Applies to All Applicable Diagnoses", [], True),
        ("H04.121-H04.129; Policy Applies to All Applicable Diagnoses", [], True),
        ("Policy Applies to Breast Related Diagnoses", ["Policy Applies to Breast Related Diagnoses"], False),
        ("L40.50 (please see the manual for specific dx codes)", ["please see the manual for specific dx codes"], False),
        ("N39.3 and R15.0", [], False),
        ("", [], False),
    ],
)
def test_a_cells_words_are_told_apart_from_its_codes(text: str, words: list[str], every: bool) -> None:
    read = cell(text, ICD)
    assert ([each.raw for each in read.words], read.every) == (words, every)
    assert all(text[each.start : each.end] == each.raw for each in read.words)


def test_what_is_not_understood_is_a_finding_with_its_raw_text() -> None:
    read = cell("C50.621-C50-629, as the chart says", ICD)
    assert [(found.rule, found.line, found.raw) for found in read.findings(7)] == [
        ("code-unreadable", 7, "C50.621-C50-629"),
        ("code-words", 7, "as the chart says"),
    ]
    assert [entry.raw for entry in read.entries(7)] == ["C50.621-C50-629"]


@pytest.mark.samples
def test_all_cells_of_a_payers_grid_are_read_without_loss(samples: Path) -> None:
    cells = json.loads((samples / "icd" / "fep_policy_icd_texts.json").read_text("utf-8"))
    assert len(cells) == 404
    pieces, unread = 0, []
    for each in cells:
        text = each["icd_text"]
        read = cell(text, ICD)
        spans = [(p.start, p.end) for p in read.pieces] + [(w.start, w.end) for w in read.words]
        for place, character in enumerate(text):
            inside = any(start <= place < end for start, end in spans)
            assert inside or character in " ,;()-" or read.every, (each["policy"], place, character)
        for word in re.finditer(r"\S*\d\S*", text):
            assert any(start < word.end() and word.start() < end for start, end in spans), (each["policy"], word[0])
        assert all(text[p.start : p.end] == p.raw for p in read.pieces)
        # every digit stands in a code or range that is read, or in a finding with its raw text
        found = [finding.raw for finding in read.findings(1)]
        assert all(any(start <= at < end for start, end in spans) for at, c in enumerate(text) if c.isdigit())
        unread += [(each["policy"], raw) for raw in found]
        pieces += len(read.pieces)
    assert pieces == 511
    assert unread == [
        ("6.01.29", "C50.621-C50-629"),
        ("7.01.153", "Policy Applies to Breast Related Diagnoses"),
        ("7.01.161", "please see MPP Policy for specific dx codes"),
    ]


def test_a_code_that_only_says_where_the_list_stands_is_a_word_of_the_cell() -> None:
    read = cell("Same as E0990 plus conditions (G82.x, G12.21)", ICD)
    assert [piece.raw for piece in read.pieces] == ["G82.x", "G12.21"]
    assert read.words[0].raw.startswith("Same as E0990 plus conditions")
