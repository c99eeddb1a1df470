"""The resources that stand together in a file, found by what a reference says: entry address, type and id, contained id, identifier."""

import re
from collections.abc import Iterable

from ur_desk.importers.fhir_element import Element, Node, Page
from ur_desk.importers.limits import Room

_BASE = re.compile(r"(.*/)[A-Za-z]+/[^/]+")
_MANY = {"ServiceRequest": "An order", "Practitioner": "A provider", "DocumentReference": "A document"}
_URN = re.compile(r"urn:(?:uuid|oid):(.+)", re.IGNORECASE)


class Resources:
    """An index of resources, made once; the first of several with one address or name stands for them, and that is said."""

    def __init__(self, nodes: Iterable[Node], page: Page) -> None:
        self.nodes = [*nodes]
        self._by_url: dict[str, Node] = {}
        self._by_name: dict[str, Node] = {}
        self._by_id: dict[str, Node | None] = {}
        self._by_kind: dict[str, list[Node]] = {}
        self._by_identifier: dict[tuple[str, str, str], Node] | None = None
        repeated: list[Node] = []
        for node in self.nodes:
            name = f"{node.kind}/{node.id}" if node.id else ""
            first = self._by_url.setdefault(node.url, node) if node.url else self._by_name.get(name, node)
            if first is not node:
                repeated.append(node)
            if name:
                self._by_name.setdefault(name, node)
                self._by_id[node.id] = None if node.id in self._by_id else node
            self._by_kind.setdefault(node.kind, []).append(node)
        _say_repeated(repeated, page)

    def of(self, *kinds: str) -> list[Node]:
        """The resources of these types, those of one type together, in the order of the file."""
        return [node for kind in kinds for node in self._by_kind.get(kind, ())]

    def find(self, reference: str, base: Node) -> Node | None:
        """What a reference means that stands in the resource `base`; None where the file does not hold it."""
        told = reference.split("/_history/", 1)[0]
        if "://" not in told and not told.startswith("urn:"):
            root = _BASE.fullmatch(base.url)
            return (self._by_url.get(root[1] + told) if root else None) or self._by_name.get(told) or self._by_url.get(told)
        found = self._by_url.get(told)
        if found is not None:
            return found
        urn = _URN.fullmatch(told)
        if urn:
            return self._by_id.get(urn[1])
        named = self._by_name.get("/".join(told.rsplit("/", 2)[-2:]))
        # an address on another server is another resource; an entry without an address may be that one
        return named if named is not None and not named.url else None

    def identified(self, system: str, value: str, kinds: tuple[str, ...]) -> Node | None:
        """The resource of one of the types that has this identifier."""
        if self._by_identifier is None:
            self._by_identifier = {}
            for node in self.nodes:
                for told in Element(Page(), node.data, node).many("identifier"):
                    self._by_identifier.setdefault((node.kind, told.text("system"), told.text("value")), node)
        return next((found for kind in kinds if (found := self._by_identifier.get((kind, system, value)))), None)


def _say_repeated(repeated: list[Node], page: Page) -> None:
    if repeated:
        more = f" ({len(repeated):,} such entries in all)" if len(repeated) > 1 else ""
        message = f"Another entry has the same address or the same type and id{more}; references were read as meaning the first."
        page.doubt(repeated[0].path, "duplicate-entry", message)


class View:
    """What one request is read from: the resources at hand, the page of its problems, and where each field of its draft stood.

    `room` is what the notes of all requests of the file may still hold. `places` leads from a field of the draft (`member`, `services.1.code`) to a JSON path.
    """

    __slots__ = ("_inside", "page", "places", "resources", "room")

    def __init__(self, resources: Resources, page: Page, room: Room) -> None:
        self.resources, self.page, self.room = resources, page, room
        self.places: dict[str, str] = {}
        self._inside: dict[str, dict[str, Element]] = {}

    def element(self, node: Node) -> Element:
        """A resource to be read for this request."""
        return Element(self.page, node.data, node)

    def follow(self, reference: Element | None, *kinds: str) -> Element | None:
        """The resource that a reference means; where the file holds none, or one of another type, that is said and None given.

        A reference that only gives an identifier or a name may mean what is not in the file, and nothing is said.
        """
        if reference is None:
            return None
        told = reference.text("reference").strip()
        if not told:
            node = self._identified(reference, kinds)
            return self.element(node) if node else None
        found = self._contained(reference, told[1:]) if told.startswith("#") else self._entry(reference, told)
        if found is None:
            reference.doubt("", "missing-reference", f"{_article(kinds)} is named here that does not stand in the file.")
        elif found.kind not in kinds:
            reference.doubt("", "wrong-reference", f"{_article(kinds)} belongs here; the reference leads to something else.")
            return None
        return found

    def only(self, kind: str) -> Element | None:
        """The resource of a type where the file holds no other of that type."""
        nodes = self.resources.of(kind)
        return self.element(nodes[0]) if len(nodes) == 1 else None

    def _entry(self, reference: Element, told: str) -> Element | None:
        node = self.resources.find(told, reference.node)
        return self.element(node) if node else None

    def _identified(self, reference: Element, kinds: tuple[str, ...]) -> Node | None:
        identifier = reference.one("identifier")
        value = identifier.text("value") if identifier else ""
        return self.resources.identified(identifier.text("system"), value, kinds) if identifier and value else None

    def _contained(self, reference: Element, name: str) -> Element | None:
        whole = Element(self.page, reference.node.data, reference.node)
        if not name:
            return whole
        if reference.node.path not in self._inside:
            self._inside[reference.node.path] = {each.text("id"): each for each in reversed(whole.every("contained"))}
        return self._inside[reference.node.path].get(name)


def _article(kinds: tuple[str, ...]) -> str:
    if len(kinds) > 2:
        return _MANY.get(kinds[0], "A resource")
    named = " or ".join(kinds)
    return f"An {named}" if named[0] in "AEIO" else f"A {named}"
