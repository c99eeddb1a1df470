"""The address book: kept from cases as they are opened, found, corrected by people, forgotten, and never a record of anybody's health."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, opened, sit_down
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.desk.desk import Desk
from ur_desk.domain.audit import Event
from ur_desk.domain.intake.addresses import KEPT, ProviderCorrected, ProviderForgotten, worth_keeping
from ur_desk.domain.request import Network, Provider
from ur_desk.domain.sentences import sentence
from ur_desk.errors import UserError

IMAGING = "1234567893"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def names(desk: Desk, text: str = "") -> list[str]:
    return [entry.provider.name or "" for entry in desk.addresses.find(text)]


def last_event(desk: Desk) -> Event:
    return list(desk.store.ledger.outside_cases(0))[-1][1]


def test_a_case_that_is_opened_leaves_its_providers_in_the_book(desk: Desk) -> None:
    opened(desk)
    assert names(desk) == ["Orchard Row Imaging", "Priya Natarajan"]
    priya = desk.addresses.find("natar pri")[0].provider
    assert (priya.credential, priya.address) == ("DC", "4 Orchard Row\nMuncie, IN 47303")
    assert desk.supervision.verification().holds


def test_a_provider_is_found_by_words_in_any_order_and_by_its_number(desk: Desk) -> None:
    opened(desk)
    assert names(desk, "row orch") == names(desk, "123456") == ["Orchard Row Imaging"]
    assert names(desk, "rchard") == names(desk, "%") == names(desk, "_") == names(desk, "'; --") == []


def test_a_number_with_a_wrong_check_digit_is_not_offered_again(desk: Desk) -> None:
    opened(desk, servicing_provider=Provider("Ann Lee", "1558597798", fax="1-800-555-0177"))
    assert [entry.provider.npi for entry in desk.addresses.find("ann lee")] == [None]


def test_a_later_request_brings_newer_facts_and_no_second_entry(desk: Desk) -> None:
    opened(desk)
    opened(desk, servicing_provider=Provider("Orchard Row Imaging Center", IMAGING, fax="1-800-555-0177"))
    (entry,) = desk.addresses.find(IMAGING)
    assert (entry.provider.name, entry.provider.fax) == ("Orchard Row Imaging Center", "1-800-555-0177")


def test_two_providers_of_one_name_and_two_numbers_stay_two(desk: Desk) -> None:
    opened(desk, servicing_provider=Provider("Ann Lee", IMAGING), requesting_provider=None)
    opened(desk, servicing_provider=Provider("Ann Lee", "1558597799"), requesting_provider=None)
    assert [entry.provider.npi for entry in desk.addresses.find("ann lee")] == [IMAGING, "1558597799"]


def test_what_a_person_corrected_is_not_overwritten_by_a_request(desk: Desk) -> None:
    opened(desk)
    known = desk.addresses.one(IMAGING)
    done = desk.addresses.correct(IMAGING, Provider(" Orchard  Row Imaging ", IMAGING, fax="1-800-555-0100")).value
    assert (done.provider.name, done.corrected) == ("Orchard Row Imaging", True)
    opened(desk, servicing_provider=Provider("Orchard Row", IMAGING, phone="1-800-555-0101", fax="1-800-555-0199"))
    now = desk.addresses.one(IMAGING).provider
    assert (now.name, now.fax, now.phone) == ("Orchard Row Imaging", "1-800-555-0100", "1-800-555-0101")
    told = [e for _, e in desk.store.ledger.outside_cases(0) if isinstance(e.body, ProviderCorrected)]
    assert told[0].body.before == known.provider
    assert sentence(told[0].body, {}) == "corrected Orchard Row Imaging in the address book: fax."


def test_a_provider_is_forgotten_with_an_event_and_comes_back_with_the_next_request(desk: Desk) -> None:
    opened(desk)
    desk.addresses.forget(IMAGING)
    assert names(desk) == ["Priya Natarajan"]
    body = last_event(desk).body
    assert isinstance(body, ProviderForgotten)
    assert sentence(body, {}) == "took Orchard Row Imaging out of the address book."
    opened(desk)
    assert "Orchard Row Imaging" in names(desk)
    assert desk.supervision.verification().holds


@pytest.mark.parametrize(
    ("told", "says"),
    [(Provider("", IMAGING), "has a name"), (Provider("Orchard", "123"), "no NPI"), (Provider("Orchard", "1234567890"), "no NPI")],
)
def test_a_bad_correction_is_refused_and_nothing_is_changed(desk: Desk, told: Provider, says: str) -> None:
    opened(desk)
    before = desk.addresses.one(IMAGING), desk.store.ledger.last()
    with pytest.raises(UserError, match=says):
        desk.addresses.correct(IMAGING, told)
    assert (desk.addresses.one(IMAGING), desk.store.ledger.last()) == before


def test_two_entries_never_share_a_number(desk: Desk) -> None:
    opened(desk)
    priya = desk.addresses.find("priya")[0]
    with pytest.raises(UserError, match="Another entry"):
        desk.addresses.correct(priya.id, Provider("Priya Natarajan", IMAGING))
    with pytest.raises(UserError, match="no such provider"):
        desk.addresses.forget("nobody")


def test_a_case_that_is_refused_leaves_nothing_in_the_book(desk: Desk) -> None:
    sit_down(desk, "mara")
    from builders import request

    from ur_desk.desk.steps import finish
    from ur_desk.domain.request import Member

    with pytest.raises(UserError):
        finish(desk.intake.open(request(member=Member("A", "B", "REAL-1"))))
    assert names(desk) == []


@given(
    st.builds(
        Provider,
        name=st.none() | st.text(max_size=30),
        npi=st.none() | st.text(max_size=12),
        phone=st.none() | st.text(max_size=12),
        network=st.none() | st.sampled_from(Network),
        contact=st.none() | st.text(max_size=12),
    )
)
def test_the_book_keeps_no_contact_no_network_and_nothing_without_a_name(provider: Provider) -> None:
    kept = worth_keeping(provider)
    if kept is not None:
        assert kept.name
        assert (kept.contact, kept.network) == (None, None)
        assert any(getattr(kept, name) for name in KEPT if name != "name")
    assert worth_keeping(None) is None
