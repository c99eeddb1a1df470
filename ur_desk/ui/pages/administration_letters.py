"""Letters, as the plan answers for them: it approves the wording, keeps translators' texts, and installs official forms and fonts."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.stationery import FontStanding, FormStanding, Looked, WordingStanding
from ur_desk.desk.steps import Steps, store, work
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.stationery import Standing, StationeryDelegate, StationeryModel, title
from ur_desk.ui.pages.administration_form_fields import InstallForm, fact_name
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import Text
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

JSON, PDF, TEXT, FONT = "JSON (*.json)", "PDF (*.pdf)", "Text (*.txt)", "TrueType (*.ttf *.ttc)"


class LettersView(QWidget):
    """The list of wordings, forms and fonts, and beside it what the plan has to do about the one that is chosen."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept = ""
        self._file = (Path(), b"")
        self.model = StationeryModel(self)
        self.list = RowList(self.tr("Wordings, forms and fonts"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(StationeryDelegate(self.list))
        self.list.setModel(self.model)
        self._make_actions()
        self._make_forms()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show())

    # shape -----------------------------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        told = (
            (
                self.tr("Save the text…"),
                self.tr("Write every sentence of this wording to a file, for whoever approves it"),
                self._save_text,
            ),
            (self.tr("Approve…"), self.tr("Record that the plan approves this wording as it now stands"), self._begin_approve),
            (self.tr("Slots for a language…"), self.tr("Write the slots that a qualified translator fills"), self._begin_slots),
            (self.tr("Take in a translation…"), self.tr("Keep the slots that a qualified translator filled"), self._choose_translation),
            (self.tr("Install…"), self.tr("Install the official form, a fillable PDF, and say which field takes what"), self._choose_form),
            (self.tr("Install a font…"), self.tr("Install a TrueType font with which letters draw this language"), self._choose_font),
        )
        made = []
        for words, tip, call in told:
            action = QAction(words, self)
            action.setToolTip(tip)
            action.triggered.connect(call)
            made.append(action)
        self.save_action, self.approve_action, self.slots_action, self.translate_action, self.install_action, self.font_action = made

    def _make_forms(self) -> None:
        tr, who = self.tr, self.tr("Say who.")
        self.approve_form = InlineForm(tr("Approve the wording"), tr("Record"))
        self.approve_form.add("by", tr("Approved by"), LineEntry(), tr("Such as the compliance committee"), who)
        self.approve_form.add("on", tr("On"), DayEntry(), required=tr("Say on which day."))
        self.slots_form = InlineForm(tr("Slots for a language"), tr("Write…"))
        self.slots_form.add("code", tr("Code"), LineEntry("es"), required=tr("Write it as es, vi or zh-Hans."))
        self.slots_form.add("name", tr("Name in English"), LineEntry(tr("Spanish")), required=tr("Name the language."))
        self.translation_form = InlineForm(tr("Take in a translation"), tr("Check and keep"))
        self.translation_form.add("who", tr("Translator"), LineEntry(), required=who)
        self.translation_form.add("how", tr("Qualified by"), LineEntry(), tr("Such as a certificate"), tr("Say how."))
        self.translation_form.add("on", tr("On"), DayEntry(), required=tr("Say on which day."))
        self.install_form = InstallForm()
        self.font_form = InlineForm(tr("Install a font"), tr("Check and install"))
        self.font_form.add("code", tr("Code"), LineEntry("zh"), required=tr("Write it as zh, zh-Hant or ko."))
        self.font_form.add("name", tr("Name in English"), LineEntry(tr("Chinese")), required=tr("Name the language."))
        self.font_form.add("face", tr("Face"), LineEntry("1"), tr("Which one of a collection (.ttc); the first if left out"))
        calls = (self._approve, self._write_slots, self._translate, self._install, self._install_font)
        for form, call in zip(self._forms(), calls, strict=True):
            if form is not self.install_form:
                form.finish()
            form.hide()
            form.committed.connect(call)
            form.closed.connect(self.list.setFocus)

    def _forms(self) -> Sequence[InlineForm]:
        return self.approve_form, self.slots_form, self.translation_form, self.install_form, self.font_form

    def _lay_out(self) -> None:
        left = Pane(self.tr("Wordings, forms and fonts"))
        left.head.addStretch()
        left.set_body(self.list)
        self.bar = CommandBar(self.tr("What can be done with it"))
        wording = (self.approve_action, self.save_action, self.slots_action, self.translate_action)
        for action in (*wording, self.install_action, self.font_action):
            self.bar.add(action)
        self.bar.finish()
        self.notice = Notice()
        self.words = Text("", Type.BODY, wrap=True)
        right = Pane(self.tr("What stands"))
        right.head.addStretch()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = QVBoxLayout()
        said.setContentsMargins(16, 12, 16, 12)
        said.addWidget(self.words)
        column.addLayout(said)
        for part in self._forms():
            column.addWidget(part)
        column.addStretch(1)
        right.set_body(body, self.notice)
        below = right.layout()
        assert isinstance(below, QVBoxLayout)
        below.addWidget(self.bar)
        self.panes = TwoPanes(left, right, (left.title, right.title))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.setFocusProxy(self.list)

    # what is shown ---------------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Read once more what stands; the chosen row stays chosen."""
        self._session.read(_rows, self, self._fill, self._refused)

    @property
    def chosen(self) -> Standing | None:
        """The row that is chosen."""
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() and self.model.rowCount() else None

    def _fill(self, rows: tuple[Standing, ...]) -> None:
        kept = self._kept or (title(self.chosen) if self.chosen else "")
        self._kept = ""
        self.model.show_rows(rows)
        self.list.go_to(self.model.place_of(kept))
        self._show()

    def _show(self) -> None:
        row = self.chosen
        for form in self._forms():
            form.hide()
        self.notice.hide()
        wording = isinstance(row, WordingStanding)
        for action in (self.save_action, self.approve_action, self.slots_action, self.translate_action):
            self.bar.offer(action, wording)
        self.bar.offer(self.install_action, isinstance(row, FormStanding))
        self.bar.offer(self.font_action, isinstance(row, FontStanding))
        self.words.setText(self._told(row) if row else "")

    def _told(self, row: Standing) -> str:
        if isinstance(row, FormStanding):
            installed = self.tr("Letters of this kind fill the form. Its fields: {0}.")
            fields = row.installed[0].fields if row.installed else ()
            told = installed.format(", ".join(f"{fact_name(fact)} → {field}" for fact, field in fields))
            return row.obstacle or told
        if isinstance(row, FontStanding):
            return self._told_font(row)
        if row.outdated:
            return self.tr("The English has changed since this text was made. Write its slots again; what did not change is filled in.")
        if row.approved is None:
            return self.tr(
                "No letter leaves in this wording, except from a demo, until somebody has recorded that the plan has read and approves it. "
                "A newer version of the program may bring other words; they are approved anew."
            )
        return self.tr("The plan answers for this wording. Its hash, {0}, stands with every letter.").format(row.wording[:12])

    def _told_font(self, row: FontStanding) -> str:
        if row.installed is not None:
            told = self.tr("Letters draw {0} with {1}. The hash of its file, {2}, stands with every letter that needs it.")
            return told.format(row.name, row.installed[0].font, row.installed[0].file[:12])
        return self.tr(
            "A letter, a line of help or a name in {0} cannot be drawn until a font is installed: a TrueType file (.ttf, .ttc) whose maker "
            "lets it be embedded. The font of any other language, such as one of another style, is installed from here as well: write its code."
        ).format(row.name)

    # what is done ----------------------------------------------------------------------------------------------------

    def _only(self, form: InlineForm) -> None:
        for each in self._forms():
            each.setVisible(each is form)
        self.panes.show_pane(1)
        form.begin()

    def _begin_approve(self) -> None:
        self.approve_form.fill({"on": f"{self._session.now().astimezone():%m/%d/%Y}"})
        self._only(self.approve_form)

    def _approve(self) -> None:
        row, form, on = self.chosen, self.approve_form, self.approve_form.entry("on")
        if not isinstance(row, WordingStanding) or not isinstance(on, DayEntry) or (day := on.day()) is None:
            return
        language, who = row.language, form.text("by")
        self._session.write(
            lambda desk: desk.stationery.approve(language, who, day), self, lambda _done: self._done(self.tr("Recorded.")), form.refuse
        )

    def _save_text(self) -> None:
        row = self.chosen
        target = dialogs.choose_target(self, self.tr("Save the wording"), "letter-wording.txt", [TEXT]) if row else None
        if isinstance(row, WordingStanding) and target is not None:
            language = row.language
            self._session.read(lambda desk: _written(desk, target, desk.stationery.text(language)), self, self._told_file, self._refused)

    def _begin_slots(self) -> None:
        self.slots_form.fill({})
        self._only(self.slots_form)

    def _write_slots(self) -> None:
        code, name = self.slots_form.text("code"), self.slots_form.text("name")
        target = dialogs.choose_target(self, self.tr("Write the slots"), f"letter-wording-{code}.json", [JSON])
        if target is not None:
            call = lambda desk: _written(desk, target, desk.stationery.slots(code, name))  # noqa: E731
            self._session.read(call, self, self._told_file, self.slots_form.refuse)

    def _told_file(self, name: str) -> None:
        self.said.emit(self.tr("Written: {0}").format(name))
        self.slots_form.hide()

    def _choose_translation(self) -> None:
        for file in dialogs.choose_files(self, self.tr("Take in a translation"), [JSON])[:1]:
            self._session.steps(partial(_brought, file=file, what="letter wording"), self, self._begin_translation, self._refused)

    def _begin_translation(self, brought: tuple[Path, bytes]) -> None:
        self._file = brought
        self.translation_form.say(brought[0].name)
        self.translation_form.fill({"on": f"{self._session.now().astimezone():%m/%d/%Y}"})
        self._only(self.translation_form)

    def _translate(self) -> None:
        form, on, data = self.translation_form, self.translation_form.entry("on"), self._file[1]
        who, how = form.text("who"), form.text("how")
        if isinstance(on, DayEntry) and (day := on.day()) is not None:
            told = self.tr("Kept. The plan approves it before letters use it.")
            self._session.write(
                lambda desk: desk.stationery.translate(data, who, how, day), self, lambda _done: self._done(told), form.refuse
            )

    def _choose_form(self) -> None:
        for file in dialogs.choose_files(self, self.tr("Install the official form"), [PDF])[:1]:
            self._session.steps(partial(_looked_at, file=file), self, self._begin_install, self._refused)

    def _begin_install(self, told: tuple[Path, bytes, Looked]) -> None:
        row = self.chosen
        if isinstance(row, FormStanding):
            self._file = told[:2]
            self.install_form.show_form(row, told[0].name, told[2])
            self._only(self.install_form)

    def _install(self) -> None:
        row, form, (file, data) = self.chosen, self.install_form, self._file
        expires = form.expires()
        if isinstance(row, FormStanding) and expires is not None:
            known, omb, fields = row.id, form.text("omb"), form.fields()
            self._session.steps(
                lambda desk: desk.stationery.install(known, data, file.name, omb, expires, fields),
                self,
                lambda _done: self._done(self.tr("Installed.")),
                form.refuse,
            )

    def _choose_font(self) -> None:
        for file in dialogs.choose_files(self, self.tr("Install a font"), [FONT])[:1]:
            self._session.steps(partial(_brought, file=file, what="font"), self, self._begin_font, self._refused)

    def _begin_font(self, brought: tuple[Path, bytes]) -> None:
        row = self.chosen
        if isinstance(row, FontStanding):
            self._file = brought
            self.font_form.say(brought[0].name)
            self.font_form.fill({"code": row.language, "name": row.name, "face": "1"})
            self._only(self.font_form)

    def _install_font(self) -> None:
        form, (file, data) = self.font_form, self._file
        code, name, face = form.text("code"), form.text("name"), form.text("face") or "1"
        if not face.isdecimal():
            form.refuse(UserError(self.tr("The face is a number."), self.tr("Write 1 for the first. Nothing was changed.")))
            return
        self._session.steps(
            lambda desk: desk.stationery.install_font(code, name, data, file.name, int(face) - 1),
            self,
            lambda _done: self._done(self.tr("Installed.")),
            form.refuse,
        )

    def _done(self, words: str) -> None:
        self._kept = title(self.chosen) if self.chosen else ""
        self._file = (Path(), b"")
        self.said.emit(words)
        self.read_again()
        self.list.setFocus()

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)


def _rows(desk: "Desk") -> tuple[Standing, ...]:
    return *desk.stationery.wordings(), *desk.stationery.forms(), *desk.stationery.fonts()


def _written(desk: "Desk", target: Path, data: bytes) -> str:
    desk.exports.write("letter wording", target, data)
    return target.name


def _brought(desk: "Desk", file: Path, what: str) -> Steps[tuple[Path, bytes]]:
    """A file that a person chose, noted in the register."""
    from ur_desk.desk.importing import read_bytes

    data = yield from work(lambda: read_bytes(file))
    yield from store(lambda: desk.exports.came_in(what, file, data))
    return file, data


def _looked_at(desk: "Desk", file: Path) -> Steps[tuple[Path, bytes, Looked]]:
    """A form that a person chose, and its fields."""
    file, data = yield from _brought(desk, file, "official form")
    looked = yield from work(lambda: desk.stationery.look(data, file.name), "Looking at the form")
    return file, data, looked
