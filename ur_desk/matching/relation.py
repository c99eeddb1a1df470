"""How one policy version touches one service line: the rules of contract `match.schema.json`, in its order.

No policy is special: a listed procedure, the names that a statement prints, its subject and its
diagnosis list are all that is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ur_desk.domain.findings import Hit, HitKind, HitResult, Relation, Scope
from ur_desk.domain.policy import CodeEntry, EntryState, Position, Statement
from ur_desk.domain.request import ServiceLine
from ur_desk.domain.vocabulary import GROUP_OF
from ur_desk.domain.words import Name, Reading, Sense
from ur_desk.matching.said import Against, Said, shows, toward, written
from ur_desk.matching.shelf import Shelf
from ur_desk.matching.wording import say


@dataclass(frozen=True, slots=True)
class Listing:
    """A code entry that holds the line's procedure; for one with a condition, whether the words show it."""

    entry: CodeEntry
    shown: bool | None = None
    words: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How a policy touches one service line, and why."""

    relation: Relation
    scope: Scope | None
    service: ServiceLine
    said: Said
    listings: tuple[Listing, ...]
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]


def link(service: ServiceLine, reading: Reading, shelf: Shelf, rows: Sequence[CodeEntry], diagnosed: bool) -> Link | None:
    """How the policy touches the line; None where neither its code nor its words do.

    `rows`: the policy's entries that hold the line's procedure; `diagnosed`: a diagnosis of the request is in its lists.
    """
    said = toward(reading, shelf)
    listings = tuple(_listing(entry, said, shelf) for entry in rows)
    relation = _listed(listings, said, shelf, diagnosed) if listings else _described(said, shelf, diagnosed)
    if relation is None:
        return None
    return Link(
        relation=relation,
        scope=_scope(relation, said, shelf, diagnosed, bool(listings)),
        service=service,
        said=said,
        listings=listings,
        statements=_statements(listings, said, shelf),
        hits=(*(_procedure_hit(service, listing, said) for listing in listings), *_term_hits(service, said, shelf, relation)),
    )


def _listing(entry: CodeEntry, said: Said, shelf: Shelf) -> Listing:
    if entry.condition is None:
        return Listing(entry)
    shown, words = shows(entry.condition, said, shelf)
    return Listing(entry, shown, words)


def _listed(listings: Sequence[Listing], said: Said, shelf: Shelf, diagnosed: bool) -> Relation:
    """The relation of a listed procedure: first what its condition lacks, then what its scope lacks."""
    if all(listing.shown is False for listing in listings):
        return Relation.CONFIRM_CONDITION
    certain = any(listing.shown is not False and listing.entry.state is not EntryState.SUSPECT for listing in listings)
    if said.objection or not certain:
        return Relation.CONFIRM_SCOPE
    all_indications = any(stated.statement.all_indications for stated in shelf.stated)
    tied = diagnosed or not shelf.lists_diagnoses or (all_indications and said.shown)
    return Relation.APPLIES if tied else Relation.CONFIRM_SCOPE


def _described(said: Said, shelf: Shelf, diagnosed: bool) -> Relation | None:
    """The relation of a procedure that is not listed, by its own words."""
    names = said.named or said.synonyms
    if not names:
        return None
    if said.objection:
        return Relation.CONFIRM_SCOPE if said.linked else None
    by_words = Relation.BY_DESCRIPTION if said.named else Relation.CONFIRM_SCOPE
    if not shelf.subject or said.shown:
        return by_words
    if said.unclear or any(name.technique is None or name.technique.usual in shelf.subject for name in names):
        return by_words if diagnosed else Relation.CONFIRM_SCOPE
    return Relation.RELATED


def _scope(relation: Relation, said: Said, shelf: Shelf, diagnosed: bool, listed: bool) -> Scope | None:
    """What ties the line to the subject. That a condition is denied is told by the condition, not by the scope."""
    if relation is Relation.RELATED:
        return None
    denied = said.objection is not None and said.objection.against is Against.DENIES_SERVICE
    if said.objection and not denied:
        return Scope.NAMES_OTHER
    if (denied and relation is not Relation.CONFIRM_CONDITION) or not (listed or said.named):
        return Scope.NOT_SHOWN
    if said.shown or diagnosed:
        return Scope.SHOWN
    return Scope.NOT_SHOWN if shelf.subject or shelf.lists_diagnoses else None


def _statements(listings: Sequence[Listing], said: Said, shelf: Shelf) -> tuple[Statement, ...]:
    """The positions that the line falls under: those whose names the words use, else those that the code's group gives, else all.

    A group that names no class of position ("covered", "other codes") gives none.
    """
    named = tuple(stated.statement for stated in shelf.stated if any(stated.prints(name) for name in said.named))
    if named:
        return named
    positions = {listing.entry.position for listing in listings} - {Position.OTHER}
    grouped = tuple(stated.statement for stated in shelf.stated if stated.statement.position in positions)
    return grouped or tuple(stated.statement for stated in shelf.stated)


def _procedure_hit(service: ServiceLine, listing: Listing, said: Said) -> Hit:
    entry = listing.entry
    conditional = listing.shown is False
    suspect = entry.state is EntryState.SUSPECT
    return Hit(
        kind=HitKind.PROCEDURE,
        value=asked_code(service),
        result=HitResult.CONDITIONAL if conditional else HitResult.SUSPECT if suspect else HitResult.LISTED,
        line=entry.line,
        why=_procedure_why(service, listing, said),
        service_line=service.line,
        entry=entry.raw,
        condition=entry.condition,
        condition_shown=listing.shown,
    )


def _procedure_why(service: ServiceLine, listing: Listing, said: Said) -> str:
    code, line, objection = asked_code(service), service.line, said.objection
    if listing.shown is False:
        denied = bool(listing.words)
        return say("hit.condition_denied" if denied else "hit.condition_missing", code=code, service=line, said=written(listing.words))
    if objection:
        return say(f"hit.{objection.against}", code=code, service=line, said=objection.said, part=objection.part)
    if listing.shown:
        return say("hit.condition_shown", code=code, service=line, said=written(listing.words) or (listing.entry.condition or ""))
    if listing.entry.state is EntryState.SUSPECT:
        return say("hit.procedure_suspect", code=code, service=line)
    return say("hit.procedure_range" if listing.entry.high else "hit.procedure", code=code, service=line)


def _term_hits(service: ServiceLine, said: Said, shelf: Shelf, relation: Relation) -> list[Hit]:
    """One hit on each statement that the words touch: by its own names, by our synonym, or by naming its subject."""
    hits: list[Hit] = []
    for stated in shelf.stated:
        names = [name for name in said.named if stated.prints(name)]
        synonyms = [name for name in said.synonyms if stated.synonym(name)]
        if names:
            hits.append(_term_hit(service, names, said, stated.statement, relation))
        elif synonyms:
            hits.append(_synonym_hit(service, synonyms[0], stated.statement, sorted(stated.techniques)))
    if not hits and said.subject and shelf.stated and relation is not Relation.RELATED:
        hits.append(_term_hit(service, [], said, shelf.stated[0].statement, relation))
    return hits


def _term_hit(service: ServiceLine, names: Sequence[Name], said: Said, statement: Statement, relation: Relation) -> Hit:
    words = written((*names, *said.subject, *said.unclear))
    alone = relation is Relation.RELATED
    printed = [term for term in statement.terms if any(name.technique and name.technique.name in term for name in names)]
    return Hit(
        kind=HitKind.TERM,
        value=words,
        result=HitResult.TERM,
        line=statement.first_line,
        why=say("hit.words_alone" if alone else "hit.words", said=words),
        service_line=service.line,
        entry=printed[0] if printed else next((name.term for name in names if name.term), None),
    )


def _synonym_hit(service: ServiceLine, name: Name, statement: Statement, techniques: Sequence[str]) -> Hit:
    return Hit(
        kind=HitKind.TERM,
        value=name.said,
        result=HitResult.TERM,
        line=statement.first_line,
        why=say("hit.synonym", said=name.said, name=stands_for(name, techniques)),
        service_line=service.line,
    )


def stands_for(name: Name, techniques: Sequence[str]) -> str:
    """The printed name that our synonym stands for."""
    group = name.technique.group if name.technique else ""
    same = sorted(each for each in techniques if GROUP_OF[each] == group)
    return group if group in same else same[0] if same else ", ".join(techniques)


def asked_code(service: ServiceLine) -> str:
    """The procedure as asked: a code or a range of codes."""
    return f"{service.code}–{service.code_to}" if service.code_to else service.code or ""


def synonym_of(found: Link) -> Name | None:
    """The synonym of ours that alone links the line to the policy, if so."""
    meant = [name for name in found.said.synonyms if name.sense is Sense.MEANT]
    return meant[0] if meant and not found.said.named and not found.listings else None
