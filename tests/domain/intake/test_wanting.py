"""What would be asked for later, each with its field, and what a form doubts besides."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOW, request

from ur_desk.domain.deadline import Lack
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.intake.typed import ClaimDraft, Draft, ProviderDraft, ServiceDraft
from ur_desk.domain.intake.wanting import Lacking, Want, form_doubts, lacking
from ur_desk.domain.request import Channel, Evidence, ReceiptEvidence, Timing, Urgency

WHOLE = draft_of(request(channel=Channel.FAX, received_evidence=ReceiptEvidence(Evidence.FAX_HEADER, "page 1")))
WHOLE = replace(WHOLE, requesting_provider=replace(WHOLE.requesting_provider, fax="1-800-555-0100"))


def wants(draft: Draft, lack: Lack | None = None, codes: frozenset[str] = frozenset()) -> list[str]:
    return [each.want.value for each in lacking(draft, lack, codes)]


def test_a_whole_request_lacks_nothing() -> None:
    assert lacking(WHOLE, None, frozenset()) == ()


def test_an_empty_form_lacks_each_thing_once_in_the_order_of_the_form() -> None:
    told = lacking(Draft(), None, frozenset())
    assert [each.path for each in told] == [
        "received_evidence", "channel", "line_of_business", "state", "member.birth_date", "member.address", "services.1.code",
        "diagnoses.1.code", "clinical_notes", "requesting_provider.name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"diagnoses": ()}, Lacking(Want.DIAGNOSIS, "diagnoses.1.code")),
        ({"urgency": Urgency.EXPEDITED.value}, Lacking(Want.SAID_BY, "urgency_said_by")),
        ({"timing": Timing.POSTSERVICE.value}, Lacking(Want.CLAIM, "claim.number")),
        ({"services": (ServiceDraft(), ServiceDraft(code="97110", quantity="1"))}, Lacking(Want.DAY, "services.2.first_day")),
        ({"services": (ServiceDraft(code="97110", first_day="10/12/2017"),)}, Lacking(Want.UNITS, "services.1.quantity")),
        ({"requesting_provider": ProviderDraft(name="Ann Lee", npi="1234567893")}, Lacking(Want.FAX, "requesting_provider.fax")),
        ({"requesting_provider": ProviderDraft(name="Ann Lee", fax="1")}, Lacking(Want.NPI, "requesting_provider.npi")),
        ({"servicing_provider": ProviderDraft(name="Orchard")}, Lacking(Want.NPI, "servicing_provider.npi")),
        ({"clinical_notes": "  "}, Lacking(Want.RECORD, "clinical_notes")),
    ],
)
def test_each_thing_that_lacks_leads_to_its_field(changes: dict[str, object], wanted: Lacking) -> None:
    assert lacking(replace(WHOLE, **changes), None, frozenset()) == (wanted,)


def test_a_claim_after_the_service_is_told_by_its_number() -> None:
    assert wants(replace(WHOLE, timing="postservice", claim=ClaimDraft("C-1"))) == []


def test_a_code_that_says_no_service_by_itself_wants_words() -> None:
    bare = replace(WHOLE, services=(replace(WHOLE.services[0], code=" 76496", description=""),))
    assert wants(bare, codes=frozenset({"76496"})) == ["words"]
    assert wants(bare) == []
    told = replace(bare, services=(replace(bare.services[0], description="Videofluoroscopy"),))
    assert wants(told, codes=frozenset({"76496"})) == []


@pytest.mark.parametrize("lack", [Lack.FUNDING, Lack.ERISA, Lack.URGENCY, Lack.TIMING, Lack.RULE])
def test_why_no_clock_can_start_stands_among_what_lacks(lack: Lack) -> None:
    assert wants(WHOLE, lack) == [lack.value]


@pytest.mark.parametrize("lack", [Lack.RECEIPT, Lack.ZONE, Lack.INCOMPLETE])
def test_what_is_an_error_beside_its_field_already_is_not_said_twice(lack: Lack) -> None:
    assert wants(WHOLE, lack) == []


def doubts(draft: Draft, hours: float = 0) -> list[str]:
    return [each.code for each in form_doubts(draft, NOW - timedelta(hours=hours), NOW, {"11"})]


def test_a_receipt_that_lies_long_before_its_entry_is_pointed_at() -> None:
    assert doubts(WHOLE, 24) == []
    assert doubts(WHOLE, 24.1) == ["received-long-ago"]
    (hours,) = form_doubts(WHOLE, NOW - timedelta(hours=30), NOW, {"11"})
    (days,) = form_doubts(WHOLE, NOW - timedelta(days=9, hours=3), NOW, {"11"})
    assert (hours.message[:17], days.message[:15]) == ("Received 30 hours", "Received 9 days")
    assert form_doubts(WHOLE, None, NOW, {"11"}) == ()


def test_urgency_that_nobody_asked_for_and_an_unknown_place_are_doubted_and_no_more() -> None:
    assert doubts(replace(WHOLE, urgency="Expedited")) == ["urgency-said-by"]
    assert doubts(replace(WHOLE, urgency="expedited", urgency_said_by="Dr. Natarajan")) == []
    place = replace(WHOLE, services=(replace(WHOLE.services[0], place_of_service="98"),))
    assert [(d.code, d.where, d.severity.value) for d in form_doubts(place, None, NOW, {"11"})] == [
        ("unknown-place", "services.1.place_of_service", "warning")
    ]
    assert doubts(replace(place, services=(replace(place.services[0], place_of_service="x"),))) == []
