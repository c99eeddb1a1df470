"""A PDF becomes numbered lines with their pages: wrapped rows are one line again, furniture stands apart, scans and damage are refused."""

import io
from collections.abc import Callable
from typing import Any

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.documents.formats import pdf_furniture
from ur_desk.documents.formats.pdf import MOST_PAGES, read_pdf
from ur_desk.documents.formats.pdf_rows import Cell, Row, is_label
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LineKind, SectionKind
from ur_desk.errors import UserError

WIDE = "A row that is as wide as the rows of a page are, from its left edge to its right one, and ends there."


def drawn(*pages: Callable[[Any], None]) -> bytes:
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rows(*told: tuple[float, float, str], font: str = "Helvetica", size: float = 11) -> Callable[[Any], None]:
    """A page with words at (x, y)."""

    def page(canvas: Any) -> None:
        canvas.setFont(font, size)
        for x, y, words in told:
            canvas.drawString(x, y, words)

    return page


def lines(data: bytes) -> list[str]:
    return [line.text.strip() for line in read_pdf(data, "x.pdf").text.lines]


def test_a_document_becomes_a_policy_with_its_facts_and_pages(codeset: CodeSet) -> None:
    policy = read(make.gait_pdf(), "gait.pdf", codeset)
    assert (policy.id, policy.title, str(policy.version.effective)) == ("XYZ-104", "Pulsed Light Gait Mapping", "2024-03-15")
    assert [s.kind for s in policy.sections] == [SectionKind.HEADER, SectionKind.POSITION, SectionKind.CODING, SectionKind.REFERENCES]
    assert [(e.low, policy.text.line(e.line).page) for e in policy.codes] == [("M72.2", 2), ("76999", 2)]
    assert [line.page for line in policy.text.lines] == sorted(line.page or 0 for line in policy.text.lines)


def test_furniture_stands_apart_and_is_never_glued_to_text() -> None:
    text = read_pdf(make.gait_pdf(), "gait.pdf").text
    assert {f.text.split("   ")[0] for f in text.furniture} == {make.HEAD, make.FOOT}
    assert [f.page for f in text.furniture] == [1, 1, 2, 2, 3, 3]
    assert not any(make.HEAD in line.text or make.FOOT in line.text or "Page " in line.text for line in text.lines)


def test_a_sentence_that_runs_over_the_page_is_one_line_on_its_first_page() -> None:
    (line,) = (line for line in read_pdf(make.gait_pdf(), "x").text.lines if line.text.startswith("A paragraph"))
    assert line.text.endswith("should ever see.")
    assert line.page == 2


def test_a_number_in_brackets_at_the_start_of_a_row_is_no_item() -> None:
    told = lines(make.gait_pdf())
    (item,) = (line for line in told if line.startswith("(a)"))
    assert item.endswith("at least (3) on each side.")


def test_items_hang_on_their_labels_and_are_set_in_by_their_place() -> None:
    items = [(line.text, line.level) for line in read_pdf(make.gait_pdf(), "x").text.lines if line.kind is LineKind.ITEM]
    assert [text.strip()[:4] for text, _ in items] == ["1. T", "2. O", "(a) ", "1. C"]
    assert items[0][1] == items[1][1] < items[2][1]


def test_raised_marks_stay_apart_from_the_word_before_them() -> None:
    (item,) = (line for line in lines(make.gait_pdf()) if line.startswith("1. The"))
    assert item.endswith("person; ¹,²")


def test_a_row_that_wraps_inside_a_cell_stays_one_row() -> None:
    page = rows((72, 700, "M72.2"), (200, 700, "Thickened band of the"), (200, 687, "foot"), (72, 660, "76999"), (200, 660, "Lamp study"))
    long = rows((72, 700, "Words that fill the page so that it is no scan of a page."))
    assert lines(drawn(page, long))[:2] == ["M72.2 | Thickened band of the foot", "76999 | Lamp study"]


def test_a_word_broken_at_the_end_of_a_row_keeps_its_hyphen() -> None:
    page = rows(
        (72, 700, "The first row of this paragraph is as long as a row of this page can be, a second-"), (72, 687, "line follows it.")
    )
    assert lines(drawn(page)) == ["The first row of this paragraph is as long as a row of this page can be, a second-line follows it."]


def test_a_stamp_across_the_page_is_furniture() -> None:
    def page(canvas: Any) -> None:
        rows((72, 266, WIDE), *((72, 700 - 14 * n, f"Row {n} of the page with some words in it.") for n in range(30)))(canvas)
        canvas.setFont("Helvetica", 120)
        canvas.drawString(72, 364, "HISTORY")

    source = read_pdf(drawn(page), "x")
    assert [f.text for f in source.text.furniture] == ["HISTORY"]
    assert len(source.text.lines) == 31


LEFT = [f"{word} row of the left column is as long as the column" for word in ("First", "next", "then a", "fourth", "fifth", "sixth")]
RIGHT = [f"{word} row of the right column is as long as the column" for word in ("first", "next", "then a", "fourth", "fifth", "sixth")]


