"""Criteria files: each declared shape gives lines that are the file's own values, and the tree that the file itself declares."""

import json
from typing import Any

import pytest

from ur_desk.documents import read
from ur_desk.documents.formats import json_lines
from ur_desk.documents.formats.json_trees import read_json
from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.policy import Criterion, Policy, Position, SectionKind
from ur_desk.errors import UserError

CHECKLIST: dict[str, Any] = {
    "payer": "lamp plan",
    "lcd_code": "l00001",
    "policy_source": "Gait mapping",
    "policy_effective_date": "2024-03-15",
    "checklist_sections": [
        {
            "id": "need",
            "title": "Need",
            "description": "What must be seen.",
            "requirement_type": "count_gte",
            "threshold": 2,
            "items": [
                {"field": "flat", "label": "Flat foot", "help_text": "Seen twice.", "icd10_codes": ["M21.41", "M21.42"]},
                {"field": "high", "label": "High foot"},
            ],
        },
        {"id": "who", "title": "Who", "requirement_type": "all", "items": [{"field": "clerk", "label": "A clerk"}]},
    ],
    "exception_pathways": [{"id": "fire", "title": "Fire", "waives": ["need"], "requirement_type": "any", "items": [{"label": "Why"}]}],
    "exclusions": [{"id": "sleep", "title": "Asleep", "description": "Nobody walks.", "severity": "hard_stop"}],
    "submission_reminders": ["Sign it."],
}


def told(value: Any, codeset: CodeSet) -> Policy:
    return read(json.dumps(value).encode(), "file.json", codeset)


def shape(node: Criterion) -> Any:
    return (node.op, node.n, [shape(item) for item in node.items]) if node.items else node.op


def test_a_checklist_gives_its_tree_with_the_lines_of_every_node(codeset: CodeSet) -> None:
    policy = told(CHECKLIST, codeset)
    assert (policy.id, policy.title, str(policy.version.effective), policy.publisher) == (
        "L00001",
        "Gait mapping",
        "2024-03-15",
        "lamp plan",
    )
    (statement,) = policy.statements
    assert statement.position is Position.MEDICALLY_NECESSARY
    assert statement.criteria is not None
    need = ("at_least", 2, ["leaf", "leaf"])
    assert shape(statement.criteria) == (
        "all",
        None,
        [("unless", None, [need, ("any", None, ["leaf"])]), ("all", None, ["leaf"]), ("none", None, ["leaf"])],
    )
    flat = statement.criteria.items[0].items[0].items[0]
    assert "Flat foot: Seen twice." in policy.text.line(flat.first_line).text
    assert [(e.system, e.low, e.group, e.line) for e in policy.codes] == [
        (System.ICD10CM, "M21.41", "Flat foot", flat.first_line + 1),
        (System.ICD10CM, "M21.42", "Flat foot", flat.first_line + 1),
    ]


def test_every_line_is_a_value_of_the_file_and_stands_in_one_section(codeset: CodeSet) -> None:
    policy = told(CHECKLIST, codeset)
    raw = json.dumps(CHECKLIST)
    for line in policy.text.lines:
        for part in line.text.strip().split(": ", 1)[-1].split(", "):
            assert part.split(": ")[-1] in raw, line
    numbers = [number for s in policy.sections for number in range(s.first_line, s.last_line + 1)]
    assert numbers == list(range(1, len(policy.text.lines) + 1))


@pytest.mark.parametrize(("word", "op"), [("all", "all"), ("any", "any"), ("none", "none"), ("perhaps", "leaf")])
def test_an_unknown_word_for_how_items_hang_together_is_told_and_not_guessed(word: str, op: str, codeset: CodeSet) -> None:
    section = {"id": "a", "title": "A", "requirement_type": word, "items": [{"label": "x"}, {"label": "y"}]}
    policy = told({"lcd_code": "L1", "checklist_sections": [section]}, codeset)
    criteria = policy.statements[0].criteria
    assert criteria is not None
    assert criteria.items[0].op == op
    assert ("criteria-unread" in {f.rule for f in policy.findings}) is (op == "leaf")


