"""Event bodies as bytes: read back as they were, and nothing is guessed."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import NOW, profile
from outcome_story import administrative, approval, denial, dismissed, not_required, voided

from ur_desk.domain.audit import Gone
from ur_desk.domain.decisions.authorization import AuthorizationNumbered, EnteredInClaims
from ur_desk.domain.decisions.grounds import Agreement, Family, Given, Matter
from ur_desk.domain.decisions.outcomes import Cause, DismissalVacated, Reopened
from ur_desk.domain.determination import Granted, Span, in_spans
from ur_desk.domain.events import EventId, NoteAdded
from ur_desk.domain.people import Role
from ur_desk.domain.workspace import ProfileSaved
from ur_desk.records.events import body_bytes, body_from, plain


def test_a_body_comes_back_as_it_was() -> None:
    assert body_from(body_bytes(NoteAdded("x"))) == NoteAdded("x")


@pytest.mark.parametrize(
    "data",
    [
        b'{"data": {"text": "x"}, "kind": "note-added", "v": 2}',
        b'{"data": {"text": "x"}, "kind": "note-added"}',
        b'{"data": {"text": "x"}, "kind": "no-such-thing", "v": 1}',
        b'{"data": {}, "kind": "note-added", "v": 1}',
        b"[]",
        b"\xff",
        b"",
    ],
)
def test_a_body_that_this_version_does_not_know_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        body_from(data)


def test_a_content_that_is_gone_is_told_as_such() -> None:
    assert plain(Gone())["kind"] == "gone"
    assert plain(Gone(readable=False))["kind"] == "unreadable"


OUTCOMES = (
    administrative(1),
    denial(1, agreed=Agreement("the office", NOW, "by telephone"), attempts=(EventId("e1"),), family=Family.INFORMATION),
    approval(1, granted=in_spans(Granted(), (Span(date(2017, 10, 12), date(2017, 10, 18), Decimal(6)),))),
    not_required(1),
    dismissed(1),
    voided(1, 2),
    DismissalVacated((1,), "It came."),
    Reopened((2,), Cause.FRAUD, "Forged."),
    AuthorizationNumbered((2,), "A-1", of_series=False, reason="Another."),
    EnteredInClaims((2,), "Claims One", NOW),
)


@pytest.mark.parametrize("body", OUTCOMES, ids=[type(body).__name__ for body in OUTCOMES])
def test_every_outcome_comes_back_as_it_was(body: Any) -> None:
    assert body_from(body_bytes(body)) == body


def test_a_decision_of_before_outcomes_had_families_still_tells_a_clinical_denial() -> None:
    told = json.loads(body_bytes(denial(1)))
    for later in ("family", "administrative", "attempts", "agreed"):
        del told["data"]["decision"][later]
    decision = body_from(json.dumps(told).encode()).decision
    assert decision.family is None
    assert decision.refused_as is Family.CLINICAL


def test_what_a_plan_gives_to_a_role_that_takes_none_is_refused_when_it_is_read() -> None:
    told = json.loads(body_bytes(ProfileSaved(replace(profile(), signers=(Given(Matter.EXCLUDED, Role.NURSE),)))))
    assert body_from(json.dumps(told).encode()).profile.signers == (Given(Matter.EXCLUDED, Role.NURSE),)
    told["data"]["profile"]["signers"][0]["role"] = "intake"
    with pytest.raises(ValueError, match="not an event body"):
        body_from(json.dumps(told).encode())
