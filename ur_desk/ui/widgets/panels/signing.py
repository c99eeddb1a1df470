"""What a physician adds under a decision that is signed anew: attestation, what the state asks for, why a suggestion is left, passphrase."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ur_desk.desk.signing import Signing
from ur_desk.domain.decisions.attention import Attention
from ur_desk.domain.decisions.copying import shared_runs
from ur_desk.domain.decisions.signed import SUGGESTED
from ur_desk.domain.decisions.signing import NO_CONFLICT, Demand
from ur_desk.domain.determination import Determination
from ur_desk.errors import TooSoon, UserError, WrongPassphrase
from ur_desk.ui.widgets.panels.appeal_offers import says_expertise
from ur_desk.ui.widgets.panels.form import CheckEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.picked import Picked
from ur_desk.ui.widgets.passphrase import PassphraseEntry
from ur_desk.ui.widgets.restyled import show_if

MOST_SHOWN = 60
"""Characters of a shared run that a hint shows; longer ones are cut."""


def _tr(words_: str) -> str:
    return QCoreApplication.translate("SigningRows", words_)


@dataclass(frozen=True, slots=True)
class Signed:
    """What was typed to sign: the passphrase, and what goes into the signature beside the proof."""

    passphrase: str
    signing: Signing


class SigningRows:
    """The rows of a panel in which a decision is signed; each stands there only where the decision needs it."""

    def __init__(self, panel: Panel, determination: Determination) -> None:
        self._panel, self._determination = panel, determination
        self._departure = determination.adverse
        """Why an approval leaves what the findings suggest is said by its rationale."""
        self._attest = CheckEntry(_tr("I have no conflict of interest in this decision"))
        self.passphrase = PassphraseEntry()
        if self._departure:
            panel.add("departure", _tr("Leaves the findings"), ProseEntry(2))
            panel.add(
                "similar",
                _tr("Your specialty"),
                ProseEntry(2),
                _tr("Why your training and experience are of the same or a similar specialty."),
            )
        panel.add("attest", _tr("Attestation"), self._attest, NO_CONFLICT)
        self._attest.setAccessibleName(self._attest.text())
        self._attest.setAccessibleDescription(NO_CONFLICT)
        panel.add("sign", _tr("Signature"), self.passphrase, _tr("Type your passphrase: each signature proves anew that it is you."))

    def follow(self, picked: Picked) -> None:
        """Stand where the decision on these lines needs it."""
        if self._departure:
            leaves = picked.leaves(self._determination)
            told = "; ".join(dict.fromkeys(SUGGESTED[suggestion] for _, suggestion in leaves))
            self._panel.row("departure").set_hint(_tr("The findings suggest: {0}. Say why you leave that; it stays visible.").format(told))
            show_if(self._panel.row("departure"), bool(leaves))
            show_if(self._panel.row("similar"), picked.required.asks(Demand.SPECIALTY) is not None or self._on_appeal(picked))
        for key in ("attest", "sign"):
            show_if(self._panel.row(key), picked.signs_anew(self._determination))

    def problems(self, picked: Picked) -> Mapping[str, str]:
        """What is still to be said before this can be signed, by row."""
        found: dict[str, str] = {}
        if self._departure:
            found |= self._unsaid(picked)
        if picked.signs_anew(self._determination):
            if not self._attest.isChecked():
                found["attest"] = _tr("Attest it for this decision, or let another physician decide.")
            if not self.passphrase.typed():
                found["sign"] = _tr("Sign with your passphrase.")
        return found

    def _unsaid(self, picked: Picked) -> Mapping[str, str]:
        found = {}
        if picked.leaves(self._determination) and not self._panel.text("departure"):
            found["departure"] = _tr("Say why you leave what the findings suggest.")
        row = picked.required.asks(Demand.SPECIALTY)
        if row and row.rule.verified and not self._panel.text("similar"):
            found["similar"] = _tr("Say it: {0}.").format(row.rule.name)
        elif self._on_appeal(picked) and not self._panel.text("similar"):
            found["similar"] = _tr("Say what makes you fit to decide this appeal.")
        return found

    def _on_appeal(self, picked: Picked) -> bool:
        return says_expertise(picked, self._determination)

    def refused(self, error: UserError) -> bool:
        """Whatever was refused, it is signed anew; says a wrong passphrase in its row, and whether it was that."""
        self.passphrase.retype("")
        if not isinstance(error, WrongPassphrase | TooSoon):
            return False
        self._panel.row("sign").set_problem(f"{error.message} {error.hint}")
        self._panel.point_to("sign")
        return True

    def signed(self, attention: Attention) -> Signed:
        """What was typed to sign."""
        similar = self._panel.text("similar") if self._departure else ""
        signing = Signing(self._attest.isChecked(), similar, attention)
        return Signed(self.passphrase.typed(), signing)


def nurses_runs(picked: Picked, own: str) -> str:
    """Which words of a rationale stand in the nurse's text too, as a caution; empty where none do."""
    told = [text for state in picked.states if state.referral for text in (state.referral.summary, state.referral.question)]
    runs = [run.words if len(run.words) <= MOST_SHOWN else run.words[: MOST_SHOWN - 1] + "…" for run in shared_runs(own, told)]
    return _tr("In the nurse's text too: {0}").format(" · ".join(f"“{run}”" for run in runs)) if runs else ""
