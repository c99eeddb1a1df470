"""Mappings are declared and checked as they are made; senders are told by the columns that their files have."""

from dataclasses import replace
from typing import Any

import pytest

from ur_desk.domain.intake.mapping import FIELDS, Column, Mapping, Row, Sender, Table, base_of, match_senders, plain_header
from ur_desk.domain.intake.sender_events import SenderDropped, SenderKept, SenderRenamed, senders_after
from ur_desk.errors import UserError

MAPPING = Mapping((Column("Mbr ID", "member.member_id"), Column("CPT", "services.code"), Column("Dx", "diagnoses.code")))
SENDER = Sender("Lindenfield Ortho", frozenset({"mbr id", "cpt", "dx", "dos"}), MAPPING)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Column("", "reference"), "has no name"),
        (lambda: Column("A", "member.shoe_size"), "is no field"),
        (lambda: Column("A", "services.0.code"), "is no field"),
        (lambda: Column("A", "services.code", 0), "counted from 1"),
        (lambda: Column("A", "services.code", separators="x"), "parted by"),
        (lambda: Column("A", "services.code", 10**30), "counted from 1 to"),
        (lambda: Column("A", "urgency", values=(("Stat", "expedited"), ("stat ", "standard"))), "one word twice"),
        (lambda: Mapping(()), "has from 1"),
        (lambda: Mapping((Column("A", "reference"), Column("B", "reference"))), "twice"),
        (lambda: Mapping((Column("A", "reference"),), fixed=(("reference", "x"),)), "twice"),
        (lambda: Mapping((Column("A", "reference"),), fixed=(("member.name", "x"),)), "cannot be given one fixed value"),
        (lambda: Mapping((Column("A", "reference"),), fixed=(("decision", "approved"),)), "cannot be given one fixed value"),
        (lambda: Mapping((Column("A", "reference"),), fixed=(("diagnoses.code", "M54.5"),)), "cannot be given one fixed value"),
        (lambda: Mapping((Column("A", "reference"),), fixed=(("diagnoses.primary_code", "M54.5"),)), "cannot be given one fixed value"),
        (lambda: Mapping((Column("A", "reference"),), group=("member.member_id",)), "which no column fills"),
        (lambda: Mapping((Column("A", "services.code"),), group=("services.code",)), "cannot be grouped by"),
        (lambda: Mapping((Column("A", "diagnoses.code"),), group=("diagnoses.code",)), "cannot be grouped by"),
        (lambda: Mapping((Column("A", "decision"),), group=("decision",)), "cannot be grouped by"),
        (lambda: Sender(" ", frozenset(), MAPPING), "has a name"),
        (lambda: Sender("x" * 81, frozenset(), MAPPING), "has a name"),
        (lambda: Sender("a\nb", frozenset(), MAPPING), "has a name"),
    ],
)
def test_what_could_not_be_meant_is_refused_and_nothing_changes(make: Any, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        make()
    assert "Nothing was changed." in f"{refused.value.message} {refused.value.hint}"


def test_several_columns_may_fill_what_is_joined() -> None:
    joined = ("diagnoses.code", "clinical_notes", "member.address", "services.modifiers")
    for field in joined:
        assert Mapping((Column("A", field), Column("B", field))).columns


def test_a_field_of_a_numbered_service_is_known_without_its_number() -> None:
    assert base_of("services.12.quantity") == ("services.quantity", 12)
    assert base_of("member.member_id") == ("member.member_id", 1)
    for field in FIELDS:
        assert base_of(field) == (field, 1)


def test_a_mapping_says_what_it_lacks() -> None:
    assert MAPPING.missing is None
    assert "the service" in (Mapping((Column("A", "member.member_id"),)).missing or "")
    assert "whose request" in (Mapping((Column("A", "services.2.code"),)).missing or "")
    assert Mapping((Column("A", "reference"),), fixed=(("services.code", "97110"),)).missing is None


def test_headers_are_compared_by_their_words() -> None:
    assert plain_header("memberId") == plain_header("Member-ID") == plain_header(" member_id ") == "member id"
    assert plain_header("Subscriber #") == "subscriber number"


def test_a_column_is_found_by_its_header_and_its_order() -> None:
    table = Table(("CPT", "Dx", "DX"), (Row(2, ("72148", "M54.5", "")),))
    assert [table.place(Column("dx", "diagnoses.code", nth)) for nth in (1, 2, 3)] == [1, 2, None]


def test_a_sender_is_known_by_the_columns_of_the_file() -> None:
    headers = frozenset({"mbr id", "cpt", "dx", "dos"})
    assert match_senders(headers, [SENDER]) == (SENDER,)
    assert match_senders(headers | {"note"}, [SENDER]) == (SENDER,)
    assert match_senders(headers - {"cpt"}, [SENDER]) == (), "a column of the mapping is missing"
    assert match_senders(headers | {str(n) for n in range(9)}, [SENDER]) == (), "hardly anything is known"
    assert match_senders(frozenset(), [SENDER]) == ()


def test_between_senders_alike_nobody_is_chosen_and_the_nearer_one_is() -> None:
    twin = replace(SENDER, name="Another office")
    farther = replace(SENDER, name="Farther", signature=SENDER.signature | {"fax"})
    assert match_senders(SENDER.signature, [SENDER, farther, twin]) == (twin, SENDER)
    assert match_senders(SENDER.signature, [farther, SENDER]) == (SENDER,)


def test_senders_are_kept_renamed_and_dropped_whatever_the_case_of_their_names() -> None:
    known = senders_after({}, SenderKept(SENDER))
    known = senders_after(known, SenderKept(replace(SENDER, name="LINDENFIELD ORTHO")))
    assert list(known) == ["lindenfield ortho"]
    known = senders_after(known, SenderRenamed("Lindenfield ORTHO", "Ortho"))
    assert [sender.name for sender in known.values()] == ["Ortho"]
    assert senders_after(known, SenderDropped("nobody")) == known
    assert senders_after(known, SenderRenamed("nobody", "x")) == known
    assert senders_after(known, SenderDropped("ORTHO")) == {}
