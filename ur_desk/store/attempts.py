"""Wrong passphrases, counted beside the closed workspace: they slow the next try, and become events once somebody opens it."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ur_desk.domain.guard.access import SignInFailed
from ur_desk.errors import TooSoon
from ur_desk.store.whole import replace_whole

FILE = "attempts.json"
FREE = 5
"""Tries that cost no waiting."""
MOST = 1_000_000
"""More wrong passphrases than anybody typed: whoever may write to the folder wrote such a count."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)


class Attempts:
    """The failed sign-ins that no event tells of yet, by sign-in name. Whoever may write to the folder can remove the file: what
    slows a guess for good is what each costs."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def check(self, name: str, now: datetime) -> None:
        """TooSoon while the name has to wait after too many wrong passphrases."""
        failed = self._read().get(_key(name))
        if failed is None or failed.times < FREE:
            return
        wait = min(FIRST_WAIT * 2 ** min(failed.times - FREE, 10), LONGEST_WAIT) - max(now - failed.last, timedelta())
        if wait > timedelta():
            seconds = -(-wait // timedelta(seconds=1))
            raise TooSoon(
                f"There were {failed.times} wrong passphrases in a row.",
                f"Wait {seconds} seconds, then try again. Nothing was changed.",
                seconds,
            )

    def note(self, name: str, now: datetime) -> None:
        """Counts one more; a folder that cannot be written to keeps no count, and the passphrase stays what it is."""
        known = self._read()
        before = known.get(_key(name))
        now_failed = SignInFailed(_key(name), (before.times if before else 0) + 1, now)
        self._write({**known, _key(name): now_failed})

    def told(self, names: Collection[str]) -> tuple[SignInFailed, ...]:
        """Each of these sign-in names with its wrong passphrases since the last event about it; what else stands in the file is nothing."""
        known = {_key(name) for name in names}
        return tuple(failed for failed in self._read().values() if failed.name in known)

    def forget(self) -> None:
        """They stand in the trail now."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> dict[str, SignInFailed]:
        try:
            found = json.loads(self._path.read_bytes())
            failed = [SignInFailed(name, times, datetime.fromisoformat(last)) for name, (times, last) in found.items()]
            return {each.name: each for each in failed if type(each.times) is int and 0 < each.times <= MOST and each.last.tzinfo}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def _write(self, failed: Mapping[str, SignInFailed]) -> None:
        with suppress(OSError):
            replace_whole(self._path, json.dumps({name: [f.times, f.last.isoformat()] for name, f in failed.items()}).encode())


def _key(name: str) -> str:
    return name.strip().casefold()
