"""The structure tree of letters, checked without Java: what a reader is told of every page, and that nothing is left untold."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from letter_cases import DENIED, FONTS, POLICIES, case, composed, facts, line, profile, request
from pdf_set import content_of
from pypdf import PdfReader
from pypdf.generic import ContentStream
from structure_read import Read, characters, structure, words

from ur_desk.domain import events as ev
from ur_desk.domain.letter import Audience, BlockKind, LetterContent, LetterFacts, LetterKind
from ur_desk.pdf.letter import Mark, render

PRINTS = [(kind, large_print) for kind in LetterKind for large_print in (False, True)]
INSIDE = {
    "Document": {"H1", "H2", "P", "L", "Table"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR"},
    "TR": {"TH", "TD"},
    "P": {"Link", "Span"},
    "LBody": {"Link", "Span"},
    "TD": {"Link", "Span"},
}  # fmt: skip


def drawn(content: LetterContent, large_print: bool = False) -> bytes:
    return render(content, mark=Mark.SPECIMEN, large_print=large_print, fonts_dir=FONTS)


def tree(pdf: bytes) -> dict[str, Any]:
    with pdfplumber.open(BytesIO(pdf)) as told:
        roots = told.structure_tree
    assert len(roots) == 1
    root: dict[str, Any] = roots[0]
    return root


def walk(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield element
    for child in element.get("children", ()):
        yield from walk(child)


def many_lines() -> LetterContent:
    lines = tuple(line(n) for n in range(1, 31))
    told = case(request(*lines), ev.Determined(tuple(range(1, 31)), DENIED))
    return composed(LetterFacts(LetterKind.ADVERSE, told, tuple(range(1, 31)), profile(), facts().dated, POLICIES))


@pytest.mark.parametrize(("kind", "large_print"), PRINTS)
def test_the_tree_is_made_of_headings_paragraphs_lists_and_tables(kind: LetterKind, large_print: bool) -> None:
    root = structure(drawn(content_of(kind), large_print))
    assert root.tag == "Document"
    for element in root.walk():
        below = {each.tag for each in element.inside if isinstance(each, Read)}
        assert below <= INSIDE.get(element.tag, set())
        assert list(element.pieces()), element.tag
        assert bool(element.annotations) == (element.tag == "Link")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_there_is_one_title_and_a_heading_for_each_part(kind: LetterKind) -> None:
    content = composed(facts(kind))
    types = [element["type"] for element in walk(tree(drawn(content)))]
    assert types.count("H1") == 1
    assert types.count("H2") == sum(block.kind is BlockKind.HEADING for block in content.blocks)
    assert types.index("H1") < types.index("H2")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_list_items_have_their_label_and_their_body(kind: LetterKind) -> None:
    root = tree(drawn(composed(facts(kind))))
    items = [element for element in walk(root) if element["type"] == "LI"]
    assert items
    assert all([child["type"] for child in item["children"]] == ["Lbl", "LBody"] for item in items)


def test_lists_say_whether_they_count() -> None:
    numbering = [e["attributes"]["ListNumbering"] for e in walk(tree(drawn(composed(facts())))) if e["type"] == "L"]
    assert set(numbering) == {"Disc", "Decimal"}


def test_every_table_has_headers_that_say_what_they_head() -> None:
    for table in (e for e in walk(tree(drawn(composed(facts(LetterKind.PARTIAL))))) if e["type"] == "Table"):
        first = table["children"][0]["children"]
        scopes = [cell.get("attributes", {}).get("Scope") for cell in first]
        assert scopes in (["Row", None], ["Column"] * len(first))
        assert {len(row["children"]) for row in table["children"]} == {len(first)}


def test_a_table_over_several_pages_is_one_table_with_one_header() -> None:
    content = many_lines()
    root = tree(drawn(content))
    longest = max((e for e in walk(root) if e["type"] == "Table"), key=lambda e: len(e["children"]))
    headers = [row for row in longest["children"] if row["children"][0]["type"] == "TH"]
    assert len(longest["children"]) == 31
    assert len(headers) == 1


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    made = replace(DENIED, rationale="A sentence of the rationale that goes on. " * 220)
    told = case(request(), ev.Determined((1,), made))
    root = tree(drawn(composed(replace(facts(), case=told), Audience.PROVIDER)))
    assert any(element["type"] == "P" and len(element["mcids"]) > 2 for element in walk(root))


@pytest.mark.parametrize(("kind", "large_print"), PRINTS)
def test_all_that_is_drawn_is_either_content_or_an_artifact(kind: LetterKind, large_print: bool) -> None:
    told = PdfReader(BytesIO(drawn(composed(facts(kind)), large_print)))
    for page in told.pages:
        open_marks = 0
        numbers = []
        for operands, operator in ContentStream(page.get_contents(), told).operations:
            if operator == b"BDC":
                assert open_marks == 0
                open_marks = 1
                if operands[0] != "/Artifact":
                    numbers.append(int(operands[1]["/MCID"]))
            elif operator == b"EMC":
                open_marks -= 1
            elif operator in (b"Tj", b"TJ", b"'", b"S", b"f", b"B", b"Do"):
                assert open_marks == 1, operator
        assert open_marks == 0
        assert numbers == list(range(len(numbers)))
        assert page["/Tabs"] == "/S"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_parent_tree_leads_from_every_piece_to_its_element(kind: LetterKind) -> None:
    told = PdfReader(BytesIO(drawn(composed(facts(kind)))))
    numbers = told.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert list(numbers[::2]) == [page["/StructParents"] for page in told.pages] == list(range(len(told.pages)))
    for page, elements in zip(told.pages, numbers[1::2], strict=True):
        drawn_here = sum(op == b"BDC" and args[0] != "/Artifact" for args, op in ContentStream(page.get_contents(), told).operations)
        assert len(elements.get_object()) == drawn_here


def test_the_document_says_its_language_title_and_standard() -> None:
    told = PdfReader(BytesIO(drawn(composed(facts()))))
    assert told.root_object["/Lang"] == "en-US"
    assert told.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF value, not a bool
    assert told.root_object["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told.root_object["/Metadata"].get_data()


@pytest.mark.parametrize("kind", list(LetterKind))
def test_reading_order_is_the_order_of_the_content(kind: LetterKind) -> None:
    content = composed(facts(kind))
    pdf = drawn(content)
    with pdfplumber.open(BytesIO(pdf)) as told:
        letters: dict[tuple[int, int], str] = {}
        for number, page in enumerate(told.pages, start=1):
            for char in page.chars:
                if char["mcid"] is not None:
                    letters[number, char["mcid"]] = letters.get((number, char["mcid"]), "") + char["text"]
    said = "".join(letters[key] for key in sorted(letters)).replace(" ", "")
    at = 0
    for sentence in content.sentences():
        found = said.find(sentence.text.replace(" ", "").replace("\n", "")[:15], at)
        assert found >= at, sentence.text
        at = found


@pytest.mark.parametrize(("kind", "large_print"), PRINTS)
def test_headings_begin_with_the_title_and_skip_no_level(kind: LetterKind, large_print: bool) -> None:
    levels = [int(e["type"][1:]) for e in walk(tree(drawn(composed(facts(kind)), large_print))) if e["type"][0] == "H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("kind", "large_print"), PRINTS)
def test_reading_order_is_the_order_in_which_the_page_is_seen(kind: LetterKind, large_print: bool) -> None:
    pdf = drawn(content_of(kind), large_print)
    read = list(structure(pdf).pieces())
    seen = {piece: min((round(char["top"]), char["x0"]) for char in chars) for piece, chars in characters(pdf).items()}
    assert sorted(seen) == sorted(read)
    for before, after in pairwise(read):
        above, below = seen[before], seen[after]
        # within a page downwards, or to the right of what is on the same line
        assert before[0] < after[0] or above[0] <= below[0] + 1 or above[1] < below[1], (before, after)


@pytest.mark.parametrize("large_print", [False, True])
def test_nothing_that_is_read_has_a_picture_without_words(large_print: bool) -> None:
    for kind in LetterKind:
        assert not [e for e in structure(drawn(composed(facts(kind)), large_print)).walk() if e.tag in ("Figure", "Formula") and not e.alt]


@pytest.mark.parametrize("large_print", [False, True])
def test_a_line_in_another_language_says_which_it_is(large_print: bool) -> None:
    lines = "es: Puede recibir ayuda en español.\nvi: Bạn có thể được giúp đỡ.\nnot a code: Hulp."
    pdf = drawn(composed(facts(profile=profile(taglines=lines))), large_print)
    said = words(pdf)
    told = {e.language: "".join(said[piece] for piece in e.pieces()) for e in structure(pdf).walk() if e.language}
    assert told == {"es": "Puede recibir ayuda en español.", "vi": "Bạn có thể được giúp đỡ."}
