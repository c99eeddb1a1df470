"""Ask for other words of a signed reason, and fill the decision that is signed anew with what was asked for."""

from dataclasses import fields

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from ur_desk.domain.decisions.rewording import Proposed
from ur_desk.domain.determination import Decision, Determination, Granted
from ur_desk.ui.widgets.panels.basis import Cited
from ur_desk.ui.widgets.panels.form import ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.verbs import Picked, Verb


class RewordPanel(Panel):
    """Begins with the words that stand there; committing it voids the signature and sends the lines back to whoever signs."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.REWORD, self.tr("Change the words"), self.tr("Send back to be signed"), about, parent)
        words, why = self.tr("Say the reason, in words for the member."), self.tr("Say why it should be said otherwise.")
        self.add("words", self.tr("Reason, for the member"), ProseEntry(4), self.tr("Plain words, no codes."), required=words)
        self.add("information", self.tr("What would help"), ProseEntry(2), self.tr("Empty where nothing would."), right=True)
        hint = self.tr("For whoever signs; it never reaches a letter.")
        self.add("why", self.tr("Why"), ProseEntry(2), hint, required=why, right=True)
        decision = next((state.decision for state in about.picked.states if state.decision), None)
        if decision is not None:
            self.entry("words").retype(decision.reason.words)
            self.entry("information").retype(decision.information_needed)
            below = self.tr("The signature of {0} covers these words: with other ones it falls, and the decision is signed anew.")
            self.say_below(below.format(decision.signature.name))

    def choose(self, field: str, sentence: str) -> None:
        """Begin in the field that holds this sentence, with the sentence chosen; a field without it is chosen as a whole."""
        entry = self.entry("information" if field == "information_needed" else "words")
        assert isinstance(entry, ProseEntry)
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        entry.choose(sentence)

    def call(self) -> Call:
        """Ask for them."""
        case, lines = self.about.picked.case, self.about.picked.lines
        words, information, why = self.text("words"), self.text("information"), self.text("why")
        return lambda desk: desk.determinations.reword(case.id, case.revision, lines, words, why, information_needed=information)


def proposed(picked: Picked) -> Proposed | None:
    """The words that wait for a signature on the picked lines; None where there are none, or not the same on all."""
    found = {state.proposed for state in picked.states}
    return next(iter(found)) if len(found) == 1 else None


def filled_anew(told: Proposed | None, determination: Determination) -> Typed | None:
    """What the panel of a decision holds so that it is signed anew as it was, in the other words; None where something else is decided."""
    if told is None or told.decision.determination is not determination:
        return None
    return {
        "words": told.body.words,
        "information": told.body.information_needed,
        "rationale": told.decision.rationale,
        "clarification": told.decision.clarification,
        "departure": told.decision.departure,
        "alternatives": told.decision.alternatives,
        "unchecked": "yes" if told.decision.unchecked else "",
        "granted": _granted(told.decision.granted),
        "kept_basis": _basis(told.decision),
    }


def asked_words(told: Proposed | None, picked: Picked) -> str:
    """Who asks for other words and why, to stand beside the signature."""
    if told is None:
        return ""
    who = picked.people[told.by].display if told.by in picked.people else told.by
    return QCoreApplication.translate("RewordPanel", "{0} asks for other words: {1}").format(who, told.body.why)


def _basis(decision: Decision) -> tuple[tuple[Cited, ...], tuple[str, ...], str]:
    held = decision.reason.held_elsewhere[:1]
    elsewhere = (held[0].owner, held[0].title, held[0].version, held[0].section) if held else ("", "", "", "")
    cited = tuple(Cited(citation, "") for citation in decision.reason.policy_lines)
    return cited, elsewhere, "yes" if decision.reason.no_policy_found else ""


def _granted(granted: Granted | None) -> str:
    told = ((each.name, getattr(granted, each.name)) for each in fields(Granted)) if granted else ()
    return "\n".join(f"{name}={value}" for name, value in told if value is not None)
