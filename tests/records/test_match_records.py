import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from ur_desk.domain.codes import System, Validity
from ur_desk.domain.findings import (
    Caution,
    CautionCode,
    CodeResult,
    CodeRow,
    Hit,
    HitKind,
    HitResult,
    MatchReport,
    PolicyMatch,
    Relation,
    Scope,
    SectionSpan,
    ServiceRow,
    Suggestion,
)
from ur_desk.domain.policy import Position, Sha256
from ur_desk.errors import UserError
from ur_desk.records.match import SCHEMA, report_bytes, report_data, report_from

REPORT = MatchReport(
    policies=(
        PolicyMatch(
            id="RAD.1",
            text=Sha256("a" * 64),
            title="Moving pictures – «é»",
            effective=date(2017, 9, 27),
            relation=Relation.CONFIRM_CONDITION,
            hits=(
                Hit(HitKind.PROCEDURE, "76496", HitResult.CONDITIONAL, 9, "76496 on line 1", 1, "76496", "when specified as video", False),
                Hit(HitKind.DIAGNOSIS, "M54.5", HitResult.LISTED, 12, "M54.5 in range", entry="M54.00-M54.9"),
            ),
            sections=(SectionSpan("coding", 8, 12),),
            position=Position.INVESTIGATIONAL,
            all_indications=True,
            version_note="In force from 09/27/2017.",
        ),
    ),
    codes=(
        CodeRow("76496", System.CPT, CodeResult.CONDITIONAL),
        CodeRow("M54.5", System.ICD10CM, CodeResult.LISTED, Validity.VALID, "Low back pain", "n"),
    ),
    services=(
        ServiceRow(1, ("RAD.1",), Suggestion.CONFIRM, Scope.SHOWN, Relation.CONFIRM_CONDITION),
        ServiceRow(2, (), Suggestion.NO_POLICY),
    ),
    suggestion=Suggestion.CONFIRM,
    cautions=(Caution(CautionCode.CONDITION_UNCONFIRMED, "Ask.", "RAD.1", 9), Caution(CautionCode.OTHER, "Odd.")),
)
EMPTY = MatchReport((), (), (ServiceRow(1, (), Suggestion.NO_POLICY),), Suggestion.NO_POLICY, ())


@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["full", "empty"])
def test_a_report_comes_back_unchanged(report: MatchReport) -> None:
    assert report_from(report_bytes(report)) == report


def test_the_data_names_its_form_and_uses_the_contract_s_words() -> None:
    data = report_data(REPORT)
    assert data["schema"] == SCHEMA == "ur-desk-match/1"
    assert data["policies"][0]["effective"] == "2017-09-27"
    assert data["policies"][0]["relation"] == "confirm_condition"
    assert data["policies"][0]["hits"][0]["condition_shown"] is False
    assert data["codes"][1] == {
        "code": "M54.5", "system": "ICD-10-CM", "result": "listed", "validity": "valid", "description": "Low back pain", "note": "n",
    }  # fmt: skip
    assert data["services"][1]["scope"] is None
    json.dumps(data)


def test_equal_reports_give_equal_bytes_and_others_do_not() -> None:
    assert report_bytes(REPORT) == report_bytes(replace(REPORT))
    assert report_bytes(REPORT) != report_bytes(EMPTY)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "damaged"),
        (b"{}", "damaged"),
        (b'{"schema": "ur-desk-match/1"}', "damaged"),
        (report_bytes(REPORT)[:-40], "damaged"),
        (b'{"schema": "ur-desk-match/9"}', "newer version"),
    ],
)
def test_what_is_no_report_is_refused_in_plain_words(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says):
        report_from(data)


@pytest.mark.samples
def test_the_data_keeps_to_the_contract() -> None:
    contract = Path(os.environ["UR_DESK_SAMPLES"]).parent / "contract" / "match.schema.json"
    schema = json.loads(contract.read_text(encoding="utf-8"))
    for report in (REPORT, EMPTY):
        jsonschema.validate(report_data(report), schema)
