"""Requests that others wrote as `ur-desk-request/1`: plain data to a draft, and what is wrong with the data by its JSON path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.fields import ids_of
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.intake.typed import (
    ClaimDraft,
    CoverageDraft,
    DiagnosisDraft,
    Draft,
    MemberDraft,
    ProviderDraft,
    RepresentativeDraft,
    ServiceDraft,
)
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import ASKS_NO_SERVICE, OPENS_A_CASE, Attachment
from ur_desk.domain.visible import clip, visible
from ur_desk.records.prior import decision_from
from ur_desk.records.request import FIELDS, KEYS, SCHEMA

_DIGITS = 30
_ISO_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9:.]+)(Z|z|[+-][0-9]{2}:?[0-9]{2})?")


class _Type(StrEnum):
    TEXT = "words"
    NUMBER = "a number"
    FLAG = "yes or no"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an object of the file holds: the fields of its draft are texts but for those of another type, of an object, or `apart`.

    `keys` are known keys that are no fields.
    """

    draft: type[Any]
    types: Mapping[str, _Type] = field(default_factory=dict)
    objects: Mapping[str, "_Shape"] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    plain: Mapping[str, _Type] = field(init=False)
    """What stands under each key of a plain field."""

    def __post_init__(self) -> None:
        names = [f.name for f in fields(self.draft) if f.name not in self.objects and f.name not in self.apart]
        object.__setattr__(self, "plain", {KEYS.get(name, name): self.types.get(name, _Type.TEXT) for name in names})


_REPRESENTATIVE = _Shape(RepresentativeDraft, {"authority_on_file": _Type.FLAG})
_PROVIDER = _Shape(ProviderDraft)
_MEMBER = _Shape(MemberDraft, objects={"representative": _REPRESENTATIVE}, apart=frozenset({"subscriber"}), keys=frozenset({"subscriber"}))
_COVERAGE = _Shape(CoverageDraft, {"erisa": _Type.FLAG, "grandfathered": _Type.FLAG})
_CLAIM = _Shape(ClaimDraft, {"billed": _Type.NUMBER})
_DIAGNOSIS = _Shape(DiagnosisDraft, {"primary": _Type.FLAG})
_SERVICE = _Shape(
    ServiceDraft,
    {"line": _Type.NUMBER, "quantity": _Type.NUMBER},
    apart=frozenset({"modifiers"}),
    keys=frozenset({"modifiers"}),
)
# `source` is told anew by whoever reads the file
_LISTS = frozenset({"services", "diagnoses", "attachments", "source", "decision", "traces"})
_REQUEST = _Shape(
    Draft,
    objects={"member": _MEMBER, "coverage": _COVERAGE, "claim": _CLAIM, "requesting_provider": _PROVIDER, "servicing_provider": _PROVIDER},
    apart=_LISTS | {"records", "field_pages", "received_date", "received_time", "received_evidence", "received_evidence_where"},
    keys=_LISTS | {"schema", "received_at", "received_evidence"},
)


def request_draft(data: Any, path: str = "$") -> tuple[Draft | None, tuple[Problem, ...]]:
    """The draft that one object of a file tells, None where it is no request of this kind, and what is wrong with the data.

    Numbers are `Decimal`. Problems stand at their JSON path; keys that are not known are left out with a warning.
    """
    page = _Page()
    if not _is_request(page, data, path):
        return None, page.problems
    told = page.object(data, path, _REQUEST)
    told |= _received(page, data, path)
    told |= _evidence(page, data.get("received_evidence"), f"{path}.received_evidence")
    told["services"] = page.rows(data, "services", path, _SERVICE)
    told["diagnoses"] = page.rows(data, "diagnoses", path, _DIAGNOSIS)
    told["attachments"] = _attachments(page, data.get("attachments"), f"{path}.attachments")
    told["traces"] = _traces(page, data.get("traces"), f"{path}.traces")
    told["decision"] = decision = _decision(page, data.get("decision"), f"{path}.decision")
    if decision and decision != Decision(answers=decision.answers) and told.get("kind", "") in _ASKS:
        message = "A decision belongs to a response, and this is none; it was kept. Check the kind of the message."
        page.doubt(f"{path}.decision", "decision-of-request", message)
    broken = any(p.severity is Severity.ERROR for p in page.problems)
    return None if broken else Draft(**told), page.problems


_ASKS = frozenset({"", *(kind.value for kind in OPENS_A_CASE)})
_RECEIVED = {
    **dict.fromkeys(("received_date", "received_time", "received_zone"), ".received_at"),
    "received_evidence": ".received_evidence.kind",
    "received_evidence_where": ".received_evidence.where",
}


