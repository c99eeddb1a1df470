"""JSON files of criteria, each of a declared shape: which keys hold number, title and day, and which hold the tree."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ur_desk.documents.approvals import considered_position
from ur_desk.documents.formats.html import pieces_of_html
from ur_desk.documents.formats.json_lines import DEEPEST, Lines, entry, joined, words
from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.documents.formats.source import Note, Outline, Source, text_of
from ur_desk.documents.text import characters
from ur_desk.domain.policy import Criterion, LineKind, Position, SectionKind, Statement
from ur_desk.errors import UserError

READER = "json/1"

_NO_SHAPE = "Import the policy itself: its PDF, web page, Word document or text."


@dataclass(frozen=True, slots=True)
class Shape:
    """A declared mapping: the keys by which a file is known and read; `fill` puts its values into lines."""

    name: str
    fits: Callable[[Any], bool]
    fill: Callable[["Shape", Any, Lines], None]
    id: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    effective: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    prose: bool = False
    """Whether its values are prose to be understood like any other text."""


def read_json(data: bytes, name: str) -> Source:
    """The values of a criteria file as lines, with the sections and the tree that the file itself declares.

    UserError where it is no whole JSON, or of no declared shape.
    """
    told, _ = characters(data, name)
    try:
        value = json.loads(told, parse_constant=str)
    except (ValueError, RecursionError) as wrong:
        raise UserError(f"{name} is a JSON file that is damaged or cut short. {NOTHING_SAVED}", "Fetch the file again.") from wrong
    shape = next((one for one in SHAPES if one.fits(value)), None)
    if shape is None:
        raise UserError(f"{name} is a JSON file in no form that is known to hold a policy. {NOTHING_SAVED}", _NO_SHAPE)
    lines = Lines(name)
    shape.fill(shape, value, lines)
    if not lines.lines:
        raise UserError(f"{name} holds no text. {NOTHING_SAVED}", _NO_SHAPE)
    head = _head(value)
    outline = Outline(
        id=_first(head, shape.id),
        title=_first(head, shape.title),
        effective=_first(head, shape.effective),
        publisher=_first(head, shape.publisher),
        sections=() if shape.prose else lines.closed(),
        statements=tuple(lines.statements),
        codes=tuple(lines.codes),
    )
    return Source(text_of(lines.lines), f"{READER} {shape.name}", notes=tuple(lines.notes), outline=outline)


def _head(value: Any) -> Mapping[str, Any]:
    """The object that holds the facts of the whole document."""
    if isinstance(value, dict) and isinstance(value.get("data"), list) and value["data"] and isinstance(value["data"][0], dict):
        return dict(value["data"][0])
    return value if isinstance(value, dict) else {}


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((told for key in keys if (told := words(value.get(key)).strip())), None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]


# checklists: sections of items that must be ticked, exceptions that waive a section, exclusions


def _is_checklist(value: Any) -> bool:
    return isinstance(value, dict) and bool(_objects(value.get("checklist_sections")))


def _fill_checklist(shape: Shape, value: Any, lines: Lines) -> None:
    lines.begin(SectionKind.HEADER)
    for key in (*shape.id, *shape.title, *shape.effective, *shape.publisher):
        lines.named(key, value.get(key))
    if not lines.lines:
        lines.sections.clear()
    first = lines.next
    needed: dict[str, Criterion] = {}
    for section in _objects(value["checklist_sections"]):
        needed[words(section.get("id")) or str(len(needed))] = _checks(section, lines)
    for exception in _objects(value.get("exception_pathways")):
        node = _checks(exception, lines)
        for waived in filter(needed.__contains__, map(words, _list(exception.get("waives")))):
            base = needed[waived]
            needed[waived] = Criterion("unless", base.text, base.first_line, node.last_line, items=(base, node))
    excluded = [_excluded(each, lines) for each in _objects(value.get("exclusions"))]
    nodes = list(needed.values())
    if excluded:
        nodes.append(Criterion("none", "exclusions", excluded[0].first_line, excluded[-1].last_line, items=tuple(excluded)))
    last = max(len(lines.lines), first)
    if nodes:
        told = "\n".join(line.text for line in lines.lines[first - 1 :])
        tree = Criterion("all", "checklist_sections", first, last, items=tuple(nodes))
        lines.statements.append(Statement(Position.MEDICALLY_NECESSARY, told, first, last, criteria=tree))
    for key in ("denial_prevention_tips", "submission_reminders"):
        if _list(value.get(key)):
            lines.begin(SectionKind.OTHER, key)
            for each in value[key]:
                lines.say(each, LineKind.ITEM, 1)


def _checks(section: Mapping[str, Any], lines: Lines) -> Criterion:
    title = words(section.get("title")) or words(section.get("id"))
    first = lines.next
    lines.begin(SectionKind.POSITION, title or "checklist")
    for key in ("description", "help_text"):
        if words(section.get(key)).strip():
            lines.say(section[key])
    lines.named("waives", section.get("waives"))
    op, n = words(section.get("requirement_type")), section.get("threshold")
    if op:
        lines.say(f"requirement_type: {op}" + (f", threshold: {words(n)}" if n is not None else ""))
    items = [_item(each, lines) for each in _objects(section.get("items"))]
    node = joined(op, n, title, items, first, len(lines.lines))
    if node.op == "leaf" and len(items) > 1:
        lines.notes.append(Note("criteria-unread", f"How the items of “{title}” hang together is not told in a known word.", first))
    return node


def _item(item: Mapping[str, Any], lines: Lines) -> Criterion:
    label, help_text = words(item.get("label")) or words(item.get("field")), words(item.get("help_text"))
    told = f"{label}: {help_text}" if label and help_text else label or help_text
    line = lines.say(told, LineKind.ITEM, 1)
    lines.list_codes("icd10_codes", item.get("icd10_codes"), label)
    return Criterion("leaf", told, line, len(lines.lines), label=words(item.get("field")) or None)


def _excluded(exclusion: Mapping[str, Any], lines: Lines) -> Criterion:
    title = words(exclusion.get("title")) or words(exclusion.get("id"))
    first = lines.next
    lines.begin(SectionKind.POSITION, title or "exclusion")
    if words(exclusion.get("description")).strip():
        lines.say(exclusion["description"])
    lines.named("severity", exclusion.get("severity"))
    return Criterion(
        "leaf", words(exclusion.get("description")) or title, first, len(lines.lines), label=words(exclusion.get("id")) or None
    )


# trees: nodes of a text and what it lists; a flat table of nodes names the nested ones once more

_OR = re.compile(r"[;,.]?\s*\bor\s*[.;:]?\s*$", re.IGNORECASE)
_AND = re.compile(r"[;,.]?\s*\band\s*[.;:]?\s*$", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|both|each)\s+(?:of\s+)?(?:the\s+)?following\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:any|either|one(?: or more)?)\s+(?:of\s+)?(?:the\s+)?following\b", re.IGNORECASE)


def _is_tree(value: Any) -> bool:
    nodes = list(value.values()) if isinstance(value, dict) else _list(value)
    return (
        bool(nodes) and all(isinstance(n, dict) and isinstance(n.get("text"), str) for n in nodes) and any("sub_items" in n for n in nodes)
    )


def _fill_tree(shape: Shape, value: Any, lines: Lines) -> None:
    nodes = list(value.values()) if isinstance(value, dict) else value
    nested = {words(child.get("text")) for node in nodes for child in _below(node, 0)}
    lines.begin(SectionKind.POSITION)
    for node in nodes:
        if node["text"] in nested or not node["text"].strip():
            continue
        tree = _node(node, lines, 0)
        position = considered_position(node["text"][:1500])
        if position is not None:
            criteria = tree if tree.items or tree.last_line > tree.first_line else None
            lines.statements.append(Statement(position, node["text"], tree.first_line, tree.last_line, criteria=criteria))


def _below(node: Mapping[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    for child in _objects(node.get("sub_items")) if depth < DEEPEST else []:
        yield child
        yield from _below(child, depth + 1)


def _node(node: Mapping[str, Any], lines: Lines, depth: int) -> Criterion:
    text = words(node.get("text"))
    line = lines.say(text, LineKind.ITEM if depth else LineKind.PARAGRAPH, depth)
    items = [_node(child, lines, depth + 1) for child in _objects(node.get("sub_items")) if words(child.get("text")).strip()]
    return joined(_op(text, items, lines, line), None, text, items, line, len(lines.lines))


def _op(text: str, items: list[Criterion], lines: Lines, line: int) -> str | None:
    """How items hang together: by the words at their ends, else by the words above them; None where they disagree or say nothing."""
    ors, ands = (sum(bool(mark.search(item.text)) for item in items[:-1]) for mark in (_OR, _AND))
    if ors and ands:
        lines.notes.append(Note("criteria-unread", "“And” and “or” stand side by side in one list.", line, "Which of them binds closer?"))
        return None
    if ors or ands:
        return "any" if ors else "all"
    return "all" if _EVERY.search(text) else ("any" if _SOME.search(text) else None)


# documents asked for, by payer and procedure


def _is_asked(value: Any) -> bool:
    return isinstance(value, dict) and any("required_docs" in one for _, _, one in _asked(value))


def _asked(value: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for payer, by_code in value.items():
        if isinstance(by_code, dict):
            yield from ((payer, code, one) for code, one in by_code.items() if isinstance(one, dict))


def _fill_asked(shape: Shape, value: Any, lines: Lines) -> None:
    told = list(_asked(value))
    for payer, code, one in told:
        first = lines.next
        lines.begin(SectionKind.POSITION, f"{payer} {code}")
        lines.codes.append(entry(code, first, payer))
        lines.named("policy_reference", one.get("policy_reference"))
        items = []
        if _list(one.get("required_docs")):
            head = lines.say("required_docs")
            items = [Criterion("leaf", words(each), at, at) for each in one["required_docs"] if (at := lines.say(each, LineKind.ITEM, 1))]
            tree = joined("all", None, "required_docs", items, head, len(lines.lines))
            lines.statements.append(
                Statement(Position.OTHER, "\n".join(i.text for i in items), first, len(lines.lines), criteria=tree if items else None)
            )
        for key in ("optional_docs", "step_therapy"):
            if _list(one.get(key)):
                lines.say(key)
                for each in one[key]:
                    lines.say(each, LineKind.ITEM, 1)
            else:
                lines.named(key, one.get(key))
    if len({payer for payer, _, _ in told}) > 1:
        lines.notes.append(Note("several-policies", "One file tells of the policies of several payers.", 1, "Whose policy is meant?"))


# the Medicare coverage database: one document, its prose as HTML in fields

_PROSE = (
    "item_service_description",
    "indications_limitations",
    "indication",
    "cms_cov_policy",
    "diagnoses_support",
    "coding_guidelines",
    "doc_reqs",
    "summary_of_evidence",
    "analysis_of_evidence",
    "bibliography",
    "description",
    "revision_history",
)


def _is_medicare(value: Any) -> bool:
    head = _head(value)
    return any(isinstance(head.get(key), str) and len(head[key]) > 40 for key in _PROSE[:4]) and bool(words(head.get("title")))


def _fill_medicare(shape: Shape, value: Any, lines: Lines) -> None:
    head = _head(value)
    for key in (*shape.title, *shape.id, *shape.effective):
        lines.named(key, head.get(key))
    for key in _PROSE:
        if isinstance(head.get(key), str) and head[key].strip():
            lines.say(key.replace("_", " ").capitalize(), LineKind.HEADING, 1)
            for told in pieces_of_html(head[key]):
                lines.say(told)


SHAPES = (
    Shape(
        "checklist",
        _is_checklist,
        _fill_checklist,
        ("lcd_code", "policy_id", "id"),
        ("policy_source", "title"),
        ("policy_effective_date", "effective_date"),
        ("payer",),
    ),
    Shape(
        "medicare",
        _is_medicare,
        _fill_medicare,
        ("document_display_id", "lcd_id", "ncd_id", "document_id"),
        ("title",),
        ("effective_date", "rev_eff_date"),
        prose=True,
    ),
    Shape("tree", _is_tree, _fill_tree),
    Shape("documents", _is_asked, _fill_asked),
)
"""Every declared shape, the more telling first."""
