"""One journey through the real window for each outcome: import, match, decide, sign, letter, audit."""

import io
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
from builders import line, passphrase
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ur_desk.domain.audit import Verification
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import CaseId
from ur_desk.errors import UserError
from ur_desk.ui.hands import Hands
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.panels.amend_entry import ChangeEntry
from ur_desk.ui.widgets.panels.verbs import Verb

Write = Callable[..., Path]
SAVED = "access.file-left"
ISSUED = ("letter.issue", "letter.issue")
"""The member's letter and the provider's copy leave by one verb."""
ANSWERED = ("lines.received", "lines.received")
"""What came, and what the library as it stands on that day says of the case, are kept by one verb."""
EXERCISE = line(2, "97110", "Therapeutic exercise")
MEMBER_WORDS = "The study makes moving pictures of your spine. Research has not shown that they lead to better care."
THAT_MORNING = "10/09/2017 09:00"
OWN = "No listhesis on standing films; the literature is thin."


def asked(hands: Hands, call: Callable[[Any], Any]) -> Any:
    found: list[Any] = []
    assert hands.window.session is not None
    hands.window.session.read(call, hands.window, found.append)
    hands.rest()
    return found[0]


def case_now(hands: Hands, case: CaseId) -> Case:
    now: Case = asked(hands, lambda desk: desk.review.case(case))
    return now


def opened(hands: Hands, file: Path) -> CaseId:
    hands.drop(file)
    return hands.open_request()


def referred(hands: Hands, file: Path) -> CaseId:
    case = opened(hands, file)
    hands.do(Verb.REFER, (1,), {"summary": "Five months of back pain.", "question": "Anything for an exception?"})
    hands.sit("osei")
    hands.open_case(case)
    return case


def noticed(hands: Hands, case: CaseId, folder: Path) -> str:
    """The nurse issues the letter; its text."""
    hands.sit("mara")
    hands.open_case(case)
    hands.letter()
    file = hands.save_letter(hands.issue(), folder / "letter.pdf")
    told = asked(hands, lambda desk: desk.letters.recognise(file.read_bytes()))
    assert told.standing.value == "issued"
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)


def audited(hands: Hands, case: CaseId, *verbs: str) -> None:
    """The supervisor finds the case, its steps are these, and the trail holds."""
    hands.sit("sol")
    hands.go(PageName.AUDIT, case)
    hands.audit.case.show_view("timeline")
    hands.rest()
    steps = asked(hands, lambda desk: desk.supervision.timeline(case))
    assert hands.audit.case.timeline.model().rowCount() == len(steps)
    told = [step.head.verb for step in steps if step.head.verb not in ("case.open", "record.open")]
    assert told == list(verbs)
    found: list[Verification] = []
    hands.audit.trail.checked.connect(lambda verification, _when: found.append(verification))
    hands.audit.verify_trail()
    hands.rest()
    assert [v.holds for v in found] == [True]


def test_approved(hands: Hands, request_file: Write, tmp_path: Path) -> None:
    case = opened(hands, request_file(line(1, "97110", "Therapeutic exercise")))
    hands.do(Verb.APPROVE, (1,), {"unchecked": "yes"}, no_policy=True)
    assert case_now(hands, case).determination is Determination.APPROVED
    text = noticed(hands, case, tmp_path)
    assert "Therapeutic exercise" in text
    assert "approved" in text.lower()
    audited(hands, case, "lines.approve", *ISSUED, SAVED)


def test_denied(hands: Hands, request_file: Write, tmp_path: Path) -> None:
    case = referred(hands, request_file(line(1), EXERCISE))
    hands.do(Verb.DENY, (1,), {"rationale": OWN, "words": MEMBER_WORDS, "sign": passphrase("osei"), "attest": "yes"}, cite=hands.position())
    now = case_now(hands, case)
    assert now.line(1).determination is Determination.DENIED
    assert now.line(2).workflow is Workflow.REVIEW
    text = noticed(hands, case, tmp_path)
    medical = (OWN.split(";")[0], "RAD.00034", "Kwame Osei")
    for wanted in ("moving pictures", "180 days", "SPECIMEN"):
        assert wanted in " ".join(text.split()), wanted
    now = case_now(hands, case)
    (copy,) = now.copies_of(now.letters[0].id)
    content = asked(hands, lambda desk: desk.letters.content(copy.id, now.id))
    told = " ".join(sentence.text for sentence in content.sentences())
    for word in medical:
        assert word in told, word
        assert word not in text, word
    assert "Five months of back pain" not in text + told
    audited(hands, case, "lines.refer", "lines.decide", *ISSUED, SAVED)


