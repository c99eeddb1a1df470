"""Every command of the window as a QAction with a shortcut and a tip, and where it stands in the menus.

A page brings its own commands: `page_command` adds one to the page, works while the page is seen, and says in which menu the
window shows it meanwhile. The command palette finds both kinds.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from ur_desk.ui.places import PageName

MENU = "menu"
"""The property of an action that names its menu."""

Keys = str | QKeySequence.StandardKey


class Menu(StrEnum):
    """The menus of the window, in order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    CASE = "case"
    POLICY = "policy"
    LETTER = "letter"
    AUDIT = "audit"
    HELP = "help"


def page_command(page: QWidget, menu: Menu, text: str, keys: Sequence[Keys], tip: str, run: Callable[[], object]) -> QAction:
    """A command of one page, with its shortcut alive while the page is seen."""
    action = QAction(text, page)
    action.setShortcuts(sequences(keys))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setToolTip(tip)
    action.setStatusTip(tip)
    action.setProperty(MENU, menu.value)
    action.triggered.connect(lambda: run())
    page.addAction(action)
    return action


def sequences(keys: Sequence[Keys]) -> list[QKeySequence]:
    """The key sequences, each once; of a standard key the platform's first."""
    told = [QKeySequence(each) for each in keys]
    return list({str(each.toString()): each for each in told if not each.isEmpty()}.values())


def menu_of(action: QAction) -> Menu:
    """The menu that an action names; Case where it names none."""
    named = action.property(MENU)
    return Menu(named) if named else Menu.CASE


