"""A view in which one form opens at a time, below its head; what it asks for is written, or refused in the form."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done


class OneForm:
    """What such a view does with its form; the view has a list to go back to, a column, a session, and says what was done."""

    form: InlineForm | None
    list: RowList
    _column: QVBoxLayout
    _session: Session
    said: SignalInstance

    def _open(self, form: InlineForm, commit: Callable[[InlineForm], None]) -> None:
        self._drop_form()
        self.form = form
        form.finish()
        form.committed.connect(partial(commit, form))
        form.closed.connect(self.dismiss)
        self._column.insertWidget(1, form)
        form.begin()

    def dismiss(self) -> None:
        """Close the form."""
        self._drop_form()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.go()

    def _write(self, form: InlineForm, call: "Callable[[Desk], Done[Any]]", told: str) -> None:
        def done(_done: object) -> None:
            self.dismiss()
            self.said.emit(told)

        self._session.write(call, cast(QWidget, self), done, form.refuse)
