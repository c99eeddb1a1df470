"""Hostile text through every way in, to every way out: kept as it came or refused in plain words, and it never steers or deceives."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
from builders import NO_POLICY, NOW, TABLES, UNCHECKED, desk_in, line, opened, profile, request, sit_down
from hostile_texts import ANY, STEERS, TEXTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ur_desk.cli.output import typed
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.audit import GENESIS, Head
from ur_desk.domain.drafts import draft_of
from ur_desk.domain.events import ContactLogged, ContactWay, CoverageItem, Restriction
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import Credential, Role
from ur_desk.domain.telling import tell
from ur_desk.domain.visible import defused
from ur_desk.errors import UserError
from ur_desk.importers import extract
from ur_desk.records.request import request_data

TIMES = int(os.environ.get("UR_DESK_FUZZ", "1"))
"""How many times as much is tried as in the suite."""
TRIED: Counter[str] = Counter()
often = settings(
    max_examples=60 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class TakenBackError(Exception):
    """Takes back what one example did."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("hostile") / "w") as made:
        opened(made, line(1), line(2, "97110", "Therapeutic exercise"))
        yield made
        print(dict(TRIED))


def tried(desk: Desk, who: str, what: Callable[[], object], after: Callable[[], object] = lambda: None) -> None:
    """Does something and looks at the whole workspace; or it is refused in plain words. All is taken back; any other error passes."""
    sit_down(desk, who)
    TRIED["inputs"] += 1
    refused: UserError | None = None
    try:
        with desk.store.atomic():
            what()
            after()
            assert desk.supervision.verification().breaks == ()
            raise TakenBackError
    except TakenBackError:
        return
    except UserError as wrong:
        refused = wrong
    finally:
        desk.vault.tidy()  # what was taken back has left its key in the file
    TRIED["refused"] += 1
    assert refused.message
    assert refused.hint
    assert not STEERS & set(typed(str(refused)))


def looked_at(desk: Desk) -> None:
    """Every way out that shows a case: lists, the case itself, its timeline in words."""
    for case in desk.store.cases.ids():
        desk.review.on_desk(case)
        for step in desk.supervision.timeline(case):
            assert not STEERS & set(typed(tell(step.event.body)))
    desk.supervision.cases(CaseFilter(), None, 50)


def put(told: dict[str, Any], way: str, text: str) -> None:
    *steps, last = way.split(".")
    place: Any = told
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[last] = text


FIELDS = (
    "member.family", "member.given", "member.address", "services.0.description", "diagnoses.0.raw", "clinical_notes", "reference",
    "coverage.plan", "coverage.group", "requesting_provider.name", "requesting_provider.address", "servicing_provider.name",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@settings(often, max_examples=10 * TIMES)
@given(text=st.one_of(ANY, st.sampled_from(TEXTS)))
def test_a_request_file_comes_through_whole_or_is_told(desk: Desk, field: str, text: str) -> None:
    told = request_data(request(line(1, "97110", "Therapeutic exercise")))
    put(told, field, text)
    data = json.dumps([told]).encode()
    extracted = extract(data, f"{text}.json", TABLES.codeset, NOW)
    for problem in extracted.problems:
        assert not STEERS & set(typed(problem.message))
    for each in extracted.requests:
        tried(desk, "mara", lambda each=each: letter_for(desk, each, data), lambda: looked_at(desk))  # type: ignore[misc]


def letter_for(desk: Desk, each: Any, data: bytes) -> None:
    case = finish(desk.intake.open(each, data)).value
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    preview = finish(desk.letters.preview(case.id))
    assert preview.pdf.startswith(b"%PDF")
    TRIED["letters"] += 1


@often
@given(st.dictionaries(st.one_of(ANY, st.sampled_from(["member", "services", "schema", "diagnoses"])), st.recursive(ANY, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ANY, inner, max_size=3)), max_leaves=6), max_size=6), ANY)  # fmt: skip
def test_any_json_is_read_or_told(told: dict[str, Any], name: str) -> None:
    TRIED["inputs"] += 1
    extracted = extract(json.dumps([told]).encode(), name, TABLES.codeset, NOW)
    assert extracted.requests or extracted.problems
    for problem in extracted.problems:
        assert not STEERS & set(typed(problem.where + problem.message))


@often
@given(st.binary(max_size=400), ANY)
def test_any_bytes_are_read_or_told(data: bytes, name: str) -> None:
    TRIED["inputs"] += 1
    extracted = extract(data, name, TABLES.codeset, NOW)
    assert extracted.problems or not data.strip()


