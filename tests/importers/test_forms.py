"""What filled-in forms propose: fields of a form, notes laid over its lines, labels in print; and what is no form."""

import hashlib
from pathlib import Path

import pytest
import record_makers as make
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.documents.record_pages import form
from ur_desk.domain.intake.attached import FieldPage
from ur_desk.domain.intake.proposing import Proposed, with_proposals
from ur_desk.domain.intake.sheets import Filled, Sheet, Word
from ur_desk.domain.intake.typed import Draft, MemberDraft, ServiceDraft
from ur_desk.importers.forms import proposals


def told(data: bytes) -> dict[str, str]:
    return {each.field: each.text for each in proposals(form(data, "x"))}


def test_the_fields_of_a_fillable_form_are_mapped_by_their_names_and_tips() -> None:
    data = make.form(
        {"Text1": "Pat Q Doe", "memberId": "W4417", "DOB": "2/3/1971", "npi": "1558597798", "cpt": "76120, 97110", "dx": "M54.5 low back", "qty": "12 visits", "x9": "?"},
        {"Urgent": True},
        {"Text1": "Patient Name", "DOB": "Date of Birth", "dx": "Diagnosis code"},
    )  # fmt: skip
    assert told(data) == {
        "member.family": "Doe",
        "member.given": "Pat Q",
        "member.member_id": "W4417",
        "member.birth_date": "02/03/1971",
        "requesting_provider.npi": "1558597798",
        "services.1.code": "76120",
        "services.2.code": "97110",
        "diagnoses.1.code": "M54.5",
        "services.1.quantity": "12",
        "services.1.unit": "visits",
        "urgency": "expedited",
    }


FLAT = (
    "Prior Authorization Request Form\n"
    "Member Information\n"
    "Name: Doe, Pat   Member ID: W4417   Date of Birth: 02/03/1971\n"
    "Provider Information\n"
    "Name: Priya Natarajan   NPI: 1558597798   Fax: 317-555-0127\n"
    "CPT code: 76120   Diagnosis code: M54.5   Date of service: 10/12/2017"
)


def test_labels_in_print_are_read_up_to_the_next_label_each_in_its_part_of_the_form() -> None:
    assert told(make.pdf(FLAT)) == {
        "member.family": "Doe",
        "member.given": "Pat",
        "member.member_id": "W4417",
        "member.birth_date": "02/03/1971",
        "requesting_provider.name": "Priya Natarajan",
        "requesting_provider.npi": "1558597798",
        "requesting_provider.fax": "317-555-0127",
        "services.1.code": "76120",
        "diagnoses.1.code": "M54.5",
        "services.1.first_day": "10/12/2017",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Radiology report\nPatient name: Pat Doe   DOB: 02/03/1971   MRN: 4417\nImpression: nothing new",
        "Prior authorization request form\nPlease call us.",
        "",
    ],
)
def test_a_record_that_names_its_member_is_no_form_and_proposes_nothing(text: str) -> None:
    assert told(make.pdf(text)) == {}


def test_the_receipt_the_plans_state_and_what_may_mean_something_else_are_never_proposed() -> None:
    data = make.form({"received_date": "10/05/2017", "state": "IN", "status": "approved", "id": "4417", "date": "10/05/2017"})
    assert told(data) == {}


def test_an_amount_or_a_code_that_cannot_be_read_is_not_proposed() -> None:
    assert told(make.form({"quantity": "as needed", "cpt": "see notes", "diagnosis": "Crohn's disease", "dob": "unknown"})) == {}


def test_proposals_fill_empty_fields_only_and_wait_with_their_page() -> None:
    draft = Draft(member=MemberDraft(family="Typed"), services=(ServiceDraft(code="97110"),))
    record = make.record()
    filled = with_proposals(
        draft,
        record,
        [Proposed("member.family", "Doe", 1), Proposed("member.given", "Pat", 1), Proposed("services.1.code", "76120", 2), Proposed("services.2.code", "72100", 2),
         Proposed("nothing.such", "x", 1), Proposed("diagnoses.1.nothing", "x", 1)],
    )  # fmt: skip
    assert (filled.member.family, filled.member.given) == ("Typed", "Pat")
    assert [row.code for row in filled.services] == ["97110", "72100"]
    assert filled.field_pages == tuple(
        FieldPage(field, record.sha256, page, confirmed=False) for field, page in (("member.given", 1), ("services.2.code", 2))
    )


boxes = st.tuples(*[st.floats(0, 1)] * 4)
labels = st.sampled_from(
    ["Patient", "Name:", "Member", "ID:", "DOB:", "(see", "CPT", "code:", "*", "City:", "Form", "Prior", "Authorization", ":", "::"]
)


@given(
    st.lists(st.tuples(labels | st.text(max_size=8), st.integers(0, 5), boxes), max_size=40),
    st.lists(st.tuples(st.text(max_size=30), boxes, st.lists(labels | st.text(max_size=8), max_size=2)), max_size=12),
)
def test_any_words_and_anything_filled_in_give_proposals_and_nothing_else(
    words: list[tuple[str, int, tuple[float, ...]]], filled: list[tuple[str, tuple[float, ...], list[str]]]
) -> None:
    sheet = Sheet(tuple(Word(t, n, *b) for t, n, b in words), tuple(Filled(1, t, *b, tuple(names)) for t, b, names in filled))
    for each in proposals((sheet,)):
        assert each.text
        with_proposals(Draft(), make.record(), [each])


SAME = {
    "member.birth_date": "4745be6a", "member.family": "95a2f1ed", "member.given": "7e8c729e", "member.member_id": "611ff1be",
    "member.phone": "d36e8308", "requesting_provider.address": "cf4c40e5", "requesting_provider.fax": "142300e7",
    "requesting_provider.name": "de73594b", "requesting_provider.phone": "abe011ae",
}  # fmt: skip
"""Read by hand on both pages, written down as the first digits of the sha256 of what one would type."""
BY_HAND = {
    "001_a": {"member.address": "f4f21da8", "requesting_provider.contact": "4f1af3ed"},
    "001_b": {"member.address": "e54eac35", "requesting_provider.contact": "4c0717cf"},
}


@pytest.mark.samples
@pytest.mark.parametrize("case", list(BY_HAND))
def test_the_sample_forms_propose_what_was_read_on_them_by_hand(samples: Path, case: str) -> None:
    (file,) = (samples / "csv" / "pa-case-pdfs").glob(f"{case}_pa_form_*.pdf")
    found = told(file.read_bytes())
    # the amount, its unit, a specialty, and one drug; no drug that was tried before, no code: the form names none
    assert (found.pop("services.1.quantity"), found.pop("services.1.unit")) == ("16", "injections")
    assert len(found.pop("requesting_provider.credential").split()) == {"001_a": 2, "001_b": 1}[case]
    assert found["services.1.description"].startswith("Adalimumab")
    assert "ylpred" not in found.pop("services.1.description")
    assert {field: hashlib.sha256(text.encode()).hexdigest()[:8] for field, text in found.items()} == SAME | BY_HAND[case]


@pytest.mark.samples
def test_the_sample_notes_labs_and_images_are_records_and_propose_nothing(samples: Path) -> None:
    files = [file for file in (samples / "csv" / "pa-case-pdfs").glob("*.pdf") if "_pa_form_" not in file.name]
    assert len(files) == 6
    assert [told(file.read_bytes()) for file in files] == [{}] * 6
