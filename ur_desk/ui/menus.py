"""The menu bar: the window's own commands, and beside them those of the page that is shown."""

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from ur_desk.ui.actions import Actions, Menu, menu_of


class Menus(QObject):
    """Fills the menu bar; again whenever another page is shown."""

    def __init__(self, bar: QMenuBar, commands: Actions, accounts: QMenu) -> None:
        super().__init__(bar)
        self._commands = commands
        self._accounts = accounts
        self._menus = {menu: bar.addMenu(title) for menu, title in self._titles().items()}
        self._theme = QMenu(self.tr("&Theme"), bar)
        self._theme.addActions(list(commands.schemes.values()))
        self._none = QAction(self.tr("Nothing to do on this page"), self)
        self._none.setEnabled(False)
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)
        self.show_page(())

    def menu(self, menu: Menu) -> QMenu:
        """One of the menus."""
        return self._menus[menu]

    def show_page(self, commands: Iterable[QAction]) -> None:
        """Show the window's commands and those of a page, each in its menu."""
        by_menu: dict[Menu, list[QAction]] = {menu: [] for menu in Menu}
        for action in commands:
            by_menu[menu_of(action)].append(action)
        for menu, shown in self._menus.items():
            for action in shown.actions():  # `clear` would take the actions from their pages and free them
                shown.removeAction(action)
                if action.isSeparator():
                    action.deleteLater()
            for group in self._groups(menu, by_menu[menu]):
                if group and not shown.isEmpty():
                    shown.addSeparator()
                for item in group:
                    shown.addMenu(item) if isinstance(item, QMenu) else shown.addAction(item)
            if shown.isEmpty():
                shown.addAction(self._none)

    def _groups(self, menu: Menu, paged: list[QAction]) -> list[list[QAction | QMenu]]:
        c, page = self._commands, list[QAction | QMenu](paged)
        match menu:
            case Menu.FILE:
                came_in: list[QAction | QMenu] = [c.new_request, c.import_files, c.import_any_folder, c.arrivals]
                return [came_in, [c.columns, c.senders], page, [self._sign_in(), c.passphrase, c.pin], [c.lock, c.sign_out], [c.quit]]
            case Menu.EDIT:
                return [[c.undo], page, [c.palette]]
            case Menu.VIEW:
                size: list[QAction | QMenu] = [c.mask, self._theme, c.zoom_in, c.zoom_out, c.zoom_reset, c.full_screen]
                return [[*c.pages.values()], [c.back, c.forward, *page, c.refresh], size]
            case Menu.POLICY:
                return [page, [c.import_policy, c.import_folder]]
            case Menu.LETTER:
                return [page, [c.post]]
            case Menu.AUDIT:
                return [page, [c.verify_trail]]
            case Menu.HELP:
                return [[c.help_page, c.help_keys], page, [c.about]]
            case _:
                return [page]

    def _sign_in(self) -> QMenu:
        self._accounts.setTitle(self.tr("&Sign in as"))
        return self._accounts

    def _titles(self) -> dict[Menu, str]:
        return {
            Menu.FILE: self.tr("&File"),
            Menu.EDIT: self.tr("&Edit"),
            Menu.VIEW: self.tr("&View"),
            Menu.CASE: self.tr("&Case"),
            Menu.POLICY: self.tr("&Policy"),
            Menu.LETTER: self.tr("&Letter"),
            Menu.AUDIT: self.tr("&Audit"),
            Menu.HELP: self.tr("&Help"),
        }
