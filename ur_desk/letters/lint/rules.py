"""The rules of the letter's linter as data: their words, their weight, the phrases they look for, by language."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.errors import UserError
from ur_desk.letters.lint.heard import listens

SCHEMA = "ur-desk-letter-lint/1"
_PART = re.compile(r"<(\w+)>")
HINT = "Put back the file that came with the program. No letter was issued and nothing was lost."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what a finding of it says (`{said}` stands for the words found), what to do, and where the rule comes from."""

    id: str
    weight: Weight
    says: str
    hint: str
    source: str

    def finding(self, sentence: int | None = None, first: int = 0, last: int = 0, **values: str) -> LetterFinding:
        """A finding of this rule, at these words."""
        return LetterFinding(
            self.id, self.weight, self.says.format(**values), self.hint.format(**values), self.source, sentence, first, last
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one language; `phrases` are what each looks for in words as they are heard, `terms` and `limits` the words and figures that it goes by."""

    language: str
    rules: Mapping[str, Rule]
    phrases: Mapping[str, tuple[re.Pattern[str], ...]]
    terms: Mapping[str, frozenset[str]]
    limits: Mapping[str, int]

    def rule(self, id_: str) -> Rule:
        """The rule of that id; KeyError where there is none."""
        return self.rules[id_]


def load(resources: Path, language: str = "en") -> Rules:
    """Reads the rules of a language from `resources/letters/lint`; UserError where they are missing or damaged."""
    path = resources / "letters" / "lint" / f"{language}.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        rules = {row["id"]: Rule(row["id"], Weight(row["weight"]), row["says"], row["hint"], row["source"]) for row in told["rules"]}
        over = told["over_sentences"]
        phrases = {
            name: tuple(listens(_whole(each, told["parts"]), over_sentences=name in over) for each in rows)
            for name, rows in told["phrases"].items()
        }
        terms = {name: frozenset(word.casefold() for word in words) for name, words in told["terms"].items()}
        return Rules(told["language"], rules, phrases, terms, told["limits"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as wrong:
        raise UserError("The rules by which letters are checked cannot be read.", HINT) from wrong


def _whole(phrase: str, parts: Mapping[str, str]) -> str:
    """The phrase with the parts that it names in angle brackets spelled out."""
    return _PART.sub(lambda named: parts[named[1]], phrase)
