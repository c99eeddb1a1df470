"""Why a sentence of a letter cannot be changed in the letter: whose words it is made of, and where those are changed."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.letter import SentenceSource, SourceKind
from ur_desk.domain.people import AccountId
from ur_desk.ui.models.letter_sentences import SentenceRow
from ur_desk.ui.models.letter_trace import ORDER, People, source_words

MOST = 2
"""Reasons that are told of one sentence; what is most its own comes first."""


def why_not(row: SentenceRow, left: bool, people: People) -> str:
    """Why nobody changes it here, and where to change it; `left` says whether the letter has left."""
    if left:
        return _tr("This letter has left and never changes. Correct… issues a second one in its place.")
    if len(row.fields) > 1:
        return _tr("Several services stand in this row: in the provider's copy each has a row of its own.")
    told = dict.fromkeys(_why(source, row, people) for source in sorted(row.sources, key=lambda each: ORDER.index(each.kind)))
    return " ".join(list(filter(None, told))[:MOST])


def _why(source: SentenceSource, row: SentenceRow, people: People) -> str:
    match source.kind:
        case SourceKind.WORDING:
            words = _tr("The plan approves the letter's wording as a whole (clause {0}): no single letter changes it.")
            return words.format(source.ref.partition("@")[0])
        case SourceKind.POLICY:
            return _tr("The policy's own words and name: they change with the version in the library alone.")
        case SourceKind.REQUEST:
            words = _tr("It stands in the {0}. Correct it there: Amend request… or Complete request… in the Case menu.")
            return words.format(source_words(source, people))
        case SourceKind.CASE:
            return _tr("The case tells it by itself.")
        case SourceKind.PROFILE:
            words = _tr("The plan says so of itself ({0}): Administration, Plan profiles.")
            return words.format(source_words(source, people).partition(", ")[2])
        case SourceKind.DECISION:
            return _decided(source, row, people)
        case SourceKind.STATEMENT:
            return ""  # told with the decision, or with what the person said of the case


def _decided(source: SentenceSource, row: SentenceRow, people: People) -> str:
    who = next(iter(_speakers(row, people)), _tr("whoever signed"))
    if source.field in ("rationale", "alternatives"):
        return _tr("These are the words of {0} alone, who says it otherwise by deciding anew.").format(who)
    if source.field == "signature":
        return _tr("The signature of {0}, as it stood then.").format(who)
    if source.field in ("withdrawal", "not_required"):
        return _tr("It was recorded with line {0}, and stands in the letter as recorded.").format(source.line)
    return _tr("It follows the decision on line {0}, and changes with it alone.").format(source.line)


def _speakers(row: SentenceRow, people: People) -> Iterator[str]:
    accounts = (AccountId(source.ref) for source in row.sources if source.kind is SourceKind.STATEMENT)
    yield from (people[account].display for account in accounts if account in people)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LetterFields", text)
