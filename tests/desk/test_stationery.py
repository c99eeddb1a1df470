"""What the plan records for its letters: no wording leaves unapproved, no text untranslated, no official form unfilled or expired."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import (
    NO_POLICY,
    NOW,
    UNCHECKED,
    FixedClock,
    cites,
    denial_form,
    desk_in,
    line,
    opened,
    passphrase,
    posted,
    profile,
    request,
    sit_down,
    spanish,
)
from fonts_made import HAN, font_of
from pypdf import PdfReader

from ur_desk.desk.desk import Desk
from ur_desk.desk.letters import Standing
from ur_desk.desk.paper import Tongue
from ur_desk.desk.stationery import MOST_FONT_BYTES
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import ExtensionTerms
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.events import LetterIssued
from ur_desk.domain.letter import Audience
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.letters.notices import NoticeKind, NoticeWanted
from ur_desk.domain.request import LineOfBusiness, Member
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError

TODAY = NOW.date()
MEDICARE = LineOfBusiness.MEDICARE_ADVANTAGE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "real", WorkspaceKind.REAL) as made:
        yield made


def approved(desk: Desk, **changes: Any) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), **changes)
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def denied(desk: Desk, **changes: Any) -> Case:
    case = opened(desk, line(1), **changes)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that moving x-ray pictures help your back.", cites(case, 15))
    proof = desk.vault.prove(passphrase("osei"))
    how: dict[str, Any] = {"departure": "No national or local rule speaks of it.", "proof": proof}
    case = desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", **how).value
    sit_down(desk, "mara")
    return case


def other_words(desk: Desk) -> None:
    """The English wording as a later version of the program brings it."""
    english = desk.tables.wording
    desk.tables.__dict__["_wording"] = replace(english, data=english.data + b" ")


# the English wording ---------------------------------------------------------------------------------------------------


def test_outside_of_a_demo_no_letter_leaves_before_the_plan_has_approved_its_very_words(real: Desk) -> None:
    case = approved(real, member=replace(request().member, member_id="100200300"))
    assert finish(real.letters.preview(case.id)).may_issue
    other_words(real)
    preview = finish(real.letters.preview(case.id))
    assert ["Nobody has recorded that the plan approves this letter wording" in each for each in preview.obstacles] == [True]
    with pytest.raises(UserError, match="Nobody has recorded that the plan approves"):
        finish(real.letters.issue(case.id, case.revision))
    sit_down(real, "sol")
    kept = real.stationery.approve("en", " The compliance committee ", TODAY).value
    assert (kept.by_whom, kept.wording) == ("The compliance committee", real.tables.wording.sha256)
    sit_down(real, "mara")
    assert finish(real.letters.issue(case.id, case.revision)).value.letters


def test_in_a_demo_every_wording_may_be_used_and_its_letters_are_specimens(desk: Desk) -> None:
    case = approved(desk)
    (english,) = desk.stationery.wordings()
    assert english.approved is None
    assert finish(desk.letters.preview(case.id)).obstacles == ()


def test_who_approved_a_wording_and_who_recorded_it_is_told(real: Desk) -> None:
    (english,) = real.stationery.wordings()
    assert english.approved is not None
    told, recorded = english.approved
    assert (told.by_whom, told.on, recorded.by) == ("The compliance committee", TODAY, real.person.id)
    assert real.store.blobs.get(told.wording) == real.tables.wording.data


@pytest.mark.parametrize(
    ("by_whom", "on", "because"),
    [(" ", TODAY, "who approved"), ("The committee", TODAY + timedelta(days=1), "lies in the future")],
)
def test_an_approval_says_who_and_when(desk: Desk, by_whom: str, on: date, because: str) -> None:
    before = desk.store.ledger.last()
    with pytest.raises(UserError, match=because):
        desk.stationery.approve("en", by_whom, on)
    assert desk.store.ledger.last() == before


def test_the_text_to_be_approved_holds_every_clause_and_its_hash(desk: Desk) -> None:
    text = desk.stationery.text("en").decode()
    english = desk.tables.wording
    assert english.sha256 in text
    assert all(f"{id_}: {told.text}\n" in text for id_, told in english.clauses.items())


# other languages -------------------------------------------------------------------------------------------------------


def in_spanish(desk: Desk, **changes: str) -> None:
    before = desk.person, desk.signer
    sit_down(desk, "sol")
    desk.stationery.translate(spanish(desk, **changes), "Ines Robledo", "certified court interpreter", TODAY)
    desk.person, desk.signer = before


def spanish_member() -> Member:
    return replace(request().member, language="Spanish")


def test_a_letter_is_written_in_the_members_language_once_a_translator_has_filled_its_slots(desk: Desk) -> None:
    case = approved(desk, member=spanish_member())
    assert finish(desk.letters.preview(case.id)).content.language == "en-US"
    in_spanish(desk, title_approval="Aprobamos esta solicitud")
    content = finish(desk.letters.preview(case.id)).content
    assert (content.language, content.title) == ("es", "Aprobamos esta solicitud")
    assert content.translator.startswith("Ines Robledo, ")
    assert finish(desk.letters.preview(case.id, tongue=Tongue("en"))).content.language == "en-US"


def test_what_people_wrote_blocks_a_letter_in_another_language_until_it_is_translated_too(desk: Desk) -> None:
    case = approved(desk, member=spanish_member())
    in_spanish(desk)
    preview = finish(desk.letters.preview(case.id))
    asked = [gap.message for gap in preview.missing if gap.element == "translated_text"]
    assert f"Have this text translated: “{NO_POLICY.words}”" in asked
    assert "Have this text translated: “Therapeutic exercise”" in asked
    with pytest.raises(UserError, match="Have this text translated"):
        finish(desk.letters.issue(case.id, case.revision))
    texts = {message.removeprefix("Have this text translated: “").removesuffix("”"): f"es: {n}" for n, message in enumerate(asked)}
    done = finish(desk.letters.issue(case.id, case.revision, tongue=Tongue(None, texts))).value
    content = desk.letters.content(done.letters[0].id, case.id)
    said = " ".join(sentence.text for sentence in content.sentences())
    assert NO_POLICY.words not in said
    assert texts[NO_POLICY.words] in said


def test_a_text_made_for_an_earlier_english_writes_no_letter_and_its_slots_keep_what_still_holds(desk: Desk) -> None:
    in_spanish(desk, greeting="Estimada $name:")
    case = approved(desk, member=spanish_member())
    other_words(desk)
    assert finish(desk.letters.preview(case.id)).content.language == "en-US"
    assert [each.outdated for each in desk.stationery.wordings()] == [False, True]
    with pytest.raises(UserError, match="made for an earlier English"):
        desk.stationery.text("es")
    again = json.loads(desk.stationery.slots("es", "Spanish"))
    assert again["clauses"]["greeting"]["text"] == "Estimada $name:"
    assert again["terms"]["months"]["1"]["text"] == "es January"


def test_outside_of_a_demo_a_translation_is_approved_as_the_english_is(real: Desk) -> None:
    in_spanish(real)
    member = replace(spanish_member(), member_id="100200300")
    case = approved(real, member=member)
    assert any("approves this letter wording (es" in each for each in finish(real.letters.preview(case.id)).obstacles)
    sit_down(real, "sol")
    real.stationery.approve("es", "The compliance committee", TODAY)
    sit_down(real, "mara")
    assert finish(real.letters.preview(case.id)).obstacles == ()


def translated(desk: Desk, say: Callable[[str], str]) -> bytes:
    """The slots with what `say` makes of the English of each clause."""
    told = json.loads(spanish(desk))
    for slot in told["clauses"].values():
        slot["text"] = say(slot["english"])
    return json.dumps(told).encode()


def blanks_alone(english: str) -> str:
    return " ".join(re.findall(r"\$\w+", english)) or "."


@pytest.mark.parametrize(
    ("say", "words"),
    [
        (lambda english: english, "still says the English"),
        (lambda english: f"  {english.upper()}!", "has not the same blanks|still says the English"),
        (blanks_alone, "says hardly anything of what the English says"),
        (lambda english: f"{blanks_alone(english)} . - ,", "says hardly anything"),
    ],
)
def test_a_translation_that_says_nothing_in_its_language_is_refused(desk: Desk, say: Callable[[str], str], words: str) -> None:
    sit_down(desk, "sol")
    with pytest.raises(UserError, match=words):
        desk.stationery.translate(translated(desk, say), "Ines Robledo", "certified", TODAY)
    assert len(desk.stationery.wordings()) == 1


def test_a_language_with_few_letters_is_a_translation(desk: Desk) -> None:
    sit_down(desk, "sol")
    brief = translated(desk, lambda english: f"{blanks_alone(english)} {'字' * (len(english) // 4 + 1)}")
    desk.stationery.translate(brief, "Ines Robledo", "certified", TODAY)
    assert len(desk.stationery.wordings()) == 2


def test_every_slot_is_checked_and_what_is_wrong_is_named(desk: Desk) -> None:
    sit_down(desk, "sol")
    good = json.loads(spanish(desk))

    def refused(change: Any) -> str:
        told = json.loads(json.dumps(good))
        change(told)
        with pytest.raises(UserError) as wrong:
            desk.stationery.translate(json.dumps(told).encode(), "Ines Robledo", "certified", TODAY)
        return wrong.value.message

    assert refused(lambda t: t["clauses"]["greeting"].update(text=" ")) == "The slot greeting is empty."
    assert refused(lambda t: t["clauses"].pop("greeting")) == "The slot greeting is empty."
    assert "has not the same blanks as the English: $name" in refused(lambda t: t["clauses"]["greeting"].update(text="Hola"))
    assert "There is no clause nonsense" in refused(lambda t: t["clauses"].update(nonsense={"text": "x"}))
    assert refused(lambda t: t["terms"]["months"]["5"].update(text="")) == "The slot months 5 is empty."
    assert "says one and many with a bar" in refused(lambda t: t["terms"]["units"]["UN"].update(text="unidad"))
    assert "another English wording" in refused(lambda t: t.update(of="0" * 64))
    assert "is no code of a language" in refused(lambda t: t.update(language="en-GB"))
    assert "And " in refused(lambda t: [each.update(text="") for each in t["clauses"].values()])
    assert "clauses" not in refused(lambda t: t.update(clauses=["x"]))
    for rows in ([1], "x", 5, None, True):
        assert "is empty." in refused(lambda t, rows=rows: t.update(clauses=rows))
        assert "is empty." in refused(lambda t, rows=rows: t.update(terms=rows))
        assert "is empty." in refused(lambda t, rows=rows: t["terms"].update(months=rows))
        assert "is empty." in refused(lambda t, rows=rows: t["clauses"].update(greeting=rows))
    assert "what the language is called" in refused(lambda t: t.update(name="x" * 100_000))
    assert "what the language is called" in refused(lambda t: t.update(name="Span\nish"))
    for data in (b"", b"[]", b'{"schema": "other"}', b"\xff", b"[" * 200_000, b'{"schema":' * 50_000):
        with pytest.raises(UserError, match="holds no slots"):
            desk.stationery.translate(data, "Ines Robledo", "certified", TODAY)
    with pytest.raises(UserError, match="how the translator is qualified"):
        desk.stationery.translate(json.dumps(good).encode(), "Ines Robledo", " ", TODAY)
    assert len(desk.stationery.wordings()) == 1


# official forms --------------------------------------------------------------------------------------------------------


def medicare(desk: Desk) -> None:
    before = desk.person, desk.signer
    sit_down(desk, "ada")
    desk.accounts.save_profile(profile(MEDICARE))
    desk.person, desk.signer = before


def installed(desk: Desk, **told: Any) -> None:
    before = desk.person, desk.signer
    sit_down(desk, "ada")
    finish(desk.stationery.install(*denial_form(**told)))
    desk.person, desk.signer = before


@pytest.mark.toy(15)
def test_without_the_official_form_a_medicare_denial_gives_its_data_sheet_and_does_not_leave(desk: Desk) -> None:
    medicare(desk)
    case = denied(desk, line_of_business=MEDICARE)
    preview = finish(desk.letters.preview(case.id))
    assert preview.missing == ()
    assert [each.startswith("The official form") for each in preview.obstacles] == [True]
    said = " ".join(sentence.text for sentence in preview.content.sentences())
    assert "65 days, counted from the date of the notice" in said
    assert preview.pdf.startswith(b"%PDF")
    with pytest.raises(UserError, match="is not installed"):
        finish(desk.letters.issue(case.id, case.revision))


def test_a_form_is_not_filled_before_the_day_from_which_it_is_in_use(desk: Desk) -> None:
    installed(desk, expires=date(2030, 1, 1))
    told = desk.stationery.forms()[0].obstacle
    assert told == "The official form “Notice of Denial of Medical Coverage, CMS-10003” is in use from 01/01/2025 on only."


def test_a_filled_form_shows_the_facts_and_is_told_apart_for_ever(tmp_path: Path) -> None:
    clock = FixedClock(NOW + timedelta(days=9 * 365))
    with desk_in(tmp_path / "w", clock=clock) as desk:
        medicare(desk)
        installed(desk, expires=date(2030, 1, 1))
        case = denied(desk, line_of_business=MEDICARE)
        preview = finish(desk.letters.preview(case.id))
        assert preview.obstacles == ()
        shown = PdfReader(io.BytesIO(preview.pdf))
        assert "SPECIMEN" in shown.pages[0].extract_text()
        assert finish(desk.letters.preview(case.id)).pdf == preview.pdf
        done = finish(desk.letters.issue(case.id, case.revision)).value
        form, copy = done.letters
        fields = PdfReader(io.BytesIO(desk.letters.pdf(form.id))).get_form_text_fields()
        assert fields["Form member_name"] == "Rosalind Alvarado"
        assert "moving x-ray pictures" in (fields["Form reason"] or "")
        assert fields["Form status"] == "Denied"
        assert desk.letters.recognise(desk.letters.pdf(form.id)).standing is Standing.ISSUED
        assert desk.letters.content(form.id, case.id).form == "CMS-10003"
        assert desk.letters.content(copy.id, case.id).form == ""
        assert finish(desk.letters.preview(case.id, (1,), audience=Audience.PROVIDER)).content.form == ""


def test_a_form_is_checked_by_the_day(tmp_path: Path) -> None:
    clock = FixedClock(NOW + timedelta(days=9 * 365))
    with desk_in(tmp_path / "w", clock=clock) as desk:
        installed(desk, expires=date(2027, 1, 31))
        assert desk.stationery.forms()[0].obstacle == ""
        clock.at = clock.at + timedelta(days=365)
        assert "expired on 01/31/2027" in desk.stationery.forms()[0].obstacle
        with pytest.raises(UserError, match="expired on"):
            installed(desk, expires=date(2027, 1, 31))
        installed(desk, expires=date(2029, 1, 31), fields={"reason": "Form reason"})
        assert "has no field yet for: letter date, member name" in desk.stationery.forms()[0].obstacle


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"form": "CMS-1"}, "no official form CMS-1"),
        ({"fields": {"reason": "Nowhere"}}, "has no field “Nowhere”"),
        ({"fields": {"nonsense": "Form reason"}}, "holds no nonsense"),
    ],
)
def test_a_form_that_does_not_fit_is_refused(desk: Desk, told: dict[str, Any], because: str) -> None:
    with pytest.raises(UserError, match=because):
        installed(desk, **told)
    assert desk.stationery.forms()[0].installed is None


def test_a_form_prints_the_number_that_is_told_of_it(desk: Desk) -> None:
    form, data, name, _omb, expires, fields = denial_form()
    with pytest.raises(UserError, match="does not print the OMB number 0938-0000"):
        finish(desk.stationery.install(form, data, name, "0938-0000", expires, fields))


def test_fields_are_proposed_by_their_names(desk: Desk) -> None:
    looked = desk.stationery.look(denial_form()[1], "denial.pdf")
    assert len(looked.fields) == 6
    assert looked.proposed == ()
    with pytest.raises(UserError, match="damaged or cut off"):
        desk.stationery.look(b"%PDF-1.4", "denial.pdf")


# fonts -----------------------------------------------------------------------------------------------------------------


def test_a_language_without_a_font_keeps_its_letter_and_says_what_to_do_and_an_installed_font_draws_it(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.save_profile(replace(profile(), taglines="zh: 一丁"))
    case = denied(desk)
    with pytest.raises(UserError, match="no font is installed for Chinese"):
        finish(desk.letters.preview(case.id))
    assert [(each.language, each.installed) for each in desk.stationery.fonts()] == [("zh", None), ("ja", None), ("ko", None)]
    sit_down(desk, "ada")
    kept = finish(desk.stationery.install_font("zh", "Chinese", font_of(HAN), "squares.ttf")).value
    assert (kept.font, desk.store.blobs.get(kept.file)) == ("Squares Regular", font_of(HAN))
    sit_down(desk, "osei")
    preview = finish(desk.letters.preview(case.id))
    assert finish(desk.letters.preview(case.id)).pdf == preview.pdf
    assert kept.file[:16].encode() in preview.pdf
    done = finish(desk.letters.issue(case.id, desk.review.case(case.id).revision)).value
    events = [each.body for each in desk.store.ledger.of_case(case.id) if isinstance(each.body, LetterIssued)]
    assert [(each.audience, each.fonts) for each in events] == [("member", (kept.file,)), ("provider", ())]
    assert len(done.letters) == 2


def test_a_newer_font_of_a_language_takes_the_place_of_the_former(desk: Desk) -> None:
    sit_down(desk, "ada")
    for name in ("One", "Two"):
        finish(desk.stationery.install_font("zh", "Chinese", font_of(HAN, name=name), "f.ttf"))
    told = {each.language: each.installed[0].font for each in desk.stationery.fonts() if each.installed}
    assert told == {"zh": "Two Regular"}
    finish(desk.stationery.install_font("chr", "Cherokee", font_of(range(0x13A0, 0x13F0)), "c.ttf"))
    assert [each.name for each in desk.stationery.fonts()] == ["Cherokee", "Chinese", "Japanese", "Korean"]


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"language": "Chinese"}, "no code of a language"),
        ({"name": " "}, "called in English"),
        ({"face": 3}, "no face 4"),
        ({"data": b"no font"}, "no TrueType font"),
        ({"data": bytes(MOST_FONT_BYTES + 1)}, "larger than 40 MB"),
    ],
)
def test_a_font_that_does_not_serve_is_refused_and_nothing_is_kept(desk: Desk, told: dict[str, Any], because: str) -> None:
    sit_down(desk, "ada")
    asked = {"language": "zh", "name": "Chinese", "data": font_of(HAN), "file": "f.ttf", **told}
    with pytest.raises(UserError, match=because):
        finish(desk.stationery.install_font(**asked))
    assert not any(each.installed for each in desk.stationery.fonts())


# notices of open lines -------------------------------------------------------------------------------------------------


def test_a_notice_of_open_lines_leaves_and_gives_notice_of_no_decision(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    notice = more_time()
    preview = finish(desk.letters.preview(case.id, notice=notice))
    assert (preview.kind, preview.lines, preview.missing, preview.obstacles) == ("extension", (1,), (), ())
    done = finish(desk.letters.issue(case.id, case.revision, notice=notice)).value
    assert [each.kind for each in done.letters] == ["extension", "extension"]
    assert done.line(1).workflow == case.line(1).workflow
    assert not done.line(1).ask_noticed


def more_time(condition: Condition = Condition.BEYOND_CONTROL, why: str = "We wait for your last report.", **more: Any) -> NoticeWanted:
    return NoticeWanted(NoticeKind.EXTENSION, why, terms=ExtensionTerms(condition, why, **more))


def test_one_act_writes_the_notice_with_the_day_that_the_clock_tells_and_its_sending_extends_the_clock(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    preview = finish(desk.letters.preview(case.id, notice=more_time()))
    assert preview.what_if is not None
    before, after = (each.due_at for each in (preview.what_if.now, preview.what_if.then))
    assert case.clock is not None
    assert before == case.clock.due_at
    assert after is not None
    assert before is not None
    assert (after.astimezone(desk.zone).date() - before.astimezone(desk.zone).date()).days == 15
    told = " ".join(sentence.text for sentence in preview.content.sentences())
    assert f"{after.astimezone(desk.zone):%B} {after.astimezone(desk.zone).day}, {after.astimezone(desk.zone).year}" in told
    case = finish(desk.letters.issue(case.id, case.revision, notice=more_time())).value
    assert case.clock is not None
    assert case.clock.due_at == before
    letter = case.letters[0].id
    sent = desk.post.send(case.id, case.revision, letter, Way.MAIL, Party.MEMBER, desk.clock.now())
    assert sent.undo is not None
    assert sent.undo.event == sent.value.sendings[0].event
    taken_back = desk.determinations.undo(case.id, sent.value.revision, sent.undo.event).value
    assert (taken_back.clock, taken_back.clockwork.extension) == (case.clock, None)
    case = posted(desk, taken_back)
    assert case.clock is not None
    assert case.clock.due_at == after
    taken = case.clockwork.extension
    assert taken is not None
    assert (taken.letter, taken.notice.to_whom) == (case.letters[0].id, "Rosalind Alvarado")


def test_a_notice_names_what_is_waited_for_and_the_last_day_to_send_it(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    last = TODAY + timedelta(days=50)
    notice = more_time(why=f"We wait for the films until {last:%m/%d/%Y}.", items=("the films of August",), answer_by=last)
    preview = finish(desk.letters.preview(case.id, notice=notice))
    told = [sentence.text for sentence in preview.content.sentences()]
    assert "the films of August" in told
    assert [found.rule for found in preview.findings if found.rule in ("day", "bad_day")] == []
    assert any(sentence.element == "extension_answer_by" for sentence in preview.content.sentences())
    assert preview.what_if is not None
    assert preview.what_if.then.pause_until is not None


def test_a_notice_on_terms_that_the_rule_does_not_know_says_so_and_does_not_leave(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    early = more_time(items=("the films",), answer_by=TODAY + timedelta(days=10))
    assert any("at least 45 days" in told for told in finish(desk.letters.preview(case.id, notice=early)).obstacles)
    with pytest.raises(UserError, match="at least 45 days"):
        finish(desk.letters.issue(case.id, case.revision, notice=early))
    with pytest.raises(UserError, match="not extended on that condition"):
        finish(desk.letters.preview(case.id, notice=more_time(Condition.REQUESTED)))
    assert desk.review.case(case.id).letters == ()


def test_a_notice_of_more_time_that_came_back_takes_the_extension_away_with_a_new_reading(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    first = case.clock
    case = posted(desk, finish(desk.letters.issue(case.id, case.revision, notice=more_time())).value)
    assert case.clock != first
    sending = case.sendings[0]
    case = desk.post.record_return(case.id, case.revision, sending.event, desk.clock.now(), "moved").value
    assert case.clockwork.extension is None
    assert case.clock == first
    case = desk.determinations.undo(case.id, case.revision, desk.determinations.last_step(case.id)).value
    assert case.clockwork.extension is not None
    assert case.clock != first


def test_no_fast_answer_is_refused_in_a_letter_before_somebody_refused_it(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    with pytest.raises(UserError, match="Nobody has refused to expedite"):
        finish(desk.letters.preview(case.id, notice=NoticeWanted(NoticeKind.EXPEDITE_REFUSED, "A reason.")))


def test_a_late_notice_of_what_is_not_late_is_refused(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    with pytest.raises(UserError, match="not late yet"):
        finish(desk.letters.preview(case.id, notice=NoticeWanted(NoticeKind.LATE, "A reason.")))
