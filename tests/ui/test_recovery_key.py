"""The card on which a recovery key is made says no more than what is so."""

from typing import Any

import pytest

from ur_desk.desk.vault import RecoveryParts
from ur_desk.errors import UserError
from ur_desk.ui.pages.recovery_key import RecoveryKeyPage

PARTS = RecoveryParts("AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF")


@pytest.fixture
def written(qtbot: Any) -> RecoveryKeyPage:
    """The card once both have written their part down."""
    page = RecoveryKeyPage(again=False, later="Cancel")
    qtbot.addWidget(page)
    page.wanted.connect(lambda: page.show_parts(PARTS))
    page.go_on()
    for _ in range(2):
        page.field.retype(page.secret.shown.rpartition("-")[2])
        page.go_on()
        if page.part == 0 and not page.busy:
            page.go_on()
    return page


def test_the_key_is_said_to_be_made_only_once_it_is(written: RecoveryKeyPage) -> None:
    assert written.busy
    assert written.secret.shown == ""
    assert written.title.text() == "The recovery key is being made"
    assert not written.go_button.isVisibleTo(written)
    assert not written.later_button.isVisibleTo(written)
    written.made()
    assert written.title.text() == "The recovery key is made"
    assert written.go_button.text() == "Done"
    assert written.go_button.isVisibleTo(written)


def test_where_it_cannot_be_made_the_card_begins_anew_and_says_why(written: RecoveryKeyPage) -> None:
    written.refuse(UserError("The disk is full.", "Make room. Nothing was changed."))
    assert written.title.text() == "The recovery key"
    assert "The disk is full." in written.notice.accessibleName()
    assert written.go_button.text() == "Both are here: begin"
    assert written.later_button.isVisibleTo(written)
