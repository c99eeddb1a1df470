"""A canvas that writes the structure tree beside the drawing, so that a reader may be told what everything on the page is.

reportlab writes no tags of its own. These are its hooks, all on the objects of one document, none on its modules: the page's code
list takes the marked content, catalog and page objects take the tree. They are private in part: an upgrade of reportlab is checked
against PDF/UA before it is taken.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

CREATOR = "ur_desk"


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A place of a page that leads somewhere: the page from 0, and reportlab's reference to the annotation."""

    page: int
    reference: Any


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure tree; `kids` are elements, pieces of pages as (page from 0, number on the page), and annotations."""

    tag: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list["Element | tuple[int, int] | Annotation"] = field(default_factory=list)

    def add(self, tag: str, **attributes: Any) -> "Element":
        """A new last child."""
        child = Element(tag, attributes)
        self.kids.append(child)
        return child


@dataclass(slots=True, eq=False)
class Link:
    """One address in a text: where it leads, what it is called to whoever does not see it, and its element once it is drawn."""

    target: str
    told: str
    element: Element | None = None


def attribute(owner: str, **values: str) -> Any:
    """A structure attribute, such as the scope of a table's header cell."""
    return pdfdoc.PDFDictionary({"O": pdfdoc.PDFName(owner)} | {name: pdfdoc.PDFName(value) for name, value in values.items()})


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws pages whose every mark is content of an element or an artifact; `finish_page` is drawn when the last page is known."""

    _code: list[str]

    def __init__(self, *args: Any, root: Element, dated: date, finish_page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = root
        self.finish_page = finish_page
        self._marks: list[Element] = []
        self._pages: list[tuple[Any, list[Element]]] = []
        self._annotations: list[tuple[Annotation, Element]] = []
        self._links: Sequence[Link] = ()
        self._open = False
        self._stamp(dated)

    def _stamp(self, dated: date) -> None:
        """The letter's day as the document's only time: no clock, no environment, so that same content gives same bytes."""
        stamp = TimeStamp(invariant=1)
        stamp.YMDhms = (dated.year, dated.month, dated.day, 0, 0, 0)
        self._doc._timeStamp = stamp
        self._doc.signature = hashlib.md5(dated.isoformat().encode(), usedforsecurity=False)

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is drawn within belongs to the element; within other content it belongs to that."""
        if self._open:
            yield
            return
        yield from self._marked(self.mark(element))

    def mark(self, element: Element, spoken: str = "") -> str:
        """The operator that begins a new piece of the element on this page, with the text that stands for what is drawn, if any is told;
        whoever takes it ends the piece."""
        number = len(self._marks)
        self._marks.append(element)
        element.kids.append((self._pageNumber - 1, number))
        told = f" /ActualText <FEFF{spoken.encode('utf-16-be').hex().upper()}>" if spoken else ""
        return f"/{element.tag} <</MCID {number}{told}>> BDC"

    @property
    def marking(self) -> bool:
        """Whether what is drawn now is content of some element already, or an artifact."""
        return self._open

    @contextmanager
    def leading(self, links: Sequence[Link]) -> Iterator[None]:
        """While a paragraph is drawn, these are its addresses, by the numbers that its markup gives them."""
        self._links = links
        try:
            yield
        finally:
            self._links = ()

    def linkURL(self, url: str, rect: tuple[float, float, float, float], relative: int = 0, **told: Any) -> None:
        """reportlab's call for each line of an address, by its number: the place leads there and belongs to the link's element."""
        if not self._links or rect[2] <= rect[0]:  # within an artifact, such as a header that is drawn again, or no words of it here
            return
        link = self._links[int(url)]
        assert link.element is not None
        super().linkURL(link.target, rect, relative, Contents=pdfdoc.PDFString(link.told), F=4, StructParent=0)
        annotation = Annotation(self._pageNumber - 1, self._annotationrefs[-1])
        link.element.kids.append(annotation)
        self._annotations.append((annotation, link.element))

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is drawn within is no content: rules, running heads, marks across the page."""
        if self._open:
            yield
            return
        yield from self._marked(f"/Artifact <</Type /{kind}{f' /Subtype /{subtype}' if subtype else ''}>> BDC")

    def _marked(self, opening: str) -> Iterator[None]:
        self._code.append(opening)
        self._open = True
        try:
            yield
        finally:
            self._open = False
            self._code.append("EMC")

    def showPage(self) -> None:
        """Closes the page and keeps what is marked on it."""
        marks, self._marks = self._marks, []
        super().showPage()
        self._pages.append((self._doc.Pages.pages[-1], marks))

    def save(self) -> None:
        """Finishes every page, writes the tree and closes the document."""
        if self._code:
            self.showPage()
        for number, (page, _) in enumerate(self._pages, start=1):
            self._code = []
            self.finish_page(self, number, len(self._pages))
            page.stream += "\n".join(self._code) + "\n"
        self._code = []
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        document, catalog = self._doc, self._doc.Catalog
        tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
        references: dict[int, Any] = {}
        pages = [document.Reference(page) for page, _ in self._pages]
        tree["K"] = pdfdoc.PDFArray([self._element(self.root, document.Reference(tree), pages, references)])
        numbers: list[Any] = []
        for number, (page, marks) in enumerate(self._pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
            numbers += [number, document.Reference(pdfdoc.PDFArray([references[id(mark)] for mark in marks]))]
        for number, (annotation, owner) in enumerate(self._annotations, start=len(self._pages)):
            document.idToObject[annotation.reference.name].dict["StructParent"] = number
            numbers += [number, references[id(owner)]]
        tree["ParentTree"] = document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = len(self._pages) + len(self._annotations)
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=self._metadata)

    def _element(self, element: Element, parent: Any, pages: list[Any], references: dict[int, Any]) -> Any:
        told = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.tag), "P": parent})
        own = references[id(element)] = self._doc.Reference(told)
        for name, value in element.attributes.items():
            told[name] = value
        first = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
        if first is not None:
            told["Pg"] = pages[first]
        kids: list[Any] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._element(kid, own, pages, references))
            elif isinstance(kid, Annotation):
                told_of = {"Type": pdfdoc.PDFName("OBJR"), "Pg": pages[kid.page], "Obj": kid.reference}
                kids.append(pdfdoc.PDFDictionary(told_of))
            elif kid[0] == first:
                kids.append(kid[1])
            else:
                kids.append(pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("MCR"), "Pg": pages[kid[0]], "MCID": kid[1]}))
        told["K"] = kids[0] if len(kids) == 1 else pdfdoc.PDFArray(kids)
        return own

    def _metadata(self, document: Any) -> bytes:
        """XMP with the title and the claim of PDF/UA-1; it names no person and no case."""
        year, month, day = document._timeStamp.YMDhms[:3]
        when = f"{year:04}-{month:02}-{day:02}T00:00:00+00:00"
        told = XMP.format(title=escape(document.info.title), language=self.language, when=when, creator=CREATOR)
        return told.encode()

    @property
    def language(self) -> str:
        """The language of the document."""
        return str(self._doc.Catalog.Lang.s)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{creator}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
