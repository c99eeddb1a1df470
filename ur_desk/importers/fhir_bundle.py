"""The resources that stand together in a file, found by what a reference says: entry address, type and id, contained id, identifier."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from ur_desk.importers.fhir_element import Element, Node, Page
from ur_desk.importers.limits import Room

_BASE = re.compile(r"(.*/)[A-Za-z]+/[^/]+")
_MANY = {"ServiceRequest": "An order", "Practitioner": "A provider", "DocumentReference": "A document"}
_URN = re.compile(r"urn:(?:uuid|oid):(.+)", re.IGNORECASE)
_Told = TypeVar("_Told", Node, Element)


class Resources:
    """An index of resources, made once. Of several that differ under one address, name or identifier none is meant, and that is said."""

    def __init__(self, nodes: Iterable[Node], page: Page) -> None:
        self.nodes = [*nodes]
        self._by_url: dict[str, list[Node]] = {}
        self._by_name: dict[str, list[Node]] = {}
        self._by_id: dict[str, list[Node]] = {}
        self._by_kind: dict[str, list[Node]] = {}
        self._by_identifier: dict[tuple[str, str, str], list[Node]] | None = None
        repeated: list[Node] = []
        for node in self.nodes:
            name = f"{node.kind}/{node.id}" if node.id else ""
            if node.url in self._by_url if node.url else name in self._by_name:
                repeated.append(node)
            if node.url:
                _keep(self._by_url.setdefault(node.url, []), node)
            if name:
                _keep(self._by_name.setdefault(name, []), node)
                _keep(self._by_id.setdefault(node.id, []), node)
            self._by_kind.setdefault(node.kind, []).append(node)
        _say_repeated(repeated, page)

    def of(self, *kinds: str) -> list[Node]:
        """The resources of these types, those of one type together, in the order of the file."""
        return [node for kind in kinds for node in self._by_kind.get(kind, ())]

    def find(self, reference: str, base: Node) -> Node | None:
        """What a reference means that stands in the resource `base`; None where the file does not hold it, or holds several."""
        return sole(self.meant(reference, base))

    def meant(self, reference: str, base: Node) -> list[Node]:
        """What a reference may mean that stands in the resource `base`: more than one where the file holds several that differ."""
        told = reference.split("/_history/", 1)[0]
        if "://" not in told and not told.startswith("urn:"):
            root = _BASE.fullmatch(base.url)
            here = self._by_url.get(root[1] + told, []) if root else []
            named = [node for node in self._by_name.get(told, []) if not (root and _BASE.fullmatch(node.url))]
            return self._unaddressed(here, told) if here else named or self._by_url.get(told, [])
        found = self._by_url.get(told)
        if found is not None:
            return self._unaddressed(found, "/".join(told.rsplit("/", 2)[-2:]))
        urn = _URN.fullmatch(told)
        if urn:
            return self._by_id.get(urn[1], [])
        # here as above an address on another server is another resource; an entry without an address may be that one
        return [node for node in self._by_name.get("/".join(told.rsplit("/", 2)[-2:]), []) if not node.url]

    def _unaddressed(self, found: list[Node], name: str) -> list[Node]:
        """What has the address, and what may be that one too: of the same name, without an address and with other content."""
        return [*found, *(node for node in self._by_name.get(name, []) if not node.url and node.data != found[0].data)]

    def identified(self, system: str, value: str, kinds: tuple[str, ...]) -> list[Node]:
        """The resources of the first of the types that has one with this identifier: more than one where several that differ have it."""
        if self._by_identifier is None:
            self._by_identifier = {}
            for node in self.nodes:
                for told in Element(Page(), node.data, node).many("identifier"):
                    _keep(self._by_identifier.setdefault((node.kind, told.text("system"), told.text("value")), []), node)
        return next((found for kind in kinds if (found := self._by_identifier.get((kind, system, value)))), [])


def sole(found: Sequence[Node]) -> Node | None:
    """The only one; None of several."""
    return found[0] if len(found) == 1 else None


def _keep(told: list[_Told], each: _Told) -> None:
    """Two that differ are enough to know that none is meant."""
    if not told or (len(told) == 1 and told[0].data != each.data):
        told.append(each)


def _say_repeated(repeated: list[Node], page: Page) -> None:
    if repeated:
        more = f" ({len(repeated):,} such entries in all)" if len(repeated) > 1 else ""
        message = (
            f"Another entry has the same address or the same type and id{more}; where they differ, what names them means none of them."
        )
        page.doubt(repeated[0].path, "duplicate-entry", message)


class View:
    """What one request is read from: the resources at hand, the page of its problems, and where each field of its draft stood.

    `room` is what the notes of all requests of the file may still hold. `places` leads from a field of the draft (`member`, `services.1.code`) to a JSON path.
    """

    __slots__ = ("_inside", "page", "places", "resources", "room")

    def __init__(self, resources: Resources, page: Page, room: Room) -> None:
        self.resources, self.page, self.room = resources, page, room
        self.places: dict[str, str] = {}
        self._inside: dict[str, dict[str, list[Element]]] = {}

    def element(self, node: Node) -> Element:
        """A resource to be read for this request."""
        return Element(self.page, node.data, node)

    def follow(self, reference: Element | None, *kinds: str) -> Element | None:
        """The resource that a reference means; where the file holds none, several, or one of another type, that is said and None given.

        A reference that only gives an identifier or a name may mean what is not in the file, and nothing is said. Of several
        patients that may be meant none is taken: it is an error.
        """
        if reference is None:
            return None
        found = self._meant(reference, kinds)
        if len(found) > 1:
            _several(reference, kinds)
        elif not found:
            if reference.text("reference").strip():
                reference.doubt("", "missing-reference", f"{_article(kinds)} is named here that does not stand in the file.")
        elif found[0].kind not in kinds:
            reference.doubt("", "wrong-reference", f"{_article(kinds)} belongs here; the reference leads to something else.")
        else:
            return found[0]
        return None

    def seek(self, reference: Element, kind: str) -> Element | None:
        """The resource of a type that a reference means, None where none or several may be meant; nothing is said."""
        found = self._meant(reference, (kind,))
        return found[0] if len(found) == 1 and found[0].kind == kind else None

    def only(self, kind: str) -> Element | None:
        """The resource of a type where the file holds no other of that type."""
        nodes = self.resources.of(kind)
        return self.element(nodes[0]) if len(nodes) == 1 else None

    def _meant(self, reference: Element, kinds: tuple[str, ...]) -> list[Element]:
        told = reference.text("reference").strip()
        if told.startswith("#"):
            return self._contained(reference.node, told[1:])
        if told:
            return [self.element(node) for node in self.resources.meant(told, reference.node)]
        identifier = reference.one("identifier")
        value = identifier.text("value") if identifier else ""
        found = self.resources.identified(identifier.text("system"), value, kinds) if identifier and value else []
        return [self.element(node) for node in found]

    def _contained(self, holder: Node, name: str) -> list[Element]:
        if not name:
            return [self.element(holder)]
        if holder.path not in self._inside:
            inside = self._inside[holder.path] = {}
            for each in self.element(holder).every("contained"):
                _keep(inside.setdefault(each.text("id"), []), each)
        return self._inside[holder.path].get(name, [])


def _several(reference: Element, kinds: tuple[str, ...]) -> None:
    """Says that several resources may be meant; whom a request is about has to be known."""
    if kinds == ("Patient",):
        message = (
            "Several patients that differ may be meant here, so that it is not known whom this is about. It was not taken; ask the sender."
        )
        reference.page.fail(reference.path, "several-patients", message)
    else:
        message = "Several resources that differ may be meant here; none of them was taken. Look at the file."
        reference.doubt("", "several-resources", message)


def names_something(reference: Element | None) -> bool:
    """Whether a reference says whom or what it means: by an address, an identifier or a name."""
    if reference is None:
        return False
    identifier = reference.one("identifier")
    return any(
        text.strip() for text in (reference.text("reference"), identifier.text("value") if identifier else "", reference.text("display"))
    )


def _article(kinds: tuple[str, ...]) -> str:
    if len(kinds) > 2:
        return _MANY.get(kinds[0], "A resource")
    named = " or ".join(kinds)
    return f"An {named}" if named[0] in "AEIO" else f"A {named}"
