"""A pair of hands at the real window: does what a person would, by the same widgets and commands, and waits until it is done."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QSize

from ur_desk.desk.review import OnDesk
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.listing import CaseFilter, CaseRow
from ur_desk.errors import UserError
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.pages.audit.page import AuditPage
from ur_desk.ui.pages.entry.page import EntryPage
from ur_desk.ui.pages.review.page import ReviewPage
from ur_desk.ui.pages.sign_in import SignInPage
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.widgets.field_row import FieldRow
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class Hands:
    """Works the window; what it refuses rises as UserError with the window's own words."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def rest(self) -> None:
        """Until nothing is under way and everything is laid out."""
        for _ in range(4):
            self.window.jobs.settle()
            QCoreApplication.sendPostedEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def resize(self, width: int, height: int) -> None:
        """Give the window a size."""
        self.window.resize(QSize(width, height))
        self.rest()

    def picture(self, file: Path) -> Path:
        """What the window shows, as a PNG."""
        self.rest()
        if not self.window.grab().save(str(file), "PNG"):
            raise UserError(f"{file.name} cannot be written.", "Choose another folder.")
        return file

    # who and where -----------------------------------------------------------------------------------------------

    def sit(self, name: str) -> None:
        """Another person takes the desk, where they do not sit there already."""
        if self._session.person.name == name:
            return
        self.ask(name).commit()
        self.rest()
        if self._session.person.name != name:
            raise UserError(f"{name} could not sit down.", "See the window's notice.")

    def ask(self, name: str) -> SignInPage:
        """Another person is asked for their passphrase; an invented one's stands there already."""
        self.window.top_bar.account_chosen.emit(name)
        self.rest()
        page = self.window.entrance.page
        if not isinstance(page, SignInPage):
            raise UserError("Nobody is asked to sign in.", "See the window's notice.")
        return page

    def passphrase(self, name: str) -> str:
        """What an invented person of the demo signs in with."""
        found: list[str] = []
        self._session.read(lambda desk: desk.throwaway[name], self.window, found.append)
        self.rest()
        return found[0]

    def go(self, page: PageName, ref: str = "") -> None:
        """To a page, or to what it shows."""
        self.window.go(Place(page, ref))
        self.rest()

    def row(self, text: str) -> CaseRow:
        """The one case that a search for the words finds."""
        found: list[CaseRow] = []
        self._session.read(lambda desk: desk.supervision.cases(CaseFilter(text=text)).rows, self.window, found.extend)
        self.rest()
        if len(found) != 1:
            raise UserError(f"{len(found)} cases are found for these words.", "Search for other ones.")
        return found[0]

    def open_case(self, case: CaseId) -> ReviewPage:
        """A case on the desk."""
        self.go(PageName.REVIEW, case)
        return self.review

    @property
    def review(self) -> ReviewPage:
        """The review page."""
        return cast(ReviewPage, self._page(PageName.REVIEW))

    @property
    def audit(self) -> AuditPage:
        """The audit page."""
        return cast(AuditPage, self._page(PageName.AUDIT))

    @property
    def entry(self) -> EntryPage:
        """The form for a new request."""
        return cast(EntryPage, self._page(PageName.ENTRY))

    # the job -----------------------------------------------------------------------------------------------------

    def drop(self, *files: Path) -> None:
        """Drop files on the window."""
        self.window.take_files(files)
        self.rest()

    def open_request(self) -> CaseId:
        """Open a case for what stands in the form."""
        self.entry.open_case()
        self.rest()
        return self._shown_case()

    def begin(self, verb: Verb, lines: tuple[int, ...]) -> Panel:
        """Pick lines and open the panel of a verb."""
        page = self.review
        page.request.pick(lines)
        self.rest()
        page.bar.action(verb).trigger()
        self.rest()
        if page.panels.panel is None:
            offer = page.bar.offers.offer(verb)
            raise UserError(f"{verb.value} is not open for these lines.", offer.why_not if offer else "")
        return page.panels.panel

    def fill(self, panel: Panel, typed: Mapping[str, str], *, cite: tuple[str, int] | None = None, no_policy: bool = False) -> None:
        """Type into a panel's fields; cite a line of a text that is chosen in the policy pane, or say that no policy was found."""
        kept = {**panel.typed(), **typed}
        if no_policy:
            cited, elsewhere, _ = cast(Any, kept["kept_basis"])
            kept["kept_basis"] = (cited, elsewhere, "yes")
        panel.retype(kept)
        if cite is not None:
            text, line = cite
            self.review.policy.go_to(line, text)
            self.review.cite_action.trigger()
        self.rest()

    def commit(self) -> None:
        """Do what the open panel is for; where it is refused, what the panel says of it rises."""
        panels = self.review.panels
        panel = panels.panel
        if panel is None:
            raise UserError("No panel is open.", "Open one first.")
        panel.commit()
        self.rest()
        if panels.panel is not None:
            wrong = [row.problem for row in panel.findChildren(FieldRow) if row.problem]
            raise UserError(" ".join(wrong) or panel.notice().accessibleName() or "The panel refused.", "Mend it and try again.")

    def do(self, verb: Verb, lines: tuple[int, ...], typed: Mapping[str, str], **basis: Any) -> None:
        """Open the panel of a verb, fill it, and do it."""
        self.fill(self.begin(verb, lines), typed, **basis)
        self.commit()

    def position(self) -> tuple[str, int]:
        """Text and first line of the position that the case's words hit, or of the first one."""
        case, found = self._shown_case(), list[tuple[str, int]]()
        self._session.read(lambda desk: _position(desk.review.on_desk(case)), self.window, found.append)
        self.rest()
        return found[0]

    def letter(self) -> None:
        """Show the letter that would leave now."""
        self.review.show_letter()
        self.rest()

    def issue(self) -> LetterId:
        """Issue the letter that is shown; its id."""
        page, before = self.review.letter, self.issued()
        page.commit()
        self.rest()
        page.commit()
        self.rest()
        after = self.issued()
        if len(after) == len(before):
            raise UserError("The letter was not issued.", page.notice.accessibleName() or "The page says what is missing.")
        return after[-1]

    def issued(self) -> list[LetterId]:
        """The letters of the case that is shown, in the order in which they left."""
        case, found = self._shown_case(), list[LetterId]()
        self._session.read(lambda desk: [letter.id for letter in desk.review.case(case).letters_to_members], self.window, found.extend)
        self.rest()
        return found

    def save_letter(self, letter: LetterId, file: Path) -> Path:
        """Save an issued letter."""
        saved: list[Path] = []
        self._session.read(lambda desk: desk.letters.save(letter, file), self.window, saved.append)
        self.rest()
        if not saved:
            raise UserError(f"{file.name} was not saved.", "See the window's notice.")
        return saved[0]

    def _shown_case(self) -> CaseId:
        place = self.window.places.now
        if place is None or place.page is not PageName.REVIEW:
            raise UserError("No case is on the desk.", "Open one first.")
        return CaseId(place.ref)

    @property
    def _session(self) -> Any:
        session = self.window.session
        if session is None:
            raise UserError("No workspace is open.", "Open one first.")
        return session

    def _page(self, name: PageName) -> object:
        host = self.window.host
        if host is None:
            raise UserError("No workspace is open.", "Open one first.")
        return host.page(name)


def _position(shown: OnDesk) -> tuple[str, int]:
    policy = shown.policies[0].policy
    hits = {hit.line for match in (shown.report.policies if shown.report else ()) for hit in match.hits}
    chosen = next((s for s in policy.statements if s.first_line in hits), policy.statements[0])
    return policy.text.sha256, chosen.first_line
