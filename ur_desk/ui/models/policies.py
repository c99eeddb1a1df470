"""The library as rows: what stands on the shelf, where words were found, and what is known of one version."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt

from ur_desk.domain.library.catalogue import Card, Hit, Standing, Why
from ur_desk.domain.library.shelf import FindingKey, Waiver, key_of
from ur_desk.domain.policy import EntryState, LintFinding, MentionRole, Policy, Severity, Sha256, Shelved, Version
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind, Target
from ur_desk.ui.models.received import Kept, kept_row
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.models.understood import waived_words
from ur_desk.ui.models.version_rows import version_rows, version_words
from ur_desk.ui.phrases import day, moment, phrase
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.library import Listed


@dataclass(frozen=True, slots=True)
class PolicyItem:
    """One version in one text, as the list shows it, without its lines."""

    listed: "Listed"

    @property
    def card(self) -> Card:
        """What the text is."""
        return self.listed.card

    @property
    def used(self) -> bool:
        """Whether a new match looks at it."""
        return self.listed.used


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of a policy that holds what was searched for."""

    hit: Hit

    @property
    def card(self) -> Card:
        """Which text the line is of."""
        return self.hit.card


Row = PolicyItem | FoundLine


class PoliciesModel(RowsModel[Row]):
    """Either everything on the shelf, or the lines where words were found."""

    def place_of(self, text: str) -> int | None:
        """Where the policy with that text stands."""
        return next((i for i, row in enumerate(self._rows) if row.card.text == text), None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.card.policy
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return row if role == ROW else None

    def _spoken(self, row: Row) -> str:
        card = row.card
        if isinstance(row, FoundLine):
            place = self.tr("{0}, line {1}. {2}").format(card.policy, row.hit.line, row.hit.words.strip())
            return ". ".join(part for part in (place, found_words(row.hit), standing_words(row.hit.standing)[0]) if part)
        listed = row.listed
        told = (
            card.policy, card.title, since(card.version), version_words(listed.stands)[0], standing_words(listed.standing)[0], draft_words(listed),
        )  # fmt: skip
        return ". ".join(part for part in told if part)


def found_words(hit: Hit) -> str:
    """In which version something was found, and by what, where its words alone do not say it."""
    first = hit.card.version.effective
    told = _tr("from {0}").format(day(first)) if first else _tr("no first day")
    return " · ".join(part for part in (told, why_words(hit)) if part)


def since(version: Version) -> str:
    """From when a version is in force and when it was last reviewed."""
    parts = [
        _tr("in force from {0}").format(day(version.effective)) if version.effective else _tr("day of effect unknown"),
        _tr("last review {0}").format(day(version.last_review)) if version.last_review else "",
    ]
    return " · ".join(part for part in parts if part)


def standing(shelved: Shelved) -> tuple[str, Tone]:
    """Whether one may rest on a text: an abstract, a document that nobody confirmed, or a confirmed one."""
    if shelved.policy.abstract:
        return _tr("abstract"), Tone.ASK
    if shelved.confirmed is None:
        return _tr("not confirmed"), Tone.ASK
    return _tr("confirmed"), Tone.GOOD


def standing_words(standing: Standing) -> tuple[str, Tone]:
    """How a text stands today, as a list says it."""
    told = {
        Standing.IN_FORCE: (_tr("in force"), Tone.GOOD),
        Standing.FUTURE: (_tr("future"), Tone.ACCENT),
        Standing.RETIRED: (_tr("retired"), Tone.QUIET),
        Standing.DRAFT: (_tr("not confirmed"), Tone.ASK),
        Standing.ABSTRACT: (_tr("abstract"), Tone.ASK),
    }
    return told[standing]


def draft_words(listed: "Listed") -> str:
    """Of whom a draft of the text waits; empty where none does."""
    draft = listed.draft
    if draft is None:
        return ""
    if draft.for_another:
        told = (
            _tr("A draft beside it waits for a second person; {0} loaded it")
            if draft.beside
            else _tr("Waits for a second person; {0} loaded it")
        )
    else:
        told = _tr("A draft beside it waits; {0} loaded it") if draft.beside else _tr("Waits for a confirmation; {0} loaded it")
    return told.format(listed.loader)


def why_words(hit: Hit) -> str:
    """By what a line was found, where its words alone do not say it."""
    if hit.role is not None:
        roles = {
            MentionRole.MENTIONED: _tr("{0} named, not listed"),
            MentionRole.NOT_ADDRESSED: _tr("{0} named as not addressed"),
            MentionRole.SEE_ALSO: _tr("{0} named: see another policy"),
        }
        return roles[hit.role].format(hit.printed)
    if hit.state is not EntryState.OK:
        return _tr("in {0}, which is doubtful").format(hit.printed)
    told = {
        Why.NUMBER: _tr("document number"),
        Why.TITLE: _tr("number, title or publisher"),
        Why.LISTED: _tr("listed"),
        Why.RANGE: _tr("in {0}").format(hit.printed),
        Why.WIDER: _tr("in {0}").format(hit.printed),
        Why.BELOW: _tr("{0} lies below it").format(hit.printed),
    }
    return told.get(hit.why, "")


class PolicyFactsModel(FindingRowsModel):
    """What is known of one version: standing, days, adoption, what is wrong in its text, and its other versions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waived: dict[int, LintFinding] = {}
        self._beyond: tuple[Sha256 | None, tuple[LintFinding, ...]] = None, ()
        self._again: Callable[[], None] | None = None

    def show_beyond(self, text: Sha256, findings: tuple[LintFinding, ...]) -> None:
        """Show among the findings of that text what today and the rest of the library find in it."""
        if self._beyond != (text, findings):
            self._beyond = text, findings
            if self._again is not None:
                self._again()

    def show_policy(
        self,
        shelved: Shelved | None,
        others: "Sequence[Listed]" = (),
        zone: str = "UTC",
        own: "Listed | None" = None,
        waivers: Sequence[Waiver] = (),
        kept: Kept | None = None,
    ) -> None:
        """Show a version beside its others, `own` being its own row of the list; None empties the model."""
        if shelved is None:
            self._waived, self._again = {}, None
            self.show_rows(())
            return
        self._again = partial(self.show_policy, shelved, others, zone, own, waivers, kept)
        known = {waiver.finding: waiver for waiver in waivers}
        text, beyond = self._beyond
        findings = _lint_rows(shelved.policy, known, zone, beyond if text == shelved.policy.text.sha256 else ())
        rows = [*_about(shelved, zone, own, kept), *(row for row, _finding in findings)]
        first = len(rows) - len(findings)
        self._waived = {first + place: finding for place, (_row, finding) in enumerate(findings) if finding and key_of(finding) in known}
        self.show_rows([*rows, *_others(others)])

    def waived(self, row: int) -> LintFinding | None:
        """The finding of a row, where it is waived."""
        return self._waived.get(row)


def _about(shelved: Shelved, zone: str, own: "Listed | None", kept: Kept | None) -> Iterator[Finding]:
    """How a version stands, and what was recorded of it."""
    policy = shelved.policy
    days, _, reviewed = since(policy.version).partition(" · ")
    yield Finding(FindingKind.GROUP, _tr("This version"))
    yield Finding(FindingKind.FINDING, days.capitalize(), reviewed, policy.version.status or "")
    yield from version_rows(shelved, own.stands if own else None)
    yield _standing_row(shelved, zone)
    if own and (waits := draft_words(own)):
        detail = _tr("Check the reading (Ctrl+U) shows it. Matches go on with what is confirmed.") if own.draft and own.draft.beside else ""
        yield Finding(FindingKind.FINDING, waits, detail, _tr("draft"), Tone.ASK)
    if not policy.abstract:
        yield kept_row(kept)
    yield _current_row(shelved)
    yield _adoption_row(shelved)
    yield _content_row(policy)


def _lint_rows(
    policy: Policy, waivers: Mapping[FindingKey, Waiver], zone: str, beyond: Sequence[LintFinding]
) -> list[tuple[Finding, LintFinding | None]]:
    """The group of a text's findings, those that only today or the library bring among them, each row with its finding; those to look at
    come first."""
    findings = sorted((*policy.findings, *beyond), key=lambda f: (f.severity is Severity.INFO, f.line))
    group = Finding(FindingKind.GROUP, _tr("In its own text and codes"), chip=str(len(findings)))
    if not findings:
        clean = Finding(FindingKind.FINDING, _tr("Nothing to ask about"), _tr("No misprint, gap or contradiction was found in it."))
        return [(group, None), (clean, None)]
    return [(group, None), *((_lint_row(policy, each, waivers.get(key_of(each)), zone), each) for each in findings)]


def _others(others: "Sequence[Listed]") -> Iterator[Finding]:
    if others:
        yield Finding(FindingKind.GROUP, _tr("Other versions and texts"), chip=str(len(others)))
        yield from (_other_row(other) for other in others)


def _standing_row(shelved: Shelved, zone: str) -> Finding:
    words, tone = standing(shelved)
    if shelved.policy.abstract:
        detail = _tr(
            "The document's facts in this program's own words. No adverse letter rests on it outside a demo;"
            " import the payer's own document."
        )
        return Finding(FindingKind.FINDING, _tr("An abstract, not the payer's document"), detail, words, tone)
    if shelved.confirmed is None:
        detail = _tr("Compare the lines with the document, then confirm the reading. Until then every match says that it is not confirmed.")
        return Finding(FindingKind.FINDING, _tr("The reading is not confirmed"), detail, words, tone)
    detail = _tr("by {0}, {1}").format(shelved.confirmed.by, moment(shelved.confirmed.at, zone))
    return Finding(FindingKind.FINDING, _tr("The reading is confirmed"), detail, words, tone)


def _current_row(shelved: Shelved) -> Finding:
    seen = shelved.still_current
    if seen is None:
        detail = _tr("A year after its last review a version counts as overdue until somebody has looked.")
        return Finding(FindingKind.FINDING, _tr("Nobody has recorded that it still stands"), detail)
    detail = _tr("{0}, by {1}").format(seen.where, seen.by)
    return Finding(FindingKind.FINDING, _tr("Still stood on {0}").format(day(seen.day)), detail, _tr("seen"), Tone.GOOD)


def _adoption_row(shelved: Shelved) -> Finding:
    if shelved.applies_to is None:
        detail = _tr(
            "The document names no line of business. Outside commercial plans it is shown with a question until the plan's adoption is recorded."
        )
        return Finding(FindingKind.FINDING, _tr("No adoption is recorded"), detail)
    return Finding(
        FindingKind.FINDING, _tr("Adopted"), ", ".join(adopted_words(each) for each in shelved.applies_to), _tr("adopted"), Tone.GOOD
    )


def adopted_words(entry: str) -> str:
    """A recorded adoption (`line` or `line:STATE`) in words."""
    line, _, state = entry.partition(":")
    try:
        words = phrase(LineOfBusiness(line))
    except ValueError:
        words = line
    return f"{words}, {state}" if state else words


def _content_row(policy: Policy) -> Finding:
    counts = (
        (len(policy.text.lines), _tr("1 line"), _tr("{0} lines")),
        (len(policy.codes), _tr("1 code entry"), _tr("{0} code entries")),
        (len(policy.statements), _tr("1 position statement"), _tr("{0} position statements")),
    )
    title = ", ".join(one if count == 1 else many.format(count) for count, one, many in counts)
    return Finding(FindingKind.FINDING, title, " · ".join(part for part in (policy.publisher or "", policy.provenance.file or "") if part))


def _lint_row(policy: Policy, finding: LintFinding, waiver: Waiver | None, zone: str) -> Finding:
    words, tone = (_tr("note"), Tone.QUIET) if finding.severity is Severity.INFO else (_tr("check"), Tone.ASK)
    if waiver is not None:
        words, tone = _tr("waived"), Tone.QUIET
    told = (_tr("Line {0}.").format(finding.line), waived_words(waiver, zone) if waiver else finding.hint or "")
    detail = " ".join(part for part in told if part)
    return Finding(FindingKind.FINDING, finding.message, detail, words, tone, target=Target(policy.text.sha256, finding.line))


def _other_row(other: "Listed") -> Finding:
    words, tone = standing_words(other.standing)
    first, _, second = since(other.card.version).partition(" · ")
    return Finding(FindingKind.FINDING, first.capitalize(), second, words, tone, target=Target(other.card.text, 0))


def _tr(words: str) -> str:
    return QCoreApplication.translate("policies", words)
