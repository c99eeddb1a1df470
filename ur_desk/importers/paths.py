"""The small language in which a mapping says where something lies in a file of JSON: keys, places in lists, and all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from ur_desk.domain.visible import clip
from ur_desk.errors import UserError

_STEP = re.compile(r'\.?(?P<name>[A-Za-z_$][\w$-]*)|\.?(?P<every>\*)|\[(?P<all>\*)\]|\[(?P<place>[0-9]{1,6})\]|\["(?P<quoted>[^"]+)"\]')
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")


class All(Enum):
    """Every item of a list, or every value of an object."""

    ITEMS = "[*]"
    VALUES = "*"


Step = str | int | All


@dataclass(frozen=True, slots=True)
class JsonPath:
    """Where values lie, as `$.cases[*].patient` or `patient.name`: keys, `[3]` from 0, `[*]` for all of a list, `*` for all of an object."""

    steps: tuple[Step, ...]

    def found(self, tree: Any, begin: str = "") -> Iterator[tuple[str, Any]]:
        """Every value at the path, with its own path behind `begin`; nothing where the path leads nowhere."""
        level = [(begin, tree)]
        for step in self.steps:
            level = [inner for at, value in level for inner in _down(at, value, step)]
        yield from level

    def aligned(self, tree: Any) -> list[list[Any]] | None:
        """What lies at the path in each item of the first list on it, nothing for an item that lacks it; None where no list is on it."""
        if All.ITEMS not in self.steps:
            return None
        at = self.steps.index(All.ITEMS)
        before, after = JsonPath(self.steps[: at + 1]), JsonPath(self.steps[at + 1 :])
        return [[value for _, value in after.found(item)] for _, item in before.found(tree)]

    @property
    def first(self) -> str:
        """The key with which the path begins; empty where it begins otherwise."""
        return self.steps[0] if self.steps and isinstance(self.steps[0], str) else ""


@lru_cache(1024)
def json_path(text: str) -> JsonPath:
    """The path that a text names; UserError where it names none."""
    rest = text.strip()
    steps: list[Step] = []
    at = 1 if rest.startswith("$") else 0
    while at < len(rest):
        step = _STEP.match(rest, at)
        if step is None:
            raise UserError(
                f"“{clip(text)}” is no path to a value.",
                "Write keys with points between, [*] for all of a list: diagnosis.codes[*]. Nothing was read.",
            )
        at = step.end()
        if step["every"] or step["all"]:
            steps.append(All.VALUES if step["every"] else All.ITEMS)
        else:
            steps.append(int(step["place"]) if step["place"] else step["name"] or step["quoted"])
    return JsonPath(tuple(steps))


def key_path(at: str, key: str) -> str:
    """The path of a key below another path."""
    shown = clip(key)
    return f"{at}.{shown}" if _PLAIN.fullmatch(shown) else f'{at}["{shown}"]'


def _down(at: str, value: Any, step: Step) -> Iterator[tuple[str, Any]]:
    if step is All.ITEMS:
        if isinstance(value, list):
            yield from ((f"{at}[{n}]", inner) for n, inner in enumerate(value))
    elif step is All.VALUES:
        if isinstance(value, dict):
            yield from ((key_path(at, key), inner) for key, inner in value.items())
    elif isinstance(step, int):
        if isinstance(value, list) and step < len(value):
            yield f"{at}[{step}]", value[step]
    elif isinstance(value, dict) and step in value:
        yield key_path(at, step), value[step]