WAYS: dict[str, tuple[str, Callable[[Desk, Any, str], object]]] = {
    "a note": ("mara", lambda d, c, t: d.review.add_note(c.id, t)),
    "a contact": ("mara", lambda d, c, t: d.review.log_contact(c.id, ContactLogged(ContactWay.CALL, t, t, t, NOW))),
    "a coverage check": ("mara", lambda d, c, t: d.review.check_coverage(c.id, c.revision, CoverageItem.BENEFIT, t, t, date(2017, 10, 6))),
    "a summary": ("mara", lambda d, c, t: d.determinations.refer(c.id, c.revision, (1,), t, t)),
    "a question": ("mara", lambda d, c, t: d.determinations.ask_for_information(c.id, c.revision, (2,), [t], t, t)),
    "a withdrawal": ("mara", lambda d, c, t: d.determinations.withdraw(c.id, c.revision, (1,), t, NOW, t)),
    "words for the member": ("mara", lambda d, c, t: d.determinations.approve(c.id, c.revision, (2,), replace(NO_POLICY, words=t), unchecked=UNCHECKED)),
    "a draft": ("mara", lambda d, c, t: d.intake.keep_draft("d", replace(draft_of(c.request), clinical_notes=t))),
    "a draft's name": ("mara", lambda d, c, t: d.intake.keep_draft(t, draft_of(c.request))),
    "a policy's file name": ("mara", lambda d, c, t: finish(d.library.load((d.tables.folder / "policies" / "RAD.00034.abstract.txt").read_bytes() + b"\n", t))),
    "an account": ("ada", lambda d, c, t: d.accounts.add(t, t, frozenset({Role.AUDITOR}))),
    "a credential": ("ada", lambda d, c, t: d.accounts.enter_credential("sol", Credential(t, t))),
    "where a licence was looked up": ("sol", lambda d, c, t: d.accounts.confirm_credential("mara", t, date(2017, 10, 6))),
    "the plan's words": ("ada", lambda d, c, t: d.accounts.save_profile(replace(profile(), plan_name=t, appeal_address=t, internal_appeal_text=t))),
    "a hold": ("sol", lambda d, c, t: d.retention.hold(c.id, t)),
    "a restriction": ("sol", lambda d, c, t: d.fence.restrict(c.id, Restriction.EMPLOYEE, t, ["mara", "sol"])),
    "where a policy still stands": ("mara", lambda d, c, t: d.library.record_still_current("RAD.00034", t, date(2017, 10, 6))),
    "a search": ("mara", lambda d, c, t: d.supervision.cases(CaseFilter(text=t, code=t), None, 10)),
    "a passphrase": ("mara", lambda d, c, t: d.vault.prove(t)),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@settings(often, max_examples=15 * TIMES)
@given(text=st.one_of(ANY, st.sampled_from(TEXTS)))
def test_every_verb_takes_it_or_refuses_it_in_plain_words(desk: Desk, way: str, text: str) -> None:
    who, use = WAYS[way]
    if way == "a passphrase":
        (desk.folder / "attempts.json").unlink(missing_ok=True)  # a wrong one slows the next
    case = desk.review.case(desk.store.cases.ids()[0])
    before = set(desk.folder.parent.iterdir())
    tried(desk, who, lambda: use(desk, case, text), lambda: looked_at_by_nurse(desk, way))
    assert set(desk.folder.parent.iterdir()) == before


def looked_at_by_nurse(desk: Desk, way: str) -> None:
    if way not in ("an account", "a credential", "the plan's words"):
        looked_at(desk)


@often
@given(st.lists(ANY, min_size=1, max_size=6), st.integers(0, 100))
def test_any_policy_text_is_loaded_or_refused(desk: Desk, lines: list[str], place: int) -> None:
    rows = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8").splitlines()
    rows[place : place + 2] = lines
    data = "\n".join(rows).encode("utf-8", "surrogatepass")
    tried(desk, "mara", lambda: finish(desk.library.load(data, "policy.txt")))


@pytest.mark.parametrize("markup", [text for text in TEXTS if "<" in text or "&" in text])
def test_markup_in_a_letter_is_letters(desk: Desk, markup: str) -> None:
    sit_down(desk, "mara")
    with suppress(TakenBackError), desk.store.atomic():
        told = request(line(1, "97110", f"Exercise {markup}"), member=replace(request().member, given=f"Ada {markup}"))
        case = finish(desk.intake.open(told)).value
        case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
        pdf = pypdf.PdfReader(io.BytesIO(finish(desk.letters.preview(case.id)).pdf))
        text = "".join("".join(page.extract_text() for page in pdf.pages).split())
        assert "".join(markup.split()) in text
        assert not [page for page in pdf.pages if page.get("/Annots")]
        raise TakenBackError


@pytest.mark.parametrize("text", [*TEXTS, " =1", "\u3000=1"])
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    from ur_desk.ui.pages.audit.trail import as_csv

    told = defused(text)
    assert told in (text, f"'{text}")
    head = Head(
        id=text, number=1, at=NOW, boot=text, monotonic=-1, person=text, verb=text, case=text, body=GENESIS, previous=GENESIS,
        previous_in_case=GENESIS,
    )  # fmt: skip
    if "\ud800" <= max(text, default="") <= "\udfff":
        return
    rows = list(csv.DictReader(io.StringIO(as_csv([(head, GENESIS)]).decode(), newline="")))
    assert len(rows) == 1
    for name in ("id", "boot", "person", "verb", "case"):
        assert rows[0][name].lstrip()[:1] not in ("=", "+", "-", "@", "＝")
    assert rows[0]["monotonic"] == "-1"
