"""The wording of letters as data."""

import json
import re
from pathlib import Path

import pytest
from letter_cases import ELEMENTS, WORDING

from ur_desk import paths
from ur_desk.errors import UserError
from ur_desk.letters import wording
from ur_desk.letters.elements import load as load_elements
from ur_desk.letters.wording import Clause

PROGRAM = Path(wording.__file__).parent


def test_a_clause_fills_its_blanks_by_name() -> None:
    assert Clause("greeting", 1, "Dear $name,").filled({"name": "Thea"}) == "Dear Thea,"


@pytest.mark.parametrize("values", [{}, {"name": ""}, {"name": "  "}, {"name": "Thea", "day": "Monday"}])
def test_an_empty_blank_and_a_value_without_a_blank_are_errors(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="greeting"):
        Clause("greeting", 1, "Dear $name,").filled(values)


def test_what_fills_a_blank_is_not_filled_again() -> None:
    assert Clause("greeting", 1, "Dear $name,").filled({"name": "$name ${x}"}) == "Dear $name ${x},"


def test_every_clause_is_used_by_the_program_and_every_clause_used_exists() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM.glob("*.py"))
    prefixes = {
        "title.",
        "status.",
        "asked.",
        "approval.",
        "adverse.",
        "partial.",
        "technical.",
        "documents.",
        "help.",
        "upheld.",
        "partly.",
        "overturned.",
        "not_required.open",
        "extension.asked.",
        "hearing.",
        "review.",
        "court",
        "appeal.window.",
        "form.label.",
        "sources.",
        "provider.eligible",
    }
    literal = {name for name in WORDING.clauses if f'"{name.removesuffix(".some")}"' in source}
    built = {name for name in WORDING.clauses if any(name.startswith(p) for p in prefixes)}
    assert set(WORDING.clauses) == literal | built
    said = re.findall(r'telling\.(?:say|of_request|heading)\(\s*"([a-z_.]+)"', source)
    assert set(said) <= set(WORDING.clauses)


def test_the_pin_changes_with_any_word(tmp_path: Path) -> None:
    folder = tmp_path / "letters" / "en"
    folder.mkdir(parents=True)
    for path in (paths.resources() / "letters" / "en").glob("*.json"):
        (folder / path.name).write_bytes(path.read_bytes())
    assert wording.load(tmp_path).sha256 == WORDING.sha256
    changed = folder / "help.json"
    changed.write_text(changed.read_text(encoding="utf-8").replace("Questions?", "Any questions?"), encoding="utf-8")
    assert wording.load(tmp_path).sha256 != WORDING.sha256


@pytest.mark.parametrize("damage", ["", "not json", "[]", '{"schema": "other/1"}', '{"language": "en-US"}'])
def test_damaged_wording_is_refused_with_the_name_of_the_file(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "letters" / "en"
    folder.mkdir(parents=True)
    (folder / "help.json").write_text(damage)
    with pytest.raises(UserError, match=r"help\.json"):
        wording.load(tmp_path)


def test_missing_wording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no letter wording"):
        wording.load(tmp_path)


def test_a_clause_that_stands_twice_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "letters" / "en"
    folder.mkdir(parents=True)
    told = {"schema": wording.SCHEMA, "language": "en-US", "clauses": {"greeting": {"version": 1, "text": "Dear $name,"}}}
    for name in ("a.json", "b.json"):
        (folder / name).write_text(json.dumps(told))
    with pytest.raises(UserError, match="greeting twice"):
        wording.load(tmp_path)


@pytest.mark.parametrize("damage", ["", "{}", '{"schema": "ur-desk-letter-elements/1", "elements": [{"id": "x"}]}', '{"schema": 1}'])
def test_damaged_elements_are_refused(tmp_path: Path, damage: str) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "elements.json").write_text(damage)
    with pytest.raises(UserError, match="what a letter must hold"):
        load_elements(tmp_path)


def test_every_element_says_which_rule_asks_for_it_and_what_to_do() -> None:
    asked_for = {element for rule in ELEMENTS.rules for element in rule.elements}
    assert asked_for == set(ELEMENTS.elements)
    for element in ELEMENTS.elements.values():
        assert element.fed_by
        assert element.when_empty.endswith(".")


SYLLABLES = re.compile(r"[aeiouy]+")


def _grade(text: str) -> float:
    """The Flesch-Kincaid grade by a rough count of syllables."""
    sentences = [s for s in re.split(r"[.:?;]\s|[.:?]$|\n", text) if s.strip()]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(max(1, len(SYLLABLES.findall(re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("part", ["common", "approval", "adverse", "appeals", "information", "notices", "rights", "help"])
def test_the_wording_for_members_reads_at_eighth_grade_or_lower(part: str) -> None:
    told = json.loads((paths.resources() / "letters" / "en" / f"{part}.json").read_text(encoding="utf-8"))
    text = "\n".join(c["text"] for c in told["clauses"].values() if c["text"].endswith((".", ":", "?")))
    assert _grade(text) <= 8.0


def test_no_wording_names_a_list_as_a_reason_or_the_program_as_the_decider() -> None:
    text = "\n".join(clause.text for clause in WORDING.clauses.values()).lower()
    for never in ("not on a list", "on our list", "not listed", "software", "computer", "nurse", "score", "suggest", "match", "final"):
        assert never not in text, never
