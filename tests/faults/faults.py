"""Kills every writing verb at every boundary, or at so many spread over all, and says what came of it."""

import os
import random
import signal
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from kills import copied, run
from steps import STEPS, Base, Step, begun, prepared

from ur_desk.desk.desk import Desk
from ur_desk.domain.guard.access import PREFIX
from ur_desk.errors import UserError

INSTANTS = 12
"""How often each verb is ended at an instant that nobody chose, besides."""
PHI = (b"Alvarado", b"Rosalind", b"DEMO-004417", b"12 Linden Court", "Alvarado".encode("utf-16-le"))


@dataclass
class Score:
    """What came of all kills."""

    kills: Counter[str] = field(default_factory=Counter)
    searched: int = 0
    child: float = 0.0
    check: float = 0.0
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Target:
    """A verb with all that is known of it before it is killed."""

    step: Step
    base: Base
    boundaries: int
    seconds: float
    good: tuple[Any, ...]


def state(desk: Desk) -> Any:
    """What is there, but for ids and salts: verbs in order, drafts, files, letters, keys."""
    rows = desk.store._door.execute
    verbs = [verb for (verb,) in rows("SELECT verb FROM events ORDER BY number").fetchall() if not verb.startswith(PREFIX)]
    drafts = [bytes(data) for (data,) in rows("SELECT data FROM drafts ORDER BY id").fetchall()]
    counts = [
        rows(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("blobs", "letters", "cases", "accounts", "papers", "arrivals", "bodies")
    ]
    access = rows(f"SELECT count(*) FROM events WHERE verb LIKE '{PREFIX}%'").fetchone()[0]
    return verbs, drafts, [*counts[:-1], counts[-1] - access]


def measured(step: Step, base: Base, room: Path) -> Target:
    """The step done once here, which warms this process, and once in a child to its end: its boundaries, its time, the states to find."""
    with copied(base.folder, room) as folder:
        step.work(folder, base)
    with copied(base.folder, room) as folder:
        before = _state_of(folder, base) if step.at_once else None
        whole = run(lambda: step.work(folder, base), at=None)
        after = _state_of(folder, base) if step.at_once else None
    assert step.phi_before or not step.at_once or before != after, f"{step.verb} changes nothing"
    return Target(step, base, whole.boundaries, whole.seconds, (before, after))


def _state_of(folder: Path, base: Base) -> Any:
    desk = base.desk(folder, "ada")
    try:
        return state(desk)
    finally:
        desk.close()


def killed(target: Target, room: Path, score: Score, *, at: int | None = None, within: float | None = None) -> None:
    """One kill, and what it left, looked at as the next person would."""
    step, base = target.step, target.base
    with copied(base.folder, room) as folder:
        ended = run(lambda: step.work(folder, base), at=at, within=within)
        score.child += ended.seconds
        score.kills["boundary" if at is not None else "instant" if ended.signal else "too late"] += 1
        where = f"{step.verb} at {'boundary ' + str(at) if at is not None else f'{within:.6f} s'}"
        if at is not None and ended.signal != signal.SIGKILL:
            score.broken.append(f"{where}: it was not killed")
        started = perf_counter()
        if not step.phi_before:
            score.searched += _search(folder.parent, where, score)
        if wrong := _wrong(target, folder):
            score.broken.append(f"{where}: {wrong}")
        score.check += perf_counter() - started


def _search(folder: Path, where: str, score: Score) -> int:
    size = 0
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            size += len(data)
            score.broken.extend(f"{where}: {file.name} holds {word!r}" for word in PHI if word in data)
    return size


def _wrong(target: Target, folder: Path) -> str:
    """What is wrong with what a kill left; empty where nothing is."""
    refused = []
    for way in target.step.ways:
        try:
            desk = way(folder, target.base)
        except UserError as wrong:
            refused.append(str(wrong))
            continue
        try:
            found = desk.supervision.verification()
            if not found.holds:
                return f"the trail does not hold: {found.breaks[:3]}"
            if target.step.at_once and state(desk) not in target.good:
                return f"neither before nor after: {state(desk)[0][-4:]}, {state(desk)[2]}, not {[good[2] for good in target.good]}"
            return ""
        finally:
            desk.close()
    return f"nothing opens it: {refused}"


def picked(targets: list[Target], most: int | None) -> list[tuple[Target, int]]:
    """Every boundary of every verb, or so many spread evenly over all, each verb's last one among them while they last."""
    every = [(target, at) for target in targets for at in range(target.boundaries)]
    if most is None or most >= len(every):
        return every
    return [every[(2 * n + 1) * len(every) // (2 * most)] for n in range(most)]


def main(most: int | None) -> int:
    """Prints the figures; 1 where a kill left something else than all or nothing."""
    home = Path("/dev/shm")
    score, started = Score(), perf_counter()
    with tempfile.TemporaryDirectory(dir=home if os.access(home, os.W_OK) else None) as place:
        room = Path(place)
        base = begun(room)
        targets = [measured(step, prepared(step, base, room), room) for step in STEPS]
        warm = perf_counter()
        for target, at in picked(targets, most):
            killed(target, room, score, at=at)
        chance = random.Random(3)
        for target in targets if most is None else targets[: most // 10]:
            for _ in range(INSTANTS if most is None else 1):
                killed(target, room, score, within=max(chance.random() * target.seconds, 1e-5))
        ended = perf_counter()
    kills = score.kills["boundary"] + score.kills["instant"]
    print(f"{len(targets)} verbs, {sum(t.boundaries for t in targets)} boundaries")
    print(f"{kills} killed ({score.kills['boundary']} at a boundary, {score.kills['instant']} at an instant), {len(score.broken)} broken")
    print(f"{score.child / kills * 1000:.1f} ms a kill, {score.check / kills * 1000:.1f} ms to look at what it left")
    print(f"{score.searched:,} bytes searched for names; {warm - started:.1f} s to prepare, {ended - warm:.1f} s in all")
    for line in score.broken[:20]:
        print(line)
    return 1 if score.broken else 0
