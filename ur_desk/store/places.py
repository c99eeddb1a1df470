"""What kind of place a folder is: on this machine, on a network, or copied elsewhere by a program that synchronises."""

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from ur_desk.errors import UserError

NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "webdav",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs2",
        "fuse.s3fs",
        "fuse.glusterfs",
        "fuse.smbnetfs",
        "fuse.curlftpfs",
        "9p",
        "vboxsf",
        "vmhgfs",
    ]
)
"""File systems on which the locks and the shared memory of the database do not hold (sqlite.org/wal.html, section 1)."""
_SYNCED_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud drive", "icloud", "com~apple~clouddocs", "mobile documents",
    "box", "box sync", "nextcloud", "owncloud", "syncthing", "pcloud drive", "pclouddrive", "mega", "megasync", "tresorit", "seafile",
)  # fmt: skip
_SYNCED_MARKS = (".dropbox", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync", ".tmp.driveupload")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4  # GetDriveTypeW (Windows API)
_REMOVABLE_ROOTS = ("/media", "/run/media")
"""Where desktops of Linux mount what somebody plugs in (udisks)."""


class Place(StrEnum):
    """What kind of place a folder is."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"
    REMOVABLE = "removable"


def place_of(folder: Path) -> Place:
    """What kind of place the folder is, or would be where it is still to be made."""
    there = _nearest(folder)
    if file_system(there) in NETWORK:
        return Place.NETWORK
    if synced(there):
        return Place.SYNCED
    return Place.REMOVABLE if removable(there) else Place.LOCAL


def refuse_unfit(folder: Path, *, new: bool) -> None:
    """UserError for a workspace on a network, and for a new one where files are copied elsewhere by another program."""
    place = place_of(folder)
    if place is Place.NETWORK:
        raise UserError(
            "The workspace lies on a network drive, where two programs cannot tell that both write to it: it would be damaged.",
            "Keep it on a disk of this machine, and let its backups go to the network. Nothing was changed.",
        )
    if new and place is Place.SYNCED:
        raise UserError(
            "That folder is copied elsewhere by a program that synchronises, which damages a database that is open.",
            "Choose a folder outside of it, and let backups go there. Nothing was made.",
        )


def synced(folder: Path) -> bool:
    """Whether a program that synchronises seems to look after the folder: by the names of folders on the way, and by the marks they leave."""
    parts = (folder, *folder.parents)
    named = any(_is_synced_name(part.name) for part in parts)
    return named or any((part / mark).exists() for part in parts if part != part.parent for mark in _SYNCED_MARKS)


def _is_synced_name(name: str) -> bool:
    told = name.casefold()
    return told in _SYNCED_NAMES or told.startswith(("onedrive - ", "dropbox (", "googledrive-", "onedrive-"))


def removable(folder: Path) -> bool:
    """Whether the folder lies on a medium that somebody can take along, as far as the system tells."""
    if sys.platform == "win32":
        return _drive_type(folder) == _DRIVE_REMOVABLE
    if sys.platform == "darwin":
        return _below_root(folder, ("/Volumes",))
    return _below_root(folder, _REMOVABLE_ROOTS)


def _below_root(folder: Path, roots: Sequence[str]) -> bool:
    return any(folder.is_relative_to(root) and folder != Path(root) for root in roots)


def file_system(folder: Path) -> str:
    """The kind of file system under a folder, by its name on this system; empty where it cannot be told."""
    if sys.platform == "win32":
        return _windows(folder)
    if sys.platform == "darwin":
        return _macos(folder)
    return _linux(folder, Path("/proc/mounts"))


def _nearest(folder: Path) -> Path:
    try:
        there = folder.resolve()
    except (OSError, RuntimeError):
        return folder
    return next((part for part in (there, *there.parents) if part.exists()), there)


def _linux(folder: Path, mounts: Path) -> str:
    """The file system of the longest mount point above the folder, the last one where several lie over each other."""
    best, kind = "", ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(point) >= len(best) and folder.is_relative_to(point):
            best, kind = point, parts[2].casefold()
    return kind


def _windows(folder: Path) -> str:  # pragma: no cover - Windows only
    return "smb" if str(folder).startswith("\\\\") or _drive_type(folder) == _DRIVE_REMOTE else ""


def _drive_type(folder: Path) -> int:  # pragma: no cover - Windows only
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\"))  # type: ignore[attr-defined, unused-ignore]


def _macos(folder: Path) -> str:  # pragma: no cover - macOS only
    import ctypes

    # struct statfs with 64-bit inodes: f_fstypename stands after 72 bytes and has 16 (sys/mount.h)
    room = ctypes.create_string_buffer(4096)
    if ctypes.CDLL(None).statfs(os.fsencode(folder), room) != 0:
        return ""
    return room.raw[72:88].split(b"\0")[0].decode("ascii", "replace").casefold()


def lives(pid: int) -> bool:
    """Whether a process of that number runs on this machine; True where the system does not tell."""
    if sys.platform == "win32":
        return _lives_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def began(pid: int) -> str:
    """When a process of this machine began, so that another one which got its number later is told apart; empty where it cannot be told."""
    try:
        # the name of the program stands in brackets and may hold anything; the 20th field behind it is the start (proc(5))
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text(encoding='ascii').strip()} {fields[19]}"
    except (OSError, IndexError):
        return ""


def _lives_on_windows(pid: int) -> bool:  # pragma: no cover - Windows only
    import ctypes

    query, still_active, denied = 0x1000, 259, 5  # PROCESS_QUERY_LIMITED_INFORMATION, STILL_ACTIVE, ERROR_ACCESS_DENIED
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    process = kernel.OpenProcess(query, False, pid)
    if not process:
        return bool(ctypes.get_last_error() == denied)  # type: ignore[attr-defined, unused-ignore]
    try:
        code = ctypes.c_ulong()
        told = kernel.GetExitCodeProcess(ctypes.c_void_p(process), ctypes.byref(code))
        return not told or code.value == still_active
    finally:
        kernel.CloseHandle(ctypes.c_void_p(process))


def may_write(path: Path) -> bool:
    """Whether this program may write to a file or folder, as far as rights and the file system tell."""
    return os.access(path, os.W_OK)
