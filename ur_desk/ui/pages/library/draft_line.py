"""The form that says what a line is: a section, a position, the title, the number, a row of the history, or none of these."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.policy import HistoryRow, Policy, Position, Section, SectionKind, Statement
from ur_desk.ui.models.understood import Part, PartKind
from ur_desk.ui.pages.library.draft_forms import number
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, DayEntry, LineEntry

SECTION, POSITION, NOTHING, NO_ROW = "section", "position", "nothing", "no-row"
FIELDS = {
    SECTION: ("heading",),
    POSITION: ("last", "all", "terms"),
    What.TITLE: ("last", "words"),
    What.NUMBER: ("words",),
    What.HISTORY: ("last", "words", "status", "day", "organization", "document"),
}
"""The fields that each choice needs beside the choice itself."""
BETWEEN = ";"
"""Between two services of a position."""


class LineForm(InlineForm):
    """What stands from a line on; only the fields that the choice needs are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("What this line is"))
        self.commit_button.setText(self.tr("Set"))
        self._names = {
            What.TITLE: self.tr("Title"),
            What.NUMBER: self.tr("Number"),
            What.HISTORY: self.tr("What was done"),
        }
        self.add("what", self.tr("It is"), ChoiceEntry(self._choices()))
        self.add("last", self.tr("To line"), LineEntry(), self.tr("Empty leaves its end as it is, or takes the one line"))
        self.add("heading", self.tr("Heading"), CheckEntry(self.tr("The line is the section's printed heading")))
        self.add("all", self.tr("Indications"), CheckEntry(self.tr("It holds for all indications")))
        self.add("terms", self.tr("Services"), LineEntry(), self.tr("What it is about, a semicolon between two"))
        self.add("words", self.tr("Title"), LineEntry(), self.tr("As the line prints it"))
        self.add("status", self.tr("Status"), LineEntry(), self.tr("As the row prints it"))
        self.add("day", self.tr("Day"), DayEntry())
        self.add("organization", self.tr("Organization"), LineEntry(), self.tr("Only of a document that stood before this one"))
        self.add("document", self.tr("Its document"), LineEntry())
        self.finish()
        self._line = 1
        self._policy: Policy | None = None
        self._statement: Statement | None = None
        self._section: Section | None = None
        self._offered = ""
        self.entry("what").changed.connect(self._chosen)

    def _choices(self) -> list[tuple[str, str]]:
        # the kind stands first: whoever types its letters comes to it
        sections = [(f"{SECTION}:{kind.value}", _capital(self.tr("{0}: a section begins").format(phrase(kind)))) for kind in SectionKind]
        positions = [(f"{POSITION}:{each.value}", _capital(self.tr("{0}: a position").format(phrase(each)))) for each in Position]
        return [
            *sections,
            *positions,
            (NOTHING, self.tr("No position is taken here")),
            (What.TITLE.value, self.tr("Title of the policy")),
            (What.NUMBER.value, self.tr("Number of the policy")),
            (What.HISTORY.value, self.tr("History: a row of it")),
            (NO_ROW, self.tr("No row of the history")),
        ]

    def ask_about(self, policy: Policy, line: int, part: Part | None) -> None:
        """Begin for a line, with what stands there chosen."""
        self._policy, self._line, self._offered = policy, line, ""
        self.say(self.tr("Line {0}: {1}").format(line, policy.text.line(line).text.strip()[:200]))
        self._statement = next((each for each in policy.statements if each.first_line == line), None)
        self._section = policy.section_of(line)
        what = self._stands(part)
        printed = self._section is not None and self._section.first_line == line and self._section.heading is not None
        told = {"what": what, "heading": "yes" if printed else ""}
        if self._statement is not None:
            told |= {
                "all": "yes" if self._statement.all_indications else "",
                "terms": f"{BETWEEN} ".join(self._statement.terms),
            }
        self.fill({**told, **self._row_told()})
        self._chosen()
        self.begin()

    def _stands(self, part: Part | None) -> str:
        """The choice that says what stands there."""
        if part is not None and part.kind is PartKind.FACT:
            assert isinstance(part.about, What)
            return part.about.value
        if part is not None and part.kind is PartKind.HISTORY:
            return What.HISTORY.value
        if self._statement is not None and (part is None or part.kind is not PartKind.SECTION):
            return f"{POSITION}:{self._statement.position.value}"
        return f"{SECTION}:{self._section.kind.value}" if self._section else ""

    def _row(self) -> HistoryRow | None:
        assert self._policy is not None
        return next((row for row in self._policy.history if row.line == self._line), None)

    def _row_told(self) -> dict[str, str]:
        row = self._row()
        if row is None:
            return {}
        return {
            "status": row.status or "",
            "day": day(row.day) if row.day else "",
            "organization": row.organization or "",
            "document": row.document or "",
        }

    def _chosen(self) -> None:
        """Show the fields of the choice, and offer the words that stand there."""
        kind = self.text("what").partition(":")[0]
        for key in ("last", "heading", "all", "terms", "words", "status", "day", "organization", "document"):
            self.row(key).setVisible(key in FIELDS.get(kind, ()))
        self.fit()
        if kind in self._names:
            self.row("words").set_name(self._names[What(kind)])
            self._offer(What(kind))

    def _offer(self, what: What) -> None:
        """Put what the line says of it into the field, as long as nobody typed anything else."""
        if self._policy is None or self.text("words") not in ("", self._offered):
            return
        policy, printed = self._policy, " ".join(self._policy.text.line(self._line).text.split())
        row = self._row()
        known = {What.TITLE: policy.title, What.NUMBER: policy.id}.get(what, row.action if row else printed)
        behind = printed.partition(":")[2].strip() or printed
        self._offered = known if what is What.HISTORY or known.casefold() in printed.casefold() else behind
        self.entry("words").retype(self._offered)
        if what is What.HISTORY:
            self.entry("last").retype(str(row.last_line) if row and row.last_line else "")

    def correction(self) -> Correction:
        """What was chosen, as a correction; UserError where the last line is no number."""
        kind, _, value = self.text("what").partition(":")
        ways: dict[str, Callable[[str], Correction]] = {
            SECTION: self._as_section,
            POSITION: self._as_position,
            NOTHING: lambda _value: Correction(What.STATEMENT_DROP, self._line),
            NO_ROW: lambda _value: Correction(What.HISTORY_DROP, self._line),
            What.TITLE: lambda _value: Correction(What.TITLE, self._line, last_line=self._last(), words=self.text("words")),
            What.NUMBER: lambda _value: Correction(What.NUMBER, self._line, words=self.text("words")),
            What.HISTORY: self._as_row,
        }
        return ways[kind](value)

    def _last(self) -> int | None:
        return number(self.text("last"), self.tr("To line"))

    def _as_section(self, value: str) -> Correction:
        """A heading that was ticked and is not any more is cleared."""
        heading = bool(self.text("heading"))
        known = self._section
        bare = not heading and known is not None and known.first_line == self._line and known.heading is not None
        return Correction(What.SECTION, self._line, section=SectionKind(value), heading=heading, bare=bare)

    def _as_position(self, value: str) -> Correction:
        """Only what differs from what stands there is told of indications and services."""
        known = self._statement
        every, terms = bool(self.text("all")), tuple(each for part in self.text("terms").split(BETWEEN) if (each := part.strip()))
        return Correction(
            What.STATEMENT,
            self._line,
            last_line=self._last(),
            position=Position(value),
            all_indications=every if every != (known.all_indications if known else False) else None,
            terms=terms if terms != (known.terms if known else ()) else None,
        )

    def _as_row(self, _value: str) -> Correction:
        entry = self.entry("day")
        assert isinstance(entry, DayEntry)
        return Correction(
            What.HISTORY,
            self._line,
            last_line=self._last(),
            words=self.text("words"),
            status=self.text("status") or None,
            day=entry.day(),
            organization=self.text("organization") or None,
            document=self.text("document") or None,
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