def json_path(field_path: str) -> str:
    """Where a field of the draft stands in an object of the file: `services.1.first_day` is `.services[0].from`."""
    steps = field_path.split(".")
    if steps[0] in _RECEIVED:
        return _RECEIVED[steps[0]]
    return "".join(f"[{int(step) - 1}]" if step.isdigit() else f".{KEYS.get(step, step)}" for step in steps)


class _Page:
    """Reads objects of one request and keeps what is wrong with them."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def doubt(self, path: str, code: str, message: str) -> None:
        self._problems.append(Problem(Severity.WARNING, code, path, message))

    def fail(self, path: str, code: str, message: str) -> None:
        self._problems.append(Problem(Severity.ERROR, code, path, message))

    def object(self, data: dict[str, Any], path: str, shape: _Shape) -> dict[str, Any]:
        """The fields of one object as texts; what is no field of it is left out with a warning."""
        told: dict[str, Any] = {}
        for key, value in data.items():
            at, expected = f"{path}.{clip(key)}", shape.plain.get(key)
            if expected is not None:
                told[FIELDS.get(key, key)] = self.text(value, at, expected)
            elif key in shape.objects:
                told[key] = self.inner(value, at, shape.objects[key])
            elif key not in shape.keys:
                self.doubt(
                    at,
                    "unknown-key",
                    f"“{clip(key)}” is nothing that a request has here; what stands there was left out. Look whether it is needed.",
                )
        if shape is _MEMBER:
            told["subscriber"] = self._subscriber(data.get("subscriber"), f"{path}.subscriber")
        if shape is _SERVICE:
            told["modifiers"] = self._modifiers(data.get("modifiers"), f"{path}.modifiers")
        if shape in (_SERVICE, _DIAGNOSIS) and not told.get("raw"):
            told["raw"] = _unlike_its_line(told.get("code", ""))
        return told

    def inner(self, value: Any, path: str, shape: _Shape) -> Any:
        """The draft of an object inside another; an empty one for null."""
        if value is None:
            return shape.draft()
        if not isinstance(value, dict):
            self.fail(path, "wrong-type", _wrong("several facts", value))
            return shape.draft()
        return shape.draft(**self.object(value, path, shape))

    def rows(self, data: dict[str, Any], key: str, path: str, shape: _Shape) -> tuple[Any, ...]:
        """The drafts of a list of objects; none for null."""
        value, path = data.get(key), f"{path}.{key}"
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(path, "wrong-type", _wrong("a list", value))
            return ()
        return tuple(self._row(row, f"{path}[{n}]", shape) for n, row in enumerate(value))

    def _row(self, value: Any, path: str, shape: _Shape) -> Any:
        if value is None:
            self.fail(path, "wrong-type", _wrong("several facts", None))
        return self.inner(value, path, shape)

    def text(self, value: Any, path: str, expected: _Type = _Type.TEXT) -> str:
        """A value as one would type it; one of another type is taken where its meaning is plain, with a warning."""
        if value is None:
            return ""
        if isinstance(value, dict | list):
            self.fail(path, "wrong-type", _wrong(expected.value, value))
            return ""
        text, found = _typed(value)
        if found is not expected:
            taken = text if isinstance(value, str) or (expected is _Type.TEXT and found is _Type.NUMBER) else ""
            rest = "it was taken as it stands; check it" if taken else "it was left out; look in the file"
            self.doubt(path, "wrong-type", f"The sender's program wrote {_kind(value)} where {expected.value} should stand: {rest}.")
            return taken
        return text

    def _subscriber(self, value: Any, path: str) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            self.doubt(
                path,
                "wrong-type",
                "The subscriber is told in words alone, without a part for the name; it was taken as it stands. Check it.",
            )
            return value
        if not isinstance(value, dict):
            self.fail(path, "wrong-type", _wrong("several facts", value))
            return ""
        for key in value.keys() - {"name", "family", "given"}:
            self.doubt(
                f"{path}.{clip(key)}",
                "unknown-key",
                f"“{clip(key)}” is nothing that a subscriber has here; what stands there was left out. Look whether it is needed.",
            )
        told = {key: self.text(value.get(key), f"{path}.{key}") for key in ("name", "given", "family")}
        return told["name"] or f"{told['given']} {told['family']}"

    def _modifiers(self, value: Any, path: str) -> str:
        if not isinstance(value, list):
            return self.text(value, path)
        return ", ".join(self.text(item, f"{path}[{n}]") for n, item in enumerate(value))


def _is_request(page: _Page, data: Any, path: str) -> bool:
    """Whether the data is an object of this schema with what it requires; says what is not."""
    if not isinstance(data, dict):
        page.fail(path, "wrong-schema", f"A request should stand here, and {_kind(data)} does. It was not read; ask the sender what it is.")
        return False
    schema = data.get("schema")
    if schema != SCHEMA:
        named = f"“{clip(schema)}”" if isinstance(schema, str) else "no kind"
        page.fail(
            f"{path}.schema",
            "wrong-schema",
            f"This says of itself that it is {named}, which is no request that can be read here. It was left as it is; ask the sender for requests of the kind “{SCHEMA}”, or for FHIR or X12.",
        )
        return False
    if not isinstance(data.get("member"), dict):
        page.fail(
            f"{path}.member",
            "wrong-schema",
            "Whose request it is has no place in it (“member”). It was not read; ask the sender to send it again.",
        )
    nothing = data.get("services") is None or data["services"] == []
    if nothing and str(data.get("kind")) not in {kind.value for kind in ASKS_NO_SERVICE}:
        page.fail(
            f"{path}.services",
            "no-service",
            "No service was given. A request asks for at least one; it was not read. Ask the sender what is asked for.",
        )
    return not page.problems


def _received(page: _Page, data: dict[str, Any], path: str) -> dict[str, str]:
    """Day, time and zone as one would type them; a text that is no instant stands as the day, which then says so."""
    text = page.text(data.get("received_at"), f"{path}.received_at").strip()
    match = _ISO_INSTANT.fullmatch(text)
    if match is None:
        return {"received_date": text}
    return {"received_date": match[1], "received_time": match[2] + (match[3] or "").upper()}


def _decision(page: _Page, value: Any, path: str) -> Decision | None:
    if value is None:
        return None
    try:
        return decision_from(value)
    except ValueError as wrong:
        page.doubt(path, "decision-not-kept", f"The payer's decision that stands here was not taken over: {wrong}.")
        return None


def _traces(page: _Page, value: Any, path: str) -> tuple[str, ...]:
    """The ids that the sender gave it besides, each once."""
    if value is None:
        return ()
    if not isinstance(value, list):
        page.doubt(path, "wrong-type", f"The sender's program wrote {_kind(value)} where a list of ids should stand: it was left out.")
        return ()
    return ids_of(page.text(each, f"{path}[{n}]") for n, each in enumerate(value))


def _evidence(page: _Page, value: Any, path: str) -> dict[str, str]:
    """What shows when the request came in, as one would type it."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        page.doubt(
            path, "wrong-type", f"The sender's program wrote {_kind(value)} where the kind of evidence should stand: it was left out."
        )
        return {}
    for key in value.keys() - {"kind", "where"}:
        page.doubt(
            f"{path}.{clip(key)}", "unknown-key", f"“{clip(key)}” is nothing that a receipt has here; what stands there was left out."
        )
    kind, where = (page.text(value.get(key), f"{path}.{key}") for key in ("kind", "where"))
    return {"received_evidence": kind, "received_evidence_where": where}


