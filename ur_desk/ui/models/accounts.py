"""Accounts as rows, and the words for what an account may do."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.ui.models.rows import ROW, Index, RowsModel

_ROLES: dict[Role, object] = {
    Role.INTAKE: QT_TRANSLATE_NOOP("roles", "Intake"),
    Role.NURSE: QT_TRANSLATE_NOOP("roles", "Nurse reviewer"),
    Role.PHYSICIAN: QT_TRANSLATE_NOOP("roles", "Physician reviewer"),
    Role.SUPERVISOR: QT_TRANSLATE_NOOP("roles", "Supervisor"),
    Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("roles", "Administrator"),
    Role.AUDITOR: QT_TRANSLATE_NOOP("roles", "Auditor"),
}


def role_word(role: Role) -> str:
    """What a role is called on the screens."""
    return QCoreApplication.translate("roles", str(_ROLES[role]))


def role_words(roles: Iterable[Role]) -> str:
    """Roles in their usual order, as one run of words."""
    held = set(roles)
    return ", ".join(role_word(role) for role in Role if role in held)


class AccountsModel(RowsModel[Account]):
    """The accounts of the workspace, by name."""

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show these."""
        self.show_rows(accounts)

    @property
    def people(self) -> dict[AccountId, Account]:
        """Every account by its id."""
        return {account.id: account for account in self._rows}

    def place_of(self, name: str) -> int | None:
        """Where the account of that name stands."""
        return next((i for i, account in enumerate(self._rows) if account.name == name), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the spoken row, or the account itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        account = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return account.display
        if role == Qt.ItemDataRole.AccessibleTextRole:
            retired = self.tr("retired") if account.retired else ""
            return ". ".join(part for part in (account.signature, role_words(account.roles), retired) if part)
        return account if role == ROW else None
