"""When an answer is due, in words: the instant as a person reads it, and what is left until then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from ur_desk.domain import zones
from ur_desk.ui.phrases import day, moment
from ur_desk.ui.tokens import Tone

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until an instant, or since when it has passed, with the tone in which to say it."""

    words: str
    tone: Tone

    @property
    def overdue(self) -> bool:
        """Whether the instant has passed."""
        return self.tone is Tone.BAD


def due_moment(at: datetime, zone: str, brief: bool = False) -> str:
    """A due instant in a zone, with its weekday; the last second of a day reads as its end, or, where it is told in brief, as the day."""
    try:
        local = at.astimezone(zones.zone(zone))
    except ValueError:
        return moment(at, zone)
    weekday = tr(_WEEKDAYS[local.weekday()])
    if (local.hour, local.minute, local.second) == (23, 59, 59):
        return f"{weekday} {day(local.date())}" if brief else tr("{0} {1}, end of day").format(weekday, day(local.date()))
    return tr("{0} {1}, {2}").format(weekday, day(local.date()), f"{local:%H:%M}")


def left(at: datetime, now: datetime) -> Left:
    """What is left from `now`: days from two days on, hours within two days, minutes within an hour; or how long it is overdue."""
    span = at - now
    if span < timedelta(0):
        return Left(tr("overdue by {0}").format(length(-span)), Tone.BAD)
    return Left(tr("{0} left").format(length(span)), Tone.ASK if span < _SOON else Tone.QUIET)


def length(span: timedelta) -> str:
    """A length of time in its largest sensible units."""
    minutes = int(span.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if days >= 2:
        return tr("{0} days").format(days)
    if days == 1:
        return tr("1 day {0} h").format(hours) if hours else tr("1 day")
    if hours:
        return tr("{0} h {1} min").format(hours, minutes % 60) if minutes % 60 else tr("{0} h").format(hours)
    return tr("{0} min").format(minutes) if minutes else tr("less than a minute")


def tr(words: str) -> str:
    """The words in the language of the screens."""
    return QCoreApplication.translate("due", words)
