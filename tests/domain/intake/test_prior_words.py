"""What a payer's response says, in words that never make a rejection a denial or a code an outcome of this desk."""

from dataclasses import replace

import pytest
from builders import request

from ur_desk.domain.intake.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.intake.prior_words import action_words, told
from ur_desk.domain.request import Kind


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action("A1", "AUTH-1"), "A1: approved as asked · number AUTH-1"),
        (Action("a3", reasons=("0B", "0C")), "a3: not approved · reason 0B, 0C"),
        (Action("CT"), "CT: contact payer; nothing is decided"),
        (Action("ZZ", words="Ask us."), "ZZ: an action that this program has no words for · Ask us."),
        (Action(None, "AUTH-1"), "no action code · number AUTH-1"),
        (Action(), "no action code"),
    ],
)
def test_an_action_is_told_with_its_code_beside_it(action: Action, words: str) -> None:
    assert action_words(action) == words


def test_the_whole_and_its_lines_stand_apart_and_a_rejection_is_no_denial() -> None:
    decision = Decision(
        ("T-1",), Action("A2"), (LineAction(2, Action("A3")),), (Rejection("72", "C", "loop 2010C"), Rejection()), "error", "Call."
    )
    response = request(kind=Kind.RESPONSE, decision=decision)
    assert list(told(response)) == [
        ("Whole request", "A2: approved in part"),
        ("Line 2", "A3: not approved"),
        (
            "Payer could not process",
            "The member's id is wrong or missing. Correct it and send it again; this is no denial. (reason 72 · follow-up C · loop 2010C)",
        ),
        ("Payer could not process", "It does not say why in words that are known here. Correct it and send it again; this is no denial."),
        ("Processing outcome", "error"),
        ("Payer says", "Call."),
        ("Answers", "T-1"),
    ]
    assert list(told(replace(response, decision=Decision()))) == []


@pytest.mark.parametrize("kind", [Kind.CANCELLATION, Kind.REVISION, Kind.EXTENSION, Kind.INQUIRY, Kind.RENEWAL, Kind.NOTIFICATION])
def test_a_message_that_only_names_an_earlier_request_is_no_response(kind: Kind) -> None:
    assert list(told(request(kind=kind, decision=Decision(("AUTH-7", "P-1"))))) == [("About", "AUTH-7, P-1")]
    assert list(told(request(kind=kind))) == []


@pytest.mark.parametrize(
    ("rejection", "words"),
    [
        (Rejection("57", "N", "loop 2000F, line 2"), "The days of service are wrong or missing, at the service of line 2. The payer takes it no second time: ask the payer; this is no denial. (reason 57 · follow-up N · loop 2000F, line 2)"),
        (Rejection("42", "Y"), "It cannot answer at the moment. Do not send it again: the payer will answer; this is no denial. (reason 42 · follow-up Y)"),
        (Rejection("ZZ", "Q", "Claim.item[0]"), "It does not say why in words that are known here. Ask the payer whether to send it again; this is no denial. (reason ZZ · follow-up Q · Claim.item[0])"),
    ],
)  # fmt: skip
def test_what_a_payer_could_not_process_says_what_to_do_before_its_codes(rejection: Rejection, words: str) -> None:
    response = request(kind=Kind.RESPONSE, decision=Decision(rejections=(rejection,)))
    assert list(told(response)) == [("Payer could not process", words)]
