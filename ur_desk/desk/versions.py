"""The versions of policies: by which day they are chosen, their first and last days where a person tells them, and what changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.library import CHANGED
from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.library.catalogue import Card
from ur_desk.domain.library.difference import Comparison
from ur_desk.domain.library.drafting import LIBRARIANS
from ur_desk.domain.library.shelf import key_of
from ur_desk.domain.library.versions import Answering, VersionRule, VersionStanding, answering, standings
from ur_desk.domain.people import Role
from ur_desk.domain.policy import LintFinding, PolicyId, Sha256, Shelved, TextLine
from ur_desk.errors import Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.library import Listed
    from ur_desk.matching import Choosing

NOTHING = "Nothing was changed."
NOT_HELD = "reference-not-held"
"""The rule that looks at the whole library."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts of a policy and what changed from one to the other; `beside` are all texts of it, newest first, as they stand."""

    old: Shelved
    new: Shelved
    beside: "tuple[Listed, ...]"
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Arrived:
    """What stands beside a text that came in: the text of the same version that is used in its place or that it is used in place of,
    and how many lines of the two differ; `another` says that another version of the policy is there."""

    twin: Card | None = None
    differ: int = 0
    another: bool = False


class PrintedDay(UserError):
    """The document prints the day that was given as its first, and as something else; given once more it is kept."""


