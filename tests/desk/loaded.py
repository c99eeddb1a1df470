"""A desk with a document that waits to be mended and confirmed, for the tests of both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import desk_in, sit_down
from test_verification import document

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.policy import SectionKind

ID = "RAD.00034"
TO_SCOPE = Correction(What.SECTION, 16, section=SectionKind.SCOPE)


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[Desk]:
    """A workspace of several, where mara has loaded a document."""
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        finish(made.library.load(document(), "own.txt"))
        yield made


def breaks(desk: Desk) -> list[str]:
    """What does not hold in the trail or in the tables beside it."""
    return [each.message for each in desk.supervision.verification().breaks]
