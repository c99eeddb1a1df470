"""Help: every topic is there, its links lead somewhere, and the keyboard page tells the keys that the program has."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from ui_window import one_of_each, room

from ur_desk import __version__
from ur_desk.ui.models.help_rows import HelpKind, rows_of
from ur_desk.ui.pages.help import TOPICS, topic_file, topic_text, topic_title
from ur_desk.ui.places import PageName, Place


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_title_and_links_that_lead_somewhere(topic: str) -> None:
    rows = list(rows_of(topic_text(topic)))
    assert rows[0].kind is HelpKind.TITLE
    assert topic_title(topic) == rows[0].text
    assert len(rows) > 2
    for row in rows:
        assert all(to in TOPICS for _, to in row.links)
        assert not set("*`[]|") & set(row.text)


def test_no_help_file_is_left_out() -> None:
    assert {file.stem for file in topic_file("start").parent.glob("*.md")} == set(TOPICS)


def test_every_page_of_the_window_has_a_topic() -> None:
    from ur_desk.ui.pages.help import _ALSO

    assert {_ALSO.get(page.value, page.value) for page in PageName} <= set(TOPICS)


def test_about_names_the_version() -> None:
    assert __version__ in topic_text("about")


def sections() -> dict[str, str]:
    """What the keyboard page says under each heading, all keys of a heading in one text."""
    said, heading = dict[str, str](), ""
    for row in rows_of(topic_text("keyboard")):
        if row.kind is HelpKind.HEADING:
            heading = row.text
        elif row.kind is HelpKind.KEYS:
            said[heading] = f"{said.get(heading, '')} {row.label}"
    return said


def written(key: QKeySequence) -> str:
    return key.toString().replace("Return", "Enter").replace("Esc", "Escape").replace("PgUp", "Page Up").replace("PgDown", "Page Down")


SECTIONS = {
    PageName.WORKLIST: "Worklist",
    PageName.REVIEW: "Review",
    PageName.LIBRARY: "Library",
    PageName.AUDIT: "Audit",
    PageName.ADMINISTRATION: "Administration",
    PageName.ENTRY: "New requests",
    PageName.ARRIVALS: "Files that came in",
    PageName.COLUMNS: "Columns of a file",
    PageName.SENDERS: "Senders",
    PageName.POST: "Post",
    PageName.CHANGES: "Versions side by side",
    PageName.IMPACT: "Impact on cases",
    PageName.RECEIVED: "The text beside its file",
}


def test_the_keyboard_page_tells_every_key_of_the_window_and_of_each_page(tmp_path: Path, qtbot: Any) -> None:
    said = sections()
    anywhere = said["Everywhere"] + said["Lists"] + said["Pages of records"]
    with room(tmp_path / "w", one_of_each, user="ada") as it:
        for action in it.window.commands.all:
            for key in action.shortcuts()[:1]:
                assert written(key) in anywhere, plain(action)
        for page, heading in SECTIONS.items():
            told = anywhere + said[heading] + said["Review"] + said["Letter"]
            widget = it.page(page)
            for action in widget.findChildren(QAction):
                assert not action.shortcuts() or any(written(key) in told for key in action.shortcuts()), (page, plain(action))
            for shortcut in widget.findChildren(QShortcut):
                assert written(shortcut.key()) in told, (page, shortcut.key().toString())


def plain(action: QAction) -> str:
    return f"{action.text()} {[key.toString() for key in action.shortcuts()]}"


def test_a_link_is_followed_by_enter_and_by_a_click(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.HELP, "start")
        place = next(i for i in range(page.page.rowCount()) if page.page.row(i).links)
        page.text.go_to(place)
        QTest.keyClick(page.text, Qt.Key.Key_Return)
        assert page.topic == "worklist"
        it.window.go(Place(PageName.HELP, "start"))
        (start, length), to = page.page.row(place).links[1]
        sheet = page.text.itemDelegate().sheet(page.page.index(place, 0))
        laid, corner, _ = sheet.texts[-1]
        x = laid.lineAt(0).cursorToX(start + length // 2)
        x = x[0] if isinstance(x, tuple) else x
        at = page.text.visualRect(page.page.index(place, 0)).topLeft() + QPoint(round(corner.x() + x), round(corner.y() + 6))
        QTest.mouseClick(page.text.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert page.topic == to


def test_the_way_back_leads_over_the_topics(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        page = it.go(PageName.HELP, "audit")
        page.list.go_to(TOPICS.index("letters"))
        assert it.window.places.now == Place(PageName.HELP, "letters")
        it.window.commands.back.trigger()
        assert page.topic == "audit"


def test_markdown_is_read_into_rows() -> None:
    rows = list(
        rows_of("# A\n\nOne *two*\nthree `four`.\n\n1. **Five** six\n2. [seven](start.md)\n\n| K | W |\n|---|---|\n| Ctrl+A | All |")
    )
    assert [(r.kind, r.label, r.text) for r in rows] == [
        (HelpKind.TITLE, "", "A"),
        (HelpKind.PARAGRAPH, "", "One two three four."),
        (HelpKind.POINT, "1.", "Five six"),
        (HelpKind.POINT, "2.", "seven"),
        (HelpKind.KEYS, "Ctrl+A", "All"),
    ]
    assert rows[1].strong == ((4, 3), (14, 4))
    assert rows[3].links == (((0, 5), "start"),)
    with pytest.raises(ValueError, match="points only"):
        list(rows_of("- one\ntwo"))


def test_what_help_says_of_keys_is_written_one_way() -> None:
    for topic in TOPICS:
        for wrong in re.findall(r"\b(?:CTRL|Control|ctrl)\+", topic_text(topic)):
            pytest.fail(f"{topic}: {wrong}")
