"""Documents in the layouts of published pages about services that nobody sells: one content, set as a web page and as a Word document."""

import io
from html import escape
from typing import Any

import file_makers as make

Block = tuple[Any, ...]
"""("h", level, words), ("p", words), ("table", rows), or ("list", style, items); an item is words, or words with a list below them."""

LETTERS, NUMBERS, BULLETS = "lower-alpha", "decimal", "disc"


def html_of(blocks: list[Block]) -> bytes:
    """The content as a web page whose lists number themselves."""
    body = "\n".join(_html(block) for block in blocks)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>\n{body}\n</body></html>".encode()


def _html(block: Block) -> str:
    match block:
        case ("h", level, words):
            return f"<h{level}>{escape(words)}</h{level}>"
        case ("p", words):
            return f"<p>{escape(words)}</p>"
        case ("table", rows):
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case ("list", style, items):
            told = "".join(
                f"<li>{escape(item)}</li>" if isinstance(item, str) else f"<li>{escape(item[0])}{_html(item[1])}</li>" for item in items
            )
            tag = "ul" if style == BULLETS else "ol"
            return f"<{tag} style='list-style-type: {style}'>{told}</{tag}>"
    raise ValueError(block)


def docx_of(blocks: list[Block]) -> bytes:
    """The content as a Word document whose lists Word numbers; no label stands in its text."""
    import docx

    document = docx.Document()
    for block in blocks:
        _docx(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx(document: Any, block: Block) -> None:
    match block:
        case ("h", level, words):
            document.add_heading(words, level)
        case ("p", words):
            document.add_paragraph(words)
        case ("table", rows):
            table = document.add_table(len(rows), max(map(len, rows)))
            for row, told in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, told, strict=False):
                    cell.text = words
        case ("list", style, items):
            forms = {NUMBERS: ("decimal", "%1."), LETTERS: ("lowerLetter", "%1."), BULLETS: ("bullet", "•")}
            below = next((item[1][1] for item in items if not isinstance(item, str)), LETTERS)
            inner = forms[below]
            key = make.number_list(document, [(*forms[style], 1), (inner[0], inner[1].replace("%1", "%2"), 1)])
            for item in items:
                make.numbered_item(document, item if isinstance(item, str) else item[0], key)
                for under in () if isinstance(item, str) else item[1][2]:
                    make.numbered_item(document, under, key, 1)


CRITERIA: Block = (
    "list",
    NUMBERS,
    [
        "The room is dark;",
        ("One or more of the following:", ("list", LETTERS, ["the lamp is lit;", "the candle is lit;"])),
        "The door is shut.",
    ],
)
"""Three things are asked, the second of which is one of two."""

ASKED = "Lamp therapy is considered medically necessary when ALL of the following criteria are met:"
CODES: Block = ("table", [["Code", "Description"], ["28999", "Unlisted procedure, foot"], ["64999", "Unlisted procedure, nerve"]])
DIAGNOSES: Block = ("table", [["M72.2", "Plantar fascial fibromatosis"], ["G57.61-G57.63", "Lesion of plantar nerve"]])

ANTHEM: list[Block] = [
    ("h", 1, "Medical Policy"),
    ("table", [["Subject:", "Lamp Therapy of the Foot"], ["Document #:", "SURG.00999", "Current Effective Date:", "09/27/2017"], ["Status:", "Reviewed", "Last Review Date:", "08/03/2017"]]),
    ("h", 2, "Description/Scope"),
    ("p", "This document addresses lamp therapy."),
    ("h", 2, "Position Statement"),
    ("p", ASKED),
    CRITERIA,
    ("p", "Lamp therapy is considered investigational and not medically necessary for all other indications."),
    ("h", 2, "Rationale"),
    ("p", "Two studies were found."),
    ("h", 2, "Coding"),
    ("p", "The following codes are included below for informational purposes."),
    ("p", "When services may be Medically Necessary when criteria are met:"),
    ("p", "CPT"),
    ("table", [["28999", "Unlisted procedure, foot [when specified as lamp therapy]"]]),
    ("p", "ICD-10 Diagnosis"),
    DIAGNOSES,
    ("h", 2, "References"),
    ("list", NUMBERS, ["Cole M. Lamps. 2021."]),
    ("h", 2, "Document History"),
    ("table", [["Status", "Date", "Action"], ["Reviewed", "08/03/2017", "MPTAC review."], ["Revised", "08/04/2016", "MPTAC review. Criteria revised."]]),
    ("table", [["Pre-Merger Organizations", "Last Review Date", "Document Number", "Title"], ["Old Plan", "02/02/2004", "SURG.01", "Lamps"]]),
]  # fmt: skip

PUBLISHED: list[Block] = [
    ("h", 1, "Clinical UM Guideline"),
    ("table", [["Subject:", "Lamp Therapy of the Foot"], ["Guideline #:", "CG-SURG-99", "Publish Date:", "01/03/2024"], ["Status:", "Revised", "Last Review Date:", "11/09/2023"]]),
    *ANTHEM[2:-2],
    ("h", 2, "History"),
    ("table", [["Status", "Date", "Action"], ["Revised", "11/09/2023", "MPTAC review."]]),
]  # fmt: skip

