"""A draft handed to a colleague and back: whose it is, what the trail keeps of it, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, enrolled, request, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.intake.handing import NOTE_LIMIT, DraftHanded
from ur_desk.domain.people import Role
from ur_desk.domain.sentences import sentence
from ur_desk.errors import UserError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        enrolled(made, "ike", "Ike Osman", frozenset({Role.INTAKE}))
        sit_down(made, "mara")
        made.intake.keep_draft("d1", draft_of(request()))
        yield made


def test_a_draft_is_handed_over_with_a_word_and_handed_back(desk: Desk) -> None:
    assert [a.name for a in desk.intake.colleagues()] == ["ada", "ike"]
    assert desk.intake.hand_draft("d1", "IKE", "  The fax\n number is missing. ").value.display == "Ike Osman"
    assert desk.intake.kept_drafts() == ()
    sit_down(desk, "ike")
    (kept,) = desk.intake.kept_drafts()
    assert (kept.name, kept.handed_by_name, kept.note) == ("d1", "Mara Lindqvist", "The fax number is missing.")
    assert kept.draft.member.family == "Alvarado"
    desk.intake.keep_draft("d1", draft_of(request(reference="R-7")))
    assert desk.intake.kept_drafts()[0].note  # typing on does not lose from whom it came
    desk.intake.hand_draft("d1", kept.handed_by or "", "Added.")
    sit_down(desk, "mara")
    (back,) = desk.intake.kept_drafts()
    assert (back.handed_by_name, back.note, back.draft.reference) == ("Ike Osman", "Added.", "R-7")


def test_the_trail_says_who_handed_what_to_whom_and_nothing_of_what_it_says(desk: Desk) -> None:
    desk.intake.hand_draft("d1", "ike", "About Alvarado")
    event = list(desk.store.ledger.outside_cases(0))[-1][1]
    assert isinstance(event.body, DraftHanded)
    assert "Alvarado" not in repr(event.body)
    names = {a.id: a.display for a in desk.accounts.all()}
    assert sentence(event.body, names) == "handed a draft of a new request to Ike Osman."
    assert desk.supervision.verification().holds


@pytest.mark.parametrize("to", ["osei", "sol", "mara", "nobody", ""])
def test_nobody_gets_a_draft_who_could_not_go_on_with_it(desk: Desk, to: str) -> None:
    with pytest.raises(UserError, match="no such colleague"):
        desk.intake.hand_draft("d1", to)
    assert len(desk.intake.kept_drafts()) == 1


def test_a_draft_that_is_not_ones_own_or_gone_is_not_handed(desk: Desk) -> None:
    sit_down(desk, "ike")
    before = desk.store.ledger.last()
    for name in ("d1", "no-such-draft", ""):
        with pytest.raises(UserError, match="not yours, or is gone"):
            desk.intake.hand_draft(name, "mara")
    assert desk.store.ledger.last() == before


def test_a_word_that_is_too_long_is_refused_and_nothing_is_cut(desk: Desk) -> None:
    with pytest.raises(UserError, match="characters at most"):
        desk.intake.hand_draft("d1", "ike", "x" * (NOTE_LIMIT + 1))
    assert desk.intake.kept_drafts()[0].handed_by is None
