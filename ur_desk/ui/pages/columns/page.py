"""What the columns of a file mean: guessed and shown with the first rows, corrected, tried, and kept under the sender's name."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.domain.intake.mapping import Column, DateOrder, Look, Mapping, Sender
from ur_desk.errors import UserError
from ur_desk.ui.models.column_preview import counted
from ur_desk.ui.models.columns import Meanings, begun, words_of
from ur_desk.ui.models.field_words import Offer, offers
from ur_desk.ui.pages.columns import steps
from ur_desk.ui.pages.columns.frame import ColumnsFrame
from ur_desk.ui.pages.columns.lacking import first_lacking, lacks
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.findings import Extracted
    from ur_desk.ui.jobs import Job

PAUSE = 300
"""Milliseconds after the last change until the first rows are read anew."""


class ColumnsPage(ColumnsFrame):
    """Nothing is stored before the person keeps it; every change can be taken back until then."""

    name = PageName.COLUMNS

    kept = Signal(object)
    """The `Path` of the file whose columns were kept."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: Path | None = None
        self._look: Look | None = None
        self._begun: Sender | None = None
        self._known: tuple[Sender, ...] = ()
        self._guessed: tuple[Column, ...] = ()
        self._told = Meanings(())
        self._before: list[tuple[Meanings, int]] = []
        self._job: Job | None = None
        self._refused = False
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE)
        self.pause.timeout.connect(self.preview_now)
        self._listen()
        self._follow()

    def _listen(self) -> None:
        self.view.choice_wanted.connect(self.choose)
        self.view.left_out.connect(lambda place: self._change(self._told.with_column(place, None)))
        self.view.column_entered.connect(self._show_column)
        self.strip.choice_wanted.connect(lambda: self.choose(self._place))
        self.strip.dates_wanted.connect(self._set_dates)
        self.strip.separators_wanted.connect(self._set_separators)
        self.strip.group_wanted.connect(self._set_group)
        self.strip.word_wanted.connect(lambda word, value: self._change(self._told.with_word(self._place, word, value)))
        mask().changed.connect(self._masked)
        self.chooser.chosen.connect(self._take)
        self.chooser.closed.connect(self.view.setFocus)
        self.ways.changed.connect(self._fix)
        self.ways.begin_wanted.connect(self._begin_with)
        self._session.changed.connect(self._changed)

    # the file --------------------------------------------------------------------------------------------------------

    def take(self, file: Path) -> None:
        """Look at a file, where no choices of another one would be lost, or the person gives them up."""
        if self._before and file != self._file and not self._gives_up():
            return
        if file != self._file:
            self.ways.called.retype("")
        self._file = file
        self.wanted.emit(Place(PageName.COLUMNS))
        self._session.steps(partial(steps.looked, file=file), self, self._looked, self._cannot_look)

    def read_again(self) -> None:
        """Look at the file again; what was chosen stays with the columns that are still there."""
        if self._file is not None:
            told, begun_with = (self._told, self._begun) if self._look is not None and self._before else (None, None)
            again = partial(self._looked_again, told, begun_with)
            self._session.steps(partial(steps.looked, file=self._file), self, again, self.notice.show_error)

    def _gives_up(self) -> bool:
        from ur_desk.ui import dialogs

        question = self.tr("Look at another file, and give up what you chose for this one?")
        return dialogs.confirm(self, question, self.tr("It was not kept for any sender."), self.tr("Give it up"))

    def _cannot_look(self, error: UserError) -> None:
        self._look, self._begun, self._told, self._before = None, None, Meanings(()), []
        self._show_look(-1)
        self.notice.show_error(error)

    def _looked(self, seen: steps.Seen) -> None:
        self._look, self._known, self._guessed = seen.look, seen.known, seen.taken
        self._begin(self._look.senders[0] if len(self._look.senders) == 1 else None)

    def _looked_again(self, told: Meanings | None, begun_with: Sender | None, seen: steps.Seen) -> None:
        if told is None:
            self._looked(seen)
            return
        self._look, self._known, self._guessed = seen.look, seen.known, seen.taken
        self._begun = begun_with
        self._told = begun(self._look, begun_with, self._guessed).carried(told)
        self._show_look(min(max(self._place, 0), len(self._told.columns) - 1))
        self.said.emit(self.tr("Looked at again; what you chose stays"))

    def _begin(self, sender: Sender | None) -> None:
        assert self._look is not None
        self._begun, self._before = sender, []
        self._told = begun(self._look, sender, self._guessed)
        if sender is not None:
            self.ways.called.retype(sender.name)
        self._show_look(next(iter(self._told.asked), 0))
        self._say_whose()
        self.view.setFocus()

    def _begin_with(self, name: str) -> None:
        self._before.append((self._told, self._place))
        kept = self._before
        self._begin(next((sender for sender in self._known if sender.name == name), None))
        self._before = kept
        self._follow()

    def _say_whose(self) -> None:
        look = self._look
        if look is None or self._begun is not None:
            return
        if len(look.senders) > 1:
            names = ", ".join(sender.name for sender in look.senders)
            words = self.tr("This may be a file of any of these: {0}.").format(names)
            self.notice.show_message(words, self.tr("Choose under “Begin with” whose it is, or keep it under another name."), Tone.ASK)

    # the choice of a meaning -----------------------------------------------------------------------------------------

    def choose(self, place: int, typed: str = "") -> None:
        """Open the choice of what a column means, with the letters typed so far."""
        if not 0 <= place < len(self._told.columns):
            return
        self.view.go_to(place)
        each = self._told.columns[place]
        own = each.column.field if each.column else None
        at = self.view.mapTo(self, self.view.under_head(place))
        self.chooser.begin(each.header, offers(self._told.filled, own), own or each.offered, typed, QPoint(at.x(), at.y()))

    def _take(self, offer: Offer) -> None:
        place = self._place
        if offer.field is None or self._look is None:
            self._change(self._told.with_column(place, None))
            return
        start = partial(steps.filled, look=self._look, place=place, field=offer.field)
        self._session.steps(start, self, partial(self._filled, self._look, place), self.notice.show_error, aside=True)

    def _filled(self, look: Look, place: int, column: Column) -> None:
        if look is self._look:
            self._change(self._told.with_column(place, column))

    def _set_dates(self, order: DateOrder) -> None:
        self._change(self._told.with_dates(self._place, order))

    def _set_separators(self, marks: str) -> None:
        self._change(self._told.with_separators(self._place, marks))

    def _set_group(self, together: bool) -> None:
        self._change(self._told.with_group(self._place, together))

    def _fix(self) -> None:
        """Take over what the form says of every row."""
        self._change(self._told.with_fixed(self.ways.values()))

    def next_question(self) -> None:
        """To the next column of which somebody must say what it means."""
        asked, now = self._told.asked, self._place
        if asked:
            self.view.go_to(next((place for place in asked if place > now), asked[0]))
        self.view.setFocus()

    def leave_asked_out(self) -> None:
        """Leave out every column of which nobody said what it means."""
        self._change(self._told.without_asked())

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._told, place = self._before.pop()
            self._show_told(place)

    def _change(self, told: Meanings) -> None:
        if told == self._told:
            return
        place = self._place
        self._before.append((self._told, place))
        self._told = told
        self._show_told(place)

    # what is shown ---------------------------------------------------------------------------------------------------

    def _show_look(self, place: int) -> None:
        look = self._look
        self.notice.hide()
        self._refused = False
        self.table.show_look(look, self._told)
        self.show_file(look)
        self.ways.offer_beginnings([sender.name for sender in look.senders] if look else [], self._begun.name if self._begun else "")
        self._show_told(place)

    def _show_told(self, place: int) -> None:
        self.table.show_meanings(self._told)
        if place >= 0:
            self.view.go_to(place)
        self._show_column(place)
        self.ways.show_ways(dict(self._told.fixed), self._told.group, self._told.twice)
        self._follow()
        self._say_refusal()
        if self._look is not None:
            self.pause.start()

    @property
    def _place(self) -> int:
        """The current column; below 0 where there is none."""
        return self.view.currentIndex().column()

    def _show_column(self, place: int) -> None:
        """Show a column below the table, with its words where its field takes one of a closed set."""
        column = self._told.columns[place].column if 0 <= place < len(self._told.columns) else None
        chooses = self._look is not None and column is not None and bool(column.choices) and self.table.may_show(place)
        self.strip.show_column(self._told, place, words_of(self._look, place) if chooses and self._look else ())

    def _masked(self) -> None:
        """Words of a column are shown, or no more."""
        self._show_column(self._place)

    def _follow(self) -> None:
        """What can be done now, and what is still to be said."""
        from ur_desk.desk.verbs import VERBS

        is_open, asked = self._look is not None, len(self._told.asked)
        may = bool(self._session.person.roles & VERBS["sender.keep"].roles)
        self.bar.allow(self.keep_action, is_open and may, "" if may else self.tr("Keeping what columns mean is not for your role"))
        self.bar.allow(self.try_action, is_open)
        self.bar.allow(self.undo_action, bool(self._before), self.tr("Nothing was changed yet"))
        for action in (self.next_action, self.rest_action):
            self.bar.allow(action, bool(asked), self.tr("No column is a question any more"))
        one, more = self.tr("1 column is still a question"), self.tr("{0} columns are still questions")
        self.bar.say((one if asked == 1 else more.format(asked)) if asked else self._readable())

    def _readable(self) -> str:
        """What the bar says once no column is a question."""
        if self._look is None:
            return ""
        return lacks(self._told) or self.tr("Every column has its meaning, or is left out")

    def _say_refusal(self) -> None:
        """A file that was refused for what it lacks is refused no longer once the person has said it."""
        refused = self._look.guess.refused if self._look is not None and self._begun is None else ""
        now = bool(refused) and (bool(lacks(self._told)) or not self._before)
        if now is self._refused:
            return
        self._refused = now
        if now:
            self.notice.show_message(refused, self.tr("Where it is one all the same, say what its columns mean."), Tone.ASK)
        else:
            self.notice.hide()

    # trying ----------------------------------------------------------------------------------------------------------

    def preview_now(self) -> None:
        """Read the first rows as the columns stand now; the pause before that is over."""
        self.pause.stop()
        look = self._look
        if look is not None and (mapping := self._mapping_so_far()) is not None:
            self._run(partial(steps.previewed, look=look, mapping=mapping), self._shown, aside=True)

    def try_all(self) -> None:
        """Read the whole file as the columns stand now; nothing is stored."""
        if self._look is None or not self._take_ways():
            return
        self.pause.stop()
        if (mapping := self._mapping_so_far()) is not None:
            self._run(partial(steps.tried, look=self._look, mapping=mapping), self._tried)

    def _mapping_so_far(self) -> Mapping | None:
        """The mapping, where requests can be read by it; else the preview says what is lacking."""
        why = lacks(self._told)
        if why:
            self.show_nothing(why if why.endswith(".") else f"{why}.")
        return None if why else self._told.mapping()

    def _run(self, start: "Callable[..., object]", done: "Callable[[Extracted], object]", aside: bool = False) -> None:
        if self._job is not None:
            self._job.cancel()
        told = self._told
        heard = lambda extracted: done(extracted) if told is self._told else None  # noqa: E731
        self._job = self._session.steps(start, self, heard, self.notice.show_error, aside=aside)  # type: ignore[arg-type]

    def _shown(self, extracted: "Extracted") -> None:
        rows = len(self._look.rows) if self._look else 0
        self.show_extracted(extracted, self.tr("First {0} rows: {1}").format(rows, counted(extracted)), self._session.zone)

    def _tried(self, extracted: "Extracted") -> None:
        self.show_extracted(extracted, self.tr("The whole file: {0}").format(counted(extracted)), self._session.zone)
        self.said.emit(self.tr("Tried: {0}. Nothing was saved.").format(counted(extracted)))

    # keeping ---------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep it under the sender's name, where everything is said; else say what is not, and go there."""
        if self._look is None or self._file is None or not self.keep_action.isEnabled() or not self._take_ways():
            return
        self.notice.hide()
        try:
            mapping = self._whole()
            name = self.ways.called.typed()
            if not name:
                self.ways.rows["sender"].set_problem(self.tr("Name the office, or the program that wrote the file."))
                self.ways.called.setFocus()
                return
            sender = Sender(name, self._look.table.signature, mapping)
        except UserError as wrong:
            self.notice.show_error(wrong)
            return
        if self._may_take_name(name):
            self._session.steps(
                partial(steps.kept, file=self._file, look=self._look, sender=sender), self, self._was_kept, self.notice.show_error
            )

    def _whole(self) -> Mapping:
        """The mapping as it can be kept; UserError where something is still to be said, with the column in sight."""
        found = first_lacking(self._told)
        if found is None:
            return self._told.mapping()
        place, wrong = found
        if place >= 0:
            self.view.go_to(place)
            self.view.setFocus()
        raise wrong

    def _may_take_name(self, name: str) -> bool:
        """Whether nobody else has the name, or the person says that it is the same sender."""
        from ur_desk.ui import dialogs

        other = next((each for each in self._known if each.name.casefold() == name.casefold()), None)
        if other is None or (self._begun is not None and self._begun.name.casefold() == name.casefold()):
            return True
        question = self.tr("There is a sender named {0} already.").format(other.name)
        detail = self.tr("Its files would be read by what you chose here, and no more as they were until now.")
        return dialogs.confirm(self, question, detail, self.tr("Read them so from now on"))

    def _take_ways(self) -> bool:
        """Take over what is typed in the form; False where a field of it is wrong, which says so."""
        if self.ways.wrong():
            return False
        self._fix()
        return True

    def _was_kept(self, done: "Done[Sender]") -> None:
        self._begun, self._before = done.value, []
        self.said.emit(self.tr("Kept for {0}").format(done.value.name))
        words = self.tr("Kept for {0}. Files with these columns are known by themselves from now on.").format(done.value.name)
        self.notice.show_message(words, "", Tone.GOOD)
        self._follow()
        if self._file is not None:
            self.kept.emit(self._file)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.SENDERS in changes and self._look is not None:
            self._session.read(lambda desk: desk.senders.known(), self, self._know)

    def _know(self, known: tuple[Sender, ...]) -> None:
        self._known = known
