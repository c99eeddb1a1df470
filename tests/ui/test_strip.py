"""The case strip: two lines that give way in a fixed order, and never where somebody could be harmed by it."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from ui_strip import STRIP

from ur_desk.ui import theme
from ur_desk.ui.widgets.strip import Strip, StripContent, share

NEVER = ("case_number", "name", "birth_date", "member_id", "urgency", "status", "due", "left")


@pytest.fixture
def strip(qtbot) -> Strip:
    made = Strip()
    qtbot.addWidget(made)
    made.show_content(STRIP)
    made.resize(1280, 60)
    made.show()
    return made


def state(strip: Strip, name: str) -> str:
    label = strip.field(name)
    return "gone" if label.isHidden() else "elided" if label.elided else "whole"


def at_width(strip: Strip, width: int) -> dict[str, str]:
    strip.resize(width, strip.height())
    strip.grab()
    return {name: state(strip, name) for name in StripContent.__slots__ if isinstance(getattr(STRIP, name), str)}


def test_on_a_wide_window_everything_stands_whole_in_two_lines(strip: Strip) -> None:
    assert set(at_width(strip, 1920).values()) == {"whole"}
    assert strip.height() < 62


def test_diagnoses_give_way_first_then_services_then_coverage(strip: Strip) -> None:
    order = []
    for width in range(1900, 900, -4):
        for name, now in at_width(strip, width).items():
            if now != "whole" and name in ("diagnoses", "services", "coverage") and name not in order:
                order.append(name)
    assert order == ["diagnoses", "services", "coverage"]


@pytest.mark.parametrize("width", [1920, 1280, 1024, 800, 640, 480])
def test_identity_urgency_and_due_date_never_give_way(strip: Strip, width: int) -> None:
    now = at_width(strip, width)
    assert {name: now[name] for name in NEVER} == dict.fromkeys(NEVER, "whole")


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_nothing_overlaps_and_nothing_leaves_the_strip(strip: Strip, zoom: int, qapp: QApplication) -> None:
    theme.apply(qapp, "light", zoom)
    strip.show_content(replace(STRIP, warnings=("Weekend receipt", "Representative on file")))
    for width in (1920, 1280, 900, 640):
        strip.resize(width, strip.height())
        strip.grab()
        places = [strip.field(name).geometry() for name in StripContent.__slots__ if name not in ("policy_marks", "warnings", "pressing")]
        shown = [
            p
            for name, p in zip(
                [n for n in StripContent.__slots__ if n not in ("policy_marks", "warnings", "pressing")], places, strict=True
            )
            if not strip.field(name).isHidden()
        ]
        shown += [chip.geometry() for chip in strip._chips]
        for i, one in enumerate(shown):
            assert strip.rect().contains(one), (width, one)
            assert not any(one.intersects(other) for other in shown[i + 1 :]), (width, one)


def test_at_the_design_floor_nothing_gives_way(strip: Strip) -> None:
    assert set(at_width(strip, 1280).values()) == {"whole"}
    assert strip.height() < 62


def test_what_is_elided_stands_in_the_tool_tip(strip: Strip) -> None:
    at_width(strip, 1150)
    assert strip.field("diagnoses").toolTip() == STRIP.diagnoses
    assert strip.field("name").toolTip() == ""


def test_marks_and_warnings_are_chips_with_words(strip: Strip) -> None:
    strip.show_content(replace(STRIP, policy_marks=("abstract", "superseded"), warnings=("Received on a Saturday",)))
    assert [chip.words for chip in strip._chips] == ["abstract", "superseded", "⚠ Received on a Saturday"]
    assert all(not chip.isHidden() for chip in strip._chips)


def test_a_pressing_clock_takes_another_ink_and_keeps_its_words(strip: Strip) -> None:
    strip.show_content(replace(STRIP, pressing=True))
    assert strip.field("due").property("ink") == "bad"
    assert strip.field("due").words == STRIP.due


def test_an_empty_strip_says_nothing_and_keeps_its_height(strip: Strip) -> None:
    height = strip.height()
    strip.show_content(StripContent())
    assert strip.height() == height
    assert strip.accessibleName() == ""


def test_the_whole_strip_is_spoken(strip: Strip) -> None:
    said = strip.accessibleName()
    assert all(getattr(STRIP, name) in said for name in NEVER)


def test_a_field_is_copied_whole_though_it_is_elided(strip: Strip) -> None:
    at_width(strip, 1150)
    label = strip.field("diagnoses")
    label.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == STRIP.diagnoses
    QGuiApplication.clipboard().clear()


def test_a_name_of_sixty_letters_stands_whole(strip: Strip) -> None:
    strip.show_content(replace(STRIP, name="Featherstonehaugh-Cholmondeley-Wolfeschlegelstein, Theodora M"))
    assert at_width(strip, 1280)["name"] == "whole"


@pytest.mark.parametrize(
    ("full", "gives", "room", "widths"),
    [
        ([100, 80, 60], [None, 0, 1], 240, [100, 80, 60]),
        ([100, 80, 60], [None, 0, 1], 220, [100, 60, 60]),
        ([100, 80, 60], [None, 0, 1], 170, [100, 20, 50]),
        ([100, 80, 60], [None, 0, 1], 139, [100, 0, 20]),
        ([100, 80, 60], [None, 0, 1], 110, [100, 0, 0]),
        ([100, 80, 60], [None, 0, 1], 50, [100, 0, 0]),
        ([100, 10, 60], [None, 0, 1], 150, [100, 10, 40]),
        ([], [], 100, []),
    ],
)
def test_room_is_shared_in_turns(full: list[int], gives: list[int | None], room: int, widths: list[int]) -> None:
    assert share(full, [20] * len(full), gives, room) == widths


def test_a_long_status_goes_to_the_second_line_before_a_code_gives_way(strip: Strip) -> None:
    strip.show_content(replace(STRIP, saved="", status="Notice given: approved in part, modified"))
    now = at_width(strip, 1280)
    assert (now["services"], now["diagnoses"]) == ("whole", "whole")
    status, due, case = (strip.field(name).geometry() for name in ("status", "due", "case_number"))
    assert status.center().y() == pytest.approx(due.center().y(), abs=2)
    assert status.right() == strip.width() - 17
    assert status.center().y() > case.bottom()


def test_where_neither_line_has_room_for_the_status_it_stays_in_the_first(strip: Strip) -> None:
    sentence = "State rule not verified for insured business in IN; the row that nobody verified says 10/04/2017"
    strip.show_content(replace(STRIP, saved="", due=sentence, left="", status="Notice given: approved in part, modified"))
    at_width(strip, 900)
    assert strip.field("status").geometry().top() < strip.field("due").geometry().top()


def test_of_several_codes_none_is_cut_and_the_rest_are_counted(strip: Strip) -> None:
    shown = set()
    for width in range(1900, 900, -4):
        at_width(strip, width)
        if state(strip, "diagnoses") == "elided":
            shown.add(strip.field("diagnoses")._shown())
    assert shown <= {"M25.561, S83.511A, G89.29 +1", "M25.561, S83.511A +2", "M25.561 +3"}
    assert len(shown) == 3


def test_a_sentence_that_no_line_holds_leaves_the_marks_their_room(strip: Strip) -> None:
    sentence = "State rule not verified for insured business in IN; the row that nobody verified says 10/04/2017, " * 3
    strip.show_content(replace(STRIP, saved="", due=sentence, left="", why="", policy=""))
    at_width(strip, 1280)
    assert strip.height() < 62
    assert strip.field("due").elided
    assert strip.field("due").geometry().right() < strip._chips[0].geometry().left()
