"""Where somebody was typing: the field with the focus and the letters chosen in it, told and found again on a page built anew."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget

from ur_desk.domain.guard.laid_aside import Caret

_FIELD = "field:"


def caret_in(page: QWidget, focus: QWidget | None) -> Caret | None:
    """The caret in a field of the page; None where the focus is elsewhere."""
    if focus is None or focus is page or not page.isAncestorOf(focus):
        return None
    name = _names(page).get(focus, "")
    if isinstance(focus, QLineEdit):
        at = focus.cursorPosition()
        start = focus.selectionStart() if focus.hasSelectedText() else at
        anchor = focus.selectionEnd() if start == at and focus.hasSelectedText() else start
        return Caret(name, at, anchor)
    if isinstance(focus, QPlainTextEdit):
        cursor = focus.textCursor()
        return Caret(name, cursor.position(), cursor.anchor(), focus.verticalScrollBar().value())
    if isinstance(focus, QAbstractItemView):
        return Caret(name, focus.currentIndex().row(), 0, focus.verticalScrollBar().value())
    return Caret(name)


def put_caret(page: QWidget, caret: Caret) -> bool:
    """Puts the focus and the caret where they were; False where the field is not there (any more), or has not as many rows yet."""
    field = next((widget for widget, name in _names(page).items() if name == caret.field), None)
    if field is None or not field.isVisible():
        return False
    if isinstance(field, QAbstractItemView) and caret.at >= field.model().rowCount():
        return False
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QLineEdit):
        field.setCursorPosition(caret.anchor)
        field.cursorForward(True, caret.at - caret.anchor) if caret.at >= caret.anchor else field.cursorBackward(
            True, caret.anchor - caret.at
        )
    elif isinstance(field, QPlainTextEdit):
        _choose(field, caret)
    elif isinstance(field, QAbstractItemView) and caret.at >= 0:
        field.setCurrentIndex(field.model().index(caret.at, 0))
        field.verticalScrollBar().setValue(caret.scroll)
    return True


def _choose(field: QPlainTextEdit, caret: Caret) -> None:
    cursor, length = field.textCursor(), len(field.toPlainText())
    cursor.setPosition(min(caret.anchor, length))
    cursor.setPosition(min(caret.at, length), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.verticalScrollBar().setValue(caret.scroll)


def words_in(page: QWidget) -> Mapping[str, str]:
    """What stands in the page's own fields, by their names; what is hidden as it is typed never."""
    return {_FIELD + name: _text(field) for field, name in _names(page).items() if _is_typed_in(field) and _text(field)}


def put_words(page: QWidget, words: Mapping[str, str]) -> None:
    """Puts words back into the fields in which they stood, where these are there."""
    for field, name in _names(page).items():
        told = words.get(_FIELD + name)
        if told is None or not _is_typed_in(field) or _text(field) == told:
            continue
        if isinstance(field, QLineEdit):
            field.setText(told)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(told)


def _is_typed_in(field: QWidget) -> bool:
    if isinstance(field, QLineEdit):
        return field.echoMode() is QLineEdit.EchoMode.Normal and not field.isReadOnly()
    return isinstance(field, QPlainTextEdit) and not field.isReadOnly()


def _text(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText() if isinstance(field, QPlainTextEdit) else ""


def _names(page: QWidget) -> dict[QWidget, str]:
    """Every widget that takes the focus, by a name that it has again when the page is built anew: its kind, how it is called, and
    which of those with both it is."""
    seen: dict[str, int] = {}
    return dict(_named(page, seen))


def _named(page: QWidget, seen: dict[str, int]) -> Iterator[tuple[QWidget, str]]:
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        kind = f"{type(widget).__name__}|{widget.accessibleName()}"
        seen[kind] = seen.get(kind, 0) + 1
        yield widget, f"{kind}|{seen[kind]}"
