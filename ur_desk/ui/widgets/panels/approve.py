"""Approve: the reason in words for the member, what it rests on, and the open coverage questions named once."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ur_desk.desk.signing import Signing
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.domain.people import Role
from ur_desk.errors import UserError
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.panels.appeal_offers import answer_words
from ur_desk.ui.widgets.panels.basis import BasisEntry
from ur_desk.ui.widgets.panels.form import CheckEntry, ProseEntry
from ur_desk.ui.widgets.panels.granted import GrantedEntry, misfits
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.reword import asked_words, filled_anew, proposed
from ur_desk.ui.widgets.panels.signature import signature_words
from ur_desk.ui.widgets.panels.signing import Signed, SigningRows
from ur_desk.ui.widgets.panels.verbs import Verb


class ApprovePanel(Panel):
    """Approves the picked lines. A nurse finds a neutral sentence to begin with; a physician finds every field empty."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.APPROVE, self.tr("Approve"), self.tr("Approve"), about, parent)
        self._physician = about.picked.person.has(Role.PHYSICIAN)
        words = ProseEntry(3)
        needs = self.tr("Say the reason, in words for the member.")
        self.add("words", self.tr("Reason, for the member"), words, self.tr("Plain words; they go into the letter."), required=needs)
        if not self._physician:
            words.retype(self.tr("We approved this service as your provider asked for it."))
        self._signing: SigningRows | None = None
        self._add_what_the_role_must_say()
        self.basis = BasisEntry(no_policy=True)
        needs = self.tr("Cite policy lines, a criterion held elsewhere, or say that no policy was found.")
        self.add("basis", self.tr("Rests on"), self.basis, required=needs, right=True)
        self._unchecked = CheckEntry(self.tr("Approve though not checked"))
        self._unchecked_row = self.add("unchecked", self.tr("Coverage"), self._unchecked, right=True)
        self._unchecked.setAccessibleName(self.tr("Approve though coverage is not checked"))
        self._granted = GrantedEntry(whole=False)
        self._granted_row = self.add("granted", self.tr("Approved"), self._granted, self.tr("Empty: as asked."), right=True)
        if told := filled_anew(proposed(about.picked), Determination.APPROVED):
            self.retype(told)
        self.follow()

    def _add_what_the_role_must_say(self) -> None:
        if self._physician:
            hint = self.tr("Your own clinical reasoning; needed where a policy stands against it.")
            self.add("rationale", self.tr("Own rationale"), ProseEntry(3), hint)
            self._signing = SigningRows(self, Determination.APPROVED)
        else:
            hint = self.tr("How you found that the policy does not stand against it.")
            self._clarification_row = self.add("clarification", self.tr("Clarification"), ProseEntry(2), hint)

    def follow(self) -> None:
        """Ask only what these lines need."""
        picked = self.about.picked
        if self._signing:
            self._signing.follow(picked)
        else:
            self._clarification_row.setVisible(self._asks())
        undated = any(state.service.first_day is None for state in picked.states)
        self._granted_row.setVisible(self._physician or undated)
        self._granted_row.set_hint(self.tr("No day was asked for: say from which day.") if undated else self.tr("Empty: as asked."))
        waiting = ", ".join(phrase(item) for item in picked.case.unchecked)
        self._unchecked_row.setVisible(bool(waiting))
        self._unchecked_row.set_hint(self.tr("Not checked: {0}.").format(waiting))
        signs = signature_words(self.tr("Approves: {0}"), picked.person, picked.people)
        self.say_below(
            "\n".join(part for part in (answer_words(picked, Determination.APPROVED), asked_words(proposed(picked), picked), signs) if part)
        )

    def _asks(self) -> bool:
        """Whether a policy may speak about a line without its being clear that it does."""
        rows = self.about.picked.rows
        unclear = any(row.relation in (Relation.CONFIRM_CONDITION, Relation.CONFIRM_SCOPE) for row in rows)
        return unclear or any(row.suggestion is not Suggestion.NO_POLICY for row in rows)

    def problems(self) -> Mapping[str, str]:
        """What the rules will ask for, said where it belongs."""
        picked, found = self.about.picked, dict[str, str]()
        if picked.case.unchecked and not self._unchecked.isChecked():
            found["unchecked"] = self.tr("Record what you found in the coverage rows, or tick this.")
        if wrong := misfits(picked, Determination.APPROVED, self._granted.granted(), self.about.now):
            found["granted"] = wrong
        if self._signing:
            found |= self._signing.problems(picked)
        left = picked.leaves(Determination.APPROVED)
        if self._physician and (picked.against or left) and not self.text("rationale"):
            found["rationale"] = self.tr("A policy stands against it: say why you make an exception.")
        if not self._physician and not self.text("clarification"):
            unclear = any(row.relation in (Relation.CONFIRM_CONDITION, Relation.CONFIRM_SCOPE) for row in picked.rows)
            touched = self.basis.no_policy_found and any(row.suggestion is not Suggestion.NO_POLICY for row in picked.rows)
            if unclear or touched or left:
                found["clarification"] = self.tr("Say how you found that the policy does not stand against it, or ask for information.")
        return found

    def typed(self) -> Typed:
        """Everything but the signature, the citations too."""
        unsigned = {"sign": "", "attest": ""} if self._signing else {}
        return {**super().typed(), **unsigned, "kept_basis": self.basis.kept()}

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase in its row; whatever was refused, it is signed anew."""
        if self._signing is None or not self._signing.refused(error):
            super().refuse(error)

    def retype(self, typed: Typed) -> None:
        """Put everything back."""
        super().retype(typed)
        kept: Any = typed["kept_basis"]
        self.basis.put_back(kept)

    def call(self) -> Call:
        """Approve."""
        case, lines = self.about.picked.case, self.about.picked.lines
        reason = Reason(self.text("words"), self.basis.policy_lines, self.basis.held_elsewhere, self.basis.no_policy_found)
        unchecked = tuple(item.value for item in case.unchecked)
        rationale = self.text("rationale") if self._physician else ""
        clarification = "" if self._physician else self.text("clarification")
        granted = self._granted.granted()
        anew, attention = self.about.picked.signs_anew(Determination.APPROVED), self.about.attention()
        signed = self._signing.signed(attention) if self._signing and anew else Signed("", Signing(attention=attention))
        return lambda desk: desk.determinations.approve(
            case.id, case.revision, lines, reason,
            granted=granted, rationale=rationale, unchecked=unchecked, clarification=clarification,
            proof=desk.vault.prove(signed.passphrase) if signed.passphrase else None, signing=signed.signing,
        )  # fmt: skip
