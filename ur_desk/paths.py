"""Where the program's own files lie, in a checkout, an installed wheel and a frozen app."""

import os
import sys
from pathlib import Path

APP = "ur_desk"


def resources() -> Path:
    """The folder of bundled resources; the same names below it in all three kinds of install."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).parent
    for folder in ([Path(frozen) / "resources"] if frozen else []) + [package / "resources", package.parent / "resources"]:
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The program's resources folder is missing; the installation is incomplete.")


def app_data() -> Path:
    """The platform's folder for this program's data; it is not created here."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / APP


def app_config() -> Path:
    """The platform's folder for settings, apart from any data; it is not created here."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Preferences"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    return base / APP
