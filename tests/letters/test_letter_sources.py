"""The appendix of a letter: each of its sentences with the words, lines or record behind it."""

from dataclasses import replace

from letter_cases import FONTS, PHYSICIAN, WORDING, composed, facts

from ur_desk.domain.letter import Audience, BlockKind, LetterContent, LetterKind, SentenceSource, SourceKind
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.letters.sources import source_words, with_sources
from ur_desk.pdf.letter import render

PEOPLE = {str(PHYSICIAN): "Kwame Osei"}


def rows_of(content: LetterContent) -> dict[str, str]:
    table = content.appendix[-1]
    assert table.kind is BlockKind.TABLE
    return {row[0].text: row[1].text for row in table.rows[1:]}


def test_the_letter_itself_stays_as_it_was_and_the_appendix_follows() -> None:
    content = composed(facts())
    made = with_sources(content, WORDING, PEOPLE)
    assert replace(made, appendix=()) == content
    assert [block.kind for block in made.appendix] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert list(made.sentences()) == list(content.sentences())


def test_every_sentence_that_tells_something_stands_in_it_with_all_its_sources() -> None:
    content = composed(facts(), Audience.PROVIDER)
    told = rows_of(with_sources(content, WORDING, PEOPLE))
    for block in content.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.BULLETS, BlockKind.STEPS):
            assert all(sentence.text in told for sentence in block.sentences)
    reason = next(text for text in told if text.startswith("You have had lower back pain"))
    assert told[reason] == "words of Kwame Osei; the decision on line 1, reason"
    copy = rows_of(with_sources(composed(facts(), Audience.PROVIDER), WORDING, PEOPLE))
    assert "policy FHP.0042, lines 4 to 5" in " ".join(copy.values())
    assert all(words.strip() for words in told.values())


def test_each_kind_of_source_has_its_words() -> None:
    anchor = Anchor(Sha256("d" * 64), 4, 5)
    for kind in SourceKind:
        words = source_words(
            SentenceSource(kind, "1.a_field" if kind is SourceKind.DECISION else "a_field", anchor if kind is SourceKind.POLICY else None),
            WORDING,
            {},
        )
        assert words
        assert "$" not in words
    assert source_words(SentenceSource(SourceKind.POLICY, "P.1"), WORDING, {}) == "policy P.1"
    service = SentenceSource(SourceKind.REQUEST, "services[2].description")
    assert source_words(service, WORDING, {}) == "the request, service line 2, description"


def test_an_account_is_told_by_name_and_never_by_its_id() -> None:
    said = SentenceSource(SourceKind.STATEMENT, str(PHYSICIAN))
    assert source_words(said, WORDING, PEOPLE) == "words of Kwame Osei"
    assert str(PHYSICIAN) not in source_words(said, WORDING, {})
    told = with_sources(composed(facts()), WORDING, {})
    assert str(PHYSICIAN) not in " ".join(rows_of(told).values())


def test_the_appendix_is_drawn_for_every_kind_of_letter() -> None:
    for kind in LetterKind:
        content = composed(facts(kind))
        assert len(render(with_sources(content, WORDING, PEOPLE), fonts_dir=FONTS)) > len(render(content, fonts_dir=FONTS))
