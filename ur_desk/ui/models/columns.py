"""What the columns of a file mean so far: guessed, kept of a sender, or said by the person; every change gives another value."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain.intake.mapping import DAYS, SEVERAL, Column, ColumnGuess, DateOrder, Look, Mapping, Sender, Sureness, base_of
from ur_desk.ui.models.field_words import field_words
from ur_desk.ui.tokens import Tone

MOST_WORDS = 40
"""Different words of a column that are shown; a column of more is no choice."""


class State(Enum):
    """How it is known what a column means, as the words of its chip and their tone."""

    SURE = (QT_TRANSLATE_NOOP("columns", "sure"), Tone.GOOD)
    GUESSED = (QT_TRANSLATE_NOOP("columns", "guessed"), Tone.QUIET)
    ASK = (QT_TRANSLATE_NOOP("columns", "ask"), Tone.ASK)
    CHOSEN = (QT_TRANSLATE_NOOP("columns", "chosen"), Tone.ACCENT)
    KEPT = (QT_TRANSLATE_NOOP("columns", "kept"), Tone.ACCENT)
    LEFT_OUT = (QT_TRANSLATE_NOOP("columns", "left out"), Tone.QUIET)

    @property
    def words(self) -> str:
        """What the chip says."""
        return QCoreApplication.translate("columns", str(self.value[0]))

    @property
    def tone(self) -> Tone:
        """How the chip says it."""
        return self.value[1]


_SURENESS = {Sureness.SURE: State.SURE, Sureness.LIKELY: State.GUESSED, Sureness.UNSURE: State.ASK}


@dataclass(frozen=True, slots=True)
class Meant:
    """One column of the file: what fills a request from it, None where nothing does; what is offered where somebody must say it; and
    why."""

    header: str
    nth: int
    state: State
    column: Column | None = None
    offered: str | None = None
    reasons: tuple[str, ...] = ()
    order_open: bool = False
    """Its values can be read with the month or with the day first, and nobody has said which."""

    @property
    def asks_order(self) -> bool:
        """Whether all that is still to be said of it is the order of its days."""
        return self.order_open and self.column is not None and self.column.holds in DAYS

    @property
    def words(self) -> str:
        """What it means, in words; a question where that must be said."""
        if self.asks_order and self.column is not None:
            return QCoreApplication.translate("columns", "{0}, in which order?").format(field_words(self.column.field))
        if self.column is not None:
            return field_words(self.column.field)
        if self.state is not State.ASK:
            return QCoreApplication.translate("columns", "Left out")
        return QCoreApplication.translate("columns", "{0}?").format(field_words(self.offered)) if self.offered else QCoreApplication.translate("columns", "Which?")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meanings:
    """The columns of a file with what they mean, and what holds for all of its rows."""

    columns: tuple[Meant, ...]
    group: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[int, ...]:
        """The places of columns of which somebody must say what they mean."""
        return tuple(place for place, each in enumerate(self.columns) if each.state is State.ASK)

    @property
    def twice(self) -> frozenset[str]:
        """The fields that several columns fill, or a column and a fixed value, though only one can."""
        filled = Counter(each.column.field for each in self.columns if each.column is not None and each.column.holds not in SEVERAL)
        return frozenset(field for field, count in (filled + Counter(name for name, _ in self.fixed)).items() if count > 1)

    @property
    def filled(self) -> tuple[tuple[str, str], ...]:
        """Each field that a column fills, with the column's header."""
        return tuple((each.column.field, each.header) for each in self.columns if each.column is not None)

    def mapping(self) -> Mapping:
        """As a mapping; UserError where it is none yet, as where two columns fill one field."""
        return Mapping(
            tuple(each.column for each in self.columns if each.column is not None), self.group, self.fixed, self.empty, self.rows
        )

    def groups(self, place: int) -> bool:
        """Whether rows that share the value of a column are lines of one request."""
        column = self.columns[place].column
        return column is not None and base_of(column.field)[0] in self.group

    def with_column(self, place: int, column: Column | None) -> "Meanings":
        """The same, with a column that the person gave a meaning, or left out with None; the order of its days may be a question still."""
        told = replace(self.columns[place], column=column)
        state = State.LEFT_OUT if column is None else State.ASK if told.asks_order else State.CHOSEN
        return self._with(place, replace(told, state=state))

    def without_asked(self) -> "Meanings":
        """The same, with every column left out of which nobody said what it means; one whose order alone is asked stays."""
        left = (replace(each, state=State.LEFT_OUT) if each.state is State.ASK and each.column is None else each for each in self.columns)
        return replace(self, columns=tuple(left))

    def with_separators(self, place: int, marks: str) -> "Meanings":
        """The same, with the characters that part several values in a cell of a column; UserError where they cannot."""
        column = self.columns[place].column
        return self if column is None else self._with(place, replace(self.columns[place], column=replace(column, separators=marks)))

    def with_dates(self, place: int, order: DateOrder) -> "Meanings":
        """The same, with another order of day, month and year in every column of days that had the order of this one."""
        column = self.columns[place].column
        if column is None:
            return self
        before = column.dates
        return replace(self, columns=tuple(_ordered(each, before, order) for each in self.columns))

    def with_word(self, place: int, word: str, value: str) -> "Meanings":
        """The same, where a word of the sender's means a value of a column's closed set, empty for nothing that it says.

        A value that the word means by itself is not kept.
        """
        column = self.columns[place].column
        if column is None:
            return self
        said = word.strip().casefold()
        others = tuple(pair for pair in column.values if pair[0].strip().casefold() != said)
        bare = replace(column, values=others)
        told = bare if bare.value_of(word) == value else replace(column, values=(*others, (said, value)))
        return self if told == column else self._with(place, replace(self.columns[place], column=told))

    def with_group(self, place: int, together: bool) -> "Meanings":
        """The same, where rows that share the value of a column are lines of one request, or are not by this column."""
        column = self.columns[place].column
        if column is None:
            return self
        field = base_of(column.field)[0]
        others = tuple(name for name in self.group if name != field)
        return replace(self, group=(*others, field) if together else others)

    def with_fixed(self, values: Pairs[str, str]) -> "Meanings":
        """The same, with one value for each of these fields in every request; an empty one fixes nothing."""
        kept = tuple((name, value) for name, value in self.fixed if name not in values)
        told = (*kept, *((name, value) for name, value in values.items() if value))
        return self if dict(told) == dict(self.fixed) else replace(self, fixed=told)

    def carried(self, before: "Meanings") -> "Meanings":
        """The same file looked at anew, with what was said of columns that are still there."""
        said = {(each.header, each.nth): each for each in before.columns}
        columns = tuple(said.get((each.header, each.nth), each) for each in self.columns)
        return replace(before, columns=columns)._grouped()

    def _with(self, place: int, told: Meant) -> "Meanings":
        return replace(self, columns=(*self.columns[:place], told, *self.columns[place + 1 :]))._grouped()

    def _grouped(self) -> "Meanings":
        """Without groups by fields that no column fills any more."""
        fields = {base_of(field)[0] for field, _ in self.filled}
        return replace(self, group=tuple(name for name in self.group if name in fields))


