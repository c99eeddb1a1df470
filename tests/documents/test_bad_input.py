"""What a document lacks or hides never stops the reader without a sentence, and every line keeps its place."""

import contextlib

import invented_policy as doc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, SectionKind
from ur_desk.errors import UserError


def every_line_stands_in_one_section(policy: Policy) -> bool:
    numbers = [number for s in policy.sections for number in range(s.first_line, s.last_line + 1)]
    return numbers == list(range(1, len(policy.text.lines) + 1))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_text_cut_short_is_read_as_far_as_it_goes_with_a_finding(tenth: int, codeset: CodeSet) -> None:
    data = doc.TEXT.encode()
    policy = read(data[: len(data) * tenth // 10], "XYZ.txt", codeset)
    assert policy.id == "XYZ.00001"
    assert every_line_stands_in_one_section(policy)
    if SectionKind.HISTORY not in {s.kind for s in policy.sections}:
        assert {"text-cut", "section-missing"} & {f.rule for f in policy.findings}


def test_a_text_cut_anywhere_is_a_policy_or_a_plain_refusal(codeset: CodeSet) -> None:
    data = doc.TEXT.encode()
    for end in range(1, len(data), 37):
        with contextlib.suppress(UserError):
            assert every_line_stands_in_one_section(read(data[:end], "XYZ.txt", codeset))


NO_POLICY = {
    "a note": "Call the plan on Monday about the lamps.\nAsk for Nora.",
    "a list of document numbers": "ADMIN.00005\nRAD.00034\nCG-ANC-04\nSURG.00011",
    "a readme": "# Lamps\n\n## Install\n\nRun the lamps.\n\n## License\n\nMIT",
    "a member list": "member_id,family,given,birth_date\nD1,Example,Nora,1970-01-01",
    "a request as typed": "Member: Nora Example\nDiagnosis: M54.5\nService: 76496 x1\nDate: 01/02/2024",
    "a letter": "Dear Nora Example,\n\nyour policy was renewed. We thank you for your patience.\n\nThe plan",
}


@pytest.mark.parametrize("text", NO_POLICY.values(), ids=NO_POLICY.keys())
def test_a_text_that_is_no_policy_is_refused_with_what_to_do(text: str, codeset: CodeSet) -> None:
    with pytest.raises(UserError, match="does not read as a medical policy") as refused:
        read(text.encode(), "notes.txt", codeset)
    assert "Nothing was saved." in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000,
        "word " * 40_000,
        "Effective Date: " * 10_000,
        "M40.00-M40.57, " * 10_000,
        "including, " * 20_000 + "is considered medically necessary",
        "with or without (" * 10_000 + "is considered medically necessary for all indications.",
        "[when " * 30_000,
        "12/31/2020 " * 20_000,
        "#" * 200_000,
    ],
    ids=["letters", "words", "labels", "codes", "introductions", "manners", "brackets", "days", "marks"],
)
@pytest.mark.parametrize(
    "start", ["Document #", "Pulsed light gait mapping, including, but not limited to, podo", "M72.2", "Reviewed 02/09"]
)
def test_one_huge_line_is_a_line_like_any_other(line: str, start: str, codeset: CodeSet) -> None:
    policy = read(doc.with_line(start, line), "XYZ.txt", codeset)
    assert every_line_stands_in_one_section(policy)


def test_many_lines_are_lines_like_any_others(codeset: CodeSet) -> None:
    rows = "\n".join(f"M{number % 100:02d}.{number % 10} Row {number}\n\n" for number in range(3_000))
    policy = read((doc.TEXT + "\nCoding\n" + rows).encode(), "XYZ.txt", codeset)
    assert every_line_stands_in_one_section(policy)


def test_markup_and_control_characters_stay_plain_text(codeset: CodeSet) -> None:
    title = 'Subject: Lamps <b onclick=x> & "quotes" \'; DROP TABLE'
    assert read(doc.with_line("Subject", title), "XYZ.txt", codeset).title == title.removeprefix("Subject: ")


pieces = st.sampled_from(
    [*doc.LINES, "Coding", "History", "76120 Motion", "ICD-10", "M40.0-M40.5 x", "Scope:", "NOTES", "- item", "\u00a0"]
)
texts = st.lists(st.one_of(pieces, pieces, st.text(max_size=60)), max_size=60).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_line_of_any_accepted_text_stands_in_exactly_one_section(codeset: CodeSet, text: str) -> None:
    data = f"Subject: Lamps\nDocument #: XYZ.00001 Current Effective Date: 03/15/2024\n{text}".encode(errors="replace")
    try:
        policy = read(data, "XYZ.txt", codeset)
    except UserError:
        return
    assert every_line_stands_in_one_section(policy)
    assert all(section.heading is None or section.heading for section in policy.sections)
    for number in (
        *(e.line for e in policy.codes),
        *(s.last_line for s in policy.statements),
        *(r.line for r in policy.history),
        *(f.line for f in policy.findings),
        *policy.disclaimers,
    ):
        assert policy.section_of(number) is not None


@settings(max_examples=100, deadline=None)
@given(texts)
def test_any_accepted_text_reads_the_same_in_every_encoding(codeset: CodeSet, text: str) -> None:
    whole = f"Subject: Lamps\nDocument #: XYZ.00001 Effective Date: 03/15/2024\nCoding\n{text}"
    try:
        plain = read(whole.encode(errors="replace"), "XYZ.txt", codeset)
    except UserError:
        return
    told = "".join(line.text + "\n" for line in plain.text.lines)
    wide = read(b"\xff\xfe" + told.encode("utf-16-le"), "XYZ.txt", codeset)
    assert (wide.sections, wide.codes, wide.history) == (plain.sections, plain.codes, plain.history)
