"""A physician's decision that refuses part of what was asked, or all: own rationale, words for the member, criterion, signature."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ur_desk.domain.decisions.grounds import Agreement, Family
from ur_desk.domain.decisions.signing import Demand
from ur_desk.domain.determination import Decision, Determination, Granted, Reason, in_spans
from ur_desk.errors import UserError
from ur_desk.ui.phrases import day
from ur_desk.ui.widgets.panels.appeal_offers import answer_words
from ur_desk.ui.widgets.panels.basis import BasisEntry
from ur_desk.ui.widgets.panels.form import CheckEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.granted import GrantedEntry, misfits, signature_now
from ur_desk.ui.widgets.panels.panel import About, Call, Panel, Typed
from ur_desk.ui.widgets.panels.reword import asked_words, filled_anew, proposed
from ur_desk.ui.widgets.panels.sayable import Sayable
from ur_desk.ui.widgets.panels.signature import signature_words
from ur_desk.ui.widgets.panels.signing import SigningRows, nurses_runs
from ur_desk.ui.widgets.panels.spans import SpansEntry
from ur_desk.ui.widgets.panels.unmet import before_words
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.restyled import show_if

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class DecidePanel(Panel):
    """Denies, modifies or approves in part. The button that opened it fixed the determination; every field begins empty, but where the
    physician's own decision waits to be signed anew in other words.

    The physician signs by typing their passphrase: presence is proved anew for each signature.
    """

    def __init__(self, verb: Verb, about: About, parent: QWidget | None = None) -> None:
        titles = {
            Determination.DENIED: (self.tr("Deny"), self.tr("Sign the denial")),
            Determination.MODIFIED: (self.tr("Modify"), self.tr("Sign the modification")),
            Determination.PARTIAL: (self.tr("Approve in part"), self.tr("Sign the partial approval")),
        }
        assert verb.determination is not None
        self._determination = verb.determination
        super().__init__(verb, *titles[self._determination], about, parent)
        self.sayable = Sayable()
        hint = self.tr("Your own clinical reasoning on this member; for the provider's part of the letter.")
        own, self._own_hint = ProseEntry(3), hint
        self.add("rationale", self.tr("Own rationale"), own, hint, required=self.tr("Say your own clinical rationale."))
        own.changed.connect(self._point_out)
        needs = self.tr("Say the reason, in words for the member.")
        self.add("words", self.tr("Reason, for the member"), ProseEntry(3), self.tr("Plain words, no codes."), required=needs)
        hint = self.tr("Why you leave what another case approved; it stays visible with the decision.")
        self.add("despite", self.tr("Leaves an approval"), ProseEntry(2), hint)
        self.signing = SigningRows(self, self._determination)
        self.basis = BasisEntry(no_policy=False)
        needs = self.tr("An adverse decision names its criterion: cite policy lines or a criterion held elsewhere.")
        self.add("basis", self.tr("Criterion"), self.basis, required=needs, right=True)
        self._granted = None if self._determination is Determination.DENIED else GrantedEntry(whole=True)
        if self._granted is not None:
            self.add("granted", self.tr("What is approved"), self._granted, right=True)
        self._add_more()
        hint = self.tr("What would complete the request and why, in words for the member; empty where nothing would.")
        self.add("information", self.tr("What would help"), ProseEntry(2), hint, right=True)
        hint = self.tr("Other services that you suggest, or that there are none and why, in words for the member.")
        self.add("alternatives", self.tr("Alternatives"), ProseEntry(2), hint, right=True)
        if told := filled_anew(proposed(about.picked), self._determination):
            self.retype(told)
        self.follow()

    def _add_more(self) -> None:
        """On which kind of reason it is denied; in which spans it is approved, and whether the requester agreed to what is modified."""
        if self._granted is None:
            self._lack = CheckEntry(self.tr("For lack of information"))
            self.add("lack", self.tr("Kind of reason"), self._lack, right=True)
            return
        self._spans = SpansEntry()
        self.add(
            "spans", self.tr("In several spans"), self._spans, self.tr("One a line: 10/12/2017 10/18/2017 6, and a place."), right=True
        )
        if self._determination is Determination.MODIFIED:
            hint = self.tr("Who agreed for the requester; empty where nobody did. Rights to appeal stay.")
            self.add("agreed_by", self.tr("Agreed by"), LineEntry(), hint, right=True)
            self.add("agreed_how", self.tr("How they agreed"), LineEntry(), right=True)
            self._agreed_at = MomentEntry(self.about.zone)
            self.add("agreed_at", self.tr("When they agreed"), self._agreed_at, right=True)

    def _agreement(self) -> Agreement | None:
        if self._determination is not Determination.MODIFIED or not self.text("agreed_by"):
            return None
        at = self._agreed_at.moment()
        return Agreement(self.text("agreed_by"), at, self.text("agreed_how")) if at else None

    def follow(self) -> None:
        """Name who signs, and who stands behind the licence; ask what these lines and their state need."""
        picked = self.about.picked
        self.signing.follow(picked)
        if self._granted is None:
            self._follow_lack()
        show_if(self.row("despite"), bool(picked.bound))
        show_if(self.row("alternatives"), picked.required.asks(Demand.ALTERNATIVES) is not None)
        signs = signature_words(self.tr("Signs: {0}"), picked.person, picked.people)
        self.say_below(
            "\n".join(
                part
                for part in (answer_words(picked, self._determination), asked_words(proposed(picked), picked), before_words(picked), signs)
                if part
            )
        )

    def _follow_lack(self) -> None:
        """A lack of information is no reason yet while what was asked for may still come, and none where nobody told until when."""
        picked, told = self.about.picked, self.tr("Every logged attempt to get it is named with the decision.")
        untold = [line for line in picked.lines if line not in picked.may_come]
        if untold:
            told = self.tr("Not open: nobody was asked, and told until when the information may come.")
        elif picked.still_comes:
            told = self.tr("Not open: the information may still come until {0}.").format(day(picked.still_comes))
        closed = bool(untold or picked.still_comes)
        self._lack.setEnabled(not closed)
        if closed:
            self._lack.setChecked(False)
        self.row("lack").set_hint(told)

    def _point_out(self) -> None:
        """Say which words of the rationale are the nurse's."""
        self.row("rationale").set_hint(nurses_runs(self.about.picked, self.text("rationale")) or self._own_hint)

    def refuse(self, error: UserError) -> None:
        """Say a wrong passphrase in its row; whatever was refused, it is signed anew."""
        if not self.signing.refused(error):
            super().refuse(error)

    def problems(self) -> Mapping[str, str]:
        """What is approved fits the determination, and the signature is the signer's own."""
        found: dict[str, str] = dict(self.signing.problems(self.about.picked))
        row = self.about.picked.required.asks(Demand.ALTERNATIVES)
        if row and row.rule.verified and not self.text("alternatives"):
            found["alternatives"] = self.tr("Name them, or say that there are none and why: {0}.").format(row.rule.name)
        if self.about.picked.bound and not self.text("despite"):
            found["despite"] = self.tr("Say why you leave that approval.")
        if self._determination is Determination.MODIFIED and self.text("agreed_by"):
            for key, told in (("agreed_how", self.tr("Say how they agreed.")), ("agreed_at", self.tr("Say when they agreed."))):
                found |= {} if self.text(key) else {key: told}
        if self._entry_of_spans_is_wrong():
            return found
        granted = self._what_is_granted()
        if self._granted is not None and granted is None:
            found["granted"] = self.tr("Say what is approved: service, units, days or setting.")
        elif wrong := misfits(self.about.picked, self._determination, granted, self.about.now):
            found["granted"] = wrong
        return found

    def _entry_of_spans_is_wrong(self) -> bool:
        return self._granted is not None and bool(self._spans.problem())

    def _what_is_granted(self) -> Granted | None:
        if self._granted is None:
            return None
        told = self._spans.spans()
        return in_spans(self._granted.granted() or Granted(), told) if told else self._granted.granted()

    def typed(self) -> Typed:
        """Everything but the signature, the citations too."""
        return {**super().typed(), "sign": "", "attest": "", "kept_basis": self.basis.kept()}

    def retype(self, typed: Typed) -> None:
        """Put everything back; it is signed anew."""
        super().retype(typed)
        kept: Any = typed["kept_basis"]
        self.basis.put_back(kept)

    def call(self) -> Call:
        """Decide."""
        case, lines, determination = self.about.picked.case, self.about.picked.lines, self._determination
        reason = Reason(self.text("words"), self.basis.policy_lines, self.basis.held_elsewhere)
        rationale, needed = self.text("rationale"), self.text("information")
        alternatives, departure = self.text("alternatives"), self.text("departure")
        despite = self.text("despite")
        granted, signed = self._what_is_granted(), self.signing.signed(self.about.attention())
        agreed = self._agreement()
        family = Family.INFORMATION if self._granted is None and self.text("lack") else Family.CLINICAL
        told = Decision(
            determination, reason, signature_now(self.about.picked, self.about.now), rationale, granted,
            information_needed=needed, alternatives=alternatives, family=family, agreed=agreed,
        )  # fmt: skip
        check = self.sayable.check(case.id, lines, told, (reason, rationale, needed, alternatives, granted))

        def decide(desk: "Desk") -> object:
            check(desk)
            return desk.determinations.decide(
                case.id, case.revision, lines, determination, reason, rationale, granted=granted, information_needed=needed,
                family=family, agreed=agreed, alternatives=alternatives, departure=departure, despite=despite,
                proof=desk.vault.prove(signed.passphrase), signing=signed.signing,
            )  # fmt: skip

        return decide
