"""What columns mean as values: every field has words, a choice narrows, and a change gives another value."""

import pytest

from ur_desk.domain.intake.mapping import CHOICES, FIELDS, SHOWN, Column, DateOrder, Holds, Look
from ur_desk.errors import UserError
from ur_desk.importers import column, look
from ur_desk.ui.models.columns import Meanings, Meant, State, begun
from ur_desk.ui.models.field_synonyms import synonyms
from ur_desk.ui.models.field_words import field_words, narrowed, offers
from ur_desk.ui.widgets.column_words import value_words

DATA = b"Member ID,CPT,DOS,DOB,Dx1,Dx2\r\nDEMO-1,72148,10/12/2017,04/13/1968,M54.5,M47.816\r\n"


def seen() -> Look:
    return look(DATA, "x.csv")


def meanings() -> Meanings:
    told = seen()
    assert told.guess.mapping is not None
    return begun(told, None, told.guess.mapping.columns)


def test_every_field_has_words_of_its_own(qapp: object) -> None:
    words = [field_words(field) for field in FIELDS]
    assert len(set(words)) == len(FIELDS)
    assert field_words("services.2.code") == "Procedure code, service 2 of the row"
    with pytest.raises(KeyError):
        field_words("services.shoe")


def test_every_field_is_offered_once_and_further_services_where_one_is_there(qapp: object) -> None:
    alone = [each.field for each in offers((), None)]
    assert alone == [None, *FIELDS]
    taken = list(offers((("services.code", "CPT"), ("diagnoses.code", "Dx")), None))
    by_field = {each.field: each.taken for each in taken}
    assert by_field["services.code"] == "CPT"
    assert by_field["services.2.code"] == ""
    assert by_field["diagnoses.code"] == "", "several columns may tell diagnoses"
    assert "services.2.code" in [each.field for each in offers((("services.code", "CPT"),), "services.code")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("member id", "member.member_id"), ("npi req", "requesting_provider.npi"), ("clinical", "clinical_notes"), ("LEFT", None), ("services.code", "services.code")],
)  # fmt: skip
def test_typed_words_narrow_the_choice_in_any_order(qapp: object, typed: str, first: str | None) -> None:
    assert narrowed(offers((), None), typed)[0].field == first
    assert narrowed(offers((), None), "no such thing at all") == ()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("born", "member.birth_date"),
        ("DOB", "member.birth_date"),
        ("birthday", "member.birth_date"),
        ("date of birth", "member.birth_date"),
        ("prio", "urgency"),
        ("lname", "member.family"),
        ("icd-10", "diagnoses.code"),
        ("dos", "services.first_day"),
        ("lob", "line_of_business"),
    ],
)
def test_a_meaning_is_found_by_the_words_of_other_programs(typed: str, field: str) -> None:
    assert narrowed(offers((), None), typed)[0].field == field


def test_every_meaning_has_other_words_and_its_own_words_come_before_them() -> None:
    assert all(synonyms(field) for field in FIELDS)
    found = [each.field for each in narrowed(offers((), None), "plan")]
    assert found[0] == "coverage.plan"
    assert found.index("coverage.grandfathered") < found.index("coverage.erisa")


def test_a_change_gives_another_value_and_the_former_stays(qapp: object) -> None:
    told = meanings()
    changed = told.with_column(1, None)
    assert told.columns[1].state is State.SURE
    assert changed.columns[1].state is State.LEFT_OUT
    assert changed.mapping().missing
    assert told.mapping().missing is None
    with pytest.raises(UserError, match="from 1 to"):
        Meanings(()).mapping()


def test_a_group_goes_with_the_column_that_it_rests_on(qapp: object) -> None:
    told = meanings().with_group(0, True)
    assert told.groups(0)
    assert told.with_column(0, None).group == ()
    assert told.with_group(0, False).group == ()


def test_another_order_of_days_holds_for_every_column_that_had_the_same(qapp: object) -> None:
    told = meanings().with_dates(2, DateOrder.DMY)
    assert {each.column.dates for each in told.columns if each.column and each.column.holds is Holds.DAY} == {DateOrder.DMY}
    assert told.columns[1].column == meanings().columns[1].column


def test_a_fixed_value_beside_a_column_for_the_same_field_is_twice(qapp: object) -> None:
    told = meanings().with_column(4, Column("Dx1", "state")).with_fixed({"state": "IN", "kind": ""})
    assert told.twice == {"state"}
    assert told.with_fixed({"state": ""}).twice == frozenset()
    assert meanings().twice == frozenset(), "two columns of diagnoses fill one field together"


def test_what_was_said_is_carried_to_the_same_columns_of_a_file_looked_at_anew(qapp: object) -> None:
    before = meanings().with_column(0, None).with_fixed({"state": "IN"})
    other = look(DATA.replace(b"CPT", b"Procedure code"), "x.csv")
    assert other.guess.mapping is not None
    told = begun(other, None, other.guess.mapping.columns).carried(before)
    assert told.columns[0].state is State.LEFT_OUT
    assert told.columns[1].header == "Procedure code"
    assert told.columns[1].state is State.SURE
    assert told.fixed == (("state", "IN"),)


def test_a_column_named_by_hand_is_read_as_a_guessed_one_would_be() -> None:
    data = b"A,B,C\r\n" + b"".join(b"DEMO-1,%d/02/2017,M54.5; M47.816\r\n" % day for day in range(10, 10 + SHOWN))
    told = look(data, "x.csv")
    assert column(told, 1, "services.first_day").dates is DateOrder.DMY
    assert column(told, 2, "diagnoses.code").separators == ";"
    assert dict(column(told, 0, "urgency").values)


@pytest.mark.parametrize("field", sorted(CHOICES))
def test_every_value_of_a_closed_set_has_words_of_its_own(qapp: object, field: str) -> None:
    words = [value_words(value) for value in CHOICES[field]]
    assert len(set(words)) == len(words)


def test_a_word_that_means_its_value_by_itself_is_not_kept_twice() -> None:
    told = Meanings((Meant("Prio", 1, State.SURE, Column("Prio", "urgency", values=(("u", "expedited"),))),))
    changed = told.with_word(0, "U", "standard").with_word(0, "expedited", "expedited")
    assert changed.columns[0].column == Column("Prio", "urgency", values=(("u", "standard"),))
    assert changed.with_word(0, "U", "").columns[0].column == Column("Prio", "urgency", values=(("u", ""),))
