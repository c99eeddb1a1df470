"""The versions of policies: by which day they are chosen, their first and last days where a person tells them, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.library import CHANGED
from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain import shelf as sh
from ur_desk.domain.difference import Comparison
from ur_desk.domain.drafting import LIBRARIANS
from ur_desk.domain.fence import Read
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256, Shelved
from ur_desk.domain.versions import VersionRule, VersionStanding, standings
from ur_desk.errors import Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.matching import Choosing

NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts of a policy and what changed from one to the other; `beside` are all texts of it, newest first."""

    old: Shelved
    new: Shelved
    beside: tuple[Shelved, ...]
    comparison: Comparison


class Versions:
    """Tells how versions stand, chooses among them, and records what people found out about their days."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @property
    def rule(self) -> VersionRule:
        """By which day versions are chosen in this workspace; that of the service where nobody set it."""
        return VersionRule(self.desk.store.setting("version_rule") or VersionRule.SERVICE)

    @property
    def today(self) -> date:
        """The day of now in the workspace's zone."""
        return self.desk.clock.now().astimezone(self.desk.zone).date()

    def choosing(self) -> "Choosing":
        """How a match of today chooses versions."""
        from ur_desk.matching import Choosing

        return Choosing(self.rule, self.today)

    @reads(Read.LIBRARY)
    def standings(self) -> Mapping[Sha256, VersionStanding]:
        """How every text in the library stands today, by the sha256 of its text."""
        return standings(self.desk.library.cards(), self.today)

    @reads(Read.LIBRARY)
    def compare(self, old: Shelved, new: Shelved) -> Comparison:
        """What changed from one text to another, and both side by side, line by line."""
        return compared(self.desk, old, new)

    def comparing(self, new: str, old: str = "") -> Steps[Compared]:
        """Both texts side by side, by the sha256 of each, for a screen; without an old one, what came before the new one."""
        beside, pair = yield from store(lambda: self._pair(new, old), "Reading the library")
        found = yield from work(lambda: compared(self.desk, *pair), "Comparing the texts")
        return Compared(pair[0], pair[1], beside, found)

    def _pair(self, new: str, old: str) -> tuple[tuple[Shelved, ...], tuple[Shelved, Shelved]]:
        after = self.text(new)
        beside = self.desk.library.policies(after.policy.id)
        if len(beside) < 2:
            raise UserError("The library holds one text of that policy only.", "Import the other version; they are compared then.")
        return beside, (self.text(old) if old else _before(after, beside), after)

    @reads(Read.LIBRARY)
    def text(self, sha256: str) -> Shelved:
        """The text of that sha256, or of one that begins so; UserError where there is none, or several."""
        found = [card for card in self.desk.library.cards() if sha256 and card.text.startswith(sha256.strip().casefold())]
        if len(found) != 1:
            raise UserError("The library holds no such text.", "Look at the list of policies.")
        return self.desk.library.text(found[0].text)

    @verb("policy.date", *LIBRARIANS, writes=sh.PolicyDated)
    def give_day(self, act: Act, policy: str, effective: date, where: str, text: str = "") -> Done[Shelved]:
        """Gives the first day of a version whose document prints none, with the place where it is said; never by who loaded it.

        `text` names one of several such texts by the beginning of its sha256. The day of a publication or a review is no first day.
        """
        item = self._undated(policy, text)
        _said(where, "Say where the first day is said.", "For example the payer's notice, with its date.")
        if item.policy.version.ends and effective > item.policy.version.ends:
            raise UserError("A version does not begin after its last day.", f"Look at the day. {NOTHING}")
        self._second_person(act, item)
        act.on_workspace(sh.PolicyDated(item.policy.id, item.policy.text.sha256, effective, where.strip()))
        return self._again(item)

    @verb("policy.retire", *LIBRARIANS, writes=sh.PolicyRetired)
    def retire(
        self, act: Act, policy: str, last_day: date, where: str, successor: str = "", effective: date | None = None, text: str = ""
    ) -> Done[Shelved]:
        """Records a version's last day, where it is said, and the number of the policy that came in its place, where one did."""
        item = self._named(policy, effective, text)
        _said(where, "Say where the last day is said.", "For example the payer's notice, with its date.")
        first = item.policy.version.effective
        if first and last_day < first:
            raise UserError("A version does not end before its first day.", f"It is in force from {first:%m/%d/%Y}. {NOTHING}")
        if successor.strip().casefold() == item.policy.id.casefold():
            raise UserError(
                "A newer version of the same policy is no successor.", f"Import it; it supersedes this one by its day. {NOTHING}"
            )
        act.on_workspace(sh.PolicyRetired(item.policy.id, item.policy.text.sha256, last_day, where.strip(), successor.strip()))
        return self._again(item)

    @verb("policy.reinstate", *LIBRARIANS, writes=sh.PolicyReinstated)
    def reinstate(self, act: Act, policy: str, reason: str, effective: date | None = None, text: str = "") -> Done[Shelved]:
        """Takes a recorded last day back, for a reason."""
        item = self._named(policy, effective, text)
        if item.retired is None:
            raise UserError("Nobody recorded a last day of that version.", NOTHING)
        _said(reason, "Say why the last day does not hold.", "")
        act.on_workspace(sh.PolicyReinstated(item.policy.id, item.policy.text.sha256, reason.strip()))
        return self._again(item)

    @verb("policy.version-rule", Role.SUPERVISOR, Role.ADMINISTRATOR, writes=sh.VersionRuleSet)
    def set_rule(self, act: Act, rule: VersionRule, where: str) -> Done[VersionRule]:
        """Sets by which day versions are chosen from now on, with the place where the plan says so; cases stay as they were matched."""
        _said(where, "Say where the plan says by which day its versions are chosen.", "For example the notice of medical policy updates.")
        if rule is self.rule:
            raise UserError("Versions are chosen by that day already.", NOTHING)
        act.on_workspace(sh.VersionRuleSet(rule, where.strip()))
        return Done(self.rule, CHANGED)

    def _named(self, policy: str, effective: date | None, text: str) -> Shelved:
        if not text:
            return self.desk.library.one(policy, effective)
        item = self.text(text)
        if item.policy.id.casefold() != policy.strip().casefold():
            raise UserError("That text is of another policy.", f"Look at the list of policies. {NOTHING}")
        return item

    def _undated(self, policy: str, text: str) -> Shelved:
        """The one text of a policy that prints no first day; UserError where it prints one, or several texts print none."""
        every = [self._named(policy, None, text)] if text else list(self.desk.library.policies(policy))
        found = [item for item in every if item.dated or item.policy.version.effective is None]
        open_ = [item for item in found if item.dated is None]
        if not found:
            raise UserError("The document says itself from when it is in force.", f"Its own day stands. {NOTHING}")
        chosen = open_ or found
        if len(chosen) > 1:
            raise UserError(f"{len(chosen)} texts of that policy print no first day.", f"Name one by its text. {NOTHING}")
        return chosen[0]

    def _second_person(self, act: Act, item: Shelved) -> None:
        """Refuses whoever ever loaded the document, where somebody who never did could give the day."""
        loaders = self.desk.store.standing().shelf[item.policy.text.sha256].loaders
        others = [a for a in self.desk.store.accounts.all() if a.id not in loaders and not a.retired and a.has(*LIBRARIANS)]
        if act.by.id in loaders and others:
            raise Forbidden("Whoever loaded a document does not say from when it is in force.", f"Ask a second person. {NOTHING}")

    def _again(self, item: Shelved) -> Done[Shelved]:
        fresh = next(s for s in self.desk.store.shelf.all() if s.policy.text.sha256 == item.policy.text.sha256)
        return Done(fresh, CHANGED)


def _before(item: Shelved, beside: Sequence[Shelved]) -> Shelved:
    """The newest version before this one; where there is none, the first of the other texts."""
    others = [each for each in beside if each.policy.text != item.policy.text]
    first = item.policy.version.effective
    earlier = [each for each in others if first and each.policy.version.effective and each.policy.version.effective < first]
    return (earlier or others)[0]


def compared(desk: "Desk", old: Shelved, new: Shelved) -> Comparison:
    """What changed from one text to another; touches no store."""
    from ur_desk.documents.compare import compare

    return compare(old.policy, new.policy, desk.tables.codeset)


def _said(words: str, missing: str, hint: str) -> None:
    if not words.strip():
        raise UserError(missing, f"{hint} {NOTHING}".strip())
