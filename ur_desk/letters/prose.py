"""What people wrote into a letter in English, put into the letter's own language by the translator of that letter."""

from collections.abc import Iterator
from dataclasses import replace

from ur_desk.domain.letter import Block, BlockKind, LetterContent, LetterFacts, MissingElement, Sentence, SourceKind

ELEMENT = "translated_text"
RULE = "A letter in another language than English is whole in that language, by a qualified translator"
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLETS, BlockKind.STEPS})
_OWN_LANGUAGE = frozenset({"taglines", "language_help_text"})


def translated(blocks: Iterator[Block], facts: LetterFacts) -> tuple[Block, ...]:
    """The blocks with everything that people wrote in the translator's words, where those are there."""
    return tuple(replace(block, rows=tuple(tuple(_told(each, facts) for each in row) for row in block.rows)) for block in blocks)


def _told(sentence: Sentence, facts: LetterFacts) -> Sentence:
    text = facts.texts.get(sentence.text)
    return replace(sentence, text=text) if text and text.strip() else sentence


def untranslated(content: LetterContent, facts: LetterFacts) -> tuple[MissingElement, ...]:
    """Every text by people that still stands in English in a letter of another language, each once; none where it is English."""
    if content.language.split("-")[0] == "en":
        return ()
    known = {text for text in facts.texts.values() if text.strip()}
    granted = (state.decision.granted for state in facts.states if state.decision)
    named = (each.service for each in granted if each and each.service)
    written = (*(text for block in content.blocks for text in _english(block)), *named)
    texts = dict.fromkeys(text for text in written if text not in known)
    return tuple(MissingElement(ELEMENT, RULE, f"Have this text translated: “{text}”", text) for text in texts)


def _english(block: Block) -> Iterator[str]:
    rows = block.rows[1:] if block.kind is BlockKind.TABLE else block.rows if block.kind in _PROSE else ()
    for row in rows:
        for sentence in row[:1] if block.kind is BlockKind.TABLE else row:
            sources = {(source.kind, source.ref) for source in sentence.sources}
            if not any(kind is SourceKind.WORDING for kind, _ in sources) and not _OWN_LANGUAGE & {ref for _, ref in sources}:
                yield sentence.text
