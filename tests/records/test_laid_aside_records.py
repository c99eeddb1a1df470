"""What was left on a locked desk, as bytes and back."""

from datetime import date

import pytest

from ur_desk.domain.determination import PolicyCitation
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.laid_aside import Caret, CitedWords, LaidAside, StepBack, TypedBasis, TypedForm, TypedPanel
from ur_desk.domain.intake.typed import Draft, MemberDraft
from ur_desk.domain.policy import Anchor, PolicyId, Sha256
from ur_desk.records.laid_aside import aside_bytes, aside_from

CITED = CitedWords(PolicyCitation(PolicyId("RAD.00034"), date(2017, 9, 27), Anchor(Sha256("a" * 64), 15, 16)), "line 15 as it reads")
ASIDE = LaidAside(
    ("worklist", "review:c-1"),
    1,
    {"line": "2"},
    (TypedPanel(CaseId("c-1"), "deny", {"words": "Weil…\n\u202e"}, TypedBasis((CITED,), ("MCG", "A title", "", ""), "yes")),),
    TypedForm("d-1", Draft(clinical_notes="Low back pain", member=MemberDraft(family="Quill")), b"\x00\xff{}"),
    Caret("Note", 3, 1, 40),
    StepBack(CaseId("c-1"), 4, EventId("e-9"), "approval"),
)


def test_everything_comes_back_as_it_was() -> None:
    assert aside_from(aside_bytes(ASIDE)) == ASIDE
    assert aside_from(aside_bytes(LaidAside())) == LaidAside()


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"data":{"at":"x"},"v":1}', b'{"data":{},"v":2}', b"\xff", b'{"data":null,"v":1}'])
def test_bytes_that_tell_nothing_bring_nothing_back(data: bytes) -> None:
    assert aside_from(data) is None
