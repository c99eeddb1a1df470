"""The sentences of a match report: keys and values in, plain words out."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from ur_desk.paths import resources


def say(key: str, **values: str | int | date) -> str:
    """The sentence of a key (`group.name`) with its values."""
    return sentences()[key].format(**values)


@cache
def sentences() -> Mapping[str, str]:
    """Every sentence by its key, read once from `resources/words/en/match.toml`."""
    groups = tomllib.loads((resources() / "words" / "en" / "match.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": sentence for group, named in groups.items() for name, sentence in named.items()}
