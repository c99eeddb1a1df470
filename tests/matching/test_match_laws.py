"""What holds for every request and every library."""

import json
import os
import re
import string
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from match_builders import DAY, Line, diagnosis_row, moving_pictures, policy, request, shelved, statement
from match_table import TABLE, rows

from ur_desk import paths
from ur_desk.codesets import icd10cm
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import CautionCode, HitResult, MatchReport, Relation, Suggestion
from ur_desk.domain.policy import CodeEntry, Position, Shelved
from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.matching import Index, match
from ur_desk.matching.slabs import Slabs
from ur_desk.matching.wording import sentences
from ur_desk.records.match import report_bytes, report_data, report_from


@cache
def codes() -> CodeSet:
    return icd10cm.load(paths.resources())


@cache
def library() -> tuple[Shelved, ...]:
    """Several versions and kinds, with ties between them."""
    other = policy(
        "SUR.1", [statement("The knee is weighed.", "knee brace", criteria=True)], [CodeEntry(System.CPT, "76120", None, 2, "76120")]
    )
    favours = policy("PRO.1", [statement("Pictures of the spine.", "videofluoroscopy")], [diagnosis_row("M54.2", 2)])
    return (
        shelved(moving_pictures()),
        shelved(moving_pictures(effective=date(2015, 1, 1), last_review=date(2014, 1, 1))),
        Shelved(moving_pictures(abstract=True)),
        Shelved(moving_pictures(name="IMG.00200")),
        shelved(other),
        shelved(favours, applies_to=("fehb",)),
    )


@cache
def index() -> Index:
    return Index(library(), codes())


CODES = st.sampled_from(["76120", "76125", "76496", "76499", "72114", "74230", "97110", "7612", "0123T", "J0139", None])
DX = st.sampled_from(["M54.5", "M54.50", "M54.2", "S13.4XXA", "S13.9XXA", "R13.12", "Z00.00", "M54", "724.2", "M88.1", "XYZ"])
PIECES = (
    "cineradiography|videofluoroscopy|digital motion x-ray|DMX|MRI|films|of the|lumbar spine|neck|pharynx|knee|not|no|without|,|;|swallow study|"
    "done last year|flexion-extension|knee brace|for|pain|dynamic visualization"
)
WORDS = st.lists(st.sampled_from(PIECES.split("|")), max_size=10).map(" ".join)
DAYS = st.sampled_from([None, date(2015, 6, 1), date(2017, 9, 27), DAY, date(2018, 9, 1), date(2023, 2, 1)])
LINES = st.builds(Line, CODES, WORDS | st.none() | st.text(max_size=60), DAYS)
REQUESTS = st.builds(
    lambda lines, dx, business: request(*lines, dx=" ".join(dx), business=business),
    st.lists(LINES, min_size=1, max_size=3),
    st.lists(DX, max_size=4),
    st.sampled_from([None, LineOfBusiness.COMMERCIAL_INSURED, LineOfBusiness.FEHB]),
)


@given(REQUESTS)
def test_a_report_is_the_same_every_time_and_comes_back_from_its_bytes(asked: Request) -> None:
    report = match(asked, index(), codes())
    assert match(asked, index(), codes()) == report
    assert report_from(report_bytes(report)) == report


@given(REQUESTS, st.permutations(range(6)))
def test_the_order_of_the_library_changes_nothing(asked: Request, order: list[int]) -> None:
    assert match(asked, [library()[at] for at in order], codes()) == match(asked, index(), codes())


@given(REQUESTS)
def test_every_code_has_a_row_and_every_line_too(asked: Request) -> None:
    report = match(asked, index(), codes())
    wanted = {each.code for each in asked.diagnoses} | {service.code for service in asked.services if service.code}
    assert {row.code for row in report.codes} == wanted
    assert len(report.codes) == len({(row.system, row.code) for row in report.codes})
    assert [row.line for row in report.services] == [service.line for service in asked.services]


@pytest.mark.toy(4, 6)
@given(REQUESTS)
def test_the_suggestion_is_the_first_that_any_line_has_and_never_an_outcome(asked: Request) -> None:
    report = match(asked, index(), codes())
    order = list(Suggestion)
    assert report.suggestion is min((row.suggestion for row in report.services), key=order.index)
    assert not {"approve", "approved", "deny", "denied", "denial"} & all_words(report)
    for row in report.services:
        assert (row.suggestion is Suggestion.NO_POLICY) == (row.policies == ())


def all_words(report: MatchReport) -> set[str]:
    """Every word that the report says of its own accord."""
    said = [hit.why for found in report.policies for hit in found.hits]
    said += [row.note or "" for row in report.codes] + [caution.message for caution in report.cautions]
    return set(re.findall(r"[a-z]+", " ".join((*said, *(row.suggestion.value for row in report.services))).lower()))


