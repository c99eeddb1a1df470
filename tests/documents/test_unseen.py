"""What the eye does not see: hidden and turning characters, letters in a wrong encoding, names that show whole."""

import pytest

from ur_desk.documents import read
from ur_desk.domain.policy import Policy, Position

BODY = """Document Number: RAD.00777
Title: Lumbar MRI
Effective Date: 01/01/2020

Position Statement

{}
"""


def policy(line: str) -> Policy:
    return read(BODY.format(line).encode(), "x.txt", None)


def rules(found: Policy) -> set[str]:
    return {finding.rule for finding in found.findings if finding.line == 7}


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060", "\u200e"])
def test_a_hidden_character_inside_a_word_changes_no_position_and_is_told(hidden: str) -> None:
    found = policy(f"MRI is considered n{hidden}ot medically necessary for all indications.")
    assert [statement.position for statement in found.statements] == [Position.NOT_MEDICALLY_NECESSARY]
    assert "invisible-characters" in rules(found)


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2067"])
def test_writing_that_is_turned_is_an_error_that_says_what_stands_there(mark: str) -> None:
    found = policy(f"MRI is considered {mark}yrassecen yllacidem\u202c for all indications, and medically necessary.")
    (finding,) = [finding for finding in found.findings if finding.rule == "writing-turned"]
    assert f"U+{ord(mark):04X}" in (finding.raw or "")


@pytest.mark.parametrize(
    "garbled", ["patient\u00e2\u20ac\u2122s", "patient\u00e2\u0080\u0099s", "na\u00c3\u00afve", "5\u00c2\u00b0", "patient\ufffds"]
)
def test_letters_in_a_wrong_encoding_are_a_finding(garbled: str) -> None:
    assert "text-garbled" in rules(policy(f"MRI is considered medically necessary for the {garbled} spine."))


@pytest.mark.parametrize("right", ["patient\u2019s", "na\u00efve", "5\u00b0", "Ch\u00e2teau", "S\u00c3O PAULO", "\u00c2ngela"])
def test_right_letters_are_none(right: str) -> None:
    found = rules(policy(f"MRI is considered medically necessary for the {right} spine."))
    assert not found & {"text-garbled", "invisible-characters", "writing-turned"}


def test_number_and_title_show_whole_and_are_no_paragraphs() -> None:
    text = BODY.replace("RAD.00777", "RAD.\u202e00777").replace("Lumbar", "\u200bLumbar\u202e " + "x" * 400)
    found = read(text.format("MRI is considered medically necessary for all indications.").encode(), "x.txt", None)
    assert found.id == "RAD.00777"
    assert found.title.startswith("Lumbar xxx")
    assert len(found.title) <= 300


def test_a_file_name_that_turns_its_writing_gives_a_plain_number() -> None:
    text = BODY.replace("Document Number: RAD.00777\n", "").format("MRI is considered medically necessary for all indications.")
    assert read(text.encode(), "gnp.\u202epolicy.txt", None).id == "gnp.policy"


PAGE = (
    "<html><head><title>T</title></head><body><h1>Policy Number: RAD.00777</h1><p>Effective Date: 01/01/2020</p><h2>Position Statement</h2>"
    "<p>X is considered investigational and not medically necessary for all indications.</p>{}</body></html>"
)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Y is considered medically necessary for all indications.</p>',
        "<p hidden>Y is considered medically necessary for all indications.</p>",
        '<div style="VISIBILITY : hidden"><p>Y is considered medically necessary for all indications.</p></div>',
        '<p>Z is considered cosmetic.<span style="display: none">Y is considered medically necessary for all indications.</span></p>',
    ],
)
def test_what_a_page_hides_is_kept_and_a_finding_at_its_line_says_so(hidden: str) -> None:
    found = read(PAGE.format(hidden).encode(), "a.html", None)
    (finding,) = [finding for finding in found.findings if finding.rule == "text-unseen"]
    assert found.text.line(finding.line).text == "Y is considered medically necessary for all indications."


def test_what_stands_after_something_hidden_is_seen() -> None:
    found = read(PAGE.format("<p hidden>Y.</p><p>Z is considered cosmetic.</p>").encode(), "a.html", None)
    assert [found.text.line(f.line).text for f in found.findings if f.rule == "text-unseen"] == ["Y."]
