"""What every test stands on: no screen, no silent warnings, the real code table, and sample documents only where they are."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import tempfile

# what the program keeps outside of a workspace goes to a folder of this run, and no credential store is asked
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="ur-desk-tests-")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import atexit
import logging
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ur_desk import paths
from ur_desk.domain.codes import CodeSet

SAMPLES = "UR_DESK_SAMPLES"

atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)

# how long an example takes says something of the machine, not of the program
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, never skip, what reads sample documents where `UR_DESK_SAMPLES` is unset."""
    if os.environ.get(SAMPLES):
        return
    without = [item for item in items if item.get_closest_marker("samples")]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if not item.get_closest_marker("samples")]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample documents; only tests marked `samples` may ask for it."""
    folder = Path(os.environ[SAMPLES]).resolve()
    assert folder.is_dir(), f"{SAMPLES} names no folder"
    return folder


@pytest.fixture(scope="session")
def codeset() -> CodeSet:
    """The real ICD-10-CM table, read once."""
    from ur_desk.codesets import icd10cm

    return icd10cm.load(paths.resources())


@pytest.fixture(autouse=True)
def _a_computer_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test leaves outside of a workspace, no other one finds."""
    monkeypatch.setenv("XDG_CONFIG_HOME", os.path.join(os.environ["XDG_CONFIG_HOME"], secrets.token_hex(8)))


@pytest.fixture(autouse=True)
def _no_silent_warnings(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a WARNING or worse; the marker `expects_log` lets it."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    loud = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call", "teardown")
        for record in caplog.get_records(phase)
        if record.levelno >= logging.WARNING
    ]
    if loud:
        pytest.fail("logged without a test that expects it:\n" + "\n".join(loud), pytrace=False)
