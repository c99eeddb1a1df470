"""The forms with which a reading is mended: what a criterion asks, where it is split, a code, a waiver."""

from PySide6.QtWidgets import QWidget

from ur_desk.domain.codes import CodeSet, System, has_shape, normal
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.criteria import Criterion, LeafPath, Op
from ur_desk.domain.library.shelf import Waiver
from ur_desk.domain.policy import CodeEntry, LintFinding, Policy
from ur_desk.errors import UserError
from ur_desk.ui.models.understood import Part, PartKind
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry

SHAPED = (System.ICD10CM, System.CPT, System.HCPCS)
"""Systems that the shape of a code tells apart, mostly."""
TABLED = (System.ICD10CM, System.HCPCS)
"""Systems of which there is a table."""


class AsksForm(InlineForm):
    """What a criterion asks of its items."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("What the criterion asks"))
        self.commit_button.setText(self.tr("Set"))
        choices = [
            (Op.ALL.value, self.tr("All of its items")),
            (Op.ANY.value, self.tr("Any of its items")),
            (Op.AT_LEAST.value, self.tr("At least so many of its items")),
            (Op.NONE.value, self.tr("None of its items")),
            (Op.UNLESS.value, self.tr("The first unless the second")),
            (Op.UNCLEAR.value, self.tr("The document leaves it open")),
        ]
        self.add("op", self.tr("It asks for"), ChoiceEntry(choices))
        self.add("n", self.tr("How many"), LineEntry(), self.tr("Only with “at least”"))
        self.finish()
        self._at: tuple[int, LeafPath] = (1, ())

    def ask_about(self, statement_line: int, path: LeafPath, node: Criterion) -> None:
        """Begin for a node of the tree of a statement."""
        self._at = statement_line, path
        self.say(node.text.strip()[:300] or self.tr("A list of {0} items").format(len(node.items)))
        self.fill({"op": str(node.op), "n": str(node.n or "")})
        self.begin()

    def correction(self) -> Correction:
        """What was chosen, as a correction."""
        line, path = self._at
        return Correction(What.CRITERION, line, path=path, op=Op(self.text("op")), n=number(self.text("n"), self.tr("How many")))


class SplitForm(InlineForm):
    """Where a criterion becomes two: the words with which the second begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Split the criterion"))
        self.commit_button.setText(self.tr("Split"))
        self.add(
            "words",
            self.tr("The second begins with"),
            LineEntry(),
            self.tr("Its first words, as they stand above"),
            required=self.tr("Type its first words as they stand above."),
        )
        self.finish()
        self._at: tuple[int, LeafPath, str] = (1, (), "")

    def ask_about(self, statement_line: int, path: LeafPath, node: Criterion) -> None:
        """Begin for a leaf of the tree of a statement."""
        self._at = statement_line, path, node.text
        self.say(node.text.strip())
        self.fill({})
        self.begin()

    def correction(self) -> Correction:
        """What was typed, as a correction; UserError where the criterion does not hold the words."""
        line, path, text = self._at
        at = text.casefold().find(self.text("words").strip().casefold())
        if at < 1:
            raise UserError(
                self.tr("The criterion does not hold these words behind its beginning."), self.tr("Type them as they stand above.")
            )
        return Correction(What.CRITERION_SPLIT, line, path=path, at=at)


