"""Places of service: two digits each, with short words, found by either."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from ur_desk.errors import UserError

_WORD = re.compile(r"[0-9a-z]+")


class Places:
    """The places of service that are known here, by code."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def words(self, code: str) -> str | None:
        """What a code means; None where it is not known here."""
        return self._words.get(code.strip())

    def search(self, text: str) -> tuple[tuple[str, str], ...]:
        """Codes that begin with the text, then those with words that begin with each of its terms in any order, by code."""
        terms = _WORD.findall(text.lower())
        if not terms:
            return ()
        by_code = [code for code in self._words if code.startswith(text.strip())]
        by_words = [code for code, words in self._words.items() if all(f" {term}" in _spelled(words) for term in terms)]
        return tuple((code, self._words[code]) for code in dict.fromkeys((*by_code, *by_words)))


def _spelled(words: str) -> str:
    return " " + " ".join(_WORD.findall(words.lower()))


def load(resources: Path) -> Places:
    """Read the bundled list; `UserError` where it is missing or damaged."""
    try:
        told = json.loads((resources / "codesets" / "places_of_service.json").read_text(encoding="utf-8"))["places"]
        if not all(re.fullmatch(r"[0-9]{2}", code) and isinstance(words, str) and words for code, words in told.items()):
            raise ValueError("no list of places")
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UserError(
            "The list of places of service is missing or damaged.", "Install the program again; workspaces and cases are not affected."
        ) from error
    return Places(dict(sorted(told.items())))
