"""Plain data of FHIR read by key, whatever stands there: each value has its JSON path, each wrong type is a problem."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.fields import LINE_LIMIT, PROSE_LIMIT
from ur_desk.domain.policy import Severity

MOST = 100
"""So many objects or texts of one list are read where a person, a code or an order has them; a file cannot make every request read more."""
_DIGITS = 30


class Page:
    """Keeps what is wrong with the resources of one request, each thing once at its place."""

    __slots__ = ("_said",)

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """Everything that was said so far, in order."""
        return list(self._said.values())

    def take(self, other: "Page") -> None:
        """Takes over what another page says."""
        self._said = other._said | self._said

    def doubt(self, where: str, code: str, message: str) -> None:
        """Says a warning."""
        self._said.setdefault((where, code), Problem(Severity.WARNING, code, where, message))

    def fail(self, where: str, code: str, message: str) -> None:
        """Says why no request comes from what stands here."""
        self._said.setdefault((where, code), Problem(Severity.ERROR, code, where, message))


@dataclass(frozen=True, slots=True)
class Node:
    """A resource as it stands in the file: its data, its JSON path and the `fullUrl` of its entry, empty where it has none."""

    data: dict[str, Any]
    path: str
    url: str = ""

    @property
    def kind(self) -> str:
        """The resource's type; empty where it names none."""
        kind = self.data.get("resourceType")
        return kind if isinstance(kind, str) else ""

    @property
    def id(self) -> str:
        """The resource's own id; empty where it has none."""
        told = self.data.get("id")
        return told if isinstance(told, str) else ""


