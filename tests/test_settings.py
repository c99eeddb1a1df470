"""Settings: always usable, written whole, never a reason to stop."""

import json
from pathlib import Path

import pytest

from ur_desk import paths, settings
from ur_desk.settings import Settings


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    mine = Settings(theme="dark", zoom=125, geometry="AdnQywAD", panes=(330, 560, 390), pages=(590, 690), place="review/4b1f")
    assert settings.save(mine, tmp_path / "new" / "folder")
    assert settings.load(tmp_path / "new" / "folder") == mine


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null", b"[" * 100_000, b'{"theme": '])
def test_a_broken_file_gives_defaults(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(broken)
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", None),
        ("zoom", 1000),
        ("zoom", True),
        ("zoom", "100"),
        ("geometry", 7),
        ("geometry", "x" * 5000),
        ("panes", "abc"),
        ("panes", [1, -1]),
        ("panes", 3),
        ("pages", [-5]),
        ("pages", "wide"),
        ("place", ["a"]),
        ("somebody", "else"),
    ],
)
def test_a_broken_value_gives_its_default_and_spares_the_others(tmp_path: Path, name: str, value: object) -> None:
    kept = {"zoom": 150} if name != "zoom" else {"theme": "dark"}
    (tmp_path / settings.FILE).write_text(json.dumps({**kept, name: value}))
    assert settings.load(tmp_path) == Settings(**kept)


def test_a_folder_that_cannot_be_written_is_told_quietly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert settings.save(Settings(), tmp_path / "file") is False


def test_the_settings_folder_is_the_platforms_and_not_that_of_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert paths.app_config() == tmp_path / "ur_desk"
    assert paths.app_config() != paths.app_data()
