"""What a document costs to read grows with its length and not with its square: counted in steps of the program, not in seconds."""

import cProfile
import pstats

import pytest

from ur_desk.documents import read
from ur_desk.documents.headings import _heading_of
from ur_desk.domain.codes import CodeSet

HEAD = "Medical Policy\nSubject: Lamps\nDocument #: XYZ.00001 Current Effective Date: 03/15/2016\n\nPosition Statement\n\n"
TEXTS = {
    "wrapped prose": "The committee reviewed the lamps that patients use, and the records that\nthe nurses keep of them after 6 weeks of lamp therapy.\n\n",
    "positions and codes": "Position Statement\n\nBlue lamps are considered investigational and not medically necessary.\n\nCoding\n\nM20.10-M20.62 Toes\n97799 Walk\n\n",
    "run-in paragraphs": "## ITEMS\n\n### E0630 - Lift\n\n**Indications:** **NOT COVERED** - denied as not medically necessary.\n\n**Requirements:** 6 weeks of lamp therapy; ICD-10: G35\n\n",
    "questions without an answer": "The following criteria must be met:\n\nand so on\n\n",
    "one list": "1. Tried for 6 weeks of lamp therapy and/or for 8 weeks of lamp therapy\n",
}


def steps(text: str, codeset: CodeSet) -> int:
    """How many calls it takes to read a text."""
    _heading_of.cache_clear()
    profile = cProfile.Profile()
    profile.runcall(read, text.encode(), "lamps.txt", codeset)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_text_takes_little_more_than_twice_the_steps(text: str, codeset: CodeSet) -> None:
    times = 20_000 // len(text)
    read((HEAD + text).encode(), "lamps.txt", codeset)  # what is made once is made before
    once, twice = (steps(HEAD + text * count, codeset) for count in (times, 2 * times))
    assert twice < 2.4 * once
