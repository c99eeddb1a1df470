"""Lists that are no requests, known by their headers or keys as declared in `resources/mappings/others.json`."""

import json
from collections.abc import Iterable
from functools import cache

from ur_desk.domain.intake.mapping import plain_header
from ur_desk.paths import resources


@cache
def declared_others() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What each such list is, in words that follow "this is", and the headers or paths that it has."""
    told = json.loads((resources() / "mappings" / "others.json").read_text(encoding="utf-8"))
    return tuple((other["what"], tuple(other["keys"])) for other in told["others"])


def what_else(headers: Iterable[str]) -> str | None:
    """What a table of these headers is, where it is known to be no list of requests."""
    known = {plain_header(header) for header in headers}
    return next((what for what, keys in declared_others() if {plain_header(key) for key in keys} <= known), None)
