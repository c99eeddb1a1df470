"""A web page becomes numbered lines: list labels are rebuilt, rows stay rows, menus stand apart, nothing is fetched."""

from contextlib import suppress
from pathlib import Path

import file_makers as make
import pytest

from ur_desk.documents import read
from ur_desk.documents.formats.html import read_html
from ur_desk.documents.formats.labels import counted, repeated
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import LineKind, Position, SectionKind
from ur_desk.errors import UserError


def lines(page: str) -> list[str]:
    return [line.text for line in read_html(page.encode(), "x.html").text.lines]


def test_a_page_becomes_a_policy_with_its_facts(codeset: CodeSet) -> None:
    policy = read(make.HTML.encode(), "gait.html", codeset)
    assert (policy.id, policy.title, str(policy.version.effective)) == ("XYZ-104", "Pulsed Light Gait Mapping", "2024-03-15")
    assert [s.kind for s in policy.sections] == [SectionKind.HEADER, SectionKind.POSITION, SectionKind.CODING, SectionKind.REFERENCES]
    assert [(s.position, s.first_line) for s in policy.statements] == [(Position.MEDICALLY_NECESSARY, 6)]
    assert [(e.low, e.line) for e in policy.codes] == [("M72.2", 16), ("76999", 17)]
    assert [f.text for f in policy.text.furniture] == ["Home | Policies | Contact", make.FOOT]
    assert policy.reader.startswith("html/1")


def test_a_heading_set_lower_is_a_part_of_its_section(codeset: CodeSet) -> None:
    policy = read(make.HTML.encode(), "gait.html", codeset)
    (position,) = (s for s in policy.sections if s.kind is SectionKind.POSITION)
    children = next(line for line in policy.text.lines if line.text == "Children")
    assert children.kind is LineKind.HEADING
    assert position.first_line < children.number <= position.last_line


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        ("<ol><li>x<li>x</ol>", ["1.", "2."]),
        ("<ol start=3><li>x<li>x</ol>", ["3.", "4."]),
        ("<ol type=a><li>x<li>x</ol>", ["a.", "b."]),
        ("<ol type=A start=26><li>x<li>x</ol>", ["Z.", "AA."]),
        ("<ol type=i><li>x<li>x<li>x<li>x</ol>", ["i.", "ii.", "iii.", "iv."]),
        ("<ol type=I><li value=9>x<li>x</ol>", ["IX.", "X."]),
        ("<ol reversed><li>x<li>x<li>x</ol>", ["3.", "2.", "1."]),
        ("<ol reversed start=10><li>x<li>x</ol>", ["10.", "9."]),
        ("<ol style='list-style-type: upper-roman'><li>x</ol>", ["I."]),
        ("<ol style='list-style: lower-latin inside'><li>x</ol>", ["a."]),
        ("<ol class=k><li>x</ol><style>.k{list-style-type:lower-roman}</style>", ["i."]),
        ("<ol id=k><li>x</ol><style>p.z, ol#k { color: red; list-style: decimal-leading-zero }</style>", ["01."]),
        ("<ol><li type=A>x<li>x</ol>", ["A.", "2."]),
        ("<ol start=nonsense><li value=-1>x<li>x</ol>", ["-1.", "0."]),
        ("<ul><li>x<li>x</ul>", ["•", "•"]),
        ("<ul style='list-style: none'><li>x</ul>", ["x"]),
    ],
)
def test_labels_are_what_a_browser_prints(page: str, labels: list[str]) -> None:
    assert [line.split()[0] for line in lines(page)] == labels


def test_nested_lists_are_set_in_and_count_for_themselves() -> None:
    page = "<ol><li>One<ol type=a><li>sub<ul><li>deep</ul><li>sub</ol><li>Two</ol>"
    assert lines(page) == ["1. One", "   a. sub", "      • deep", "   b. sub", "2. Two"]


def test_a_paragraph_in_an_item_is_a_line_of_its_own() -> None:
    assert lines("<ol><li><p>One</p><p>more</p><li>Two</ol>") == ["1. One", "more", "2. Two"]


