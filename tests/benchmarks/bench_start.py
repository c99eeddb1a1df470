"""From the start of the process to the first painted window: this program against a bare PySide6 window, both whole processes."""

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ur_desk

ROUNDS = 15

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.instance().quit)
app = QApplication([])
app.setStyle("Fusion")
window = Window()
window.resize(1280, 680)
window.show()
app.exec()
"""

OURS = """
import sys
from ur_desk import app, settings
from ur_desk.ui.jobs import Jobs
from ur_desk.ui.main_window import MainWindow
from ur_desk.ui.theme import Appearance
qt = app.application()
jobs = Jobs()
kept = settings.Settings()
window = MainWindow(jobs, Appearance(qt, kept.theme, kept.zoom), kept, lambda new: None)
window.painted.connect(qt.quit)
window.show()
qt.exec()
jobs.shutdown()
"""


def seconds(script: str, environment: dict[str, str]) -> float:
    """How long one process takes from its start to its end behind the first paint."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Prints both medians and their ratio; rounds alternate, so that a busy machine slows both."""
    compileall.compile_dir(Path(ur_desk.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for script in (BARE, OURS):
            seconds(script, environment)
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(seconds(BARE, environment))
            ours.append(seconds(OURS, environment))
    one, other = statistics.median(bare), statistics.median(ours)
    print(f"bare window {one * 1000:.0f} ms, this program {other * 1000:.0f} ms: {other / one:.2f} times (aim: 1.5)")


if __name__ == "__main__":
    main()
