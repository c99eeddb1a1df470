"""The appendix of a letter: every sentence once more, with where it comes from, for whoever checks it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ur_desk.domain.letter import Block, BlockKind, LetterContent, Sentence, SentenceSource, SourceKind
from ur_desk.letters.wording import Wording


def with_sources(content: LetterContent, wording: Wording, people: Mapping[str, str]) -> LetterContent:
    """The letter with the appendix at its end; `people` names accounts. What the letter says is left as it stands.

    Headings, and cells that repeat a label, tell nothing and are left out. The same sentence from the same sources stands once.
    """
    rows = dict.fromkeys(_rows(content, wording, people))
    told = tuple(_row(text, words, sources) for text, words, sources in rows)
    header = (_says(wording, "sources.sentence"), _says(wording, "sources.source"))
    appendix = (
        Block(BlockKind.HEADING, ((_says(wording, "sources.heading"),),), technical=True),
        Block(BlockKind.PARAGRAPH, ((_says(wording, "sources.lead"),),), technical=True),
        Block(BlockKind.TABLE, (header, *told), technical=True),
    )
    return replace(content, blocks=(*content.blocks, *appendix))


def _says(wording: Wording, clause: str) -> Sentence:
    told = wording.clauses[clause]
    return Sentence(told.text, (SentenceSource(SourceKind.WORDING, told.ref),))


def _row(text: str, words: str, sources: tuple[SentenceSource, ...]) -> tuple[Sentence, Sentence]:
    return Sentence(text, sources), Sentence(words, sources)


def _rows(content: LetterContent, wording: Wording, people: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[SentenceSource, ...]]]:
    for block in content.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        for row in block.rows[1:] if block.kind is BlockKind.TABLE else block.rows:
            for sentence in row[1:] if block.kind is BlockKind.FACTS else row:
                if sentence.text.strip():
                    words = "; ".join(dict.fromkeys(source_words(each, wording, people) for each in sentence.sources))
                    yield sentence.text, words, sentence.sources


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
            return words("decision", line=source.ref)
        case SourceKind.STATEMENT:
            return words("statement", name=people.get(source.ref, source.ref))
        case SourceKind.REQUEST:
            return words("request", field=source.ref.replace("_", " "))
        case SourceKind.CASE:
            return words("case", field=source.ref.replace("_", " "))
        case SourceKind.PROFILE:
            return words("profile", field=source.ref.replace("_", " "))


def _policy(source: SentenceSource, wording: Wording) -> str:
    anchor = source.anchor
    if anchor is None:
        return wording.clauses["sources.policy_whole"].filled({"policy": source.ref})
    one = anchor.first_line == anchor.last_line
    values = {"policy": source.ref, "first": str(anchor.first_line)} | ({} if one else {"last": str(anchor.last_line)})
    return wording.clauses["sources.policy" if one else "sources.policy_lines"].filled(values)
