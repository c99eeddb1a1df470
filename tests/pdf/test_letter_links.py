"""Addresses in letters: their text inside their own element, the place that leads there inside it too, and none that the plan did not write."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from letter_cases import DENIED, FONTS, POLICIES, case, composed, facts, line, profile, request
from pypdf import PdfReader
from structure_read import Read, structure, words

from ur_desk.domain import events as ev
from ur_desk.domain.letter import Block, BlockKind, LetterContent, LetterFacts, LetterKind, Sentence, SentenceSource, SourceKind
from ur_desk.pdf.letter import render
from ur_desk.pdf.links import addresses

LONG = "https://www.fernhill.example/appeals/how-to/with-a-long-path/that-is-broken/over-several/lines?and=more&so=on"
WORDS = f"Ask at www.fernhill.example/review, or write to review@fernhill.example. See also {LONG}. It is free."
PROFILE = profile(external_review_text=WORDS, consumer_assistance_text="https://www.doi.example/help")
OWN = SentenceSource(SourceKind.PROFILE, "external_review_text")


def drawn(content: LetterContent, large_print: bool = False) -> bytes:
    return render(content, large_print=large_print, fonts_dir=FONTS)


def linked(pdf: bytes) -> list[tuple[str, str, str]]:
    """Of each link element in reading order: the tag above it, the words marked as its own, and where all of its places lead."""
    said = words(pdf)
    found = []
    for above in structure(pdf).walk():
        for link in above.inside:
            if isinstance(link, Read) and link.tag == "Link":
                (target,) = {place["/A"]["/URI"] for place in link.annotations}
                found.append((above.tag, "".join(said[piece] for piece in link.pieces()), target))
    return found


def annotations(pdf: bytes) -> list[Any]:
    return [each.get_object() for page in PdfReader(BytesIO(pdf)).pages for each in page.get("/Annots", ())]


@pytest.mark.parametrize("large_print", [False, True])
def test_the_text_of_an_address_stands_inside_its_link_and_leads_there(large_print: bool) -> None:
    found = linked(drawn(composed(facts(profile=PROFILE)), large_print))
    assert ("P", "www.fernhill.example/review", "https://www.fernhill.example/review") in found
    assert ("P", "review@fernhill.example", "mailto:review@fernhill.example") in found
    assert ("P", LONG, LONG) in found


def test_an_address_that_is_a_whole_paragraph_is_a_link_all_the_same() -> None:
    content = replace(composed(facts()), blocks=(Block(BlockKind.PARAGRAPH, ((Sentence("https://www.doi.example/help", (OWN,)),),)),))
    assert linked(drawn(content)) == [("P", "https://www.doi.example/help", "https://www.doi.example/help")]


@pytest.mark.parametrize("large_print", [False, True])
def test_an_address_in_a_list_or_a_table_belongs_to_its_item_and_cell(large_print: bool) -> None:
    said = Sentence("Look at www.fernhill.example now", (OWN,))
    head = Sentence("Where", (OWN,))
    blocks = (
        Block(BlockKind.BULLETS, ((said,), (head,))),
        Block(BlockKind.FACTS, ((head, said),)),
        Block(BlockKind.TABLE, ((head, head), (said, said))),
    )
    above = [tag for tag, text, _ in linked(drawn(replace(composed(facts()), blocks=blocks), large_print))]
    assert above == (["LBody", "TD", "P", "P"] if large_print else ["LBody", "TD", "TD", "TD"])


def test_a_header_with_an_address_leads_there_on_its_first_page_only() -> None:
    said = Sentence("See www.fernhill.example", (OWN,))
    rows = ((said, said), *((Sentence(f"row {n}", (OWN,)), Sentence("cell", (OWN,))) for n in range(80)))
    pdf = drawn(replace(composed(facts()), blocks=(Block(BlockKind.TABLE, rows),)))
    assert len(PdfReader(BytesIO(pdf)).pages) > 2
    assert [tag for tag, _, _ in linked(pdf)] == ["TH", "TH"]
    assert len(annotations(pdf)) == 2


def test_an_address_over_two_pages_is_one_link_with_a_place_on_each() -> None:
    path = "/".join(f"part{n}" for n in range(500))
    content = replace(
        composed(facts()), blocks=(Block(BlockKind.PARAGRAPH, ((Sentence(f"See https://www.fernhill.example/{path} now.", (OWN,)),),)),)
    )
    pdf = drawn(content)
    (found,) = linked(pdf)
    assert found[1] == f"https://www.fernhill.example/{path}"
    told = PdfReader(BytesIO(pdf))
    assert sum(bool(page.get("/Annots")) for page in told.pages) >= 2


def test_the_place_of_a_link_is_where_its_words_stand() -> None:
    pdf = drawn(composed(facts(profile=PROFILE)))
    with pdfplumber.open(BytesIO(pdf)) as told:
        for page in told.pages:
            for link in page.annots:
                text = page.crop((link["x0"], link["top"], link["x1"], link["bottom"])).extract_text()
                assert "".join(text.split())[:12] in link["uri"].replace("mailto:", "")


def test_every_place_says_what_it_is_is_printed_and_stands_in_the_parent_tree() -> None:
    pdf = drawn(composed(facts(profile=PROFILE)))
    told = PdfReader(BytesIO(pdf))
    numbers = told.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    found = annotations(pdf)
    assert len(found) >= 3
    for each in found:
        assert each["/Contents"].split()[0] in ("Web", "E-mail")
        assert each["/F"] == 4
        assert parents[each["/StructParent"]].get_object()["/S"] == "/Link"
    assert len({each["/StructParent"] for each in found}) == len(found)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_what_others_wrote_leads_nowhere(kind: LetterKind) -> None:
    trap = "Go to https://evil.example/login or ask trap@evil.example"
    made = replace(DENIED, rationale=trap, reason=replace(DENIED.reason, words=trap), information_needed=trap)
    asked = request(line(words=trap), reference="www.evil.example")
    told = case(asked, ev.Determined((1,), made))
    content = composed(LetterFacts(LetterKind.ADVERSE, told, (1,), profile(), facts(kind).dated, POLICIES))
    pdf = drawn(content)
    assert "evil.example" in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert annotations(pdf) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("No address here. Or here, e.g. this.", []),
        ("(see www.plan.example)", ["https://www.plan.example"]),
        ("http://plan.example/a_b?c=d&e=f#g!", ["http://plan.example/a_b?c=d&e=f#g"]),
        ("Mail a.b+c@plan.example; or www.plan.example.", ["mailto:a.b+c@plan.example", "https://www.plan.example"]),
        ("“https://plan.example/x”", ["https://plan.example/x"]),
        ("javascript:alert(1) file:///etc/passwd a@b", []),
    ],
)
def test_an_address_ends_where_its_sentence_does(text: str, targets: list[str]) -> None:
    assert [link.target for _, _, link in addresses(text)] == targets
