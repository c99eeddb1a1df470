"""What the plan says of itself in its letters, by line of business and state; what is empty keeps a letter that needs it from leaving."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.decisions.grounds import GIVABLE, Given, Matter
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import phrase
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.state_entry import StateEntry
from ur_desk.ui.widgets.two_panes import TwoPanes

KEYS = tuple(f.name for f in fields(PlanProfile) if f.name not in ("line_of_business", "state", "signers"))
"""The fields that the plan fills, in the order of the profile."""

_LONG = frozenset({"address", "appeal_address", "plan_provision", "taglines"})
_NAMES: dict[str, object] = {
    "plan_name": QT_TRANSLATE_NOOP("profiles", "Plan name"),
    "address": QT_TRANSLATE_NOOP("profiles", "Address"),
    "phone": QT_TRANSLATE_NOOP("profiles", "Member telephone"),
    "tty": QT_TRANSLATE_NOOP("profiles", "TTY"),
    "hours": QT_TRANSLATE_NOOP("profiles", "Hours"),
    "appeal_address": QT_TRANSLATE_NOOP("profiles", "Appeals: address"),
    "appeal_phone": QT_TRANSLATE_NOOP("profiles", "Appeals: telephone"),
    "appeal_fax": QT_TRANSLATE_NOOP("profiles", "Appeals: fax"),
    "expedited_phone": QT_TRANSLATE_NOOP("profiles", "Expedited appeals: telephone"),
    "peer_to_peer_phone": QT_TRANSLATE_NOOP("profiles", "Peer-to-peer: telephone"),
    "records_fax": QT_TRANSLATE_NOOP("profiles", "Records: fax"),
    "plan_provision": QT_TRANSLATE_NOOP("profiles", "Plan provision"),
    "internal_appeal_text": QT_TRANSLATE_NOOP("profiles", "Internal appeal"),
    "external_review_text": QT_TRANSLATE_NOOP("profiles", "External review"),
    "consumer_assistance_text": QT_TRANSLATE_NOOP("profiles", "Consumer assistance"),
    "erisa_rights_text": QT_TRANSLATE_NOOP("profiles", "Rights under ERISA"),
    "language_help_text": QT_TRANSLATE_NOOP("profiles", "Help in other languages"),
    "authorization_prefix": QT_TRANSLATE_NOOP("profiles", "Authorization numbers begin with"),
    "nondiscrimination_text": QT_TRANSLATE_NOOP("profiles", "Nondiscrimination notice"),
    "taglines": QT_TRANSLATE_NOOP("profiles", "Lines of help by language"),
    "grievance_text": QT_TRANSLATE_NOOP("profiles", "Grievance"),
    "fair_hearing_text": QT_TRANSLATE_NOOP("profiles", "State hearing or review"),
    "continuation_text": QT_TRANSLATE_NOOP("profiles", "Keeping care during an appeal"),
    "independent_review_text": QT_TRANSLATE_NOOP("profiles", "Independent review"),
    "disputed_claims_text": QT_TRANSLATE_NOOP("profiles", "Disputed claims"),
    "late_text": QT_TRANSLATE_NOOP("profiles", "A late answer"),
}


def field_name(key: str) -> str:
    """What a field of the profile is called on the screen."""
    return QCoreApplication.translate("profiles", str(_NAMES.get(key, key.replace("_", " "))))


class ProfilesModel(QAbstractListModel):
    """The profiles, by line of business and state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PlanProfile, ...] = ()

    def show_profiles(self, profiles: Sequence[PlanProfile]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(profiles)
        self.endResetModel()

    def row(self, place: int) -> PlanProfile:
        """The profile at a place from 0; IndexError beyond the ends."""
        return self._rows[place]

    def place_of(self, profile: PlanProfile) -> int | None:
        """Where the profile of the same line of business and state stands."""
        sought = profile.line_of_business, profile.state
        return next((i for i, row in enumerate(self._rows) if (row.line_of_business, row.state) == sought), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The profiles; none below one."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the spoken row, or the profile itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join((phrase(row.line_of_business), row.state, row.plan_name, emptiness(row)))
        return row if role == ROW else None


def _signers() -> list[tuple[str, str]]:
    """The choices of who signs what takes no clinical judgment."""
    return [
        ("", QCoreApplication.translate("profiles", "Physician only")),
        ("nurse", QCoreApplication.translate("profiles", "Nurse too")),
        ("supervisor", QCoreApplication.translate("profiles", "Supervisor too")),
        ("nurse supervisor", QCoreApplication.translate("profiles", "Nurse and supervisor too")),
    ]


def _roles(profile: PlanProfile, matter: Matter) -> str:
    """The roles to which the plan gave a matter, as the choice names them."""
    return " ".join(role for role in GIVABLE if Given(matter, role) in profile.signers)


def emptiness(profile: PlanProfile) -> str:
    """How much of a profile is still to be filled."""
    count = len(profile.empty_fields)
    if not count:
        return QCoreApplication.translate("profiles", "complete")
    return QCoreApplication.translate("profiles", "{0} empty").format(count)


class ProfileDelegate(RowDelegate):
    """For whom, and how much is still to be filled."""

    def compose(self, row: PlanProfile, sheet: Sheet) -> None:
        """Set a profile."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        taken = sheet.chip(emptiness(row), Tone.ASK if row.empty_fields else Tone.GOOD, right, px(7)) + px(8)
        sheet.line(f"{phrase(row.line_of_business)} · {row.state}", (left, px(6)), right - left - taken, Type.MEDIUM)
        sheet.line(row.plan_name or self.tr("No plan name yet"), (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class ProfileForm(InlineForm):
    """Every field of one profile; an empty one says what it holds up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", closes=False, parent=parent)
        self.commit_button.setText(self.tr("Save"))
        for key in KEYS:
            entry = ProseEntry(3) if key in _LONG or key.endswith("_text") else LineEntry()
            hint = self.tr("One line each: es: the text by a qualified translator; es: alone is a slot") if key == "taglines" else ""
            self.add(key, field_name(key), entry, hint)
        for matter in Matter:
            hint = self.tr("What takes no clinical judgment; a physician always may.")
            self.add(matter.value, self.tr("Signs: {0}").format(phrase(matter)), ChoiceEntry(_signers()), hint)
        self.finish()

    def show_profile(self, profile: PlanProfile) -> None:
        """Show a profile to be filled."""
        self.title.setText(f"{phrase(profile.line_of_business)} · {profile.state}")
        words = {key: getattr(profile, key) for key in KEYS}
        self.fill(words | {matter.value: _roles(profile, matter) for matter in Matter})
        for key in KEYS:
            show_if(self.row(key), key in profile.wanted_fields or bool(getattr(profile, key)))
        empty = [field_name(key) for key in profile.empty_fields]
        if empty:
            told = self.tr("Letters that need one of these cannot be issued until it is filled: {0}.")
            self.say(told.format(", ".join(empty)))
        else:
            self.say(self.tr("Nothing is empty: no letter waits for this profile."))

    def filled(self, profile: PlanProfile) -> PlanProfile:
        """The profile with what was typed."""
        typed: dict[str, Any] = {key: self.text(key) for key in KEYS}
        signers = tuple(Given(matter, Role(role)) for matter in Matter for role in self.text(matter.value).split())
        return replace(profile, **typed, signers=signers)


class NewProfileForm(InlineForm):
    """For which line of business and state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("New profile"))
        self.commit_button.setText(self.tr("Begin"))
        lines = [(line.value, phrase(line)) for line in LineOfBusiness if line is not LineOfBusiness.OTHER]
        self.add("line", self.tr("Line of business"), ChoiceEntry(lines))
        self.add("state", self.tr("State"), StateEntry(), self.tr("Where the contract was issued"), self.tr("Say in which state."))
        self.finish()

    def profile(self) -> PlanProfile:
        """An empty profile for what was chosen."""
        state = self.entry("state")
        assert isinstance(state, StateEntry)
        return PlanProfile(LineOfBusiness(self.text("line")), state.state())


class ProfilesView(QWidget):
    """The list of profiles, and beside it the one that is filled."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._profile: PlanProfile | None = None
        self.model = ProfilesModel(self)
        self.list = RowList(self.tr("Profiles"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(ProfileDelegate(self.list))
        self.list.setModel(self.model)
        self.form, self.new_form = ProfileForm(), NewProfileForm()
        self.new_action = QAction(self.tr("New profile…"), self)
        self.new_action.setToolTip(self.tr("Begin the plan's own words for another line of business or state"))
        self.empty = EmptyState(
            self.tr("No profile yet"),
            self.tr("Letters cannot be issued until the plan's name, addresses, telephone and appeal texts are filled here."),
            self.new_action,
            "book",
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Pane(self.tr("Plan profiles"))
        left.head.addStretch()
        self.bar = CommandBar(self.tr("What can be done with profiles"))
        self.bar.add(self.new_action)
        self.bar.finish()
        left.set_body(self.list)
        column = left.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.bar)
        self._right = Stack()
        for each in (self.empty, self.form, self.new_form):
            self._right.addWidget(each)
        self.panes = TwoPanes(left, self._right, (self.tr("Plan profiles"), self.tr("The profile")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda index, _was: self._show_row(index))
        self.list.activated.connect(lambda _index: self._to_form())
        self.new_action.triggered.connect(self._begin_new)
        self.new_form.committed.connect(self._began)
        self.new_form.closed.connect(self._turn_back)
        self.form.committed.connect(self._save)

    def read_again(self) -> None:
        """Read the profiles once more; the one being filled stays."""
        self._session.read(lambda desk: desk.accounts.profiles(), self, self._fill, self.form.refuse)

    def _fill(self, profiles: tuple[PlanProfile, ...]) -> None:
        kept = self._profile
        self.model.show_profiles(profiles)
        place = self.model.place_of(kept) if kept else (0 if profiles else None)
        if place is not None:
            self.list.go_to(place)
        elif kept is None:
            self._right.setCurrentWidget(self.empty)
        show_if(self.list, bool(profiles))

    def _show_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show(self.model.row(index.row()))

    def _show(self, profile: PlanProfile) -> None:
        self._profile = profile
        self.form.show_profile(profile)
        self._right.setCurrentWidget(self.form)

    def _to_form(self) -> None:
        self.panes.show_pane(1)
        self.form.begin()

    def _begin_new(self) -> None:
        self._right.setCurrentWidget(self.new_form)
        self.panes.show_pane(1)
        self.new_form.fill({})
        self.new_form.begin()

    def _began(self) -> None:
        begun = self.new_form.profile()
        place = self.model.place_of(begun)
        if place is not None:
            self.list.go_to(place)
            self._show(self.model.row(place))
        else:
            self.list.setCurrentIndex(QModelIndex())
            self._show(begun)
        self.form.begin()

    def _turn_back(self) -> None:
        self._right.setCurrentWidget(self.form if self._profile else self.empty)

    def _save(self) -> None:
        if self._profile is None:
            return
        try:
            filled = self._profile = self.form.filled(self._profile)
        except UserError as wrong:
            self.form.refuse(wrong)
            return
        told = self.tr("Saved: {0}, {1}").format(phrase(filled.line_of_business), filled.state)
        self._session.write(lambda desk: desk.accounts.save_profile(filled), self, lambda _done: self.said.emit(told), self.form.refuse)