def begun(look: Look, sender: Sender | None, guessed: Iterable[Column]) -> Meanings:
    """What the columns of a file mean to begin with: as kept of a sender, else as `guessed`, for sure or likely."""
    if sender is not None:
        return _with_ways(tuple(_kept(look, sender, place, guess) for place, guess in enumerate(look.guess.columns)), sender.mapping)
    taken = {(column.source, column.nth): column for column in guessed}
    columns = tuple(_guessed(each, taken.get((each.header, each.nth))) for each in look.guess.columns)
    return _with_ways(columns, look.guess.mapping)


def words_of(look: Look, place: int) -> tuple[tuple[str, int], ...]:
    """The different words of a column with how often each stands in the file, whatever its case, the most frequent first."""
    spelt: dict[str, str] = {}
    times: Counter[str] = Counter()
    for row in look.table.rows:
        if place < len(row.cells) and (word := row.cells[place].strip()):
            times[spelt.setdefault(word.casefold(), word)] += 1
    return tuple(times.most_common(MOST_WORDS))


def _with_ways(columns: tuple[Meant, ...], mapping: Mapping | None) -> Meanings:
    return Meanings(columns, mapping.group, mapping.fixed, mapping.empty, mapping.rows) if mapping else Meanings(columns)


def _guessed(guess: ColumnGuess, column: Column | None) -> Meant:
    if column is not None:
        open_order = guess.order_open and column.holds in DAYS
        state = State.ASK if open_order else _SURENESS[guess.sureness]
        return Meant(guess.header, guess.nth, state, column, reasons=guess.reasons, order_open=guess.order_open)
    # a header of which nothing is known, over values that say nothing, is no question: most files have some
    asked = guess.field is not None or len(guess.reasons) > 1
    return Meant(guess.header, guess.nth, State.ASK if asked else State.LEFT_OUT, None, guess.field, guess.reasons, guess.order_open)


def _kept(look: Look, sender: Sender, place: int, guess: ColumnGuess) -> Meant:
    column = next((each for each in sender.mapping.columns if look.table.place(each) == place), None)
    reason = QCoreApplication.translate("columns", "Kept for {0}.").format(sender.name)
    return Meant(guess.header, guess.nth, State.LEFT_OUT if column is None else State.KEPT, column, None, (reason,))


def _ordered(each: Meant, before: DateOrder, order: DateOrder) -> Meant:
    column = each.column
    if column is None or column.holds not in DAYS or column.dates is not before or (before is order and not each.order_open):
        return each
    return replace(each, column=replace(column, dates=order), state=State.CHOSEN, order_open=False)
