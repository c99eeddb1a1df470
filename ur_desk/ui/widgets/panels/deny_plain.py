"""An administrative denial: a ground without clinical judgment, the part of the contract, words for the member, signature."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ur_desk.desk.signing import Signing
from ur_desk.domain.decisions.grounds import GROUNDS, Administrative, Matter, signed_by
from ur_desk.domain.decisions.signing import NO_CONFLICT
from ur_desk.domain.determination import HeldElsewhere, Reason
from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.signature import signature_words
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.passphrase import PassphraseEntry


class DenyPlainPanel(Panel):
    """Denies the picked lines on a ground that the plan lets this person's role sign; nothing is chosen beforehand."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.DENY_PLAIN, self.tr("Deny, not clinical"), self.tr("Sign the denial"), about, parent)
        mine = [m for m in GROUNDS if about.picked.person.roles & signed_by(m, about.picked.given)]
        choice = ChoiceEntry([("", ""), *((matter.value, phrase(matter)) for matter in mine)])
        self.add("ground", self.tr("Ground"), choice, required=self.tr("Choose the ground."))
        needs = self.tr("Say why it takes no clinical judgment.")
        self.add("not_clinical", self.tr("Why not clinical"), ProseEntry(2), required=needs)
        needs = self.tr("Say the reason, in words for the member.")
        self.add("words", self.tr("Reason, for the member"), ProseEntry(2), self.tr("Plain words, no codes."), required=needs)
        hint = self.tr("Lindenfield Works | Benefit booklet | 2017 | 7.2")
        needs = self.tr("Name the part of the contract: owner | title | version | section.")
        self.add("contract", self.tr("Part of the contract"), LineEntry(), hint, required=needs, right=True)
        attest = CheckEntry(self.tr("I have no conflict of interest in this decision"))
        attest.setToolTip(NO_CONFLICT)
        self.add(
            "attest", self.tr("Conflict of interest"), attest, required=self.tr("Attest it, or leave this to somebody else."), right=True
        )
        self._sign = PassphraseEntry()
        hint = self.tr("Type your passphrase: each signature proves anew that it is you.")
        self.add("sign", self.tr("Signature"), self._sign, hint, required=self.tr("Sign with your passphrase."), right=True)
        self.follow()

    def follow(self) -> None:
        """Name who signs, and who stands behind the licence."""
        self.say_below(signature_words(self.tr("Signs: {0}"), self.about.picked.person, self.about.picked.people))

    def problems(self) -> Mapping[str, str]:
        """The part of the contract has an owner and a title."""
        parts = self._contract()
        whole = len(parts) == 4 and parts[0] and parts[1]
        return {} if whole else {"contract": self.tr("Write it as owner | title | version | section.")}

    def _contract(self) -> list[str]:
        return [part.strip() for part in self.text("contract").split("|")]

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase in its row; whatever was refused, it is signed anew."""
        self._sign.retype("")
        if isinstance(error, WrongPassphrase | TooSoon):
            self.row("sign").set_problem(f"{error.message} {error.hint}")
            self._sign.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().refuse(error)

    def typed(self) -> Typed:
        """Everything but the signature and what is attested with it."""
        return {**super().typed(), "sign": "", "attest": ""}

    def call(self) -> Call:
        """Deny."""
        case, lines, passphrase = self.about.picked.case, self.about.picked.lines, self._sign.typed()
        told = Administrative(Matter(self.text("ground")), self.text("not_clinical"))
        reason = Reason(self.text("words"), held_elsewhere=(HeldElsewhere(*self._contract()),))
        signing = Signing(attested=bool(self.text("attest")))
        return lambda desk: desk.determinations.deny_administratively(
            case.id, case.revision, lines, told, reason, proof=desk.vault.prove(passphrase), signing=signing
        )
