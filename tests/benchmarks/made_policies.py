"""Policies that nobody wrote, some 3 kB of text each, with words and codes in the frequencies of the field."""

import gzip
from random import Random

from ur_desk.domain.codes import System, normal
from ur_desk.paths import resources

PUBLISHERS = ("Plan of the Lakes", "Hill Country Health", "Prairie Mutual", "Seaboard Benefit", "Valley Guidelines")
POSITIONS = (
    "considered investigational and not medically necessary for all indications",
    "considered medically necessary when the criteria below are met",
    "considered not medically necessary",
)


class Maker:
    """Makes the same policies on every run; words come from the code table's own descriptions, common ones often."""

    def __init__(self) -> None:
        with gzip.open(resources() / "codesets" / "icd10cm.tsv.gz", "rt", encoding="utf-8") as table:
            rows = [line.rstrip("\n").split("\t") for line in table]
        self.codes = [normal(row[0], System.ICD10CM) for row in rows if row[1].endswith("b")]
        words = sorted({word.strip(",()[];:").lower() for row in rows for word in row[2].split()})
        self.words = [word for word in words if word.isalpha() and len(word) > 2]
        Random(5).shuffle(self.words)
        self._weights = [1 / (place + 2) for place in range(len(self.words))]

    def number(self, place: int) -> str:
        """The document number of a policy."""
        return f"GEN.{place:05}"

    def text(self, place: int) -> str:
        """One policy as plain text, from its title to its history."""
        random = Random(place)
        said = random.choices(self.words, self._weights, k=330)
        name = " ".join(random.sample(self.words, 3)).title()
        rows = [f"{random.randrange(10000, 99999)} Service of {' '.join(said[:4])}", "ICD-10 Diagnosis"]
        for each in range(10):
            first = random.randrange(len(self.codes) - 30)
            low, high = self.codes[first], self.codes[first + random.randrange(0, 30)]
            rows.append(f"{low}-{high} {' '.join(said[each * 3 : each * 3 + 4])}" if low != high else f"{low} {' '.join(said[:3])}")
        prose = [" ".join(said[at : at + 40]).capitalize() + "." for at in range(10, 330, 40)]
        return "\n".join(
            [
                "Medical Policy", f"Publisher: {random.choice(PUBLISHERS)}", f"Subject: {name}",
                f"Document #: {self.number(place)} Current Effective Date: 0{1 + place % 9}/15/{2010 + place % 7}",
                "Status: Reviewed Last Review Date: 02/08/2017", "", "Description", *prose[:4], "", "Position Statement", "",
                f"The use of {name.lower()} is {random.choice(POSITIONS)}.", "", "Rationale", *prose[4:], "", "Coding",
                "The following codes are given here for informational purposes.", *rows, "", "Document History",
                "Reviewed 02/08/2017 Medical committee review.", "",
            ]
        )  # fmt: skip