@pytest.mark.parametrize("lower", [0, 5], ids=["on one height", "on heights of their own"])
def test_two_columns_are_read_one_after_the_other_and_told(lower: int) -> None:
    left = [(72, 680 - 13 * n, LEFT[n % 6]) for n in range(20)]
    right = [(330, 680 - lower - 13 * n, RIGHT[n % 6]) for n in range(20)]
    source = read_pdf(drawn(rows((72, 720, WIDE), *left, *right, size=9)), "x")
    told = " ".join(line.text for line in source.text.lines)
    assert told.count("left column") == told.count("right column") == 20
    assert told.rindex("left column") < told.index("right column")
    assert source.text.lines[0].text == WIDE
    assert [note.rule for note in source.notes] == ["columns-read"]


def test_a_table_of_two_columns_is_a_table() -> None:
    told = [(72, 700 - 15 * n, f"M{70 + n}.2") for n in range(20)] + [
        (330, 700 - 15 * n, f"Thickened band number {n} under the foot") for n in range(20)
    ]
    source = read_pdf(drawn(rows(*told)), "x")
    assert [line.kind for line in source.text.lines] == [LineKind.ROW] * 20
    assert source.notes == ()


@pytest.mark.parametrize(("turn", "x", "y"), [(90, 612, 0), (180, 612, 792), (270, 0, 792)])
@pytest.mark.parametrize("told", [True, False], ids=["the page says so", "the page does not say"])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int, x: int, y: int, told: bool) -> None:
    def page(canvas: Any) -> None:
        if told:
            canvas.setPageRotation(turn)
        canvas.translate(x, y)
        canvas.rotate(turn)
        rows((72, 560, "Coverage of lamps in dark rooms"), (72, 500, "M72.2"), (200, 500, "Thickened band"))(canvas)

    assert lines(drawn(page)) == ["Coverage of lamps in dark rooms", "M72.2 | Thickened band"]


def test_a_page_without_text_between_others_is_told(codeset: CodeSet) -> None:
    full = rows(*((72, 700 - 14 * n, f"Row {n} of the page with some words in it.") for n in range(30)))
    source = read_pdf(drawn(full, lambda canvas: canvas.rect(72, 72, 300, 300, fill=1), full), "x")
    assert [(note.rule, "Page 2" in note.message) for note in source.notes] == [("page-without-text", True)]


GOOD = make.gait_pdf()


def test_an_item_whose_bold_title_takes_more_than_a_row_is_one_item() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, WIDE)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 660, "1. Use of the lamp together with another lamp or with a mirror of the same")
        canvas.drawString(86, 646, "maker.")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(124, 646, "This is not approved.")
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 610, "Related Documents")

    text = read_pdf(drawn(page), "x.pdf").text
    assert [(line.kind, line.text) for line in text.lines[1:]] == [
        (LineKind.ITEM, "1. Use of the lamp together with another lamp or with a mirror of the same maker. This is not approved."),
        (LineKind.HEADING, "Related Documents"),
    ]


REFUSED = {
    "a scan": (make.gait_pdf(text=False), "is a scan"),
    "locked": (make.gait_pdf(encrypted=True), "locked with a password"),
    "cut short": (GOOD[: len(GOOD) // 2], "damaged or cut short"),
    "only its first bytes": (b"%PDF-1.7\n%\xe2\xe3", "damaged or cut short"),
    "no pages": (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "damaged",
    ),
    "too many pages": (drawn(*[lambda _: None] * (MOST_PAGES + 1)), f"has {MOST_PAGES + 1} pages"),
}


@pytest.mark.parametrize(("data", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_holds_no_text_or_is_damaged_is_refused_with_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(UserError) as refused:
        read_pdf(data, "x.pdf")
    assert told in refused.value.message
    assert "x.pdf" in refused.value.message
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


def row(page: int, base: float, text: str) -> Row:
    return Row(page, (Cell(text, 72, 300),), base, 10, False, 30)


def test_furniture_is_told_by_place_and_by_coming_again() -> None:
    pages = [
        (
            800.0,
            [
                row(n, 780, "Plan policy"),
                row(n, 740, "Subject"),
                row(n, 400, "Plan policy"),
                row(n, 60, f"{n}"),
                row(n, 45, "Policy") if n == 1 else row(n, 45, f"end {n}"),
            ],
        )
        for n in (1, 2, 3)
    ]
    pages[1][1][1] = row(2, 740, "Another line at the top")
    bodies, apart = pdf_furniture.split(pages)
    assert [r.text for r in bodies[0]] == ["Plan policy"]
    assert [r.text for r in bodies[1]] == ["Another line at the top", "Plan policy"]
    assert {r.text for r in apart} >= {"Plan policy", "1", "2", "3"}


@pytest.mark.parametrize("words", ["Page 2 of 2", "Page 3", "- 4 -", "Page 1 of 21 - Plan policy", "6 Pages - Plan policy"])
def test_a_page_number_is_furniture_on_one_page_too(words: str) -> None:
    bodies, apart = pdf_furniture.split([(800.0, [row(1, 400, "Text"), row(1, 40, words)])])
    assert [r.text for r in bodies[0]] == ["Text"]
    assert [r.text for r in apart] == [words]


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("1.", True),
        ("(iv)", True),
        ("a)", True),
        ("•", True),
        ("2.1", True),
        ("[12]", True),
        ("76999", False),
        ("A", False),
        ("and", False),
    ],
)
def test_labels_of_lists_are_known(word: str, label: bool) -> None:
    assert is_label(word) is label