ARKANSAS: list[Block] = [
    ("h", 1, "Arkansas Blue Cross and Blue Shield"),
    ("p", "Coverage Policy Manual"),
    ("table", [["Policy #:", "2099001"], ["Category:", "Surgery"], ["Initiated:", "December 2006"], ["Last Review:", "06/15/2023"]]),
    ("h", 2, "Lamp Therapy, Foot"),
    ("h", 3, "Description:"),
    ("p", "A lamp is lit beside the foot."),
    ("h", 3, "Policy/Coverage:"),
    ("p", "Lamp therapy meets primary coverage criteria for effectiveness when ALL of the following are met:"),
    CRITERIA,
    ("h", 3, "CPT/HCPCS:"),
    CODES,
]

MONTANA: list[Block] = [
    ("h", 1, "BlueCross and BlueShield of Lampland Medical Policy/Codes"),
    ("h", 2, "Lamp Therapy"),
    ("p", "Chapter: Surgery: Procedures"),
    ("p", "Current Effective Date: May 03, 2012"),
    ("p", "Original Effective Date: June 25, 2002"),
    ("p", "Publish Date: May 03, 2013"),
    ("p", "Revised Dates: March 1, 2005; April 11, 2013"),
    ("h", 3, "Description"),
    ("p", "A lamp is lit beside the foot."),
    ("h", 3, "Coverage"),
    ("p", ASKED),
    CRITERIA,
]

MASSACHUSETTS: list[Block] = [
    ("h", 1, "Medical Policy"),
    ("h", 1, "Lamp Therapy: Foot"),
    ("p", "Blue Cross Blue Shield of Lampland"),
    ("p", "Policy Number: 985 BCBSA Reference Number: 7.01.999 LCD/NCD: N/A"),
    ("h", 2, "Policy"),
    ("p", ASKED),
    CRITERIA,
    ("p", "Lamp therapy is considered INVESTIGATIONAL for all other indications."),
    ("h", 2, "Coding Information"),
    CODES,
    ("h", 2, "Policy History"),
    ("table", [["Date", "Action"], ["08/01/2022", "Lamps were added."]]),
]

ARTICLE: list[Block] = [
    ("h", 1, "Billing and Coding: Lamp Therapy"),
    ("p", "Superseded"),
    ("table", [["Article ID", "A99999"], ["Article Title", "Billing and Coding: Lamp Therapy"], ["Original Effective Date", "12/12/2021"], ["Revision Effective Date", "01/01/2024"], ["Revision Ending Date", "10/23/2024"], ["Retirement Date", "N/A"]]),
    ("h", 2, "Coding Information"),
    ("h", 3, "ICD-10-CM Codes that Support Medical Necessity"),
    ("p", "Group 1"),
    ("p", "(2 Codes)"),
    ("p", "Group 1 Codes"),
    DIAGNOSES,
    ("h", 3, "ICD-10-CM Codes that DO NOT Support Medical Necessity"),
    ("p", "Group 1"),
    ("p", "(1 Code)"),
    ("p", "Group 1 Codes"),
    ("table", [["M79.671", "Pain in right foot"]]),
]  # fmt: skip

DETERMINATION: list[Block] = [
    ("p", "RETIRED Local Coverage Determination (LCD)"),
    ("h", 1, "Lamp Therapy"),
    ("p", "L99999"),
    ("table", [["LCD ID", "L99999"], ["LCD Title", "Lamp Therapy"], ["Original Effective Date", "For services performed on or after 10/01/2015"], ["Revision Effective Date", "For services performed on or after 07/01/2020"], ["Revision Ending Date", "06/08/2023"], ["Retirement Date", "06/08/2023"]]),
    ("h", 2, "Coverage Guidance"),
    ("p", "The following procedures are not covered:"),
    ("list", BULLETS, ["Candle therapy.", "Torch therapy."]),
    ("p", "Lamp therapy is reasonable and necessary when all of the following are met:"),
    CRITERIA,
]  # fmt: skip

HUMANA: list[Block] = [
    ("h", 1, "Lamp Therapy"),
    ("table", [["Effective Date:", "03/23/2023"], ["Revision Date:", "03/24/2023"], ["Review Date:", "03/22/2023"], ["Policy Number:", "HUM-0999-023"]]),
    ("h", 2, "Description"),
    ("p", "A lamp is lit beside the foot."),
    ("h", 2, "Coverage Determination"),
    ("p", "Humana members MAY be eligible for lamp therapy when the following criteria are met:"),
    CRITERIA,
]  # fmt: skip

UNITED: list[Block] = [
    ("p", "UnitedHealthcare Community Plan"),
    ("p", "Coverage Determination Guideline"),
    ("h", 1, "Lamps and Repairs"),
    ("table", [["Guideline Number: CS999.OP"], ["Effective Date: June 1, 2019"]]),
    ("h", 2, "Application"),
    ("p", "This guideline applies to lamps."),
    ("h", 2, "Coverage Rationale"),
    ("p", ASKED),
    CRITERIA,
    ("h", 2, "Definitions"),
    ("p", "Lamp: a thing that is lit."),
    ("h", 2, "Applicable Codes"),
    CODES,
    ("h", 2, "References"),
    ("list", NUMBERS, ["Cole M. Lamps. 2021."]),
]
