"""Work never touches the store: every long verb of the desk runs with its work on another thread than the store's connection."""

import inspect
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_origin

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, denial_form, desk_in, line, opened, request, sit_down, unclear
from fonts_made import HAN, font_of
from record_makers import PAGES, record
from test_impact import NEW, arrive, begin, denied
from test_reentry import RIGHT
from test_versions import POLICY, document

from ur_desk.desk.appeals import Filed
from ur_desk.desk.batch import Batch
from ur_desk.desk.brought import Item
from ur_desk.desk.choosing import Chosen
from ur_desk.desk.desk import Desk
from ur_desk.desk.post import Posted
from ur_desk.desk.steps import Lane, Step, Steps, at_work, finish, on_lane, work
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import basis_of
from ur_desk.domain.events import Following
from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.request import Urgency
from ur_desk.records.canonical import canonical_bytes
from ur_desk.records.request import request_data


def on_threads(steps: Steps[Any], pool: ThreadPoolExecutor) -> Any:
    """Runs a verb as the window does: work, and the verb's own lines after it, on a thread of its own; all else here."""

    def there(lane: Lane, run: Callable[[], Any]) -> Any:
        return pool.submit(on_lane, lane, run).result() if lane is Lane.WORK else on_lane(lane, run)

    lane, resume = Lane.WORK, partial(next, steps)
    while True:
        try:
            step: Step = there(lane, resume)
        except StopIteration as end:
            return end.value
        except RuntimeError as wrong:  # a StopIteration does not leave a future as itself
            if isinstance(wrong.__cause__, StopIteration):
                return wrong.__cause__.value
            raise
        lane = step.lane
        resume = partial(steps.send, there(lane, step.run))


def _impact(desk: Desk) -> Steps[Any]:
    begin(desk)
    denied(desk)
    arrive(desk, ("used to find", "used to seek"))
    sit_down(desk, "sol")
    return desk.impact.of(POLICY)


def _comparing(desk: Desk) -> Steps[Any]:
    begin(desk)
    arrive(desk, ("used to find", "used to seek"))
    return desk.versions.comparing(desk.library.one(POLICY).policy.text.sha256)


def _arrived(desk: Desk) -> Steps[Any]:
    begin(desk)
    arrive(desk, (NEW, "Current Effective Date: 09/27/2017"), ("used to find", "used to seek"))
    return desk.versions.arrived([card.text for card in desk.library.cards() if not card.abstract])


def _beyond(desk: Desk) -> Steps[Any]:
    begin(desk)
    return desk.versions.beyond(desk.library.one(POLICY).policy.text.sha256)


def _verify(desk: Desk) -> Steps[Any]:
    begin(desk)
    return desk.readings.verify(POLICY)


def _letter(desk: Desk) -> Case:
    """A case that waits for its notice."""
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def _complete(desk: Desk) -> Steps[Any]:
    case = opened(desk)
    return desk.intake.complete(case.id, case.revision, replace(case.request, reference="R-1"), "the office", "call")


def _amend(desk: Desk) -> Steps[Any]:
    case = opened(desk)
    return desk.determinations.amend(case.id, case.revision, line(1, "72100"), None, "the office", NOW, "by fax")


def _preview(desk: Desk) -> Steps[Any]:
    return desk.letters.preview(_letter(desk).id)


def _issue(desk: Desk) -> Steps[Any]:
    case = _letter(desk)
    return desk.letters.issue(case.id, case.revision)


def _issued(desk: Desk) -> Case:
    """A case whose notice is written and not sent."""
    return finish(_issue(desk)).value


def _sources(desk: Desk) -> Steps[Any]:
    case = _issued(desk)
    return desk.letters.sources(case.letters[0].id, case.id)


def _appeal(desk: Desk) -> Steps[Any]:
    begin(desk)
    case = denied(desk)
    sit_down(desk, "mara")
    return desk.appeals.open(case.id, desk.review.case(case.id).revision, Filed(Following.APPEAL, (1,), Asker.MEMBER, "R. Alvarado", NOW))


