"""The bundled tables: codes, clock rules, wording, policies; each loaded when first asked for, then kept."""

import sys
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.paths import resources

if TYPE_CHECKING:
    from ur_desk.codesets.places import Places
    from ur_desk.domain.clocks.rules import ClockRules
    from ur_desk.domain.clocks.urgency import Urgencies
    from ur_desk.domain.codes import CodeSet
    from ur_desk.domain.decisions.signing import SigningRules
    from ur_desk.domain.policy import Policy
    from ur_desk.letters.elements import Checklist
    from ur_desk.letters.forms import Form
    from ur_desk.letters.lint.rules import Rules
    from ur_desk.letters.wording import Wording


class Tables:
    """What the program brings along; safe to ask from any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or resources()
        self._lock = threading.RLock()

    @property
    def codeset(self) -> "CodeSet":
        """The diagnosis codes in tabular order."""
        with self._lock:
            return self._codeset

    @cached_property
    def _codeset(self) -> "CodeSet":
        from ur_desk.codesets.icd10cm import load

        return load(self.folder)

    @property
    def places(self) -> "Places":
        """The places of service."""
        with self._lock:
            return self._places

    @cached_property
    def _places(self) -> "Places":
        from ur_desk.codesets.places import load

        return load(self.folder)

    @property
    def unlisted(self) -> frozenset[str]:
        """Procedure codes that say no service by their number alone."""
        return self._procedures["unlisted"]

    @property
    def add_ons(self) -> frozenset[str]:
        """Procedure codes that are reported only together with another procedure."""
        return self._procedures["add_on"]

    @cached_property
    def _procedures(self) -> dict[str, frozenset[str]]:
        import tomllib

        told = tomllib.loads((self.folder / "words" / "procedures.toml").read_text(encoding="utf-8"))
        return {kind: frozenset(codes["codes"]) for kind, codes in told.items()}

    @property
    def urgency(self) -> "Urgencies":
        """What expedited means, by line of business."""
        with self._lock:
            return self._urgency

    @cached_property
    def _urgency(self) -> "Urgencies":
        from ur_desk.records.urgency import urgencies_from

        return urgencies_from((self.folder / "words" / "en" / "urgency.json").read_bytes())

    @property
    def clock_bytes(self) -> bytes:
        """The clock rules as they lie on disk, all files in one; what a case pins."""
        with self._lock:
            return self._clock_bytes

    @cached_property
    def _clock_bytes(self) -> bytes:
        from ur_desk.records.canonical import canonical_bytes

        files = sorted((self.folder / "clocks").glob("*.json"))
        return canonical_bytes({file.name: file.read_text(encoding="utf-8") for file in files})

    @property
    def clock_rules(self) -> "ClockRules":
        """The clock rules of all files together."""
        with self._lock:
            return self._clock_rules

    @cached_property
    def _clock_rules(self) -> "ClockRules":
        import json

        from ur_desk.domain.clocks.rules import joined
        from ur_desk.records.clocks import clock_rules

        return joined(clock_rules(text.encode(), name) for name, text in json.loads(self._clock_bytes).items())

    @cached_property
    def signing_bytes(self) -> bytes:
        """What states ask of whoever signs as it lies on disk, all files in one; what a decision pins."""
        from ur_desk.records.canonical import canonical_bytes

        files = sorted((self.folder / "signing").glob("*.json"))
        return canonical_bytes({file.name: file.read_text(encoding="utf-8") for file in files})

    @cached_property
    def signing_rules(self) -> "SigningRules":
        """What states ask of whoever signs, of all files together."""
        from ur_desk.records.signing import pinned_rules

        return pinned_rules(self.signing_bytes)

    @property
    def wording(self) -> "Wording":
        """The letters' wording."""
        with self._lock:
            return self._wording

    @cached_property
    def _wording(self) -> "Wording":
        from ur_desk.letters.wording import load

        return load(self.folder)

    @property
    def forms(self) -> "tuple[Form, ...]":
        """The official forms that take the place of a free letter."""
        with self._lock:
            return self._forms

    @cached_property
    def _forms(self) -> "tuple[Form, ...]":
        from ur_desk.letters.forms import load

        return load(self.folder)

    @property
    def elements(self) -> "Checklist":
        """What letters must hold, and which rules ask for it."""
        with self._lock:
            return self._elements

    @cached_property
    def _elements(self) -> "Checklist":
        from ur_desk.letters.elements import load

        return load(self.folder)

    @property
    def letter_rules(self) -> "Rules":
        """By what letters are checked."""
        with self._lock:
            return self._letter_rules

    @cached_property
    def _letter_rules(self) -> "Rules":
        from ur_desk.letters.lint.rules import load

        return load(self.folder)

    @property
    def clinical_words(self) -> frozenset[str]:
        """The words of the code tables, in small letters: spelled right whatever a dictionary says."""
        with self._lock:
            return self._clinical_words

    @cached_property
    def _clinical_words(self) -> frozenset[str]:
        from ur_desk.letters.lint.said import words_of

        codes = self.codeset
        told = (codes.description(code) or "" for code in codes.between(0, sys.maxsize))
        return frozenset(words_of("\n".join(dict.fromkeys(word for words in told for word in words.split()))))

    def policies(self) -> tuple["Policy", ...]:
        """The bundled abstracts."""
        from ur_desk.documents import bundled

        return bundled(self.folder / "policies", self.codeset)
