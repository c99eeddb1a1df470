"""Every kind of letter in every family that writes it, for each reader, in both prints and under every mark, and the sheets that go with them: what PDF/UA is checked on."""

from collections.abc import Iterator

from letter_cases import COPIES, COVERAGES, DATED, FONTS, WORDING, WRITTEN, composed, facts, profile

from ur_desk.domain.letter import Audience, LetterContent, LetterKind
from ur_desk.domain.sending import FaxCover, ReturnSheet
from ur_desk.letters.family import Family
from ur_desk.letters.sheets import content_of as content_of_sheet
from ur_desk.pdf.letter import Mark, render
from ur_desk.pdf.sheet import render_sheet

ADDRESSES = {
    "external_review_text": "Ask at www.fernhill.example/review, or write to review@fernhill.example. It is free.\n"
    "https://www.fernhill.example/how-to-ask/for-a-review/by-people-outside-our-company/step-by-step/and-what-it-costs",
    "nondiscrimination_text": "https://www.fernhill.example/fair",
}


def content_of(kind: LetterKind, family: Family, audience: Audience = Audience.MEMBER) -> LetterContent:
    """A whole letter of the kind and family, of Medicare Advantage where the family writes none; its plan gives addresses of the web
    and of mail."""
    family = family if (kind, family) in WRITTEN else Family.MEDICARE_ADVANTAGE
    return composed(facts(kind, family, profile=profile(COVERAGES[family][0], **ADDRESSES)), audience)


def whole_set() -> Iterator[tuple[str, bytes]]:
    """A name and the bytes of each."""
    for kind, family, audience in COPIES:
        content = content_of(kind, family, audience)
        for mark in Mark:
            for large in (False, True):
                name = f"{kind}-{family}-{audience}-{mark}{'-large' if large else ''}"
                yield name, render(content, mark=mark, large_print=large, fonts_dir=FONTS)
    plan = profile()
    for name, sheet in (
        ("fax-cover", FaxCover(plan, "Dr. Imogen Castellanos", "1-317-555-0188", 6, DATED)),
        ("return-sheet", ReturnSheet(plan, "UR-2026-000417", DATED)),
    ):
        yield name, render_sheet(content_of_sheet(sheet, WORDING), fonts_dir=FONTS)