def _attachments(page: _Page, value: Any, path: str) -> tuple[Attachment, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        page.fail(path, "wrong-type", _wrong("a list", value))
        return ()
    told = [_attachment(page, item, f"{path}[{n}]") for n, item in enumerate(value)]
    return tuple(a for a in told if a is not None)


def _attachment(page: _Page, value: Any, path: str) -> Attachment | None:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        page.doubt(path, "wrong-type", "An attachment without a name stands here; it was left out. Ask the sender for it.")
        return None
    name, media_type, sha256 = (visible(page.text(value.get(key), f"{path}.{key}")) for key in ("name", "media_type", "sha256"))
    return Attachment(name, media_type or None, sha256 or None)


def _unlike_its_line(code: str) -> str:
    # a code is read as a line of text; where blanks stood in it, what stood in the file is kept beside it
    return code if code != " ".join(code.split()) else ""


def _typed(value: Any) -> tuple[str, _Type | None]:
    """A scalar as text and its type; None for a number beyond all bounds."""
    if isinstance(value, bool):
        return "yes" if value else "no", _Type.FLAG
    if isinstance(value, str):
        return value, _Type.TEXT
    return (f"{value:f}", _Type.NUMBER) if _counts(value) else ("", None)


def _counts(value: Any) -> bool:
    """Whether a value is a number that one would write down in digits."""
    return isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS and len(value.as_tuple().digits) <= _DIGITS


def _wrong(expected: str, value: Any) -> str:
    """Why one request was not read, and what to do."""
    return f"The sender's program wrote {_kind(value)} where {expected} should stand. This request was not read; ask the sender to send it again."


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "several facts"
    kinds = {list: "a list", str: "words", bool: "yes or no", type(None): "nothing"}
    return kinds.get(type(value), "a number" if _counts(value) else "a number beyond all bounds")
