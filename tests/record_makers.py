"""Records of pages as senders make them, all of them invented: PDF with and without a text layer, filled forms, faxes as TIFF."""

import hashlib
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from ur_desk.domain.intake.attached import MediaType, Record
from ur_desk.domain.policy import Sha256


def pdf(*pages: str, size: tuple[float, float] = (612, 792)) -> bytes:
    """A PDF with the lines of each page; a page without words has a drawn box only."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, size[1] - 72 - 18 * number, line)
        if not page:
            canvas.rect(100, 100, 300, 200)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


PAGES = pdf("Physical therapy evaluation\nRange of motion is full", "Second page")


def record(data: bytes = PAGES, name: str = "fax-0412.pdf", characters: tuple[int, ...] = (44, 10)) -> Record:
    """What is known of such a record; by default of the two pages of `PAGES`."""
    return Record(name, MediaType.PDF, Sha256(hashlib.sha256(data).hexdigest()), characters)


PROOF = (record(name="mail log.pdf"), PAGES)
"""What shows that a letter was sent, as the desk takes it."""


def form(fields: dict[str, str], boxes: dict[str, bool] | None = None, tips: dict[str, str] | None = None) -> bytes:
    """A fillable PDF form (AcroForm) with these fields filled in."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number, (name, value) in enumerate(fields.items()):
        canvas.drawString(72, 760 - 30 * number, f"{name}:")
        tip = (tips or {}).get(name, name)
        canvas.acroForm.textfield(name=name, tooltip=tip, value=value, x=220, y=752 - 30 * number, width=240, height=20)
    for number, (name, ticked) in enumerate((boxes or {}).items()):
        canvas.acroForm.checkbox(name=name, tooltip=name, checked=ticked, x=72, y=200 - 30 * number)
    canvas.save()
    return out.getvalue()


def printed(rows: Sequence[Sequence[tuple[float, str]]], edge: str = "") -> bytes:
    """A page of print: each row is texts at their places across, from the top; `edge` stands where machines print."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=True)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(20, 778, edge)
    canvas.setFont("Helvetica", 10)
    for number, row in enumerate(rows):
        for across, text in row:
            canvas.drawString(across, 740 - 20 * number, text)
    canvas.save()
    return out.getvalue()


def letter_of_necessity() -> bytes:
    """A letter for a patient that a reader of policies takes for one by general rules: it lists codes, and says what is necessary."""
    lines = (
        "Letter of medical necessity", "10/05/2017", "Re: Rosa Alvarado, member ID W123, policy number 4471", "Dear Medical Director,",
        "Dynamic motion x-ray is medically necessary for this patient.",
        "The service is considered medically necessary when instability is suspected.", "Diagnoses", "M54.5 low back pain",
        "M47.812 spondylosis", "S13.4XXA sprain", "Coding", "76120 Cineradiography", "76125 Cineradiography add-on", "76496 Unlisted",
        "References", "1. Smith J. Spine. 2004.",
    )  # fmt: skip
    return pdf("\n".join(lines))


def policy_of_a_payer() -> bytes:
    """A medical policy as PDF, in a layout that is known."""
    lines = (
        "Medical Policy", "Subject: Lamp Study of the Foot", "Document #: XYZ.00001 Current Effective Date: 03/15/2016",
        "Status: Reviewed Last Review Date: 03/01/2016", "Description/Scope", "This document addresses the lamp study of the foot.",
        "Position Statement", "Investigational and Not Medically Necessary:",
        "The lamp study of the foot is considered investigational and not medically necessary.",
    )  # fmt: skip
    return pdf("\n".join(lines))


def locked(data: bytes, password: str = "secret") -> bytes:
    """The same PDF under a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (340, 440), **told: object) -> bytes:
    """One page as an image, with a black bar near its top."""
    out = io.BytesIO()
    _page(size).save(out, kind, **told)
    return out.getvalue()


def fax(pages: int = 3, dpi: tuple[int, int] = (204, 196), size: tuple[int, int] = (1728, 2200)) -> bytes:
    """A fax as TIFF, group 4, of so many frames."""
    out = io.BytesIO()
    frames: Sequence[Image.Image] = [_page(size).convert("1") for _ in range(pages)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=dpi)
    return out.getvalue()


def _page(size: tuple[int, int]) -> Image.Image:
    page = Image.new("L", size, 255)
    ImageDraw.Draw(page).rectangle((size[0] // 10, size[1] // 10, size[0] // 2, size[1] // 8), fill=0)
    return page