def _batch(desk: Desk) -> Steps[Any]:
    _letter(desk)
    return desk.batches.issue(finish(desk.batches.waiting(CaseFilter())), Batch(1))


def _waiting(desk: Desk) -> Steps[Any]:
    _letter(desk)
    return desk.batches.waiting(CaseFilter())


def _cover(desk: Desk) -> Steps[Any]:
    case = _issued(desk)
    return desk.post.cover(case.id, case.letters[0].id, "Priya Natarajan", "1-317-555-0188")


def _send_many(desk: Desk) -> Steps[Any]:
    _issued(desk)
    to_members = [each for each in desk.post.owed() if each.party is Party.MEMBER]
    return desk.post.send_many(to_members, Way.MAIL, desk.clock.now(), Posted(len(to_members)))


def _enter_anew(desk: Desk) -> Steps[Any]:
    case = opened(desk)
    sit_down(desk, "sol")
    return desk.reentry.enter_anew(case.id, case.revision, RIGHT, "The card on the fax shows another id.")


def _install(desk: Desk) -> Steps[Any]:
    sit_down(desk, "ada")
    return desk.stationery.install(*denial_form())


def _install_font(desk: Desk) -> Steps[Any]:
    sit_down(desk, "ada")
    return desk.stationery.install_font("zh", "Chinese", font_of(HAN), "f.ttf")


def _rematch(desk: Desk) -> Steps[Any]:
    case = opened(desk, line())
    return desk.review.rematch(case.id, case.revision)


def _file(desk: Desk, name: str, data: bytes) -> Path:
    path = desk.folder.parent / name
    path.write_bytes(data)
    return path


def _requests(desk: Desk) -> Path:
    return _file(desk, "requests.json", canonical_bytes(request_data(request(reference="R-1"))))


def _look(desk: Desk) -> Steps[Any]:
    run, files = desk.arrivals.begin([_requests(desk)])
    return desk.arrivals.look(run, files)


def _arrived_item(desk: Desk) -> Item:
    (item,) = finish(_look(desk)).value.items
    return item


def _read_anew(desk: Desk) -> Steps[Any]:
    return desk.arrivals.read_anew(_arrived_item(desk).file)


def _paper(desk: Desk) -> Steps[Any]:
    run, files = desk.arrivals.begin([_file(desk, "fax.pdf", PAGES)])
    (file,) = finish(desk.arrivals.look(run, files)).value.files
    return desk.paper.draft(file)


def _follow(desk: Desk) -> Steps[Any]:
    begin(desk)
    case = denied(desk)
    sit_down(desk, "mara")
    item = _arrived_item(desk)
    later = replace(item, request=replace(item.request, received_at=NOW))
    return desk.choosing.follow(later, case.id, Following.APPEAL)


def _change(desk: Desk) -> Steps[Any]:
    case = opened(desk)
    before = basis_of(case.request, case.clockwork.particulars)
    return desk.clocks.change(case.id, case.revision, replace(before, urgency=Urgency.EXPEDITED), "Pain grew.", "Dr. Lee", physician=True)


def _pended(desk: Desk) -> Case:
    case = opened(desk, unclear())
    return desk.determinations.ask_for_information(case.id, case.revision, (1,), ["the order"], "It says which.", "the office").value


def _received(desk: Desk) -> Steps[Any]:
    case = _pended(desk)
    return desk.determinations.information_received(case.id, case.revision, (1,), "the order", NOW)


def _find(desk: Desk) -> Steps[Any]:
    case = opened(desk)
    desk.records.attach(case.id, record(), PAGES)
    return desk.records.find(case.id, "motion")


