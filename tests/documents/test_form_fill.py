"""Official forms filled in: every value whole in its field or refused, the same bytes each time, a mark that shows."""

import io

import pytest
from builders import FORM_FIELDS, denial_form
from pypdf import PdfReader
from record_makers import PAGES, locked

from ur_desk.documents import forms_apart
from ur_desk.documents.form_fill import fields, fill, printed
from ur_desk.documents.pages import page_images
from ur_desk.errors import UserError

FORM = denial_form()[1]
VALUES = {"Form member_name": "Zofia Żółć", "Form reason": "One sentence.\nAnother “sentence”.", "Form letter_date": "November 11, 2026"}


def test_the_fields_of_a_form_are_told_in_their_order() -> None:
    assert fields(FORM, "f.pdf") == tuple(f"Form {name}" for name in FORM_FIELDS)
    assert "OMB Approval No. 0938-9999" in printed(FORM, "f.pdf")


def test_every_value_stands_in_its_field_and_the_others_stay_empty() -> None:
    told = PdfReader(io.BytesIO(fill(FORM, "f.pdf", VALUES))).get_form_text_fields()
    assert {name: (value or "").replace("\r\n", "\n") for name, value in told.items() if value} == VALUES


def test_the_same_values_give_the_same_bytes_and_others_do_not() -> None:
    once = fill(FORM, "f.pdf", VALUES, "DRAFT")
    assert once == fill(FORM, "f.pdf", dict(reversed(VALUES.items())), "DRAFT")
    assert once != fill(FORM, "f.pdf", {**VALUES, "Form reason": "Another."}, "DRAFT")


def test_the_mark_is_drawn_across_the_page_and_only_where_it_is_asked_for() -> None:
    marked = PdfReader(io.BytesIO(fill(FORM, "f.pdf", VALUES, "SPECIMEN"))).pages[0].extract_text()
    assert "SPECIMEN" in marked
    assert "SPECIMEN" not in PdfReader(io.BytesIO(fill(FORM, "f.pdf", VALUES))).pages[0].extract_text()


def test_what_is_filled_in_is_drawn_where_the_program_shows_and_prints_pages() -> None:
    def ink(pdf: bytes) -> int:
        (page,) = page_images(pdf, 2)
        return sum(1 for shade in page.rgba[::4] if shade < 100)

    assert ink(fill(FORM, "f.pdf", {"Form reason": "Many words in a row. " * 10})) > ink(FORM) + 100


@pytest.mark.parametrize(
    ("values", "because"),
    [
        ({"Form reason": "word " * 2000}, "“Form reason” does not take the whole text"),
        ({"Nowhere": "x"}, "has no field “Nowhere”"),
    ],
)
def test_what_would_not_show_whole_is_refused(values: dict[str, str], because: str) -> None:
    with pytest.raises(UserError, match=because):
        fill(FORM, "f.pdf", values)


@pytest.mark.parametrize(
    ("data", "because"),
    [(b"", "damaged"), (b"%PDF-1.7 nothing", "damaged"), (FORM[:900], "damaged"), (PAGES, "has no fields"), (locked(FORM), "password")],
)
def test_what_is_no_form_is_refused(data: bytes, because: str) -> None:
    with pytest.raises(UserError, match=because):
        fields(data, "f.pdf")


def test_forms_are_read_and_filled_in_a_process_of_their_own() -> None:
    looked = forms_apart.look(FORM, "f.pdf")
    assert looked.fields == fields(FORM, "f.pdf")
    assert forms_apart.fill(FORM, "f.pdf", VALUES, "DRAFT") == fill(FORM, "f.pdf", VALUES, "DRAFT")
    with pytest.raises(UserError, match="has no field"):
        forms_apart.fill(FORM, "f.pdf", {"Nowhere": "x"})