TREE = [
    {
        "text": "The plan considers gait mapping medically necessary when any of the following: flat; high",
        "sub_items": [{"text": "flat; or"}, {"text": "high", "sub_items": [{"text": "left; and"}, {"text": "right"}]}],
    },
    {"text": "The plan considers lamps not medically necessary.", "sub_items": []},
    {"text": "flat; or"},
    {"text": "high", "sub_items": []},
]


def test_a_tree_gives_a_statement_for_each_text_that_takes_a_position(codeset: CodeSet) -> None:
    value = [
        dict(node, text=node["text"].replace("considers gait mapping medically", "holds that gait mapping is considered medically"))
        for node in TREE
    ]
    policy = told(value, codeset)
    assert [s.position for s in policy.statements][:1] == [Position.MEDICALLY_NECESSARY]
    criteria = policy.statements[0].criteria
    assert criteria is not None
    assert shape(criteria) == ("any", None, ["leaf", ("all", None, ["leaf", "leaf"])])
    assert [line.text for line in policy.text.lines].count("flat; or") == 1


def test_and_beside_or_in_one_list_is_kept_as_printed_and_told(codeset: CodeSet) -> None:
    node = {"text": "It is considered medically necessary:", "sub_items": [{"text": "a; or"}, {"text": "b; and"}, {"text": "c"}]}
    policy = told({"1": {**node, "id": 1}}, codeset)
    assert policy.statements[0].criteria is not None
    assert policy.statements[0].criteria.op == "leaf"
    assert [f.rule for f in policy.findings if f.rule == "criteria-unread"] == ["criteria-unread"]


def test_documents_asked_for_by_payer_and_code_are_read_and_the_mixture_is_told(codeset: CodeSet) -> None:
    one = {"policy_reference": "MP 1", "required_docs": ["a film", "a letter"], "optional_docs": ["a map"], "step_therapy": None}
    policy = told({"_comment": "c", "PLAN-A": {"27447": one}, "PLAN-B": {"J0135": one}}, codeset)
    assert [(e.system, e.low, e.group) for e in policy.codes] == [(System.CPT, "27447", "PLAN-A"), (System.HCPCS, "J0135", "PLAN-B")]
    assert [shape(s.criteria) for s in policy.statements if s.criteria] == [("all", None, ["leaf", "leaf"])] * 2
    assert policy.publisher is None
    assert "several-policies" in {f.rule for f in policy.findings}


def test_the_medicare_databases_escaped_prose_is_read_as_prose(codeset: CodeSet) -> None:
    prose = "&lt;p&gt;&lt;strong&gt;B.&amp;#160; Nationally Covered Indications&lt;/strong&gt;&lt;/p&gt;&lt;p&gt;Covered at 15 events&amp;sol;hour for a 12-week trial.&lt;/p&gt;"
    data = {"data": [{"title": "Lamps", "document_display_id": "1.1", "effective_date": "01/01/2020", "indications_limitations": prose}]}
    policy = told(data, codeset)
    assert (policy.id, policy.title, str(policy.version.effective)) == ("1.1", "Lamps", "2020-01-01")
    assert "Covered at 15 events/hour for a 12-week trial." in [line.text for line in policy.text.lines]
    assert SectionKind.POSITION in {s.kind for s in policy.sections}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"resourceType": "Claim"}', "no form that is known"),
        (b"[]", "no form that is known"),
        (b'[{"text": 1}]', "no form that is known"),
        (b'{"a": ', "damaged or cut short"),
        (b"[" * 200_000, "damaged or cut short"),
        (b'{"checklist_sections": [' + b'{"items": [' * 50_000, "damaged or cut short"),
        (json.dumps({"checklist_sections": []}).encode(), "no form that is known"),
    ],
)
def test_a_file_of_no_declared_shape_or_damaged_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told) as refused:
        read_json(data, "file.json")
    assert "Nothing was saved." in refused.value.message


def test_a_tree_deeper_than_any_policys_is_refused() -> None:
    node: dict[str, Any] = {"text": "leaf"}
    for depth in range(60):
        node = {"text": f"at {depth}", "sub_items": [node]}
    with pytest.raises(UserError, match="deeper than any policy"):
        read_json(json.dumps([node]).encode(), "x.json")


def test_more_lines_than_any_policy_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_LINES", 10)
    with pytest.raises(UserError, match="more text than any policy"):
        read_json(json.dumps([{"text": f"at {n}", "sub_items": []} for n in range(20)]).encode(), "x.json")
