"""Bundles gone wrong: keys dropped, types swapped, references broken, values mangled, parts doubled and moved; the same on every run."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**40,
    "",
    " ",
    "x",
    "2026-13-45",
    "2026",
    "#",
    "#p1",
    "Patient/p1",
    "urn:uuid:",
    "http://",
    "a|b?c=d&e",
    "\u202e\u200b\u0000",
    "9" * 400,
    "long " * 5_000,
    [],
    {},
    [[]],
    [None],
    ["x", 7],
    {"coding": 7},
    {"coding": [{"code": "A1", "system": 7}]},
    {"reference": "Claim/claim1"},
    {"extension": {}},
    [{"url": "number"}],
)
KINDS = ("Claim", "ClaimResponse", "Patient", "Bundle", "Parameters", "OperationOutcome", "ServiceRequest", "Coverage", "", "Lighthouse")


def mutants(tree: Any, seed: int, count: int) -> Iterator[bytes]:
    """So many mutants of a tree, one to four things done to each; one in twelve is cut off besides."""
    random = Random(seed)
    text = json.dumps(tree)
    for _ in range(count):
        wrong = json.loads(text)
        for _ in range(random.choice((1, 1, 2, 4))):
            random.choice(WAYS)(wrong, random)
        data = json.dumps(wrong).encode()
        yield data[: random.randrange(len(data))] if random.random() < 1 / 12 else data


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every container of a tree with each of its keys or numbers."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        found += [(value, key) for key in keys]
        waiting += [value[key] for key in keys]
    return found


def _dropped(tree: Any, random: Random) -> None:
    if places := _places(tree):
        holder, key = random.choice(places)
        del holder[key]


def _swapped(tree: Any, random: Random) -> None:
    if places := _places(tree):
        holder, key = random.choice(places)
        holder[key] = json.loads(json.dumps(random.choice(VALUES)))


def _broken(tree: Any, random: Random) -> None:
    """References and addresses lead elsewhere, to themselves or nowhere."""
    places = [(holder, key) for holder, key in _places(tree) if key in ("reference", "fullUrl", "id", "url", "system")]
    if places:
        holder, key = random.choice(places)
        holder[key] = random.choice([other[k] for other, k in places])


def _mangled(tree: Any, random: Random) -> None:
    places = [(holder, key) for holder, key in _places(tree) if isinstance(holder[key], str)]
    if places:
        holder, key = random.choice(places)
        told = holder[key]
        at = random.randrange(len(told) + 1)
        holder[key] = told[:at] + random.choice(("", "\ufeff", "\n", "/", "é", "|", " - ", "x" * 400)) + told[random.choice((at, at + 1)) :]


def _doubled(tree: Any, random: Random) -> None:
    places = [(holder, key) for holder, key in _places(tree) if isinstance(holder[key], list) and holder[key]]
    if places:
        holder, key = random.choice(places)
        holder[key] = holder[key] * random.choice((2, 3, 120))


def _buried(tree: Any, random: Random) -> None:
    """A part lies deep inside of itself."""
    if places := _places(tree):
        holder, key = random.choice(places)
        for _ in range(random.choice((1, 3, 100))):
            holder[key] = random.choice(([holder[key]], {"extension": [holder[key]]}, {"item": [holder[key]]}, {"resource": holder[key]}))


def _renamed(tree: Any, random: Random) -> None:
    places = [(holder, key) for holder, key in _places(tree) if key == "resourceType"]
    if places:
        holder, key = random.choice(places)
        holder[key] = random.choice(KINDS)


def _shuffled(tree: Any, random: Random) -> None:
    places = [holder[key] for holder, key in _places(tree) if isinstance(holder[key], list)]
    if places:
        random.shuffle(random.choice(places))


WAYS: tuple[Callable[[Any, Random], None], ...] = (_dropped, _swapped, _broken, _mangled, _doubled, _buried, _renamed, _shuffled)
