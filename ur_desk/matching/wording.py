"""The sentences of a match report: keys and values in, plain words out."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from ur_desk.paths import resources

Values = str | int | date


def say(key: str, **values: Values) -> str:
    """The sentence of a key (`group.name`) with its values; days are written as 09/27/2017."""
    return sentences()[key].format(**{name: _written(value) for name, value in values.items()})


@cache
def sentences() -> Mapping[str, str]:
    """Every sentence by its key, read once from `resources/words/en/match.toml`."""
    groups = tomllib.loads((resources() / "words" / "en" / "match.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": sentence for group, named in groups.items() for name, sentence in named.items()}


def _written(value: Values) -> Values:
    return f"{value:%m/%d/%Y}" if isinstance(value, date) else value