class Versions:
    """Tells how versions stand, chooses among them, and records what people found out about their days."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @property
    def rule(self) -> VersionRule:
        """By which day versions are chosen in this workspace; that of the service where nobody set it."""
        return VersionRule(self.desk.store.setting("version_rule") or VersionRule.SERVICE)

    def choosing(self) -> "Choosing":
        """How a match of today chooses versions."""
        from ur_desk.matching import Choosing

        return Choosing(self.rule, self.desk.today)

    @reads(Read.LIBRARY)
    def standings(self) -> Mapping[Sha256, VersionStanding]:
        """How every text in the library stands today, by the sha256 of its text."""
        return standings(self.desk.library.cards(), self.desk.today)

    @reads(Read.LIBRARY)
    def compare(self, old: Shelved, new: Shelved) -> Comparison:
        """What changed from one text to another, and both side by side, line by line."""
        return compared(self.desk, old, new)

    @reads(Read.LIBRARY)
    def on(self, policy: str, day: date) -> Answering:
        """Which version of a policy a match of today looks at for a service of that day, and why; UserError where there is no policy."""
        from ur_desk.store.shelf import in_use

        return answering(in_use(self._held(policy)), day, self.rule, self.desk.today)

    def comparing(self, new: str, old: str = "") -> Steps[Compared]:
        """Both texts side by side, by the sha256 of each, for a screen; without an old one, what came before the new one."""
        beside, pair = yield from store(lambda: self._pair(new, old), "Reading the library")
        found = yield from work(lambda: compared(self.desk, *pair), "Comparing the texts")
        return Compared(pair[0], pair[1], beside, found)

    def arrived(self, texts: Iterable[Sha256]) -> Steps[Mapping[Sha256, Arrived]]:
        """What stands beside each of these texts, in the order in which they are named; one that stands alone is left out."""
        found = yield from store(lambda: self._beside(tuple(texts)), "Looking for other versions")
        told: dict[Sha256, Arrived] = {}
        for text, arrived in found.items():
            differ = 0
            if (twin := arrived.twin) is not None:
                pair = yield from store(lambda text=text, twin=twin: (self.text(twin.text), self.text(text)), "Reading both texts")  # type: ignore[misc]
                rows = yield from work(lambda pair=pair: compared(self.desk, *pair).rows, "Comparing the texts")  # type: ignore[misc]
                differ = sum(row.kind.important for row in rows)
            told[text] = replace(arrived, differ=differ)
        return told

    def beyond(self, text: Sha256) -> Steps[tuple[LintFinding, ...]]:
        """What today and the rest of the library find in a text, beside what its own lines tell: a review that is overdue, an end, a gap
        or an overlap of versions, a policy that it names and that is not held."""
        family, held, today = yield from store(lambda: self._around(text), "Reading the library")
        return (yield from work(lambda: _beyond(self.desk, text, family, held, today), "Looking beside the text"))

    def _around(self, text: Sha256) -> tuple[tuple[Shelved, ...], frozenset[str], date]:
        family = self.desk.library.policies(self.text(text).policy.id)
        return family, frozenset(card.policy.casefold() for card in self.desk.library.cards()), self.desk.today

    def _beside(self, texts: tuple[Sha256, ...]) -> dict[Sha256, Arrived]:
        families: dict[PolicyId, list[Card]] = {}
        for card in self.desk.library.cards():
            families.setdefault(card.policy, []).append(card)
        own = {card.text: card for family in families.values() for card in family}
        found: dict[Sha256, Arrived] = {}
        for text in texts:
            card = own[text]
            others = [each for each in families[card.policy] if each.text != text and not each.abstract]
            same = [each for each in others if each.version.effective == card.version.effective]
            twin = next((each for each in same if each.confirmed), next(iter(same), None))
            if others:
                found[text] = Arrived(twin, another=len(others) > len(same))
        return found

    def _held(self, policy: str) -> tuple[Card, ...]:
        found = tuple(card for card in self.desk.library.cards() if card.policy.casefold() == policy.strip().casefold())
        if not found:
            raise UserError("The library holds no policy of that number.", "Look at the list of policies, or import the document.")
        return found

    def _pair(self, new: str, old: str) -> "tuple[tuple[Listed, ...], tuple[Shelved, Shelved]]":
        after = self.text(new)
        beside = tuple(each for each in self.desk.library.listed().rows if each.card.policy == after.policy.id)
        if len(beside) < 2:
            raise UserError("The library holds one text of that policy only.", "Import the other version; they are compared then.")
        before = old or _before(after.policy.text.sha256, [each.card for each in beside]).text
        return beside, (self.text(before), after)

    @reads(Read.LIBRARY)
    def text(self, sha256: str) -> Shelved:
        """The text of that sha256, or of one that begins so; UserError where there is none, or several."""
        found = [card for card in self.desk.library.cards() if sha256 and card.text.startswith(sha256.strip().casefold())]
        if len(found) != 1:
            raise UserError("The library holds no such text.", "Look at the list of policies.")
        return self.desk.library.text(found[0].text)

    @verb("policy.date", *LIBRARIANS, writes=sh.PolicyDated)
    def give_day(self, act: Act, policy: str, effective: date, where: str, text: str = "", even_so: bool = False) -> Done[Shelved]:
        """Gives the first day of a version whose document prints none, with the place where it is said; never by who loaded it.

        `text` names one of several such texts by the beginning of its sha256. The day of a publication or a review is no first day:
        PrintedDay where the document prints this day, which is as something else, unless it is given `even_so`.
        """
        item = self._undated(policy, text)
        _said(where, "Say where the first day is said.", "For example the payer's notice, with its date.")
        if item.policy.version.ends and effective > item.policy.version.ends:
            raise UserError("A version does not begin after its last day.", f"Look at the day. {NOTHING}")
        self._second_person(act, item)
        if not even_so:
            _check_printed(item, effective)
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


def _before(text: Sha256, beside: Sequence[Card]) -> Card:
    """What a reader lays beside a text: the text that is used for its version, where that is another one; else the one that is used for
    the newest version before it; where there is none, another text, a used one first."""
    from ur_desk.store.shelf import in_use

    first = next(card for card in beside if card.text == text).version.effective
    used = [card for card in in_use(beside) if card.text != text]
    same = [card for card in used if card.version.effective == first]
    earlier = [card for card in used if first and card.version.effective and card.version.effective < first]
    return (same or earlier or used or [card for card in beside if card.text != text])[0]


def _beyond(desk: "Desk", text: Sha256, family: Sequence[Shelved], held: Collection[str], today: date) -> tuple[LintFinding, ...]:
    from ur_desk.documents.library_lint import absent, between_policies
    from ur_desk.documents.lint import lint

    policy = next(item.policy for item in family if item.policy.text.sha256 == text)
    joints = (found for about, found in between_policies([item.policy for item in family]) if about.text == policy.text)
    versions = [found for found in joints if found.rule != NOT_HELD]
    found = [*lint(policy, desk.tables.codeset, today), *absent(policy, held), *versions]
    known = {key_of(each) for each in policy.findings}
    return tuple(sorted((each for each in found if key_of(each) not in known), key=lambda each: each.line))


def _check_printed(item: Shelved, day: date) -> None:
    """Refuses a day that the document prints as something else, such as the day of its review."""
    line = _printed_in(item, day)
    review = item.policy.version.last_review == day
    if line is None and not review:
        return
    told = f"{day:%m/%d/%Y} is the day of the last review." if review else f"The document prints {day:%m/%d/%Y}, and not as its first day."
    place = f" Line {line.number}: “{_short(line.text)}”" if line else ""
    hint = f"The day of a publication or a review is no first day. Where the source names this very day, give it once more. {NOTHING}"
    raise PrintedDay(told + place, hint)


def _short(words: str) -> str:
    one = " ".join(words.split())
    return one if len(one) <= 100 else f"{one[:100]} …"


def _printed_in(item: Shelved, day: date) -> TextLine | None:
    """The first line in which the document prints a day; None where it does not."""
    from ur_desk.documents.wording import day_of, find_date

    for line in item.policy.text.lines:
        words = line.text
        while (found := find_date(words)) is not None:
            if day_of(found) == day:
                return line
            words = words[found.end() :]
    return None


def compared(desk: "Desk", old: Shelved, new: Shelved) -> Comparison:
    """What changed from one text to another; touches no store."""
    from ur_desk.documents.compare import compare

    return compare(old.policy, new.policy, desk.tables.codeset)


def _said(words: str, missing: str, hint: str) -> None:
    if not words.strip():
        raise UserError(missing, f"{hint} {NOTHING}".strip())
