"""What the field knows of procedure codes beyond any policy."""

import tomllib
from functools import cache

from ur_desk.paths import resources


@cache
def add_on_codes() -> frozenset[str]:
    """Procedure codes that are reported only together with another procedure, read once from `resources/words/procedures.toml`."""
    data = tomllib.loads((resources() / "words" / "procedures.toml").read_text(encoding="utf-8"))
    return frozenset(data["add_on"]["codes"])
