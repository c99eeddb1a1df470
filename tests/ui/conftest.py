"""The screens' tests run in a fixed look: light, 100 %, the same family on every machine that has it."""

import pytest
from PySide6.QtWidgets import QApplication

from ur_desk.ui import theme


@pytest.fixture(autouse=True)
def _light_look(qapp: QApplication) -> None:
    """Each test begins light at 100 %, whatever the one before it chose."""
    theme.apply(qapp, "light")
