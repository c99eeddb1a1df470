"""Cases that a request resembles, shown before it is saved: attach it there, or go on with it as a new one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ur_desk.domain.intake.arriving import Likeness
from ur_desk.domain.request import Request
from ur_desk.ui.pages.entry.fields import tr
from ur_desk.ui.pages.entry.kept import OffersBox, quiet_button
from ur_desk.ui.phrases import sentence
from ur_desk.ui.session import Session

if TYPE_CHECKING:
    from ur_desk.desk.brought import Resembling
    from ur_desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that resembles the request: its id and number, empty where it is closed to whoever asks, how it stands, what is alike, and
    what tells it from every other one, also where it is closed."""

    case: str
    number: str
    status: str
    what: str
    mark: str


def alike_of(desk: "Desk", request: Request) -> tuple[Alike, ...]:
    """The cases that a request resembles, the strongest likeness first."""
    return tuple(_told(each) for each in desk.arrivals.resembling(request))


def _told(each: "Resembling") -> Alike:
    what = {
        Likeness.HERE: tr("the same request, saved already"),
        Likeness.CONTENT: tr("says the very same"),
        Likeness.NAMED: tr("names that case"),
        Likeness.REFERENCE: tr("the sender's reference is the same"),
        Likeness.SERVICE: tr("the same member, a code and days that overlap"),
    }[each.likeness]
    if each.case is None:
        return Alike("", "", "", what, each.mark)
    return Alike(each.case.id, each.case.number, sentence(each.case.workflow), what, each.mark)


class AlikeCases(OffersBox):
    """The cases that the request in the form resembles; hidden once the person has said that it is a new one, until another one is found."""

    attach = Signal(str)
    """Look at the case of this id, to attach the request there."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session = session
        self._asked = 0
        self._found: tuple[Alike, ...] = ()
        self._shown: tuple[Alike, ...] = ()
        self._as_new: frozenset[Alike] = frozenset()
        self.setAccessibleName(self.tr("Cases that this request resembles"))
        self.new_button = quiet_button(self.tr("Go on as new"), self.tr("It is a new request: go on with it"), self.go_on)
        self.new_button.setProperty("kind", "plain")
        self._whole.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def undecided(self) -> tuple[Alike, ...]:
        """The cases of which nobody has said yet that the request is another one."""
        return tuple(each for each in self._found if each not in self._as_new)

    @property
    def seen(self) -> frozenset[str]:
        """The marks of the cases that stood here and of which the person said that the request is another one."""
        return frozenset(each.mark for each in self._found if each in self._as_new)

    def look(self, request: Request | None, then: Callable[[], object] = lambda: None) -> None:
        """Look for cases that the request resembles, and do `then` once they stand there; None while there is none that can be read."""
        self._asked += 1
        if request is None:
            self._show(())
            return
        heard = partial(self._heard, self._asked, then)
        self._session.read(partial(alike_of, request=request), self, done=heard, failed=lambda _refused: heard(()))

    def forget(self) -> None:
        """Another request stands in the form."""
        self._asked += 1
        self._as_new = frozenset()
        self._show(())

    def go_on(self) -> None:
        """It is a new request."""
        self._as_new = self._as_new | frozenset(self._found)
        self._show(self._found)

    def _heard(self, asked: int, then: Callable[[], object], found: Sequence[Alike]) -> None:
        if asked == self._asked:
            self._show(tuple(found))
            then()

    def _show(self, found: tuple[Alike, ...]) -> None:
        self._found = found
        if self.undecided == self._shown:  # whoever stands here keeps the focus
            return
        self._shown = self.undecided
        self.clear()
        told = self.undecided
        one = self.tr("This request resembles a case that is here")
        self.title.setText(one if len(told) == 1 else self.tr("This request resembles {0} cases that are here").format(len(told)))
        for each in told:
            if not each.number:
                self.add(self.tr("A case that is open to named people only · {0}").format(each.what))
                continue
            words = " · ".join((each.number, each.status, each.what))
            look = quiet_button(
                self.tr("Attach there"),
                self.tr("Look at {0} to attach the request there").format(each.number),
                partial(self.attach.emit, each.case),
            )
            self.add(words, look)
