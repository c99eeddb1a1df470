"""The commands of the door: one key for each thing that can be done with what is chosen, shown on its button."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ur_desk.domain.intake.arriving import NEEDS_A_CASE, Choice, Likeness, choices, is_message, preselected
from ur_desk.ui.actions import Menu, page_command, plain_text
from ur_desk.ui.models.arrivals import choice_words, summary
from ur_desk.ui.pages.arrivals.steps import unsure_file
from ur_desk.ui.widgets.command_bar import CommandBar

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run
    from ur_desk.ui.models.arrivals import ArrivalsModel

KEYS = {
    Choice.NOTHING: "H",
    Choice.NEW: "N",
    Choice.AGAIN: "S",
    Choice.INFORMATION: "I",
    Choice.APPEAL: "P",
    Choice.REOPENING: "O",
    Choice.LEAVE_OUT: "L",
}
"""One key for each choice."""
Does = Mapping[str, Callable[[], object]]
"""What each command other than a choice does, by its name."""


class ArrivalsBar(CommandBar):
    """Makes the commands of the page, and shows those that are open for what is chosen."""

    columns_wanted = Signal(object)
    """The `Path` of a file of which somebody must say, or confirm, what its columns mean."""

    def __init__(self, page: QWidget, does: Does, choose: Callable[[Choice], object]) -> None:
        super().__init__("", page)
        self.setAccessibleName(self.tr("What to do with it"))
        self._page = page
        self._unsure: Path | None = None
        self.default: QAction | None = None
        self._does = does
        self._make_choices(choose)
        self._make_ways()
        self._make_paper()
        self._make_rest()
        self.finish()

    def _add(self, menu: Menu, name: str, text: str, keys: Sequence[str], tip: str, kind: str = "plain") -> QAction:
        """A command with a button; of the kind `menu` it stands in the menus alone."""
        action = page_command(self._page, menu, text, keys, tip, self._does[name])
        if kind != "menu":
            self.add(action, kind)
        return action

    def _make_choices(self, choose: Callable[[Choice], object]) -> None:
        tips = {
            Choice.NOTHING: self.tr("It is here already, and nothing is saved; it does not ask any more"),
            Choice.NEW: self.tr("A request of its own: open a case for it"),
            Choice.AGAIN: self.tr("The same request once more: note in the case that it came again; nothing else changes"),
            Choice.INFORMATION: self.tr("Attach it to the case; lines that wait for information are back in review"),
            Choice.APPEAL: self.tr("An appeal against what was decided; you are asked first"),
            Choice.REOPENING: self.tr("A wish to reopen what was decided; you are asked first"),
            Choice.LEAVE_OUT: self.tr("Not worked here: say why; somebody must then tell the sender"),
        }
        self.open = self._add(
            Menu.CASE,
            "open",
            self.tr("Open cases"),
            ["Ctrl+Return"],
            self.tr("Open a case for each request that resembles nothing"),
            "main",
        )
        self.choices: dict[Choice, QAction] = {}
        for choice, key in KEYS.items():
            action = page_command(self._page, Menu.CASE, choice_words(choice, False), [key], tips[choice], partial(choose, choice))
            self.add(action)
            self.choices[choice] = action

    def _make_ways(self) -> None:
        tr = self.tr
        self.next_case = self._add(Menu.CASE, "next", tr("Next case  ."), ["."], tr("Lay it beside the next case that it resembles"))
        self.name_case = self._add(
            Menu.CASE, "name", tr("Name the case…  C"), ["C"], tr("Lay it beside a case that you name by its number"), "quiet"
        )
        self.reverse = self._add(
            Menu.CASE, "reverse", tr("Take back  U"), ["U"], tr("Let it wait again, while nothing else was done in its case")
        )
        self.go = self._add(
            Menu.CASE, "go", tr("To the case  G"), ["G"], tr("Open the case that it became, or that stands beside it"), "quiet"
        )
        tip = tr("Say when the chosen file was received, or say it otherwise")
        self.receipt = self._add(Menu.CASE, "receive", tr("Receipt…  R"), ["R"], tip, "quiet")
        self.form = self._add(
            Menu.CASE, "form", tr("In the form"), ["Ctrl+E"], tr("Mend the request of the chosen file before it becomes a case"), "quiet"
        )

    def _make_paper(self) -> None:
        tr = self.tr
        tips = {
            "key": tr("A fax or form to key: a new request beside its pages, or the draft beside which it lies"),
            "key all": tr("Key one request beside all papers that wait in this report"),
            "policy": tr("It is a medical policy: read it into the library, not confirmed yet"),
            "records": tr("Records of an open case: attach it there"),
            "aside": tr("It is not to be keyed: take it out of this report; nothing of it is kept here"),
        }
        self.key = self._add(Menu.CASE, "key", tr("Key it  K"), ["K"], tips["key"], "main")
        self.key_all = self._add(Menu.CASE, "key all", tr("Key all as one  Shift+K"), ["Shift+K"], tips["key all"])
        self.policy = self._add(Menu.POLICY, "policy", tr("A medical policy  M"), ["M"], tips["policy"])
        self.records = self._add(Menu.CASE, "records", tr("Records of a case…  R"), ["R"], tips["records"])
        self.aside = self._add(Menu.FILE, "aside", tr("Not to be keyed  Del"), ["Del"], tips["aside"], "quiet")

    def _make_rest(self) -> None:
        tr = self.tr
        tip = tr("Say what the columns of the chosen file mean, and keep it for its sender; then it is read anew")
        self.columns = page_command(self._page, Menu.FILE, tr("What the columns mean…"), ["Ctrl+M"], tip, self._want_columns)
        self.add(self.columns)
        self.load = self._add(
            Menu.POLICY, "load", tr("Read into the library"), ["Ctrl+R"], tr("Read the policies into the library, not confirmed yet")
        )
        self.anew = self._add(
            Menu.POLICY,
            "anew",
            tr("Read anew as a draft"),
            ["Ctrl+Shift+R"],
            tr("Begin another draft of the policies that the library holds already, beside their confirmed reading"),
        )
        self.stop = self._add(
            Menu.FILE, "stop", tr("Stop"), ["Ctrl+."], tr("Stop after the file under way; what was read or saved stays"), "main"
        )
        self.earlier = self._add(
            Menu.FILE, "earlier", tr("Earlier files"), ["E"], tr("What came in earlier, and what of it still waits"), "menu"
        )
        self.forget = self._add(
            Menu.FILE, "forget", tr("Put away"), ["Ctrl+Shift+Backspace"], tr("Put this report away, once nothing waits in it"), "menu"
        )
        self.close_ = self._add(Menu.FILE, "close", tr("Close"), ["Ctrl+W"], tr("Back; what was not decided waits here"), "quiet")

    # what is open ----------------------------------------------------------------------------------------------------

    def follow(self, run: "Run | None", item: "Item | None", found: "Resembling | None", several: bool, busy: bool) -> None:
        """Say on the buttons what can be done with what is chosen, and hide all else."""
        alone = [each for each in run.items if each.alone] if run else []
        self.open.setText(self.tr("Open 1 case") if len(alone) == 1 else self.tr("Open {0} cases").format(len(alone)))
        self.open.setVisible(bool(alone) and not busy)
        self._follow_choices(item if not busy else None, found)
        self.next_case.setVisible(several)
        self.name_case.setVisible(item is not None and item.waits and not busy)
        self.reverse.setVisible(item is not None and item.became is not None and not busy)
        self.go.setVisible(found is not None and found.case is not None)
        self.stop.setVisible(busy)
        self.stop.setEnabled(busy)
        self.forget.setVisible(run is not None and not busy)
        self.earlier.setVisible(not busy)
        self._put_first(item if not busy else None, found)
        self.say(summary(run) if run and run.done else "")

    def follow_files(self, policies: int, anew: bool, single: bool) -> None:
        """How many policies can be read into the library, whether one may be read anew, and the chosen file looked at in the form."""
        one, more = self.tr("Read 1 policy into the library"), self.tr("Read {0} policies into the library")
        self.load.setText(one if policies == 1 else more.format(policies))
        self.load.setVisible(policies > 0)
        self.anew.setVisible(anew)
        self.form.setVisible(single)

    def follow_paper(self, paper: "Brought | None", to_key: int, shelved: bool) -> None:
        """Offer what can be done with the chosen paper; `to_key` papers wait in the report. What became a policy is no paper any more."""
        waits = paper is not None and paper.to_key and not shelved
        unsure = waits and paper is not None and paper.unsure
        goes_on = paper is not None and paper.laid is not None and bool(paper.laid.draft)
        self.key.setText(self.tr("Go on with the draft  K") if goes_on else self.tr("A fax or form to key  K") if unsure else self.tr("Key it  K"))  # fmt: skip
        self.key.setVisible(waits or goes_on)
        self.key_all.setVisible(waits and not unsure and to_key > 1)
        self.policy.setVisible(unsure)
        self.records.setText(self.tr("Records of an open case…  R") if unsure else self.tr("Records of a case…  R"))
        self.records.setVisible(waits)
        self.aside.setVisible(waits)
        if waits or goes_on:  # of what only a person can tell nothing lies nearest
            self.default = None if unsure else self.key
            self.put_first([self.key, self.key_all, self.policy, self.records, self.aside, self.open], self.default)

    def follow_receipt(self, file: "Brought | None") -> None:
        """Offer to say when the chosen file was received, where it has requests that do not tell it."""
        self.receipt.setVisible(file is not None and bool(file.bare))

    def follow_columns(self, run: "Run | None", model: "ArrivalsModel", place: int) -> None:
        """Offer the columns of the chosen file, where they were read by a guess, or not read since they say too little."""
        self._unsure = unsure_file(run, model, place)
        self.columns.setVisible(self._unsure is not None)

    def _want_columns(self) -> None:
        if self._unsure is not None:
            self.columns_wanted.emit(self._unsure)

    def _follow_choices(self, item: "Item | None", found: "Resembling | None") -> None:
        message = item is not None and is_message(item.request.kind)
        may = _open(item, found)
        for choice, action in self.choices.items():
            action.setText(f"{choice_words(choice, message)}  {KEYS[choice]}")
            action.setVisible(choice in may)

    def _put_first(self, item: "Item | None", found: "Resembling | None") -> None:
        """The choices in the order of what lies nearest, and what Enter does with the chosen request as the main button."""
        self.default = self._default(item, found)
        choices = [self.choices[choice] for choice in _open(item, found)]
        ours = [self.name_case, *choices] if self.default is self.name_case else choices
        of_all = item is None or item.alone or self.default is None
        main = self.open if of_all and self.open.isVisible() else self.default
        self.put_first([self.open, *ours] if of_all else [*ours, self.open], main)

    def _default(self, item: "Item | None", found: "Resembling | None") -> QAction | None:
        if item is None or not item.asks or (found is not None and found.case is None):
            return None
        if found is None and is_message(item.request.kind):
            return self.name_case
        choice = preselected(item.request.kind, *_how(found), found is not None and found.another)
        return self.choices[choice] if choice is not None and self.choices[choice].isVisible() else None

    def on_offer(self) -> str:
        """What the single keys do now, each with its key."""
        told = [plain_text(action).rpartition("  ")[::2] for action, _ in self._buttons if action.isVisible() and "  " in action.text()]
        return ", ".join(f"{key} {words.rstrip('…').lower()}" for words, key in told)


def _how(found: "Resembling | None") -> tuple[Likeness | None, bool]:
    """How the case beside a request resembles it, and whether it was decided against its request."""
    return (found.likeness, found.adverse) if found else (None, False)


def _open(item: "Item | None", found: "Resembling | None") -> tuple[Choice, ...]:
    """What may be done with a request beside that case, what lies nearest first."""
    if item is None or item.became:
        return ()
    unnamed = found is None or found.case is None
    may = choices(item.request.kind, *_how(found))
    return tuple(each for each in may if not (each in NEEDS_A_CASE and unnamed) and not (each is Choice.NOTHING and item.seen))