class Element:
    """An object of a resource, asked for its keys by name. What is asked for and not there is empty; what is there in a wrong type is a problem and left out."""

    __slots__ = ("_extensions", "_step", "_up", "data", "page")

    def __init__(self, page: Page, data: dict[str, Any], up: "Element | Node", step: str = "") -> None:
        self.page, self.data, self._up, self._step = page, data, up, step
        self._extensions: dict[str, list[Element]] | None = None

    @property
    def path(self) -> str:
        """The JSON path of the object."""
        steps, up = [self._step], self._up
        while isinstance(up, Element):
            steps.append(up._step)
            up = up._up
        return up.path + "".join(reversed(steps))

    @property
    def node(self) -> Node:
        """The resource that the object stands in; for a contained resource the one that contains it."""
        up = self._up
        while isinstance(up, Element):
            up = up._up
        return up

    @property
    def kind(self) -> str:
        """The type of the resource that the object is; empty where it is none."""
        kind = self.data.get("resourceType")
        return kind if isinstance(kind, str) else ""

    def at(self, key: str) -> str:
        """The JSON path of a key of the object."""
        return f"{self.path}.{key}"

    def doubt(self, key: str, code: str, message: str) -> None:
        """Says a warning at a key of the object, or at the object where the key is empty."""
        self.page.doubt(self.at(key) if key else self.path, code, message)

    def text(self, key: str) -> str:
        """The text under a key; a number is taken as it is written. What is longer than a description may be is said and left out."""
        value = self.data.get(key)
        if value is None:
            return ""
        told = value if isinstance(value, str) else self.long_text(key)
        if len(told) <= PROSE_LIMIT:
            return told
        self.doubt(
            key, "too-long", f"This text has {len(told):,} characters; {PROSE_LIMIT:,} are taken. It was left out; the file keeps it."
        )
        return ""

    def long_text(self, key: str) -> str:
        """The text under a key, however long: for documents and notes."""
        value = self.data.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return self._taken(key, value, "words")

    def number(self, key: str) -> str:
        """The number under a key, in digits; a text is taken as it stands."""
        value = self.data.get(key)
        if value is None:
            return ""
        if isinstance(value, Decimal):
            if counts(value):
                return f"{value:f}"
            self.doubt(key, "bad-number", "No amount has so many digits; it was left out.")
            return ""
        return self._taken(key, value, "a number")

    def flag(self, key: str) -> bool | None:
        """The truth value under a key, None where none is told."""
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._taken(key, value, "yes or no", take=False)
        return None

    def texts(self, key: str) -> list[str]:
        """The texts of a list, each of one line; at most `MOST`."""
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            self._taken(key, value, "a list of words")
            value = [value]
        if not isinstance(value, list):
            self._taken(key, value, "a list of words", take=False)
            return []
        told = [each for each in value[:MOST] if isinstance(each, str) and len(each) <= LINE_LIMIT]
        if len(told) < len(value) and len(told) < sum(each is not None for each in value[: MOST + 1]):
            self.doubt(key, "wrong-type", f"At most {MOST} texts of one line belong into this list; the rest was left out.")
        return told

    def one(self, key: str) -> "Element | None":
        """The object under a key."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Element(self.page, value, self, f".{key}")
        self._taken(key, value, "several facts", take=False)
        return None

    def many(self, key: str) -> "list[Element]":
        """The objects of a list, at most `MOST`; a lone object is taken for a list of one."""
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, list) and len(value) > MOST:
            self.doubt(key, "too-many", f"{len(value):,} stand here; the first {MOST} were read.")
            value = value[:MOST]
        return self._listed(key, value)

    def every(self, key: str) -> "list[Element]":
        """The objects of a list however long, where each is read once."""
        return self._listed(key, self.data.get(key))

    def _listed(self, key: str, value: Any) -> "list[Element]":
        if value is None:
            return []
        if isinstance(value, dict):
            self.doubt(
                key, "wrong-type", "The sender's program wrote one entry where a list should stand; it was taken as it stands. Check it."
            )
            return [Element(self.page, value, self, f".{key}")]
        if not isinstance(value, list):
            self._taken(key, value, "a list", take=False)
            return []
        told = [Element(self.page, each, self, f".{key}[{n}]") for n, each in enumerate(value) if isinstance(each, dict)]
        if len(told) < len(value):
            self._other(key, value)
        return told

    def _other(self, key: str, value: list[Any]) -> None:
        """Says what stands in a list of objects and is none; nothing is no trouble."""
        for number, each in enumerate(value):
            if each is not None and not isinstance(each, dict):
                where = f"{self.at(key)}[{number}]"
                self.page.doubt(
                    where,
                    "wrong-type",
                    f"The sender's program wrote {_kind(each)} where several facts should stand; it was left out. Look in the file.",
                )

    def extensions(self, name: str) -> "list[Element]":
        """The extensions of that name, modifiers too; the name is the last step of the address, which versions share."""
        if self._extensions is None:
            told: dict[str, list[Element]] = {}
            for key in ("extension", "modifierExtension"):
                if self.data.get(key) is not None:
                    for each in self.many(key):
                        told.setdefault(each.text("url").rstrip("/").rsplit("/", 1)[-1], []).append(each)
            self._extensions = told
        return self._extensions.get(name, [])

    def extension(self, name: str) -> "Element | None":
        """The first extension of that name."""
        told = self.extensions(name)
        return told[0] if told else None

    def value(self) -> str:
        """The value of an extension as text, where it is a text, a code, a date or a number."""
        for key in ("valueString", "valueCode", "valueDate", "valueDateTime", "valueUri", "valueUrl", "valueCanonical", "valueId"):
            if self.data.get(key) is not None:
                return self.text(key)
        for key in ("valueDecimal", "valueInteger", "valuePositiveInt", "valueUnsignedInt"):
            if self.data.get(key) is not None:
                return self.number(key)
        return ""

    def _taken(self, key: str, value: Any, expected: str, take: bool = True) -> str:
        text = (value if isinstance(value, str) else f"{value:f}" if counts(value) else "") if take else ""
        rest = "it was taken as it stands. Check it" if text else "it was left out. Look in the file"
        self.doubt(key, "wrong-type", f"The sender's program wrote {_kind(value)} where {expected} should stand; {rest}.")
        return text


def counts(value: Any) -> bool:
    """Whether a value is a number that one would write down in digits."""
    return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _DIGITS and len(value.as_tuple().digits) <= _DIGITS


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "several facts"
    kinds = {list: "a list", str: "words", bool: "yes or no"}
    return kinds.get(type(value), "a number" if counts(value) else "a number beyond all bounds")
