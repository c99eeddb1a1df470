"""What the letter's linter finds, rule by rule, and what it leaves alone; every word and name here is made up."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import APPROVED, ASKED, COPIES, DENIED, DOCUMENT, PARTIAL, WORDING, cites, composed, facts, facts_of_some, line

from ur_desk import paths
from ur_desk.domain import events as ev
from ur_desk.domain.decisions.grounds import Family as RefusedAs
from ur_desk.domain.determination import Decision, HeldElsewhere, Reason
from ur_desk.domain.letter import Audience, Block, BlockKind, LetterFacts, LetterKind, Sentence, SentenceSource, SourceKind
from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.errors import UserError
from ur_desk.letters.family import Family
from ur_desk.letters.lint.check import check
from ur_desk.letters.lint.rules import load
from ur_desk.letters.lint.said import Letter
from ur_desk.letters.lint.strangers import others_of

Made = Callable[[LetterKind, Family], LetterFacts]
RULES = load(paths.resources())
TRUE = "You have had lower back pain for five months and tried exercises at home."


def of(facts_: LetterFacts, **more: object) -> tuple[LetterFinding, ...]:
    letter = Letter(composed(facts_), facts_, RULES, **more)  # type: ignore[arg-type]
    return check(letter, WORDING, known=lambda words: frozenset(words))


def denied(words: str, *more: ev.CaseBody, **changes: object) -> LetterFacts:
    """The facts of a denial with this reason, after the events named."""
    reason = replace(DENIED.reason, words=words)
    told = facts(LetterKind.ADVERSE, Family.ERISA_SELF_FUNDED, *more)
    return with_decision(told, replace(DENIED, reason=reason, **changes))  # type: ignore[arg-type]


def with_decision(told: LetterFacts, decision: Decision) -> LetterFacts:
    states = tuple(replace(state, decision=decision) for state in told.case.lines)
    return replace(told, case=replace(told.case, lines=states))


def rules_in(found: tuple[LetterFinding, ...]) -> set[str]:
    return {finding.rule for finding in found}


def words_at(told: LetterFacts, finding: LetterFinding) -> str:
    assert finding.sentence is not None
    sentences = list(composed(told).sentences())
    return sentences[finding.sentence].text[finding.first : finding.last]


@pytest.mark.parametrize("made", [facts, facts_of_some])
@pytest.mark.parametrize(("kind", "family", "audience"), COPIES)
def test_letters_as_they_should_be_have_nothing_that_stops_them(kind: LetterKind, family: Family, audience: Audience, made: Made) -> None:
    told = made(kind, family)
    letter = Letter(composed(told, audience), told, RULES)
    assert [f for f in check(letter, WORDING, known=lambda words: frozenset(words)) if f.weight is Weight.STOPS] == []


STOPS: Mapping[str, tuple[str, str]] = {
    # what is said -> the rule that finds it, and the words that it points at
    "The MRI of your back showed no change.": ("acronym", "MRI"),
    "You had code M54.50 at each visit.": ("code", "M54.50"),
    "You asked for 76120 for your back.": ("code", "76120"),
    "You asked for E0748 for your back.": ("code", "E0748"),
    "You asked for 0202T for your back.": ("code", "0202T"),
    "Your diagnosis is not on the list.": ("list_as_reason", "diagnosis is not on the list"),
    "Your back pain is not a covered diagnosis.": ("list_as_reason", "is not a covered diagnosis"),
    "This is not a covered benefit of your plan.": ("benefit_words", "not a covered benefit"),
    "You have used up all of your visits.": ("benefit_words", "used up all of your visits"),
    "You do not need these pictures.": ("care_not_needed", "You do not need"),
    "You should not have this test.": ("care_not_needed", "You should not have"),
    "Your doctor did not send the notes.": ("records_not_sent", "did not send"),
    "We did not receive the x-ray results.": ("records_not_sent", "We did not receive the x-ray results"),
    "Our nurse reviewer denied the pictures.": ("decider", "nurse reviewer denied"),
    "Our software found that the pictures do not help.": ("decider", "Our software found"),
    "The match score was 12.": ("decider", "match score"),
    "In the peer-to-peer call your doctor agreed.": ("internal_words", "peer-to-peer call"),
    "These pictures are too expensive.": ("cost", "expensive"),
    "Your depression was treated last year.": ("sensitive", "depression"),
    "You have HIV.": ("sensitive", "HIV"),
    "This is our final decision about your back.": ("final", "final decision"),
    "You cannot appeal this answer.": ("final", "cannot appeal"),
    "Our policy says “pictures are never useful” for backs.": ("quotation", "“pictures are never useful”"),
    "The pictures of your back are approved.": ("status_word", "are approved"),
    "You were seen on February 30, 2026.": ("bad_day", "February 30, 2026"),
    "Your number is 078-05-1120.": ("ssn", "078-05-1120"),
}


@pytest.mark.parametrize("said", list(STOPS))
def test_what_a_letter_must_never_say_stops_it(said: str) -> None:
    rule, words = STOPS[said]
    told = denied(f"{TRUE} {said}")
    found = [f for f in of(told) if f.rule == rule]
    assert [words_at(told, f) for f in found][:1] == [words]
    assert all(f.weight is Weight.STOPS and f.message and f.hint and f.source for f in found)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Magnetic resonance imaging (MRI) came first. The MRI showed no change.", "acronym"),
        ("Call us with TTY 711.", "acronym"),
        ("We asked Priya Natarajan, DC, for the films.", "acronym"),
        ("You walked 12 blocks and 10,000 steps.", "code"),
        ("Call 1-800-555-0100 on any day.", "code"),
        ("Moving pictures of the spine are investigational for every use.", "quotation"),
        ("Our policy says “investigational for every use” of them.", "quotation"),
        ("The request came on November 3, 2026.", "day"),
        ("You will have the pictures on 12/01/2026.", "day"),
        ("Costa Street is where you live.", "cost"),
        ("Your finality is not in doubt.", "final"),
    ],
)
def test_what_may_be_said_is_left_alone(said: str, rule: str) -> None:
    assert rule not in rules_in(of(denied(f"{TRUE} {said}")))


def test_codes_and_short_names_stand_in_the_part_for_the_provider() -> None:
    told = with_decision(facts(LetterKind.ADVERSE), replace(DENIED, rationale="CPT 76496 for M54.50, MRI pending, is cineradiography."))
    assert not rules_in(of(told)) & {"code", "acronym"}


def test_the_service_as_the_sender_called_it_is_read_by_the_member_too() -> None:
    told = facts(LetterKind.ADVERSE, change=lambda asked: replace(asked, services=(line(words="DMX 76496 of the spine"),)))
    assert {"acronym", "code"} <= rules_in(of(told))


@pytest.mark.toy(16)
def test_not_medically_necessary_alone_is_no_reason() -> None:
    told = denied("The requested service is not medically necessary. It does not meet the policy criteria.")
    assert "no_fact" in rules_in(of(told))
    assert "no_fact" not in rules_in(of(denied(TRUE)))


def test_a_reason_that_is_the_same_for_everybody_is_for_the_writer_to_look_at() -> None:
    found = of(denied("Research has found no gain for people with pain in the back who had films like these."))
    assert [f.weight for f in found if f.rule == "impersonal"] == [Weight.LOOK]
    assert not rules_in(of(denied(TRUE))) & {"impersonal", "no_fact"}


def test_words_that_the_policy_or_the_service_say_are_no_facts_of_the_member() -> None:
    assert "no_fact" in rules_in(of(denied("Moving pictures of the spine made with a video camera are investigational for every use.")))


def test_a_refused_line_without_a_criterion_stops_the_letter() -> None:
    bare = Decision(DENIED.determination, Reason(TRUE, no_policy_found=True), DENIED.signature, DENIED.rationale)
    found = [f for f in of(with_decision(facts(LetterKind.ADVERSE), bare)) if f.rule == "no_criterion"]
    assert [(f.sentence, f.message) for f in found] == [(None, "The letter names no criterion for line 1.")]
    held = replace(bare, reason=Reason(TRUE, held_elsewhere=(HeldElsewhere("Example Group", "Imaging", "2026", "Spine"),)))
    assert "no_criterion" not in rules_in(of(with_decision(facts(LetterKind.ADVERSE), held)))


def test_that_records_were_not_sent_may_be_said_once_an_attempt_is_on_file() -> None:
    call = ev.ContactLogged(ev.ContactWay.CALL, "the clinic", "", "asked for notes", datetime(2026, 11, 4, 15, tzinfo=UTC))
    said = f"{TRUE} Your doctor did not send the notes."
    assert "records_not_sent" in rules_in(of(denied(said)))
    assert "records_not_sent" not in rules_in(of(denied(said, call)))


def test_benefit_words_belong_to_an_administrative_denial_and_clinical_words_do_not() -> None:
    benefit, clinical = f"{TRUE} This is not a covered benefit.", f"{TRUE} The pictures are not medically necessary."
    assert "benefit_words" in rules_in(of(denied(benefit)))
    assert "benefit_words" not in rules_in(of(denied(benefit, family=RefusedAs.ADMINISTRATIVE)))
    assert "clinical_words" in rules_in(of(denied(clinical, family=RefusedAs.ADMINISTRATIVE)))
    assert "clinical_words" not in rules_in(of(denied(clinical)))


@pytest.mark.parametrize(
    "inside",
    [
        ev.NoteAdded("I think the clinic asks for this with every single patient they see"),
        ev.Referred((1,), "I think the clinic asks for this with every single patient they see"),
        ev.ContactLogged(
            ev.ContactWay.CALL,
            "x",
            "",
            "I think the clinic asks for this with every single patient they see",
            datetime(2026, 11, 4, tzinfo=UTC),
        ),
    ],
)
def test_a_run_of_words_from_inside_stops_the_letter(inside: ev.CaseBody) -> None:
    told = denied(f"{TRUE} We know the Clinic asks for this with every single patient.", inside)
    found = [f for f in of(told) if f.rule == "internal"]
    assert [words_at(told, f) for f in found] == ["the Clinic asks for this with every single patient"]
    assert "internal" not in rules_in(of(denied(f"{TRUE} The clinic asks every patient.", inside)))


def test_a_sensitive_condition_that_the_cited_lines_speak_of_may_be_named() -> None:
    told = denied(f"{TRUE} Your depression was treated last year.")
    policy = next(iter(told.policies.values()))
    lines = tuple(replace(row, text=f"{row.text} Depression is no contraindication.") for row in policy.text.lines)
    speaking = replace(policy, text=replace(policy.text, lines=lines))
    assert "sensitive" not in rules_in(of(replace(told, policies=dict.fromkeys(told.policies, speaking))))


def test_a_further_diagnosis_that_the_reason_does_not_need_is_for_the_writer_to_look_at() -> None:
    told = denied(f"{TRUE} Your hypertension is treated. Your hypertension is old.")
    found = [f for f in of(told, diagnoses=("Low back pain", "Essential (primary) hypertension")) if f.rule == "diagnosis"]
    assert [(f.weight, words_at(told, f)) for f in found] == [(Weight.LOOK, "hypertension")]
    assert "diagnosis" not in rules_in(of(told, diagnoses=("Essential (primary) hypertension",)))


def test_names_and_birth_dates_of_other_cases_are_found_and_the_own_are_not() -> None:
    told_of = [
        ("Fenwick, Orla", date(1950, 5, 5), "UR-2026-000009", "M-1"),
        ("Castellanos, Imogen", date(1968, 4, 2), "UR-2026-000010", ""),
    ]
    others = others_of(told_of)
    told = denied(f"{TRUE} Orla Fenwick, born on May 5, 1950, saw Imogen Castellanos. You were born on April 2, 1968.")
    found = of(told, others=others)
    assert {(f.rule, words_at(told, f)) for f in found if f.rule.startswith("other")} == {
        ("other_person", "Orla Fenwick"),
        ("other_birth_date", "May 5, 1950"),
    }


def test_a_day_that_nobody_knows_is_for_the_writer_to_look_at() -> None:
    found = [f for f in of(denied(f"{TRUE} You were seen on March 3, 2025.")) if f.rule == "day"]
    assert [f.weight for f in found] == [Weight.LOOK]


def test_a_line_that_was_approved_is_not_called_denied() -> None:
    told = with_decision(facts(LetterKind.APPROVAL), replace(APPROVED, reason=Reason(f"{TRUE} It was denied.", no_policy_found=True)))
    assert "status_word" in rules_in(of(told))
    assert "status_word" not in rules_in(of(facts(LetterKind.PARTIAL)))


def test_a_reason_cites_the_lines_of_its_own_decision() -> None:
    quoting = replace(PARTIAL, reason=Reason(f"{TRUE} “investigational for every use”", (cites(4),)))
    assert "quotation" not in rules_in(
        of(with_decision(facts(LetterKind.ADVERSE), replace(quoting, determination=DENIED.determination, granted=None)))
    )


def test_a_clause_that_the_wording_does_not_hold_leaves_a_sentence_without_source() -> None:
    told = facts()
    other = replace(
        WORDING, clauses={k: replace(c, version=c.version + 1) if k == "adverse.decision" else c for k, c in WORDING.clauses.items()}
    )
    found = check(Letter(composed(told), told, RULES), other, known=lambda words: frozenset(words))
    assert [f.rule for f in found if f.rule == "unsourced"] == ["unsourced"]


FAR = Anchor(Sha256("f" * 64), 4, 4)
NOWHERE = [
    SentenceSource(SourceKind.WORDING, "no.such.clause@1"),
    SentenceSource(SourceKind.POLICY, "FHP.0042", FAR),
    SentenceSource(SourceKind.POLICY, "FHP.0042", Anchor(DOCUMENT, 4, 99)),
    SentenceSource(SourceKind.POLICY, "OTHER.1", Anchor(DOCUMENT, 4, 4)),
    SentenceSource(SourceKind.POLICY, "OTHER.1"),
    SentenceSource(SourceKind.REQUEST, "member.horoscope"),
    SentenceSource(SourceKind.REQUEST, "services[7].description"),
    SentenceSource(SourceKind.DECISION, "7"),
    SentenceSource(SourceKind.DECISION, "1.mood"),
    SentenceSource(SourceKind.STATEMENT, "somebody-else"),
    SentenceSource(SourceKind.CASE, "weather"),
    SentenceSource(SourceKind.PROFILE, "motto"),
]


@pytest.mark.parametrize("source", NOWHERE, ids=lambda source: f"{source.kind} {source.ref}")
@pytest.mark.parametrize("language", ["en-US", "es"])
def test_a_source_that_leads_nowhere_stops_the_letter_in_every_language(source: SentenceSource, language: str) -> None:
    told = facts()
    content, wording = composed(told), replace(WORDING, language=language)
    stray = Block(BlockKind.PARAGRAPH, ((Sentence("Nobody said this.", (source,)),),))
    letter = Letter(replace(content, blocks=(*content.blocks, stray)), told, RULES)
    found = [f for f in check(letter, wording, known=lambda words: frozenset(words)) if f.rule == "unsourced"]
    assert [(f.sentence, f.weight) for f in found] == [(len(letter.said) - 1, Weight.STOPS)]


def test_of_another_language_only_the_sources_are_looked_at() -> None:
    told = denied(" ".join(STOPS))
    assert check(Letter(composed(told), told, RULES), replace(WORDING, language="es")) == ()


def test_a_letter_that_asks_for_information_is_checked_too() -> None:
    told = facts(LetterKind.INFORMATION_REQUEST)
    asked = replace(ASKED, why="We need the MRI for M54.50.")
    states = tuple(replace(state, asked=asked) for state in told.case.lines)
    assert {"acronym", "code"} <= rules_in(of(replace(told, case=replace(told.case, lines=states))))


def test_spelling_knows_english_the_clinic_and_the_case() -> None:
    told = denied(f"{TRUE} We recieve notes of arthroplasty from Castellanos at Fernhill.")
    letter = Letter(composed(told), told, RULES)
    found = [words_at(told, f) for f in check(letter, WORDING, frozenset({"arthroplasty"})) if f.rule == "spelling"]
    assert found[:1] == ["recieve"]
    assert "arthroplasty" not in found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_people_write_every_finding_points_into_its_sentence(words: str) -> None:
    told = denied(words or "x")
    sentences = list(composed(told).sentences())
    for finding in of(told):
        assert finding.sentence is None or 0 <= finding.first <= finding.last <= len(sentences[finding.sentence].text)


def test_findings_stand_in_reading_order_and_the_same_letter_gives_the_same() -> None:
    told = denied(" ".join(STOPS))
    found = of(told)
    assert found == of(told)
    places = [(f.sentence if f.sentence is not None else 10**6, f.first) for f in found]
    assert places == sorted(places)


def test_damaged_rules_are_refused_and_so_are_missing_ones(tmp_path: Path) -> None:
    folder = tmp_path / "letters" / "lint"
    folder.mkdir(parents=True)
    with pytest.raises(UserError, match="cannot be read"):
        load(tmp_path, "es")
    for damaged in ("", "[]", '{"schema": "other/1"}', '{"schema": "ur-desk-letter-lint/1", "rules": [{}]}'):
        (folder / "en.json").write_text(damaged, encoding="utf-8")
        with pytest.raises(UserError, match="cannot be read"):
            load(tmp_path)


def test_every_rule_is_found_by_some_test_of_this_file_or_of_reading() -> None:
    tested = {rule for rule, _ in STOPS.values()} | {
        "no_fact", "no_criterion", "clinical_words", "internal", "other_person", "other_number", "service_name", "name_unsigned", "other_birth_date", "day", "unsourced", "spelling",
        "grade", "long", "choppy", "diagnosis", "impersonal",
    }  # fmt: skip
    assert tested == set(RULES.rules)
