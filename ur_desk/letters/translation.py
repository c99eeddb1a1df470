"""The slots that a qualified translator fills to put the wording into another language, and the check of what came back."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ur_desk.errors import UserError
from ur_desk.letters.wording import SCHEMA as WORDING_SCHEMA
from ur_desk.letters.wording import Clause, Wording, of_parts

SCHEMA = "ur-desk-wording-slots/1"
NOTHING_KEPT = "Mend the file and import it again. Nothing was kept."
MOST_TOLD = 5
"""Slots that one refusal names."""
LONGEST_NAME = 60
_SENTENCE = 4
"""Words from which a clause is a sentence, which no two languages say alike."""
_SHORTEST = 10
"""Letters of English to one of another language, at most: Chinese takes about one for four."""
_BLANK = re.compile(r"\$\{?\w+\}?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def slots(wording: Wording, language: str, name: str, before: Wording | None = None) -> bytes:
    """A file with a slot for each clause and term, beside it the English; what an earlier text says of the same English is filled in.

    UserError where `language` is no code of a language, or is English.
    """
    check_language(language, name)
    clauses = {
        id_: {"version": told.version, "english": told.text, "text": _earlier(told, before)}
        for id_, told in sorted(wording.clauses.items())
    }
    terms = {
        family: {key: {"english": word, "text": (before.term(family, key) or "") if before else ""} for key, word in sorted(told.items())}
        for family, told in sorted(wording.terms.items())
    }
    told = {"schema": SCHEMA, "language": language, "name": name.strip(), "of": wording.sha256, "clauses": clauses, "terms": terms}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def check_language(language: str, name: str) -> None:
    """UserError where the code is none of a language other than English, or the language is not named."""
    if not _LANGUAGE.fullmatch(language) or language.split("-")[0] == "en":
        raise UserError(f"“{language}” is no code of a language other than English.", "Write it as es, vi or zh-Hans. Nothing was kept.")
    if not name.strip() or len(name) > LONGEST_NAME or not name.strip().isprintable():
        raise UserError(
            "Say what the language is called in English.", f"In {LONGEST_NAME} letters at most: Spanish, say. Nothing was kept."
        )


def _earlier(told: Clause, before: Wording | None) -> str:
    known = before.clauses.get(told.id) if before else None
    return known.text if known and known.version == told.version else ""


def filled(data: bytes, wording: Wording, translator: str) -> tuple[Wording, str]:
    """The wording in the language of a filled file, and what the language is called; it holds every clause of the English one with the
    same blanks, so that every element stands where it stood. UserError that names what is not so."""
    told = _read(data)
    if told.get("of") != wording.sha256:
        raise UserError(
            "This text was made for another English wording than the one in use.",
            "Export the slots again: what did not change is filled in there. Nothing was kept.",
        )
    language, name = str(told.get("language", "")), str(told.get("name", ""))
    check_language(language, name)
    clauses, terms = _rows(told.get("clauses")), _rows(told.get("terms"))
    if wrong := [*_wrong_clauses(clauses, wording), *_wrong_terms(terms, wording)]:
        more = f" And {len(wrong) - MOST_TOLD} more." if len(wrong) > MOST_TOLD else ""
        raise UserError(f"{' '.join(wrong[:MOST_TOLD])}{more}", NOTHING_KEPT)
    part = {
        "schema": WORDING_SCHEMA,
        "language": language,
        "clauses": {id_: {"version": each.version, "text": clauses[id_]["text"].strip()} for id_, each in wording.clauses.items()},
        "terms": {family: {key: terms[family][key]["text"].strip() for key in words} for family, words in wording.terms.items()},
    }
    return of_parts([part], translator), name.strip()


def _read(data: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(data)
        if told["schema"] != SCHEMA:
            raise KeyError("schema")
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise UserError("This file holds no slots of a letter wording.", "Export the slots first. Nothing was kept.") from wrong
    return told


def _rows(told: object) -> Mapping[str, Any]:
    """What should be rows by their names; none where it is something else, so that each is told as empty."""
    return told if isinstance(told, Mapping) else {}


def _text(slot: object) -> str:
    text = slot.get("text") if isinstance(slot, Mapping) else None
    return text.strip() if isinstance(text, str) else ""


def _wrong_clauses(told: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    for id_, each in wording.clauses.items():
        text = _text(told.get(id_))
        if not text:
            yield f"The slot {id_} is empty."
        elif (blanks := Clause(id_, each.version, text).blanks) != each.blanks:
            differing = ", ".join(f"${name}" for name in sorted(blanks ^ each.blanks))
            yield f"The slot {id_} has not the same blanks as the English: {differing}."
        elif wrong := _says_nothing(text, each.text):
            yield f"The slot {id_} {wrong}."
    for id_ in sorted(set(told) - set(wording.clauses)):
        yield f"There is no clause {id_}."


def _wrong_terms(told: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    for family, words in wording.terms.items():
        slots_ = _rows(told.get(family))
        for key, english in words.items():
            text = _text(slots_.get(key))
            if not text:
                yield f"The slot {family} {key} is empty."
            elif text.count("|") != english.count("|"):
                yield f"The slot {family} {key} says one and many with a bar between them: {english}."


def _says_nothing(text: str, english: str) -> str:
    """Why a text is no translation of the English, whatever the language; empty where it may be one. Short labels may be the same in both."""
    told, meant = _words(text), _words(english)
    if len(meant) >= _SENTENCE and told == meant:
        return "still says the English"
    letters, needed = sum(map(len, told)), sum(map(len, meant)) // _SHORTEST
    return "" if letters >= needed and (letters or not meant) else "says hardly anything of what the English says"


def _words(text: str) -> list[str]:
    """The words of a clause in small letters, without its blanks."""
    return re.findall(r"[^\W\d_]+", _BLANK.sub(" ", text).casefold())
