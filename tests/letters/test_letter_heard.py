"""Words as a reader takes them in: no disguise hides a phrase that no letter may hold, and every place found is the right one."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from letter_cases import APPROVED, facts
from test_letter_lint import RULES, STOPS, TRUE, denied, of, with_decision, words_at

from ur_desk import paths
from ur_desk.domain.decisions.grounds import Family
from ur_desk.domain.letter import LetterKind
from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.letters.lint.heard import as_heard, heard

Disguise = Callable[[st.DataObject, str], str]
LOOK = {"a": "аɑα", "c": "сϲᴄ", "d": "ԁ", "e": "еｅᴇ", "i": "іıι", "o": "оο", "p": "рｐ", "s": "ѕꜱ", "v": "ѵν", "x": "хχ", "y": "уү"[:1]}
MARKS = "\u0301\u0308\u034f\ufe0f\u0332"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u3164"
LIGATURES = {"fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "st": "ﬆ"}
BETWEEN = [" ", "  ", "\n", "\r\n", "\u2028", "\u00a0", "\u202f", "_", "/", "-", "–", ", ", " . . . ", " * ", "\t", " (", "\n\n", "… "]


def at_letters(change: Callable[[str], st.SearchStrategy[str]]) -> Disguise:
    """A disguise of some letters, one by one."""

    def disguised(data: st.DataObject, text: str) -> str:
        places = data.draw(st.sets(st.integers(0, len(text) - 1), max_size=6))
        return "".join(data.draw(change(c)) if at in places and c.isalpha() else c for at, c in enumerate(text))

    return disguised


def ligatures(data: st.DataObject, text: str) -> str:
    for plain, one in LIGATURES.items():
        text = text.replace(plain, one)
    return text


def between(data: st.DataObject, text: str) -> str:
    """Other marks than a blank between words."""
    return re.sub(" ", lambda _: data.draw(st.sampled_from(BETWEEN)), text)


def within(data: st.DataObject, text: str) -> str:
    """A word broken in two, by a hyphen or a new line."""
    places = [at for at, (a, b) in enumerate(pairwise(text), 1) if a.isalpha() and b.isalpha()]
    at = data.draw(st.sampled_from(places))
    return text[:at] + data.draw(st.sampled_from(["-", "\n", "-\n", "*", "/"])) + text[at:]


def apart(data: st.DataObject, text: str) -> str:
    """One word, letter by letter."""
    words = text.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    return " ".join([*words[:at], " ".join(words[at]), *words[at + 1 :]])


DISGUISES: dict[str, Disguise] = {
    "a word letter by letter": apart,
    "case": at_letters(lambda c: st.sampled_from([c.upper(), c.lower()])),
    "letters that look alike": at_letters(lambda c: st.sampled_from([*LOOK.get(c, ""), chr(0xFEE0 + ord(c))])),
    "marks on letters": at_letters(lambda c: st.sampled_from([c + mark for mark in MARKS])),
    "characters that nobody sees": at_letters(lambda c: st.sampled_from([c + one for one in UNSEEN])),
    "ligatures": ligatures,
    "marks between words": between,
    "a broken word": within,
}
PHRASES = {
    "care_not_needed": ["you do not need this", "you should not have it", "the test is not needed", "there is no need for this"],
    "final": ["this decision is final", "you cannot appeal", "you can not file an appeal", "no further review"],
    "cost": ["it costs too much", "a lower price", "cost effective"],
    "decider": ["our nurse denied it", "our software found it", "the match score"],
    "list_as_reason": ["your code is not on our list", "in the exclusion list"],
    "benefit_words": ["the benefit limit", "out of network"],
    "internal_words": ["the peer to peer call", "our case notes"],
    "records_not_sent": ["did not send them", "no notes were received"],
    "clinical_words": ["not medically necessary", "it is investigational"],
}
HIDDEN = [(rule, phrase) for rule, phrases in PHRASES.items() for phrase in phrases]


def listened(rule: str, text: str) -> bool:
    return any(each.search(as_heard(text)) for each in RULES.phrases[rule])


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(HIDDEN), st.lists(st.sampled_from(sorted(DISGUISES)), min_size=1, max_size=3, unique=True), st.data())
def test_no_disguise_hides_what_a_letter_must_not_say(hidden: tuple[str, str], disguises: list[str], data: st.DataObject) -> None:
    rule, phrase = hidden
    for name in sorted(disguises, key=list(DISGUISES).index):
        phrase = DISGUISES[name](data, phrase)
    assert listened(rule, f"We looked. {phrase} here.")


ATTACKS = {
    "a line break": "You do not\nneed this test.",
    "a line break in a word": "You do not ne\ned this test.",
    "a soft hyphen": "You do not ne\u00aded this test.",
    "a blank of no width": "You do not ne\u200bed this test.",
    "a Cyrillic letter": "You do not n\u0435ed this test.",
    "a joiner": "You do not ne\u034fed this test.",
    "wide letters": "You do not \uff4e\uff45\uff45\uff44 this test.",
    "an underscore": "You do not_need this test.",
    "a slash": "You do not/need this test.",
    "hyphens": "You do-not-need this test.",
    "a comma": "You do not, need this test.",
    "a full stop": "You do not. Need this test.",
    "full stops": "You do not . . . need this test.",
    "dots and a capital": "You don't... Require this test.",
    "a word between": "You do not really need this test.",
    "two words between": "You do not at present need this test.",
    "capitals": "YOU DO NOT NEED THIS TEST.",
    "another apostrophe": "You don\u02bct need this test.",
    "a prime": "You don\u2032t need this test.",
    "figures": "You d0 n0t need this test.",
    "letter by letter": "You do not n e e d this test.",
}


@pytest.mark.parametrize("said", ATTACKS.values(), ids=ATTACKS)
def test_a_letter_with_a_disguised_phrase_does_not_leave(said: str) -> None:
    found = [f for f in of(denied(f"{TRUE} {said}")) if f.rule == "care_not_needed"]
    assert found
    assert all(f.weight is Weight.STOPS for f in found)


@pytest.mark.parametrize("dots", ["… ", "... ", " . . . ", ".,. "])
def test_dots_that_trail_off_end_no_sentence(dots: str) -> None:
    assert listened("list_as_reason", f"Your code is not on{dots}Our list.")
    assert not listened("internal_words", "We know your case. Notes came.")


def test_what_stands_on_two_lines_is_marked_on_both_and_told_once() -> None:
    told = denied(f"{TRUE} This decision is\nﬁnal, and you can\u00adnot\nappeal.")
    found = [f for f in of(told) if f.rule == "final"]
    assert [words_at(told, f) for f in found] == ["This decision is", "ﬁnal", "cannot", "appeal"]
    assert {f.message for f in found} == {
        "“This decision is ﬁnal” sounds as if nothing could be done, and rights remain.",
        "“cannot appeal” sounds as if nothing could be done, and rights remain.",
    }


def test_two_fields_are_not_read_as_one() -> None:
    told = denied(f"{TRUE} You walk well, and this you do not", alternatives="Need you shoes, ask for shoes.")
    assert "care_not_needed" not in {f.rule for f in of(told)}


def test_an_approval_that_tells_of_a_refusal_does_not_leave() -> None:
    for said, rule in (
        ("You cannot have this care, and you may not\nappeal.", "final"),
        ("You may not have this\ntest.", "care_not_needed"),
        ("Your request was\ndenied.", "status_word"),
        ("Nothing of what you asked for will be paid.", "status_word"),
    ):
        told = with_decision(facts(LetterKind.APPROVAL), replace(APPROVED, reason=replace(APPROVED.reason, words=f"{TRUE} {said}")))
        assert rule in {f.rule for f in of(told) if f.weight is Weight.STOPS}, said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("internal_words", "We looked at your case. Notes from May show no change."),
        ("decider", "You spoke with a nurse. We denied the pictures."),
        ("care_not_needed", "Your x-rays did not show that you need surgery."),
        ("care_not_needed", "They did not show you need surgery."),
        ("final", "The test may not change how you are treated."),
        ("cost", "You live on Costa Street, near Example Co. St. Louis."),
        ("clinical_words", "Your plan has 20 visits. You used them."),
    ],
)
def test_words_that_only_sound_alike_are_left_alone(rule: str, said: str) -> None:
    assert not listened(rule, said)


def test_an_amount_of_money_may_be_what_a_contract_limits_and_is_no_clinical_reason() -> None:
    said = f"{TRUE} Your plan pays up to $500 a year for this."
    assert "cost" in {f.rule for f in of(denied(said))}
    assert "cost" not in {f.rule for f in of(denied(said, family=Family.ADMINISTRATIVE))}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
@example(["ß", "ﬃ", "I\u0307", "$5", "\u1100\u1161"])
def test_every_character_heard_stands_where_the_map_says(texts: list[str]) -> None:
    told = heard(*enumerate(texts))
    assert len(told.places) == len(told.text)
    assert list(told.places) == sorted(told.places)
    for character, (number, at) in zip(told.text, told.places, strict=True):
        stands = texts[number][at]
        alone = as_heard(stands)
        assert character in " .-" or character in alone + alone.translate({ord("0"): "o", ord("1"): "l"})
    for number, first, last in told.marks(0, len(told.text)):
        assert 0 <= first < last <= len(texts[number])
    for _, first, last in told.words():
        assert 0 <= first < last <= len(told.text)


@pytest.mark.parametrize("words", [rows for rows in STOPS if STOPS[rows][0] in PHRASES])
def test_what_is_found_in_plain_words_is_found_with_every_blank_a_new_line(words: str) -> None:
    rule, _ = STOPS[words]
    told = denied(f"{TRUE} " + words.replace(" ", "\n"))
    found: list[LetterFinding] = [f for f in of(told) if f.rule == rule]
    assert found


def test_phrases_are_written_as_they_are_heard() -> None:
    rows = re.findall(
        r'"phrases": \{(.*?)\n  \},', (paths.resources() / "letters" / "lint" / "en.json").read_text(encoding="utf-8"), re.DOTALL
    )
    assert not re.search(r"['’]|(?<!\[0)-(?!9\])", rows[0])
