"""What to do where a workspace's folder does not hold any more: the newest backup that is still whole, by name."""

from pathlib import Path

from ur_desk.errors import Damaged
from ur_desk.store.backup import FOLDER, newest_good


def way_out(folder: Path) -> str:
    """Which backup to restore, and how; said without opening anything."""
    good = newest_good(folder)
    if good is None:
        return "No backup lies beside it that is still whole: look for one elsewhere, and restore it into another folder (ur-desk restore)."
    return (
        f"The newest backup that is still whole is {FOLDER}/{good.path.name}, made on {good.at:%m/%d/%Y} at {good.at:%H:%M} UTC. Restore it: "
        f"ur-desk restore {FOLDER}/{good.path.name} --replace. What lies there now is kept as a copy."
    )


def damage(message: str, folder: Path) -> Damaged:
    """A refusal of what does not hold any more, with the way out."""
    return Damaged(message, f"Nothing was changed in {folder.name}. {way_out(folder)}")
