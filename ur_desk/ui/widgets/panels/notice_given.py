"""Record notice given by other means: on the official form of a line of business for which this program writes no letter, say."""

from PySide6.QtWidgets import QWidget

from ur_desk.domain.events import ContactWay
from ur_desk.domain.notice_given import form_for_lines
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class NoticeGivenPanel(Panel):
    """Records to whom, how, when and on what form notice of decided lines was given."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.NOTICE, self.tr("Record notice"), self.tr("Record notice"), about, parent)
        case, lines = about.picked.case, about.picked.lines
        whom, form = LineEntry(), LineEntry()
        self.add("to_whom", self.tr("To whom"), whom, required=self.tr("Say to whom notice was given."))
        hint = self.tr("As the official form of the line of business, by its number.")
        self.add("form", self.tr("Form, or words"), form, hint, required=self.tr("Say on what form, or in which words."))
        self._way = ChoiceEntry(
            [
                (way.value, sentence(way))
                for way in (ContactWay.MAIL, *(w for w in ContactWay if w not in (ContactWay.MAIL, ContactWay.VOICEMAIL)))
            ]
        )
        self.add("way", self.tr("Way"), self._way, right=True)
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("When"), self._when, required=self.tr("Say when."), right=True)
        if told := form_for_lines(case, lines):
            form.retype(told)
            whom.retype(case.current_request.member.full_name)
        self.say_below(self.tr("The clock ends with the notice. Where this program writes the letter, issue that instead."))

    def call(self) -> Call:
        """Record it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        way, whom, form = ContactWay(self._way.typed()), self.text("to_whom"), self.text("form")
        return lambda desk: desk.letters.record_notice(case.id, case.revision, lines, way, whom, at, form)