@pytest.mark.parametrize(("verb", "kind"), [(Verb.PARTIAL, Determination.PARTIAL), (Verb.MODIFY, Determination.MODIFIED)])
def test_approved_in_part_or_modified(hands: Hands, request_file: Write, tmp_path: Path, verb: Verb, kind: Determination) -> None:
    case = referred(hands, request_file(replace(line(1), quantity=Decimal(4))))
    panel = hands.begin(verb, (1,))
    typed = {
        "rationale": OWN,
        "words": "One study is enough for now.",
        "sign": passphrase("osei"),
        "attest": "yes",
        "granted": "quantity=1",
    }
    hands.fill(panel, typed, cite=hands.position())
    hands.commit()
    assert case_now(hands, case).determination is kind
    text = noticed(hands, case, tmp_path)
    assert "appeal" in text.lower()
    audited(hands, case, "lines.refer", "lines.decide", *ISSUED, SAVED)


def test_a_physicians_exception(hands: Hands, request_file: Write, tmp_path: Path) -> None:
    case = referred(hands, request_file(line(1)))
    with pytest.raises(UserError, match="say why you make an exception") as refused:
        hands.do(Verb.APPROVE, (1,), {"words": "We make an exception.", "unchecked": "yes"}, cite=hands.position())
    assert "Attest it for this decision" in refused.value.message
    typed = {"rationale": "An earlier approval is honored.", "attest": "yes", "sign": passphrase("osei")}
    hands.fill(hands.review.panels.panel, typed)  # type: ignore[arg-type]
    hands.commit()
    now = case_now(hands, case)
    assert now.determination is Determination.APPROVED
    decision = now.line(1).decision
    assert decision is not None
    assert (decision.signature.reauthenticated, bool(decision.signature.no_conflict)) == (True, True)
    noticed(hands, case, tmp_path)
    audited(hands, case, "lines.refer", "lines.approve", *ISSUED, SAVED)


def test_pended_answered_and_approved(hands: Hands, request_file: Write, tmp_path: Path) -> None:
    case = opened(hands, request_file(line(1, "76496", "Fluoroscopic procedure")))
    typed = {"items": "The order", "why": "It names the service.", "asked_of": "Dr. Natarajan's office", "answer_by": "10/20/2017"}
    hands.do(Verb.ASK, (1,), typed)
    assert case_now(hands, case).workflow is Workflow.PENDED
    assert "The order" in noticed(hands, case, tmp_path)
    hands.open_case(case)
    hands.do(Verb.RECEIVED, (1,), {"what": "The order: a study of the stomach.", "received_at": THAT_MORNING})
    assert case_now(hands, case).line(1).returned_from_pend
    typed = {"unchecked": "yes", "clarification": "The order names the stomach; the policy speaks of the spine."}
    hands.do(Verb.APPROVE, (1,), typed, no_policy=True)
    noticed(hands, case, tmp_path)
    audited(hands, case, "lines.ask", *ISSUED, SAVED, *ANSWERED, "lines.approve", *ISSUED, SAVED)


def test_sent_back_and_withdrawn(hands: Hands, request_file: Write) -> None:
    case = referred(hands, request_file(line(1)))
    hands.do(Verb.SEND_BACK, (1,), {"question": "Which view was asked for?"})
    assert case_now(hands, case).workflow is Workflow.RETURNED
    hands.sit("mara")
    hands.open_case(case)
    hands.do(Verb.WITHDRAW, (1,), {"asked_by": "Dr. Natarajan", "how": "by telephone", "asked_at": THAT_MORNING})
    assert case_now(hands, case).determination is Determination.WITHDRAWN
    audited(hands, case, "lines.refer", "lines.send-back", "lines.withdraw")