def test_rows_stay_rows_and_a_table_that_only_arranges_the_page_does_not() -> None:
    told = lines(
        "<table><tr><td>M72.2<td>Band<br>of foot<td></tr></table><table><tr><td><h2>Left</h2><p>words<td><ul><li>x</ul></tr></table>"
    )
    assert told == ["M72.2 | Band of foot", "Left", "words", "• x"]


def test_raised_marks_never_read_as_a_part_of_the_word_before_them() -> None:
    assert lines("<p>seizures<sup>1,2</sup> in 30 m<sup>2</sup> on the 3<sup>rd</sup> day of Blue<sup>SM</sup>") == [
        "seizures¹,² in 30 m² on the 3rd day of BlueSM"
    ]


def test_scripts_comments_and_styles_print_nothing() -> None:
    page = "<p>a<!-- hidden --><script>alert('x')</script>b<style>p{}</style></p><template><p>no</p></template><noscript>no</noscript>c"
    assert lines(page) == ["ab", "c"]


@pytest.mark.parametrize("escape", [1, 2])
def test_markup_that_arrived_as_text_is_read_as_markup(escape: int) -> None:
    page = "<p>Covered for 15 events per hour</p><p><strong>B.&#160;Nationally Covered&sol;Other</strong></p>"
    for _ in range(escape):
        page = page.replace("&", "&amp;").replace("<", "&lt;")
    assert lines(page) == ["Covered for 15 events per hour", "B. Nationally Covered/Other"]


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>≥".encode("cp1252", "ignore") + b"\x96</p>",
        "\ufeff<p>–</p>".encode(),
        "\ufeff<p>–</p>".encode("utf-16"),
        b"<p>\x96</p>",
    ],
    ids=["named", "mark", "utf-16", "unnamed"],
)
def test_the_encoding_is_told_by_mark_by_the_pages_word_or_by_its_bytes(data: bytes) -> None:
    assert read_html(data, "x").text.lines[-1].text == "–"


def test_entities_that_would_draw_files_in_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", "utf-8")
    place = secret.as_uri()
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{place}">]><html><body><p>a &x; b</p><iframe src="{place}"></iframe><object data="{place}"></object>'
    told = " ".join(lines(page))
    assert "a" in told
    assert "secret words" not in told


@pytest.mark.parametrize("tag", ["<embed src=x>", "<img src=x>", "<wbr>", "<input>", "<param name=x>", "<video><source src=x></video>"])
def test_a_tag_without_an_end_takes_no_words_of_the_page_away(tag: str) -> None:
    assert lines(f"<p>before</p>{tag}<p>after</p>") == ["before", "after"]


@pytest.mark.parametrize("page", ["<html></html>", "<p> &nbsp; </p>", "<script>x</script>"])
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(UserError, match="holds no text"):
        lines(page)


@pytest.mark.parametrize("page", ["<div>" * 300 + "deep", "<p>" + "word " * 3_000_000], ids=["deep", "long"])
def test_what_the_parser_would_leave_out_in_silence_is_refused(page: str) -> None:
    with pytest.raises(UserError, match="nested deeper or holds longer pieces"):
        lines(page)


@pytest.mark.parametrize(
    "page",
    ["<div>" * 5000 + "deep", "<ol><li>" * 400 + "deep", "<table><tr><td>" * 120 + "deep", "<p>x" * 50_000, "<b>" * 20_000 + "x"],
    ids=["boxes", "lists", "tables", "paragraphs", "bold"],
)
def test_pages_that_mean_harm_are_read_or_refused(page: str) -> None:
    with suppress(UserError):
        assert lines(page)


def test_numbers_are_counted_in_every_style() -> None:
    assert [counted(n, "lower-roman") for n in (1, 4, 9, 14, 40, 90, 400, 1999)] == ["i", "iv", "ix", "xiv", "xl", "xc", "cd", "mcmxcix"]
    assert [counted(n, "upper-alpha") for n in (1, 26, 27, 52, 53, 702, 703)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert [counted(n, "lower-alpha") for n in (0, -3)] == ["0", "-3"]
    assert [repeated(n, "lower-alpha") for n in (26, 27, 28, 53)] == ["z", "aa", "bb", "aaa"]
