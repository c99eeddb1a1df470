"""Every kind of letter in every family, in both prints and under every mark, and the sheets that go with them: what PDF/UA is checked on."""

from collections.abc import Iterator
from dataclasses import replace

from letter_cases import COPIES, DATED, FONTS, WORDING, composed, facts, profile
from script_lines import TAGLINES

from ur_desk.domain.letter import Audience, LetterContent, LetterKind
from ur_desk.domain.letters.sending import FaxCover, ReturnSheet
from ur_desk.letters.family import Family
from ur_desk.letters.sheets import content_of as content_of_sheet
from ur_desk.pdf.letter import Mark, render
from ur_desk.pdf.sheet import render_sheet

ADDRESSES = {
    "external_review_text": "Ask at www.fernhill.example/review, or write to review@fernhill.example. It is free.\n"
    "https://www.fernhill.example/how-to-ask/for-a-review/by-people-outside-our-company/step-by-step/and-what-it-costs",
    "nondiscrimination_text": "https://www.fernhill.example/fair",
}


def content_of(kind: LetterKind, family: Family | None = None, audience: Audience = Audience.MEMBER) -> LetterContent:
    """A whole letter of the kind, family and reader, whose plan gives addresses of the web and of mail."""
    told = facts(kind, family)
    return composed(replace(told, profile=replace(told.profile, **ADDRESSES)), audience)


def whole_set() -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each: every kind, family and reader as it leaves, in both prints; one in every script; every kind under both marks."""
    for kind, family, audience in COPIES:
        content = content_of(kind, family, audience)
        for large in (False, True):
            yield f"{kind}-{family}-{audience}{'-large' if large else ''}", render(content, large_print=large, fonts_dir=FONTS)
    told = facts(LetterKind.ADVERSE)
    scripts = composed(replace(told, profile=replace(told.profile, **ADDRESSES, taglines=TAGLINES)))
    scripts = replace(scripts, recipient=("علي Brannigan", *scripts.recipient[1:]))
    for large in (False, True):
        yield f"scripts{'-large' if large else ''}", render(scripts, large_print=large, fonts_dir=FONTS)
    for kind in LetterKind:
        for mark in (Mark.DRAFT, Mark.SPECIMEN):
            yield f"{kind}-{mark}", render(content_of(kind), mark=mark, fonts_dir=FONTS)
    plan = profile()
    for name, sheet in (
        ("fax-cover", FaxCover(plan, "Dr. Imogen Castellanos", "1-317-555-0188", 6, DATED)),
        ("return-sheet", ReturnSheet(plan, "UR-2026-000417", DATED)),
    ):
        yield name, render_sheet(content_of_sheet(sheet, WORDING), fonts_dir=FONTS)
