"""From a payer's words to a finding: what is refused goes to the physician, what is approved under criteria has them checked, and nothing is claimed."""

import pytest
from match_builders import Line, request, shelved

from ur_desk.documents import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import MatchReport, Relation, Suggestion
from ur_desk.domain.policy import Position
from ur_desk.matching import match

PLAN = "Medical Policy\nPolicy Number: A1\nEffective Date: 01/01/2016\nTitle: Lamps\n\nCoverage\n"
MEDICARE = "Local Coverage Determination (LCD)\nLCD ID: L99999\nEffective Date: 01/01/2016\nTitle: Lamps\n\nIndications and Limitations of Coverage\n"
APPROVED = "Lampectomy may be approved when all of the following are met:\n(a) It is dark.\n(b) It is late."
REFUSED = "Lampectomy is not covered when:\n(a) It is noon.\n(b) It is dawn."
NAMED = "The following procedures are also not covered:\n\nLampectomy.\nCandle bypass."


def found(words: str, head: str, codeset: CodeSet) -> MatchReport:
    policy = read(f"{head}{words}\n".encode(), "lamps.txt", codeset)
    return match(request(Line("99999", "Lampectomy")), [shelved(policy)], codeset)


@pytest.mark.parametrize(
    ("words", "head", "position", "suggestion"),
    [
        (APPROVED, PLAN, Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA),
        (APPROVED, MEDICARE, Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA),
        (NAMED, MEDICARE, Position.NOT_MEDICALLY_NECESSARY, Suggestion.REFER),
        (NAMED, PLAN, Position.OTHER, Suggestion.CHECK_CRITERIA),
        (REFUSED, MEDICARE, Position.NOT_MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA),
        (f"{REFUSED}\n\n{APPROVED}", MEDICARE, Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA),
        (f"{APPROVED}\n\n{REFUSED}", MEDICARE, Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA),
        ("Lampectomy is not covered.", MEDICARE, Position.NOT_MEDICALLY_NECESSARY, Suggestion.REFER),
        ("Lampectomy is considered not medically necessary for all indications.", PLAN, Position.NOT_MEDICALLY_NECESSARY, Suggestion.REFER),
    ],
)
def test_a_payers_words_lead_to_the_step_that_they_allow(
    words: str, head: str, position: Position, suggestion: Suggestion, codeset: CodeSet
) -> None:
    report = found(words, head, codeset)
    (policy,) = report.policies
    assert (policy.relation, policy.position, report.suggestion) == (Relation.BY_DESCRIPTION, position, suggestion)