def plain_text(action: QAction) -> str:
    """What an action is called, without the mark of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


class Actions(QObject):
    """The window's own commands; who makes them connects them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.all: list[QAction] = []
        self._make_file()
        self._make_edit()
        self._make_pages()
        self._make_view()
        self._make_rest()
        self._always = {self.quit, self.scheme_system, self.scheme_light, self.scheme_dark, self.scheme_contrast, self.zoom_in, self.zoom_out,
                        self.zoom_reset, self.full_screen, self.about}  # fmt: skip
        self.set_open(False)

    def set_open(self, is_open: bool) -> None:
        """Whether a workspace is open: without one, only what concerns the window itself can be done."""
        for action in self.all:
            action.setEnabled(is_open or action in self._always)
        for page in self.pages.values() if not is_open else ():
            page.setChecked(False)

    def _add(self, menu: Menu, text: str, tip: str, *keys: Keys, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts(sequences(keys))
        action.setToolTip(tip)
        action.setStatusTip(tip)
        action.setCheckable(checkable)
        action.setProperty(MENU, menu.value)
        action.setMenuRole(QAction.MenuRole.NoRole)
        self.all.append(action)
        return action

    def _make_file(self) -> None:
        self.new_request = self._add(
            Menu.FILE, self.tr("&New request…"), self.tr("Key a request that came by telephone, fax or mail"), QKeySequence.StandardKey.New
        )
        self.import_files = self._add(
            Menu.FILE,
            self.tr("&Import files…"),
            self.tr("Read requests or policy documents from files; dropping them on the window does the same"),
            "Ctrl+I",
        )
        self.import_any_folder = self._add(
            Menu.FILE,
            self.tr("Import a fol&der…"),
            self.tr("Read every request file and policy document in a folder; dropping it on the window does the same"),
            "Ctrl+Alt+I",
        )
        self.arrivals = self._add(
            Menu.FILE, self.tr("Files that came in"), self.tr("What came in through files, and what of it waits for somebody to decide")
        )
        self.columns = self._add(
            Menu.FILE,
            self.tr("&Columns of a table…"),
            self.tr("Say once what the columns of a sender's files mean: tables, workbooks and JSON"),
        )
        self.senders = self._add(
            Menu.FILE, self.tr("&Senders…"), self.tr("Whose files are known by their columns: rename, export, import or drop them")
        )
        self.lock = self._add(
            Menu.FILE, self.tr("&Lock now"), self.tr("Close the workspace until you are back; what you typed is kept"), "Ctrl+Shift+L"
        )
        self.outside = self._add(
            Menu.FILE,
            self.tr("&Files outside…"),
            self.tr("See which files that you took out or read in still lie outside of the workspace, and remove them"),
        )
        self.pin = self._add(
            Menu.FILE, self.tr("PI&N…"), self.tr("Choose a PIN that opens the desk again after a short absence, until you sign out")
        )
        self.passphrase = self._add(
            Menu.FILE, self.tr("Change &passphrase…"), self.tr("Take another passphrase for your account; your signing key stays")
        )
        self.sign_out = self._add(
            Menu.FILE,
            self.tr("Sign &out"),
            self.tr("Close the workspace and let the next person sign in; everything is saved already"),
            "Ctrl+Shift+Q",
        )
        self.quit = self._add(
            Menu.FILE, self.tr("&Quit"), self.tr("Close the window; everything is saved already"), QKeySequence.StandardKey.Quit, "Ctrl+Q"
        )
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make_edit(self) -> None:
        self.undo = self._add(
            Menu.EDIT,
            self.tr("&Undo"),
            self.tr("Take back your last step in a case, until notice is given of it"),
            QKeySequence.StandardKey.Undo,
        )
        self.palette = self._add(
            Menu.EDIT, self.tr("Find a case, code or co&mmand"), self.tr("Find a case, code, policy or command by a few letters"), "Ctrl+K"
        )

    def _make_pages(self) -> None:
        self.worklist = self._add(
            Menu.VIEW, self.tr("&Worklist"), self.tr("The cases, what is due soonest first"), "Ctrl+1", checkable=True
        )
        self.review = self._add(Menu.VIEW, self.tr("&Review"), self.tr("The case on the desk beside its policy"), "Ctrl+2", checkable=True)
        self.library = self._add(Menu.VIEW, self.tr("&Library"), self.tr("The policies, line by line"), "Ctrl+3", checkable=True)
        self.audit = self._add(
            Menu.VIEW, self.tr("&Audit"), self.tr("Saved cases as decided, their timelines, and the trail"), "Ctrl+4", checkable=True
        )
        self.administration = self._add(
            Menu.VIEW, self.tr("Ad&ministration"), self.tr("Accounts, and the plan's own words for its letters"), "Ctrl+5", checkable=True
        )
        self.pages = {
            PageName.WORKLIST: self.worklist,
            PageName.REVIEW: self.review,
            PageName.LIBRARY: self.library,
            PageName.AUDIT: self.audit,
            PageName.ADMINISTRATION: self.administration,
        }
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for action in self.pages.values():
            group.addAction(action)
        self.back = self._add(Menu.VIEW, self.tr("&Back"), self.tr("The place before this one"), QKeySequence.StandardKey.Back)
        self.forward = self._add(Menu.VIEW, self.tr("F&orward"), self.tr("The place you went back from"), QKeySequence.StandardKey.Forward)
        self.refresh = self._add(Menu.VIEW, self.tr("Read a&gain"), self.tr("Read this page again from the workspace"), "F5")

    def _make_view(self) -> None:
        self.mask = self._add(
            Menu.VIEW,
            self.tr("&Names hidden"),
            self.tr("Show initials in place of members' names, birth dates and ids"),
            "F9",
            checkable=True,
        )
        self.scheme_system = self._add(Menu.VIEW, self.tr("As the &system"), self.tr("Light or dark as the system is"), checkable=True)
        self.scheme_light = self._add(Menu.VIEW, self.tr("&Light"), self.tr("Always light"), checkable=True)
        self.scheme_dark = self._add(Menu.VIEW, self.tr("&Dark"), self.tr("Always dark"), checkable=True)
        self.scheme_contrast = self._add(
            Menu.VIEW, self.tr("&High contrast"), self.tr("The system's own high-contrast colours"), checkable=True
        )
        self.schemes = {
            "system": self.scheme_system,
            "light": self.scheme_light,
            "dark": self.scheme_dark,
            "contrast": self.scheme_contrast,
        }
        group = QActionGroup(self)
        for action in self.schemes.values():
            group.addAction(action)
        self.zoom_in = self._add(
            Menu.VIEW, self.tr("Zoom &in"), self.tr("Larger text, up to 200 %"), QKeySequence.StandardKey.ZoomIn, "Ctrl+="
        )
        self.zoom_out = self._add(Menu.VIEW, self.tr("Zoom o&ut"), self.tr("Smaller text, down to 80 %"), QKeySequence.StandardKey.ZoomOut)
        self.zoom_reset = self._add(Menu.VIEW, self.tr("&Usual size"), self.tr("Text at 100 %"), "Ctrl+0")
        self.full_screen = self._add(
            Menu.VIEW, self.tr("&Full screen"), self.tr("Use the whole screen, or give it back"), "F11", checkable=True
        )

    def _make_rest(self) -> None:
        self.import_policy = self._add(
            Menu.POLICY,
            self.tr("&Import a policy document…"),
            self.tr("Read the payer's own document into the library, line by line"),
            "Ctrl+Shift+O",
        )
        self.import_folder = self._add(
            Menu.POLICY,
            self.tr("Import a &folder of policies…"),
            self.tr("Read every document in a folder into the library, in one go"),
            "Ctrl+Shift+G",
        )
        self.post = self._add(
            Menu.LETTER,
            self.tr("&Post…"),
            self.tr("All letters that are still to be written or sent, in one go"),
            "Ctrl+Alt+P",
        )
        self.verify_trail = self._add(
            Menu.AUDIT, self.tr("&Verify the trail"), self.tr("Check that no event was changed, removed or swapped"), "Ctrl+Shift+V"
        )
        self.help_page = self._add(
            Menu.HELP,
            self.tr("Help for this &page"),
            self.tr("What this page is for and how it works"),
            QKeySequence.StandardKey.HelpContents,
        )
        self.help_keys = self._add(Menu.HELP, self.tr("&Keyboard"), self.tr("Every shortcut on one page"), "Ctrl+/")
        self.about = self._add(Menu.HELP, self.tr("&About"), self.tr("Which version this is"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
