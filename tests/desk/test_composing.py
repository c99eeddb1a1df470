"""A letter on its way: nothing leaves that has no source, the sources go with it where that is asked for, and what stood behind it stays."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from builders import NO_POLICY, UNCHECKED, desk_in, line, opened, profile, sit_down
from test_desk import denied

from ur_desk.desk.composing import Composed, Composing
from ur_desk.desk.desk import Desk
from ur_desk.desk.letters import Standing
from ur_desk.desk.paper import MEMBERS_OWN, PLAIN, Manner, Mark
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.outcomes import Cause
from ur_desk.domain.letter import Audience, Block, BlockKind, LetterContent, Sentence, SentenceSource, SourceKind
from ur_desk.domain.letters.lint import Weight
from ur_desk.domain.letters.standing import Outdated
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.errors import UserError

WITH_SOURCES = Manner(sources=True)
HEADING = "Where each sentence of this letter comes from"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def approved(desk: Desk) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def words_of(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as told:
        return " ".join(" ".join(page.extract_text() for page in told.pages).split())


def written(desk: Desk, case: Case, *stray: SentenceSource) -> list[Composed]:
    """A letter and its copy as they would leave, with a sentence more where a source is given."""
    composing = Composing(desk)
    ready = composing.ready(case.id, None, {}, None, MEMBERS_OWN)
    made = []
    for audience in Audience:
        content = composing.compose(ready, audience, Mark.SPECIMEN, PLAIN).content
        more = tuple(Block(BlockKind.PARAGRAPH, ((Sentence("Nobody said this.", (source,)),),)) for source in stray)
        made.append(composing.finish(replace(content, blocks=(*content.blocks, *more)), ready, Mark.SPECIMEN, PLAIN))
    return made


NOWHERE = {
    "a clause that the wording does not hold": SentenceSource(SourceKind.WORDING, "approval.of.everything@1"),
    "lines of a text that this workspace does not hold": SentenceSource(SourceKind.POLICY, "RAD.00034", Anchor(Sha256("f" * 64), 16, 16)),
}


@pytest.mark.parametrize("source", NOWHERE.values(), ids=NOWHERE)
def test_a_letter_with_a_sentence_that_leads_nowhere_is_not_issued(desk: Desk, source: SentenceSource) -> None:
    case = denied(desk)
    made = written(desk, case, source)
    for each in made:
        assert [f.rule for f in each.findings if f.weight is Weight.STOPS] == ["unsourced"]
    last = desk.store.ledger.last()
    with pytest.raises(UserError, match=r"Nothing says where this sentence comes from.*Nothing was issued"):
        desk.letters._issue(case.id, case.revision, made, None, "", None)
    assert desk.review.case(case.id).letters == ()
    assert desk.store.ledger.last() == last


def test_the_same_letter_without_that_sentence_is_issued(desk: Desk) -> None:
    case = denied(desk)
    assert len(desk.letters._issue(case.id, case.revision, written(desk, case), None, "", None).value.letters) == 2


def test_a_letter_that_cites_a_text_that_is_gone_is_not_written(desk: Desk) -> None:
    from ur_desk.letters.content import compose

    case = denied(desk)
    ready = Composing(desk).ready(case.id, None, {}, None, MEMBERS_OWN)
    assert compose(ready.facts, ready.wording)
    with pytest.raises(UserError, match="are not in this workspace"):
        compose(replace(ready.facts, policies={}), ready.wording)


def test_the_sources_go_with_the_letter_that_is_issued_with_them_and_are_kept(desk: Desk) -> None:
    case = denied(desk)
    preview = finish(desk.letters.preview(case.id, how=WITH_SOURCES))
    plain = finish(desk.letters.preview(case.id))
    assert replace(preview.content, appendix=()) == plain.content
    assert preview.findings == plain.findings
    assert preview.missing == plain.missing
    done = finish(desk.letters.issue(case.id, case.revision, how=WITH_SOURCES)).value
    for issued in done.letters:
        told = words_of(desk.letters.pdf(issued.id))
        assert HEADING in told
        assert not any(account.id in told for account in desk.store.accounts.all())
        sources = [row[1].text for row in desk.letters.content(issued.id, case.id).appendix[-1].rows]
        assert "words of Kwame Osei; the decision on line 1, reason" in sources
    assert HEADING not in words_of(plain.pdf)


def test_the_sources_of_a_letter_that_has_left_are_a_paper_of_their_own(desk: Desk, tmp_path: Path) -> None:
    case = denied(desk)
    done = finish(desk.letters.issue(case.id, case.revision)).value
    letter, copy = done.letters
    before = desk.letters.pdf(letter.id)
    paper = finish(desk.letters.sources(copy.id, case.id))
    told = words_of(paper)
    assert f"This paper belongs to the letter {case.number}-L2" in told
    assert "policy RAD.00034," in told
    assert done.request.member.address is not None
    assert done.request.member.address.splitlines()[0] not in told
    assert finish(desk.letters.sources(copy.id, case.id)) == paper
    assert desk.letters.pdf(letter.id) == before
    assert desk.letters.recognise(paper).standing is Standing.UNKNOWN
    path = desk.letters.save_sources(copy.id, case.id, paper, tmp_path / "sources.pdf")
    assert path.read_bytes() == paper
    (left,) = desk.store.ledger.of_verbs(["access.file-left"])
    assert (left.body.what, left.body.sha256) == ("sources of a letter", hashlib.sha256(paper).hexdigest())
    with pytest.raises(UserError, match="no such letter"):
        finish(desk.letters.sources(letter.id, opened(desk).id))


def test_what_stood_behind_a_letter_is_as_it_was_when_the_letter_left(desk: Desk) -> None:
    case = approved(desk)
    draft = finish(desk.letters.preview(case.id)).behind
    assert draft.profile is not None
    assert draft.case.line(1).decision is not None
    done = finish(desk.letters.issue(case.id, case.revision)).value
    then = desk.letters.behind(done.letters[0].id, case.id)
    assert then.clauses == draft.clauses
    assert then.profile is None
    assert then.case.line(1).decision == draft.case.line(1).decision
    sit_down(desk, "ada")
    desk.accounts.save_profile(replace(profile(), phone="1-800-555-0199"))
    desk.review.add_note(case.id, "Somebody noted something.")
    again = desk.letters.behind(done.letters[0].id, case.id)
    assert again == then
    assert again.case.revision < desk.review.case(case.id).revision


def test_a_letter_whose_decision_does_not_stand_any_more_is_recognised_as_superseded(desk: Desk) -> None:
    case = denied(desk)
    done = finish(desk.letters.issue(case.id, case.revision)).value
    pdfs = [desk.letters.pdf(each.id) for each in done.letters]
    assert {desk.letters.recognise(pdf).standing for pdf in pdfs} == {Standing.ISSUED}
    sit_down(desk, "sol")
    desk.determinations.reopen(case.id, done.revision, (1,), Cause.GOOD_CAUSE, "New records came.")
    for pdf in pdfs:
        told = desk.letters.recognise(pdf)
        assert (told.standing, told.why, told.case) == (Standing.SUPERSEDED, Outdated.UNDONE, case.number)


def test_a_letter_of_a_voided_line_is_recognised_as_superseded(desk: Desk) -> None:
    case = approved(desk)
    done = finish(desk.letters.issue(case.id, case.revision)).value
    pdf = desk.letters.pdf(done.letters[0].id)
    sit_down(desk, "sol")
    desk.determinations.void(case.id, done.revision, (1,), "Entered for the wrong member.")
    assert desk.letters.recognise(pdf).why is Outdated.UNDONE


def test_a_row_without_a_step_of_the_trail_issues_nothing(desk: Desk) -> None:
    case = approved(desk)
    issued = finish(desk.letters.issue(case.id, case.revision)).value.letters[0]
    pdf = desk.letters.pdf(issued.id)
    forged = pdf + b"%forged"
    with desk.store.atomic():
        name = desk.store.blobs.keep(forged)
        desk.store._door.execute("UPDATE letters SET pdf = ? WHERE id = ?", [name, issued.id])
    assert desk.letters.recognise(forged).standing is Standing.UNKNOWN
    assert desk.letters.pdf(issued.id) == pdf


def test_every_source_of_a_letter_leads_to_what_stands_behind_it(desk: Desk) -> None:
    case = denied(desk)
    for audience in Audience:
        preview = finish(desk.letters.preview(case.id, audience=audience))
        assert not unreached(preview.content, preview.behind.clauses)
        assert all(s.anchor.text in preview.behind.policies for each in preview.content.sentences() for s in each.sources if s.anchor)


def unreached(content: LetterContent, clauses: object) -> list[str]:
    refs = [s.ref for each in content.sentences() for s in each.sources if s.kind is SourceKind.WORDING]
    return [ref for ref in refs if ref not in clauses]  # type: ignore[operator]