@given(REQUESTS)
def test_policies_stand_best_first_and_every_hit_stands_in_the_text(asked: Request) -> None:
    report = match(asked, index(), codes())
    ranks = [list(Relation).index(found.relation) for found in report.policies]
    assert ranks == sorted(ranks)
    texts = {item.policy.text.sha256: len(item.policy.text.lines) for item in library()}
    for found in report.policies:
        assert found.hits
        assert all(hit.line is not None and 1 <= hit.line <= texts[found.text] for hit in found.hits)
        assert all(section.first_line <= section.last_line <= texts[found.text] for section in found.sections)
        assert found.id != "IMG.00100" or found.effective in (date(2015, 1, 1), date(2017, 9, 27))


UNLISTED = st.lists(st.sampled_from(["Z00.00", "G89.29", "R13.12", "I10", "J45.909"]), max_size=4)


@pytest.mark.toy(4, 6)
@given(UNLISTED, st.sampled_from(["Cineradiography of the lumbar spine", "Dynamic spinal visualization", "Cineradiography, low back"]))
def test_an_unlisted_diagnosis_never_changes_a_position_for_all_indications(unlisted: list[str], words: str) -> None:
    plain = match(request(Line("76120", words)), index(), codes())
    report = match(request(Line("76120", words), dx=" ".join(unlisted)), index(), codes())
    assert report.policies[0].relation is plain.policies[0].relation is Relation.APPLIES
    assert report.suggestion is plain.suggestion is Suggestion.REFER


@given(st.lists(DX, max_size=4), st.sampled_from(["Swallow study", "Cineradiography of the pharynx", "Upright MRI of the lumbar spine"]))
def test_no_diagnosis_rescues_words_that_name_something_else(dx: list[str], words: str) -> None:
    report = match(request(Line("76120", words), dx=" ".join(dx)), [library()[0]], codes())
    assert report.policies[0].relation is Relation.CONFIRM_SCOPE
    assert report.suggestion is Suggestion.CONFIRM


@given(DX, DAYS)
def test_a_row_agrees_with_the_hits_behind_it(dx: str, day: date | None) -> None:
    report = match(request(Line("76120", day=day), dx=dx), [library()[0]], codes())
    results = {hit.result for found in report.policies for hit in found.hits if hit.value == report.codes[1].code}
    expected = {HitResult(report.codes[1].result.value)} if report.codes[1].result.value in set(HitResult) else set()
    assert results == expected
    assert (report.codes[1].result.value == "invalid") == any(caution.code is CautionCode.INVALID_CODE for caution in report.cautions)


RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=30)


@given(RANGES, st.integers(-1, 61), st.integers(0, 20))
def test_slabs_hold_what_a_plain_look_at_every_range_holds(ranges: list[list[int]], place: int, width: int) -> None:
    slabs = Slabs([(float(low), float(high), number) for number, (low, high) in enumerate(ranges)])
    for at in (float(place), place + 0.5):
        assert sorted(slabs.holding(at)) == [n for n, (low, high) in enumerate(ranges) if low <= at <= high]
    touching = [n for n, (low, high) in enumerate(ranges) if low <= place + width and high >= place]
    assert sorted(slabs.touching(float(place), float(place + width))) == touching


def test_every_sentence_is_used_and_every_key_that_is_used_exists() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in (Path(paths.__file__).parent / "matching").glob("*.py"))
    plain = set(re.findall(r'"((?:hit|row|caution|version|lines|validity)\.[a-z0-9_]+)"', source))
    assert plain <= set(sentences())
    made = {
        "hit": ("names_", "denies_"),
        "row": ("names_", "denies_"),
        "caution": ("scope_names_", "scope_denies_", "lob_", "not_yet", "no_longer", "force_", "processing_", "retired"),
    }
    made |= {"version": ("not_yet", "no_longer", "force_", "processing_"), "validity": ("",)}
    for key in set(sentences()) - plain:
        group, _, name = key.partition(".")
        assert name.startswith(made.get(group, ())), key


def test_sentences_end_as_sentences_do_and_name_no_outcome() -> None:
    for key, sentence in sentences().items():
        fields = [name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None]
        assert all(name.isidentifier() for name in fields), key
        assert not re.search(r"approv|den(?:y|ied|ial)|reject", sentence, re.IGNORECASE), key
        if key.startswith(("row.", "caution.", "version.")):
            assert sentence.endswith("."), key
        if key.startswith("hit."):
            assert len(sentence) < 90, key


@pytest.mark.samples
def test_every_report_of_the_table_keeps_to_the_contract() -> None:
    contract = Path(os.environ["UR_DESK_SAMPLES"]).parent / "contract" / "match.schema.json"
    validator = jsonschema.Draft202012Validator(json.loads(contract.read_text(encoding="utf-8")))
    for row in rows(TABLE):
        data = report_data(match(request(Line(row.code, row.words), dx=row.dx), index(), codes()))
        validator.validate(data)
        assert Position(data["policies"][0]["position"]) if data["policies"] else True
