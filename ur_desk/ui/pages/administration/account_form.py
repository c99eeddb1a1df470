"""The form of one account: names, roles, and the licence behind its signature."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from ur_desk.domain.codes import npi_problem
from ur_desk.domain.intake.fields import day_of
from ur_desk.domain.people import Account, Credential, Licence, Role
from ur_desk.domain.states import state_code
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.accounts import role_word
from ur_desk.ui.phrases import day
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, DayEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.state_entry import StateEntry
from ur_desk.ui.widgets.text import Text


class RoleBoxes(Restyled, QWidget):
    """A box for each role, two a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {role: CheckEntry(role_word(role)) for role in Role}
        self._grid = QGridLayout(self)
        for place, box in enumerate(self.boxes.values()):
            box.setAccessibleName(box.text())
            self._grid.addWidget(box, place // 2, place % 2)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0, 4)

    def roles(self) -> frozenset[Role]:
        """What is ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def tick(self, roles: Iterable[Role]) -> None:
        """Tick exactly these."""
        held = set(roles)
        for role, box in self.boxes.items():
            box.setChecked(role in held)


class NpiEntry(LineEntry):
    """A national provider identifier, or nothing."""

    def problem(self) -> str:
        """Says what is wrong with its digits."""
        wrong = {
            "shape": self.tr("An NPI has ten digits."),
            "check-digit": self.tr("One of its digits is wrong: the check digit does not fit."),
        }
        return wrong[npi_problem(self.typed()) or ""] if self.typed() and npi_problem(self.typed()) else ""


class LicencesEntry(ProseEntry):
    """Licences of further states, one a line: state, number, last day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, self.tr("TX T-2201 01/31/2027"), parent)

    def problem(self) -> str:
        """Says which line is no licence."""
        wrong = next((line for line in self._lines() if _licence(line) is None), None)
        return self.tr("“{0}” is no licence: write state, number and last day.").format(wrong) if wrong else ""

    def licences(self) -> tuple[Licence, ...]:
        """What is typed; only where nothing is wrong with it."""
        return tuple(licence for line in self._lines() if (licence := _licence(line)))

    def show_licences(self, licences: Iterable[Licence]) -> None:
        """Type these."""
        told = (
            " ".join(part for part in (each.state, each.number, day(each.expires) if each.expires else "") if part) for each in licences
        )
        self.retype("\n".join(told))

    def _lines(self) -> list[str]:
        return [line for line in self.typed().splitlines() if line.strip()]


def _licence(line: str) -> Licence | None:
    """State, number and last day of a line; None where it is no licence."""
    parts = line.split()
    if len(parts) not in (2, 3) or (state := state_code(parts[0])) is None:
        return None
    if len(parts) == 2:
        return Licence(parts[1], state)
    last = day_of(parts[2])
    return Licence(parts[1], state, last) if last else None


class AccountForm(InlineForm):
    """One account: what it may do, and the licence behind its signature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", closes=False, parent=parent)
        tr = self.tr
        self.add("name", tr("Signs in as"), LineEntry(tr("short name")), required=tr("An account needs a name to sign in with."))
        self.add("display", tr("Full name"), LineEntry(), tr("As letters and the audit trail show it"))
        self.roles = RoleBoxes()
        self.add_widget(self.roles)
        self.add("kind", tr("Credential"), LineEntry(tr("RN, MD, DC …")))
        self.add("licence", tr("Licence number"), LineEntry(), tr("Without one nobody signs an adverse decision"))
        self.behind = Text("", Type.SMALL, "soft", wrap=True)
        self.add_widget(self.behind)
        self.add("state", tr("Licence state"), StateEntry())
        self.add("expires", tr("Expires"), DayEntry())
        self.add("specialty", tr("Specialty"), LineEntry())
        self.add("board", tr("Board"), LineEntry(), tr("That certified the specialty"))
        self.add("npi", tr("NPI"), NpiEntry())
        self.further = LicencesEntry()
        self.add("further", tr("Further licences"), self.further, tr("One a line: state, number, last day"))
        self.reports = ChoiceEntry([("", tr("Nobody"))])
        self.add("reports", tr("Reports to"), self.reports, tr("An appeal is closed to whoever reports to the first reviewer"))
        self.finish()
        self.show_account(None)

    def show_reporting(self, others: Iterable[Account], to: str) -> None:
        """Offer these accounts, and stand on the one to which the shown one reports."""
        self.reports.clear()
        for value, words in (("", self.tr("Nobody")), *((each.name, each.display) for each in others)):
            self.reports.addItem(words, value)
        self.reports.retype(to)

    def show_account(self, account: Account | None, behind: str = "", changes: bool = True) -> None:
        """Show an account to change, or an empty form for a new one; `behind` says who stands behind its licence."""
        tr = self.tr
        self.behind.setText(behind)
        show_if(self.behind, bool(behind))
        self.title.setText(account.signature if account else tr("New account"))
        self.commit_button.setText(tr("Save changes") if account else tr("Add account"))
        self.say(tr("A physician reviewer prepares no case and hands out no roles: these must be two people."))
        credential = (account.credential if account else None) or Credential("")
        expires = day(credential.expires) if credential.expires else ""
        values = {"kind": credential.kind, "licence": credential.licence, "state": credential.state, "expires": expires}
        show_if(self.row("reports"), account is not None)
        self.fill(values | {"specialty": credential.specialty, "npi": credential.npi, "name": account.name if account else ""})
        self.further.show_licences(credential.further)
        self.entry("board").retype(credential.board)
        self.entry("display").retype(account.display if account else "")
        self.roles.tick(account.roles if account else ())
        for key in ("name", "display"):
            self.entry(key).setEnabled(account is None)
        retired = account is not None and account.retired
        self.commit_button.setVisible(changes)
        self.commit_button.setEnabled(changes and not retired)
        self.roles.setEnabled(changes and not retired)
        for key in ("kind", "licence", "state", "expires", "specialty", "board", "npi", "further", "reports"):
            self.entry(key).setEnabled(changes)

    def credential(self) -> Credential | None:
        """The licence as typed; None where nothing was."""
        kind, licence, specialty, npi = (self.text(key) for key in ("kind", "licence", "specialty", "npi"))
        state, expires = self.entry("state"), self.entry("expires")
        assert isinstance(state, StateEntry)
        assert isinstance(expires, DayEntry)
        typed = Credential(
            kind, licence, state.state(), expires.day(), specialty, npi, further=self.further.licences(), board=self.text("board")
        )
        return None if typed == Credential("") else typed
