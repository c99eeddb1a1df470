"""The structure tree of a PDF as it lies in the file, read with nothing but pypdf: elements in reading order, with their pieces and places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pdfplumber
from pypdf import PdfReader
from pypdf.generic import ContentStream

Piece = tuple[int, int]
"""A page from 1, and a number of marked content on it."""


@dataclass(slots=True)
class Read:
    """One element: its tag, what is read of it in order (pieces, and elements), its alternative text, its
    language where that is another than the document's, the text that stands for it, and its annotations."""

    tag: str
    inside: "list[Piece | Read]" = field(default_factory=list)
    alt: str = ""
    language: str = ""
    actual: str = ""
    annotations: list[Any] = field(default_factory=list)

    def walk(self) -> "Iterator[Read]":
        """The element and all below it, in reading order."""
        yield self
        for each in self.inside:
            if isinstance(each, Read):
                yield from each.walk()

    def leaves(self) -> "Iterator[Read]":
        """What is read of it in order, each piece of its own as an element that has no other."""
        for each in self.inside:
            yield each if isinstance(each, Read) else Read(self.tag, [each])

    def pieces(self) -> Iterator[Piece]:
        """Its pieces and those of all below it, in reading order."""
        for each in self.inside:
            if isinstance(each, Read):
                yield from each.pieces()
            else:
                yield each


def structure(pdf: bytes) -> Read:
    """The tree from the document downwards."""
    told = PdfReader(BytesIO(pdf))
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(told.pages, start=1) if page.indirect_reference}
    (root,) = told.root_object["/StructTreeRoot"]["/K"]
    return _element(root.get_object(), pages)


def _element(told: Any, pages: dict[int, int]) -> Read:
    made = Read(told["/S"][1:], alt=str(told.get("/Alt", "")), language=str(told.get("/Lang", "")), actual=str(told.get("/ActualText", "")))
    kids = told.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            made.inside.append((pages[told.raw_get("/Pg").idnum], kid))
            continue
        below = kid.get_object()
        if below.get("/Type") == "/MCR":
            made.inside.append((pages[below.raw_get("/Pg").idnum], int(below["/MCID"])))
        elif below.get("/Type") == "/OBJR":
            made.annotations.append(below["/Obj"].get_object())
        else:
            made.inside.append(_element(below, pages))
    return made


def characters(pdf: bytes) -> dict[Piece, list[dict[str, Any]]]:
    """The characters of every piece, as pdfplumber tells them, in the order of drawing."""
    found: dict[Piece, list[dict[str, Any]]] = {}
    with pdfplumber.open(BytesIO(pdf)) as told:
        for number, page in enumerate(told.pages, start=1):
            for char in page.chars:
                if char["mcid"] is not None:
                    found.setdefault((number, char["mcid"]), []).append(char)
    return found


def words(pdf: bytes) -> dict[Piece, str]:
    """The words of every piece."""
    return {piece: "".join(char["text"] for char in chars) for piece, chars in characters(pdf).items()}


def spoken(pdf: bytes) -> dict[Piece, str]:
    """The text that stands for what a piece draws, of every piece that tells one."""
    told = PdfReader(BytesIO(pdf))
    found: dict[Piece, str] = {}
    for number, page in enumerate(told.pages, start=1):
        for operands, operator in ContentStream(page.get_contents(), told).operations:
            if operator == b"BDC" and "/ActualText" in operands[1]:
                found[(number, int(operands[1]["/MCID"]))] = str(operands[1]["/ActualText"])
    return found