class CodeForm(InlineForm):
    """A code or range that a line lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("A code of this line"))
        self.commit_button.setText(self.tr("Set"))
        systems = [("", self.tr("Choose")), *((each.value, each.value) for each in System)]
        self.add("low", self.tr("Code, or low end"), LineEntry(), required=self.tr("Type the code."))
        self.add("system", self.tr("System"), ChoiceEntry(systems), required=self.tr("Say of which system the code is."))
        self.add("high", self.tr("High end"), LineEntry(), self.tr("Only of a range"))
        self.add("condition", self.tr("Only when"), LineEntry(), self.tr("As the line prints it"))
        self.finish()
        self._at: tuple[int, str | None] = (1, None)
        self._around: tuple[System, ...] = ()
        self._offered: str | None = None
        self._doubted: tuple[str, ...] = ()
        self.entry("low").changed.connect(self._offer)

    def ask_about(self, policy: Policy, line: int, entry: CodeEntry | None) -> None:
        """Begin for an entry, or for a new one of the line."""
        self._at = line, None if entry is None else entry.printed
        self.say(self.tr("Line {0}: {1}").format(line, policy.text.line(line).text.strip()[:200]))
        self._around = () if entry else tuple(each.system for each in sorted(policy.codes, key=lambda each: abs(each.line - line)))
        self._offered, self._doubted = (None if entry else ""), ()
        if entry:
            told = {"system": entry.system.value, "low": entry.low, "high": entry.high or "", "condition": entry.condition or ""}
            self.fill(told)
        else:
            self.fill({})
        self.begin()

    def _offer(self) -> None:
        """The system of a new code: of those that it could belong to by its shape, that of the entry nearest by; none where it is open."""
        if self._offered is None or self.text("system") not in ("", self._offered):
            return  # the person has chosen one
        typed = self.text("low")
        fitting = [system for system in SHAPED if typed and has_shape(normal(typed, system), system)]
        near = next((system for system in self._around if system in fitting), None)
        chosen = near or (fitting[0] if len(fitting) == 1 else None)
        self._offered = chosen.value if chosen else ""
        self.entry("system").retype(self._offered)

    def doubt(self, told: Correction, codeset: CodeSet) -> UserError | None:
        """What to ask where no table knows the code in the system chosen; once, since a table may be older than the policy."""
        ends = tuple(normal(end, told.system) for end in (told.low, told.high) if end and told.system)
        if (
            told.system not in TABLED
            or ends == self._doubted
            or all(codeset.exists(end) or not has_shape(end, told.system) for end in ends)
        ):
            return None  # what has not even the shape of a code the desk refuses
        self._doubted = ends
        return UserError(
            self.tr("No table knows {0} as a code of {1}.").format(" – ".join(ends), told.system.value),
            self.tr("Look at the code and its system. Set it once more to keep it as it is."),
        )

    def correction(self) -> Correction:
        """What was typed, as a correction."""
        line, was = self._at
        high = self.text("high").strip() or None
        return Correction(
            What.CODE, line, system=System(self.text("system")), low=self.text("low").strip(), high=high, condition=self.text("condition"), was=was
        )  # fmt: skip


class WaiveForm(InlineForm):
    """Why a finding is right as it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Waive the finding"))
        self.commit_button.setText(self.tr("Waive"))
        self.add("reason", self.tr("Why it is right"), LineEntry(), required=self.tr("Say why the line is right as it stands."))
        self.finish()

    def ask_about(self, finding: LintFinding, waiver: Waiver | None = None) -> None:
        """Begin for a finding, with the reason that was given for it before."""
        self.finding = finding
        self.say(self.tr("Line {0}: {1}").format(finding.line, finding.message))
        self.fill({"reason": waiver.reason if waiver else ""})
        self.begin()


def join_of(part: Part, statement_line: int) -> Correction:
    """The correction that joins a part with the one before it."""
    if part.kind is PartKind.SECTION:
        return Correction(What.SECTION_JOIN, part.line)
    if part.kind is PartKind.STATEMENT:
        return Correction(What.STATEMENT_JOIN, part.line)
    return Correction(What.CRITERION_JOIN, statement_line, path=part.path)


def drop_of(part: Part, statement_line: int) -> Correction:
    """The correction that takes a part out."""
    if part.kind is PartKind.STATEMENT:
        return Correction(What.STATEMENT_DROP, part.line)
    if part.kind is PartKind.HISTORY:
        return Correction(What.HISTORY_DROP, part.line)
    if isinstance(part.about, CodeEntry):
        return Correction(What.CODE_DROP, part.line, was=part.about.printed)
    return Correction(What.CRITERION_DROP, statement_line, path=part.path)


def number(typed: str, name: str) -> int | None:
    """The number typed; None where nothing is; UserError where it is none."""
    words = typed.strip()
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) < 8):
        raise UserError(f"{name}: {words[:20]} is no number.", "Type a whole number, or nothing.")
    return int(words)
