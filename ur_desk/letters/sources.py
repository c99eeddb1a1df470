"""The appendix of a letter: every sentence once more, with where it comes from, for whoever checks it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ur_desk.domain.letter import Block, BlockKind, LetterContent, Sentence, SentenceSource, SourceKind
from ur_desk.letters.wording import Wording


def with_sources(content: LetterContent, wording: Wording, people: Mapping[str, str]) -> LetterContent:
    """The letter with the appendix behind it; `people` names accounts, of which an id is never told. What the letter says stays as it is.

    Headings, and cells that repeat a label, tell nothing and are left out. The same sentence from the same sources stands once.
    """
    return replace(content, appendix=_blocks(content, wording, people, _says(wording, "sources.lead")))


def sources_alone(content: LetterContent, wording: Wording, people: Mapping[str, str]) -> LetterContent:
    """The same as a paper of its own about a letter that has left, by its number and day: no letter, addressed to nobody."""
    clause = wording.clauses["sources.alone"]
    lead = Sentence(
        clause.filled({"letter": content.number or content.case_number, "day": wording.day(content.dated)}),
        (SentenceSource(SourceKind.WORDING, clause.ref),),
    )
    _heading, *blocks = _blocks(content, wording, people, lead)
    title = wording.clauses["sources.heading"].text
    return replace(content, title=title, recipient=(), copies=(), blocks=tuple(blocks), appendix=(), language=wording.language)


def _blocks(content: LetterContent, wording: Wording, people: Mapping[str, str], lead: Sentence) -> tuple[Block, ...]:
    told = tuple(dict.fromkeys(_rows(content, wording, people)))
    header = (_says(wording, "sources.sentence"), _says(wording, "sources.source"))
    return (
        Block(BlockKind.HEADING, ((_says(wording, "sources.heading"),),), technical=True),
        Block(BlockKind.PARAGRAPH, ((lead,),), technical=True),
        Block(BlockKind.TABLE, (header, *told), technical=True),
    )


def _says(wording: Wording, clause: str) -> Sentence:
    told = wording.clauses[clause]
    return Sentence(told.text, (SentenceSource(SourceKind.WORDING, told.ref),))


def _rows(content: LetterContent, wording: Wording, people: Mapping[str, str]) -> Iterator[tuple[Sentence, Sentence]]:
    """Each sentence in its own language, and its sources in that of the wording."""
    own = "" if content.language == wording.language else content.language
    for block in content.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        for row in block.rows[1:] if block.kind is BlockKind.TABLE else block.rows:
            for told in row[1:] if block.kind is BlockKind.FACTS else row:
                if told.text.strip():
                    words = "; ".join(dict.fromkeys(source_words(each, wording, people) for each in told.sources))
                    yield Sentence(told.text, told.sources, language=told.language or own), Sentence(words, told.sources)


def source_words(source: SentenceSource, wording: Wording, people: Mapping[str, str]) -> str:
    """One source in words of the letter's language."""

    def words(kind: str, **values: str) -> str:
        return wording.clauses[f"sources.{kind}"].filled(values)

    match source.kind:
        case SourceKind.WORDING:
            return words("wording", clause=source.ref)
        case SourceKind.POLICY:
            return _policy(source, wording)
        case SourceKind.DECISION:
            return _of_line(source, wording, "decision")
        case SourceKind.STATEMENT:
            name = people.get(source.ref, "")
            return words("statement", name=name) if name.strip() else words("statement.unnamed")
        case SourceKind.REQUEST:
            return _of_line(source, wording, "service") if source.line is not None else words("request", field=_plain(source.ref))
        case SourceKind.CASE:
            return words("case", field=_plain(source.ref))
        case SourceKind.PROFILE:
            return words("profile", field=_plain(source.ref))


def _of_line(source: SentenceSource, wording: Wording, kind: str) -> str:
    """A service line as it was asked for or decided, or one field of that."""
    values = {"line": str(source.line)} | ({"field": _plain(source.field)} if source.field else {})
    return wording.clauses[f"sources.{kind}.field" if source.field else f"sources.{kind}"].filled(values)


def _plain(path: str) -> str:
    """A field's name as one reads it."""
    return path.replace(".", ", ").replace("_", " ")


def _policy(source: SentenceSource, wording: Wording) -> str:
    anchor = source.anchor
    if anchor is None:
        return wording.clauses["sources.policy_whole"].filled({"policy": source.ref})
    one = anchor.first_line == anchor.last_line
    values = {"policy": source.ref, "first": str(anchor.first_line)} | ({} if one else {"last": str(anchor.last_line)})
    return wording.clauses["sources.policy" if one else "sources.policy_lines"].filled(values)