def test_amended_as_agreed_and_matched_again(hands: Hands, request_file: Write) -> None:
    case = opened(hands, request_file(line(1)))
    panel = hands.begin(Verb.AMEND, (1,))
    change = panel.entry("change")
    assert isinstance(change, ChangeEntry)
    change.field("code").retype("72100")
    change.field("description").retype("Lumbar spine films, two views")
    hands.fill(panel, {"agreed_by": "the office", "how": "by telephone", "agreed_at": THAT_MORNING})
    hands.commit()
    now = case_now(hands, case)
    assert now.line(1).service.code == "72100"
    assert now.request.service(1).code == "76120"
    assert now.matched is not None
    assert now.matched.against == ()


def test_the_nurse_finds_no_way_to_approve_against_the_position(hands: Hands, request_file: Write) -> None:
    opened(hands, request_file(line(1)))
    with pytest.raises(UserError, match="physician"):
        hands.begin(Verb.APPROVE, (1,))
    assert {Verb.DENY, Verb.PARTIAL, Verb.MODIFY}.isdisjoint(row.verb for row in hands.review.bar.offers.rows)


def test_the_physician_finds_nothing_prefilled(hands: Hands, request_file: Write) -> None:
    referred(hands, request_file(line(1)))
    for verb in (Verb.DENY, Verb.PARTIAL, Verb.MODIFY, Verb.APPROVE):
        typed = hands.begin(verb, (1,)).typed()
        assert not any(value for value in typed.values() if isinstance(value, str)), typed
        hands.review.panels.close_panel()
        hands.rest()


def test_undo_by_key_takes_the_last_step_back(hands: Hands, request_file: Write) -> None:
    case = opened(hands, request_file(line(1, "97110", "Therapeutic exercise")))
    hands.do(Verb.APPROVE, (1,), {"unchecked": "yes"}, no_policy=True)
    assert case_now(hands, case).determination is Determination.APPROVED
    hands.window.commands.undo.trigger()
    hands.rest()
    assert case_now(hands, case).line(1).workflow is Workflow.REVIEW


def test_the_whole_job_by_keyboard(hands: Hands, request_file: Write, qtbot: Any) -> None:
    """From the worklist: search, open, go through the hits, open the suggested step, type, commit."""
    case = opened(hands, request_file(line(1)))
    window = hands.window
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert window.places.now is not None
    assert window.places.now.page is PageName.WORKLIST
    hands.go(PageName.REVIEW, case)
    QTest.keyClick(window, Qt.Key.Key_F7)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    panel = hands.review.panels.panel
    assert panel is not None
    assert panel.verb is Verb.REFER
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Five months of back pain.")
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert case_now(hands, case).workflow is Workflow.WITH_PHYSICIAN


def test_the_demo_plays_itself_headless(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ur_desk", "demo", "--headless", str(out)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((out / "journey.json").read_text(encoding="utf-8"))
    assert told["done"] is True
    assert len(done.stderr.splitlines()) + len(done.stdout.splitlines()) == len(told["steps"])
    assert {name for step in told["steps"] for name in step["pictures"]} == {p.name for p in out.glob("*.png")}
    letters = {name for step in told["steps"] for name in step["letters"]}
    assert letters == {p.name for p in out.glob("*.pdf")}
    assert len(letters) == 4
    assert "Merriweather" not in (out / "journey.json").read_text(encoding="utf-8") + done.stdout + done.stderr
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_a_demo_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    own = {**os.environ, "TMPDIR": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    program = subprocess.Popen([sys.executable, "-m", "ur_desk", "demo"], env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    log = tmp_path / "data" / "ur_desk" / "ur-desk.log"
    until = time.monotonic() + 60
    while not log.is_file() and time.monotonic() < until:
        select.select([], [], [], 0.05)
    assert list(tmp_path.glob("ur-desk-demo-*"))
    program.send_signal(signal.SIGTERM)
    _, said = program.communicate(timeout=60)
    assert program.returncode == 0, said
    assert not list(tmp_path.glob("ur-desk-demo-*"))