CALLS: dict[str, Callable[[Desk], Steps[Any]]] = {
    "arrivals.look": _look,
    "arrivals.read_anew": _read_anew,
    "arrivals.sort": lambda desk: desk.arrivals.sort([_requests(desk)]),
    "choosing.open": lambda desk: desk.choosing.open(_arrived_item(desk)),
    "choosing.carry_out": lambda desk: desk.choosing.carry_out(_arrived_item(desk), Chosen(Choice.NEW)),
    "choosing.leave_out": lambda desk: desk.choosing.leave_out(_arrived_item(desk), "Another plan."),
    "choosing.follow": _follow,
    "clocks.change": _change,
    "clocks.reading": lambda desk: desk.clocks.reading(request()),
    "paper.draft": _paper,
    "records.bring": lambda desk: desk.records.bring(_file(desk, "fax.pdf", PAGES)),
    "records.find": _find,
    "records.take_in": lambda desk: desk.records.take_in(_pended(desk).id, record(), PAGES),
    "review.on_arrival": lambda desk: desk.review.on_arrival(_pended(desk).id),
    "determinations.information_received": _received,
    "impact.of": _impact,
    "versions.comparing": _comparing,
    "versions.arrived": _arrived,
    "versions.beyond": _beyond,
    "readings.verify": _verify,
    "library.load": lambda desk: desk.library.load(document(desk), "own.txt"),
    "intake.open": lambda desk: desk.intake.open(request()),
    "intake.complete": _complete,
    "review.match": lambda desk: desk.review.match(request()),
    "review.rematch": _rematch,
    "determinations.amend": _amend,
    "letters.preview": _preview,
    "letters.issue": _issue,
    "appeals.open": _appeal,
    "letters.sources": _sources,
    "batches.issue": _batch,
    "batches.waiting": _waiting,
    "post.cover": _cover,
    "post.return_sheet": lambda desk: desk.post.return_sheet(opened(desk).id),
    "post.send_many": _send_many,
    "reentry.enter_anew": _enter_anew,
    "stationery.install": _install,
    "stationery.install_font": _install_font,
}
"""How each long verb is called; `library.documents` gives the steps of an import and stands in a test of its own."""

WITHOUT_WORK = {"batches.waiting", "post.send_many"}
"""Long verbs that only read or write, one page or one letter a step, so that screens stay alive between them."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def test_every_long_verb_of_the_desk_is_tried_here(desk: Desk) -> None:
    nouns = {name: noun for name, noun in vars(desk).items() if type(noun).__module__.startswith("ur_desk.desk.")}
    found = {
        f"{name}.{verb}"
        for name, noun in nouns.items()
        for verb, run in inspect.getmembers(type(noun), inspect.isfunction)
        if not verb.startswith("_") and get_origin(inspect.signature(run).return_annotation) is Generator
    }
    assert found == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_the_work_of_a_long_verb_runs_beside_the_thread_of_the_store(desk: Desk, pool: ThreadPoolExecutor, name: str) -> None:
    lanes: list[Lane] = []

    def heard(steps: Steps[Any]) -> Steps[Any]:
        answer: Any = None
        while True:
            try:
                step = steps.send(answer)
            except StopIteration as end:
                return end.value
            lanes.append(step.lane)
            answer = yield step

    assert on_threads(heard(CALLS[name](desk)), pool) is not None
    assert (Lane.WORK in lanes) is (name not in WITHOUT_WORK)
    assert lanes


def test_a_folder_is_read_in_beside_the_thread_of_the_store(desk: Desk, pool: ThreadPoolExecutor, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_bytes(document(desk, words=f"used to seek {number}"))
    told, start = desk.library.documents([tmp_path / "0.txt", tmp_path / "1.txt"])
    on_threads(start(), pool)
    assert (told.new, told.refused) == (2, [])


def test_the_store_is_refused_to_work_also_where_all_runs_in_place(desk: Desk) -> None:
    assert not at_work()
    with pytest.raises(RuntimeError, match="a step of work"):
        finish(work(lambda: desk.zone))
    assert not at_work()
    assert str(desk.zone)
