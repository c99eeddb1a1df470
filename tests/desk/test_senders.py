"""Senders at the desk: a file is looked at, a mapping tried and kept, and the next file of that sender is known by itself."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from builders import FixedClock, desk_in, open_desk, sender, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.verbs import Changed
from ur_desk.domain.intake.mapping import FIELDS, Column, Holds, Mapping, Sender
from ur_desk.domain.intake.sender_events import SenderUnread
from ur_desk.domain.sentences import sentence
from ur_desk.errors import Forbidden, UserError
from ur_desk.records.events import plain

FILE = b"Mbr ID,CPT,Dx,Who knows\r\nDEMO-1,72148,M54.5,x\r\nDEMO-2,97110,M17.11,y\r\n"
ODD = b"A,B,C\r\nDEMO-1,72148,M54.5\r\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made


def test_a_file_is_looked_at_and_a_mapping_is_tried_before_anything_is_kept(desk: Desk) -> None:
    before = desk.store.ledger.last()
    look = desk.senders.look(FILE, "october.csv")
    assert look.table.headers == ("Mbr ID", "CPT", "Dx", "Who knows")
    assert [row.cells[0] for row in look.rows] == ["DEMO-1", "DEMO-2"]
    assert look.mapping is not None
    told = desk.senders.preview(look, look.mapping)
    assert [r.member.member_id for r in told.requests] == ["DEMO-1", "DEMO-2"]
    other = replace(look.mapping, columns=(*look.mapping.columns, Column("Who knows", "reference")))
    assert [r.reference for r in desk.senders.preview(look, other).requests] == ["x", "y"]
    assert desk.store.ledger.last() == before


def test_the_next_file_of_a_kept_sender_is_known_by_itself(desk: Desk) -> None:
    mapping = Mapping((Column("A", "member.member_id"), Column("B", "services.code")))
    with_it = Sender("Ortho", desk.senders.look(ODD, "x.csv").table.signature, mapping)
    assert desk.intake.extract(ODD, "x.csv", senders=desk.senders.known()).requests == ()
    done = desk.senders.keep(with_it)
    assert done.changes == {Changed.SENDERS}
    told = desk.intake.extract(ODD, "another name.txt", senders=desk.senders.all())
    assert [r.member.member_id for r in told.requests] == ["DEMO-1"]
    assert desk.senders.look(ODD, "x.csv", desk.senders.all()).mapping == mapping
    assert desk.intake.extract(ODD, "x.csv", mapping).requests == desk.intake.extract(ODD, "x.csv", mapping).requests


def test_what_another_version_kept_of_a_sender_and_this_one_refuses_needs_a_look_with_its_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Sender(
        "Ortho", frozenset({"a", "b"}), Mapping((Column("A", "member.member_id"), Column("B", "services.code"), Column("C", "state")))
    )
    desk.senders.keep(told)
    desk.senders.keep(sender("Another office"))
    monkeypatch.delitem(FIELDS, "state")
    with closing(open_desk(desk.folder, "mara", clock=FixedClock())) as again:
        assert [each.name for each in again.senders.all()] == ["Another office"]
        (unread,) = again.senders.unread()
        assert (unread.name, unread.why) == ("Ortho", "“state” is no field of a request.")
        with pytest.raises(UserError, match="needs a look: “state” is no field"):
            again.senders.one("ortho")
        with pytest.raises(UserError, match="needs a look"):
            again.senders.rename("Ortho", "Other")
        assert again.supervision.verification().holds
        document = again.senders.document("Ortho")
        with pytest.raises(UserError, match="“state” is no field"):
            again.senders.read(document, "ortho.json")
        mended = document.replace(b"state", b"clinical_notes")
        again.senders.keep(again.senders.read(mended, "ortho.json"))
        assert again.senders.unread() == ()
        assert again.senders.one("Ortho").signature == told.signature
        again.senders.drop("Another office")
    monkeypatch.setitem(FIELDS, "state", Holds.STATE)
    assert desk.senders.read(document, "ortho.json") == told


def test_one_that_needs_a_look_is_dropped_and_keeps_its_words_in_the_trail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.senders.keep(Sender("Ortho", frozenset({"a"}), Mapping((Column("A", "member.member_id"), Column("C", "state")))))
    monkeypatch.delitem(FIELDS, "state")
    with closing(open_desk(desk.folder, "mara", clock=FixedClock())) as again:
        (event,) = [each for _, each in again.store.ledger.outside_cases(0) if isinstance(each.body, SenderUnread)]
        assert plain(event.body)["data"]["sender"]["mapping"]["columns"][1]["field"] == "state"
        assert "cannot read it: “state” is no field" in sentence(event.body, {})
        again.senders.drop("Ortho")
        assert again.senders.unread() == ()


def test_senders_are_there_again_after_a_restart_and_the_trail_holds(desk: Desk) -> None:
    desk.senders.keep(sender())
    desk.senders.keep(sender("Another office"))
    desk.senders.rename("LINDENFIELD ortho", " Lindenfield ")
    again = open_desk(desk.folder, "mara", clock=FixedClock())
    assert [each.name for each in again.senders.all()] == ["Another office", "Lindenfield"]
    assert again.senders.one("another OFFICE").mapping == sender().mapping
    assert again.supervision.verification().holds
    again.senders.drop("Another office")
    again.close()
    assert [each.name for each in desk.senders.all()] == ["Lindenfield"]


def test_a_file_of_a_sender_goes_to_another_workspace_and_is_the_same_there(desk: Desk, tmp_path: Path) -> None:
    desk.senders.keep(sender())
    document = desk.senders.document("Lindenfield Ortho")
    with desk_in(tmp_path / "other") as other:
        sit_down(other, "sol")
        other.senders.keep(other.senders.read(document, "s.json"))
        assert other.senders.all() == desk.senders.all()
        assert other.senders.read(document, "s.json", "Ours").name == "Ours"


def test_what_cannot_be_is_refused_and_nothing_changes(desk: Desk) -> None:
    desk.senders.keep(sender())
    desk.senders.keep(sender("Another office"))
    before = desk.senders.all()
    for refused in (
        lambda: desk.senders.rename("Lindenfield Ortho", "ANOTHER office"),
        lambda: desk.senders.rename("Lindenfield Ortho", "  "),
        lambda: desk.senders.rename("nobody", "x"),
        lambda: desk.senders.drop("nobody"),
        lambda: desk.senders.one("nobody"),
        lambda: desk.senders.read(b"{}", "s.json"),
        lambda: desk.senders.look(b"%PDF-1.4", "x.pdf"),
        lambda: desk.senders.look(b"[1, 2]", "x.json"),
        lambda: desk.senders.look(b"{", "x.json"),
        lambda: desk.senders.look(b"const f = () => 1;", "x.js"),
        lambda: desk.senders.look(b"PK\x03\x04xl/workbook.xml", "x.xlsx"),
    ):
        with pytest.raises(UserError):
            refused()
    assert desk.senders.all() == before


def test_a_new_spelling_of_the_same_name_is_taken(desk: Desk) -> None:
    desk.senders.keep(sender())
    assert desk.senders.rename("Lindenfield Ortho", "LINDENFIELD Ortho").value.name == "LINDENFIELD Ortho"
    assert len(desk.senders.all()) == 1


def test_a_physician_has_nothing_to_do_with_senders(desk: Desk) -> None:
    sit_down(desk, "osei")
    assert desk.senders.known() == ()
    with pytest.raises(Forbidden):
        desk.senders.all()
    with pytest.raises(Forbidden):
        desk.senders.keep(sender())


def test_no_event_of_a_sender_tells_of_a_member(desk: Desk) -> None:
    look = desk.senders.look(FILE, "october.csv")
    assert look.mapping is not None
    desk.senders.keep(Sender("Ortho", look.table.signature, look.mapping))
    document = desk.senders.document("Ortho").decode()
    assert "DEMO-1" not in document
    assert "DEMO-1" not in repr(look.guess)
    assert "DEMO-1" not in repr(replace(look, table=replace(look.table, rows=())))
