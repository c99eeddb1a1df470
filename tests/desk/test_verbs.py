"""Verbs: what each is declared to write, and that an act writes nothing else."""

from pathlib import Path
from typing import get_args

import pytest
from builders import desk_in

from ur_desk.desk.verbs import VERBS, Act
from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.trail.keeping import HoldBody


def test_every_content_is_one_that_some_verb_is_declared_to_write() -> None:
    import ur_desk.desk.encrypting
    import ur_desk.desk.restoring  # noqa: F401 (their verbs)

    kinds = {*ev.CASE_BODIES, *get_args(HoldBody), *ws.WORKSPACE_BODIES}
    declared = {kind for each in VERBS.values() for kind in get_args(each.writes) or (each.writes,)}
    assert declared == kinds


def test_a_verb_writes_no_content_that_it_does_not_declare(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        before = desk.store.ledger.last()
        with pytest.raises(TypeError, match=r"profile\.save is not declared to write AccountRetired"), desk.store.atomic():
            Act(desk, VERBS["profile.save"]).on_workspace(ws.AccountRetired(desk.accounts.named("sol").id))
        assert desk.store.ledger.last() == before
