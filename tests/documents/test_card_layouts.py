"""The layouts of published pages, as web pages and as Word documents of invented services: both give the same facts, written down by hand."""

import re
from dataclasses import dataclass

import card_makers as card
import pytest
from test_sample_criteria import shape

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy, Position, SectionKind

K, P = SectionKind, Position
TREE = "all(1.@ 2.:any(a.@ b.@) 3.@)"
EIGHT = [K.HEADER, K.SCOPE, K.POSITION, K.RATIONALE, K.CODING, K.REFERENCES, K.HISTORY]
CODES = ["28999", "64999"]
DIAGNOSES = ["M72.2", "G57.61-G57.63"]


@dataclass(frozen=True)
class Facts:
    """What a reader of the document writes down."""

    layout: str
    id: str | None
    title: str
    dates: tuple[str | None, str | None, str | None]
    status: str | None
    kinds: list[SectionKind]
    statements: list[tuple[Position, str | None]]
    codes: list[str]
    history: int = 0


NEEDED = [(P.MEDICALLY_NECESSARY, TREE)]
AND_ELSE = [*NEEDED, (P.INVESTIGATIONAL, None)]
CARDS = {
    "anthem": (card.ANTHEM, Facts("anthem", "SURG.00999", "Lamp Therapy of the Foot", ("2017-09-27", "2017-08-03", None), "Reviewed", EIGHT, AND_ELSE, ["28999", *DIAGNOSES], 3)),
    "anthem as published since": (card.PUBLISHED, Facts("anthem", "CG-SURG-99", "Lamp Therapy of the Foot", (None, "2023-11-09", None), "Revised", EIGHT, AND_ELSE, ["28999", *DIAGNOSES], 1)),
    "arkansas": (card.ARKANSAS, Facts("blue-cross", "2099001", "Lamp Therapy, Foot", (None, "2023-06-15", None), None, [K.HEADER, K.SCOPE, K.POSITION, K.CODING], NEEDED, CODES)),
    "montana": (card.MONTANA, Facts("blue-cross", None, "Lamp Therapy", ("2012-05-03", None, None), None, [K.HEADER, K.SCOPE, K.POSITION], NEEDED, [])),
    "massachusetts": (card.MASSACHUSETTS, Facts("blue-cross", "985", "Lamp Therapy: Foot", (None, None, None), None, [K.HEADER, K.POSITION, K.CODING, K.HISTORY], AND_ELSE, CODES, 1)),
    "article": (card.ARTICLE, Facts("cms-article", "A99999", "Billing and Coding: Lamp Therapy", ("2024-01-01", None, "2024-10-23"), "Superseded", [K.HEADER, K.CODING], [], [*DIAGNOSES, "M79.671"])),
    "determination": (card.DETERMINATION, Facts("cms-lcd", "L99999", "Lamp Therapy", ("2020-07-01", None, "2023-06-08"), "RETIRED", [K.HEADER, K.POSITION], [(P.NOT_MEDICALLY_NECESSARY, None), *NEEDED], [])),
    "humana": (card.HUMANA, Facts("humana", "HUM-0999-023", "Lamp Therapy", ("2023-03-23", "2023-03-22", None), None, [K.HEADER, K.SCOPE, K.POSITION], NEEDED, [])),
    "united": (card.UNITED, Facts("uhc", "CS999.OP", "Lamps and Repairs", ("2019-06-01", None, None), None, [K.HEADER, K.SCOPE, K.POSITION, K.DEFINITIONS, K.CODING, K.REFERENCES], NEEDED, CODES)),
}  # fmt: skip


def told(policy: Policy) -> Facts:
    version = policy.version
    days = (version.effective, version.last_review, version.ends)
    trees = [s.criteria and re.sub(r"@[\d-]+", "@", shape(s.criteria, root=True)).replace("@(", "(") for s in policy.statements]
    return Facts(
        policy.reader.split()[-1],
        None if policy.id == "card" else policy.id,
        policy.title,
        tuple(day and day.isoformat() for day in days),  # type: ignore[arg-type]
        version.status,
        [s.kind for s in policy.sections],
        [(s.position, tree) for s, tree in zip(policy.statements, trees, strict=True)],
        [f"{e.low}-{e.high}" if e.high else e.low for e in policy.codes],
        len(policy.history),
    )


@pytest.mark.parametrize("set_as", ["html", "docx"])
@pytest.mark.parametrize("name", CARDS)
def test_a_layout_gives_its_facts_as_web_page_and_as_word_document(name: str, set_as: str, codeset: CodeSet) -> None:
    blocks, facts = CARDS[name]
    data = card.html_of(blocks) if set_as == "html" else card.docx_of(blocks)
    assert told(read(data, f"card.{set_as}", codeset)) == facts
