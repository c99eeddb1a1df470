"""What somebody leaves on the desk when it is locked, taken from the window, and brought back into another one built anew."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ur_desk.domain.guard.laid_aside import Caret, LaidAside, StepBack
from ur_desk.ui.caret import caret_in, put_caret
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import START, PageName, Places, read_place

if TYPE_CHECKING:
    from ur_desk.desk.verbs import Undo
    from ur_desk.ui.page_host import PageHost
    from ur_desk.ui.pages.entry.page import EntryPage
    from ur_desk.ui.pages.review.page import ReviewPage

_READ_FROM_FILES = frozenset({PageName.ARRIVALS, PageName.MANY, PageName.COLUMNS})
"""Pages that show what lies outside of the workspace: they are not come back to."""


def lay_aside(host: "PageHost", places: Places, undo: "Undo | None", focus: QWidget | None) -> LaidAside:
    """Everything that is brought back when the desk is unlocked."""
    page = host.currentWidget()
    review = cast("ReviewPage | None", host.made(PageName.REVIEW))
    entry = cast("EntryPage | None", host.made(PageName.ENTRY))
    visited, at = places.told()
    return LaidAside(
        tuple(str(place) for place in visited),
        at,
        page.left_as() if isinstance(page, Page) else {},
        review.panels.laid_aside() if review is not None else (),
        entry.form_left() if entry is not None and entry is page else None,
        caret_in(page, focus) if page is not None else None,
        StepBack(undo.case, undo.revision, undo.event, undo.label) if undo is not None else None,
    )


def step_back(aside: LaidAside) -> "Undo | None":
    """The last step as it could be taken back when the desk was locked."""
    from ur_desk.desk.verbs import Undo

    undo = aside.undo
    return Undo(undo.case, undo.revision, undo.event, undo.label) if undo is not None else None


def places_of(aside: LaidAside) -> Places:
    """The places visited, the present one among them; those that cannot be come back to are left out."""
    places = Places()
    visited = [read_place(told) for told in aside.places]
    places.take([place for place in visited if place.page not in _READ_FROM_FILES], visited[aside.at] if aside.at < len(visited) else START)
    return places


def bring_back(host: "PageHost", aside: LaidAside) -> None:
    """Let the page that is shown by now stand as it was left, and offer the last step's way back."""
    if (undo := step_back(aside)) is not None:
        host.session.undo_offered.emit(undo)
    if aside.panels:
        cast("ReviewPage", host.page(PageName.REVIEW)).panels.take_up(aside.panels)
    page = host.currentWidget()
    if aside.form is not None and isinstance(page, Page) and page.name is PageName.ENTRY:
        cast("EntryPage", page).take_up_form(aside.form)
    if isinstance(page, Page):
        page.take_up(aside.page, partial(_put_caret, page, aside.caret))


def _put_caret(page: QWidget, caret: Caret | None) -> None:
    """Put the caret where it was, now, or once the list that it stood in has rows again."""
    if caret is None or put_caret(page, caret):
        return
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None and not model.rowCount():
            model.modelReset.connect(partial(put_caret, page, caret), Qt.ConnectionType.SingleShotConnection)
