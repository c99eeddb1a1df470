"""Interchanges, groups and transaction sets of an X12 file: the 278s, one by one, and what does not agree around them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ur_desk.domain.visible import clip
from ur_desk.importers.x12_report import Report
from ur_desk.importers.x12_segments import Segment

MOST_SEGMENTS = 20_000
"""Segments of one transaction that are read; a 278 with 999 service lines has some 12,000."""

_ACKNOWLEDGED = {"A": "accepted", "E": "accepted with errors", "P": "accepted in part", "R": "rejected"}
"""Own words for the answers that TA104, AK901 and IK501 give (X12 elements I17, 715, 717); other codes are told as they stand."""
_ACKNOWLEDGMENTS = ("997", "999")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One 278 between ST and SE: the version of its guide, as ST03 or else GS08 tells it, its head, and the segments inside.

    `interchange` and `number` count from 1 over the file; interchange 0 is a piece without a header. One that is `cut` holds only
    what came before the file broke off.
    """

    version: str
    head: Segment
    segments: tuple[Segment, ...]
    interchange: int
    number: int
    cut: bool = False


def transactions(told: Iterable[Segment], report: Report) -> Iterator[Transaction]:
    """The 278s of a file in order; counts and numbers that disagree are said, and so is an error for each that is cut."""
    walk = _Walk(report)
    for segment in told:
        done = walk.step(segment)
        if done is not None:
            yield done
            walk.here()
    cut = walk.cut()
    if cut is not None:
        yield cut
    walk.end()


@dataclass(slots=True)
class _Open:
    """A transaction that has begun."""

    head: Segment
    interchange: int
    number: int
    review: bool
    found: int = 1
    whole: bool = True
    kept: list[Segment] = field(default_factory=list)


class _Walk:
    def __init__(self, report: Report) -> None:
        self._report = report
        self.interchanges = self._number = self._reviews = 0
        self._isa: Segment | None = None
        self._gs: Segment | None = None
        self._st: _Open | None = None
        self._groups = self._sets = 0
        self._doubted = False
        self._controls: set[str] = set()
        self._headers: set[str] = set()
        self._others: Counter[str] = Counter()
        self._others_here: Counter[str] = Counter()
        self._first_other = ""
        self._stray: tuple[str, int] = ("", 0)

    def step(self, segment: Segment) -> Transaction | None:
        """Takes one segment; a transaction where it ends one that is to be read."""
        tag = segment.tag
        if self._st is not None and tag not in _FRAME:
            self._inside(self._st, segment)
            return None
        if tag == "ST":
            done = self._close(segment)
            self._begin(segment)
            return done
        if tag == "SE" and self._st is not None:
            return self._end(self._st, segment)
        done = self._close(segment)
        self._frame(segment)
        return done

    def here(self) -> None:
        """What is said next is about the part of the file that was reached."""
        self._report.enter(self.interchanges, self._st.number if self._st else 0)

    def end(self) -> None:
        """The file has ended."""
        report = self._report
        self._tell_stray()
        self._tell_group_end(None)
        self._tell_interchange_end(None)
        report.enter(self.interchanges, 0)
        if not self._reviews and not report.errors:
            report.error("no-request", "", f"The file holds no 278{_listed(self._others)}.")

    def _inside(self, opened: _Open, segment: Segment) -> None:
        opened.found += 1
        opened.whole = opened.whole and bool(segment.elements)
        if opened.review:
            if len(opened.kept) <= MOST_SEGMENTS:
                opened.kept.append(segment)
        elif segment.tag == "AK9" and opened.head.text(1) in _ACKNOWLEDGMENTS:
            self._acknowledged(segment, segment.text(1), f"a group sent before ({opened.head.text(1)})")

    def _begin(self, segment: Segment) -> None:
        self._tell_stray()
        self._number += 1
        self._sets += 1
        self._report.enter(self.interchanges, self._number)
        if segment.text(1) == "278":
            self._reviews += 1
        else:
            self._others_here[clip(segment.text(1), 6) or "without a number"] += 1
            self._first_other = self._first_other or segment.place
        control = segment.text(2)
        if control and control in self._controls:
            self._report.doubt("control-repeated", segment.place, "Another transaction of this group has the same control number (ST02).")
        self._controls.add(control)
        self._st = _Open(segment, self.interchanges, self._number, segment.text(1) == "278")

    def _end(self, opened: _Open, segment: Segment) -> Transaction | None:
        self._st = None
        found, report = opened.found + 1, self._report
        if not opened.review:
            return None
        if segment.text(1) != str(found) and _whole(segment.text(1)) != found:
            report.doubt(
                "count-mismatch", segment.place, f"SE01 tells {_told(segment.text(1))} segments; there are {found:,} from ST to SE."
            )
        if segment.text(2) != opened.head.text(2):
            report.doubt("control-mismatch", segment.place, "SE02 and ST02 are not the same control number.")
        return self._done(opened)

    def _close(self, segment: Segment) -> Transaction | None:
        """A transaction that another part of the envelope ended: whole as far as one can see, unless a new interchange breaks in."""
        if segment.tag == "ISA":
            return self.cut()
        opened, self._st = self._st, None
        if opened is None or not opened.review:
            return None
        message = f"The transaction has no end (SE) before {segment.tag}; check that nothing of it was lost."
        self._report.doubt("missing-trailer", opened.head.place, message)
        return self._done(opened)

    def cut(self) -> Transaction | None:
        """The transaction in which the file, or its part, broke off."""
        opened, self._st = self._st, None
        if opened is None or not opened.review:
            return None
        self._report.enter(opened.interchange, opened.number)
        message = "The file ends inside of this transaction: it is cut off and was not taken over. Ask the sender to send it again."
        self._report.error("truncated", opened.head.place, message)
        return self._done(opened, cut=True)

    def _done(self, opened: _Open, cut: bool = False) -> Transaction | None:
        if len(opened.kept) > MOST_SEGMENTS:
            message = f"The transaction has {opened.found:,} segments; {MOST_SEGMENTS:,} are read. Ask the sender to send it in parts."
            self._report.error("too-many-segments", opened.head.place, message)
            return None
        self._doubt_group(opened.head)
        if not opened.whole:
            return None
        version = opened.head.text(3) or (self._gs.text(8) if self._gs else "")
        return Transaction(version, opened.head, tuple(opened.kept), opened.interchange, opened.number, cut)

    def _doubt_group(self, head: Segment) -> None:
        """Once a group, at its first 278 that shows it."""
        if self._gs is None or self._doubted:
            return
        told, own = self._gs.text(8), head.text(3)
        if self._gs.text(1) != "HI":
            self._report.doubt("group-code", self._gs.place, f"GS01 is {_told(self._gs.text(1))}; a group of 278s has HI.")
        differ = own and told and own != told
        if differ:
            self._report.doubt("version-mismatch", head.place, f"ST03 tells {_told(own)}, GS08 tells {_told(told)}; ST03 was followed.")
        self._doubted = bool(differ) or self._gs.text(1) != "HI"

    def _frame(self, segment: Segment) -> None:
        tag = segment.tag
        if tag not in _FRAME:
            if tag == "TA1":
                self._acknowledged(segment, segment.text(4), "an interchange sent before (TA1)")
            else:
                self._stray = (self._stray[0] or segment.place, self._stray[1] + 1)
            return
        self._tell_stray()
        if tag == "ISA":
            self._tell_group_end(None)
            self._tell_interchange_end(None)
            self._open_interchange(segment)
        elif tag == "GS":
            self._tell_group_end(None)
            self._gs, self._sets, self._groups = segment, 0, self._groups + 1
            self._controls.clear()
            self._doubted = False
        elif tag == "GE":
            self._tell_group_end(segment)
        elif tag == "IEA":
            self._tell_group_end(None)
            self._tell_interchange_end(segment)
        else:
            self._report.doubt("stray-trailer", segment.place, "A transaction ends here (SE) that did not begin.")

    def _open_interchange(self, segment: Segment) -> None:
        self.interchanges += 1
        self._report.enter(self.interchanges, 0)
        self._isa, self._groups = segment, 0
        control = segment.text(13)
        if control in self._headers:
            self._report.doubt("control-repeated", segment.place, "Another interchange of this file has the same control number (ISA13).")
        self._headers.add(control)
        if segment.text(15) == "T":
            self._report.doubt("test-data", segment.place, "The sender marks this interchange as test data (ISA15 is T).")

    def _tell_group_end(self, end: Segment | None) -> None:
        begun, self._gs = self._gs, None
        self._tell_others()
        if begun is None:
            if end is not None:
                self._report.doubt("stray-trailer", end.place, "A group ends here (GE) that did not begin.")
            return
        self._report.enter(self.interchanges, 0)
        if end is None:
            self._report.doubt("missing-trailer", begun.place, "The group has no end (GE); transactions may be missing.")
            return
        if _whole(end.text(1)) != self._sets:
            message = f"GE01 tells {_told(end.text(1))} transactions; there are {self._sets:,} in the group."
            self._report.doubt("count-mismatch", end.place, message)
        if not _same(end.text(2), begun.text(6)):
            self._report.doubt("control-mismatch", end.place, "GE02 and GS06 are not the same control number.")

    def _tell_interchange_end(self, end: Segment | None) -> None:
        begun, self._isa = self._isa, None
        if begun is None:
            if end is not None:
                self._report.doubt("stray-trailer", end.place, "An interchange ends here (IEA) that did not begin.")
            return
        self._report.enter(self.interchanges, 0)
        if end is None:
            self._report.doubt("missing-trailer", begun.place, "The interchange has no end (IEA); a part of the file may be missing.")
            return
        if _whole(end.text(1)) != self._groups:
            self._report.doubt("count-mismatch", end.place, f"IEA01 tells {_told(end.text(1))} groups; there are {self._groups:,}.")
        if not _same(end.text(2), begun.text(13)):
            self._report.doubt("control-mismatch", end.place, "IEA02 and ISA13 are not the same control number.")

    def _tell_others(self) -> None:
        place, self._first_other = self._first_other, ""
        if place:
            self._report.enter(self.interchanges, 0)
            self._report.note("other-transaction", place, f"What is no 278 was stepped over{_listed(self._others_here)}.")
            self._others += self._others_here
            self._others_here.clear()

    def _tell_stray(self) -> None:
        (place, count), self._stray = self._stray, ("", 0)
        if place:
            message = f"Segments ({count:,}) stand outside of every transaction from here on; they were not read."
            self._report.doubt("stray-segment", place, message)

    def _acknowledged(self, segment: Segment, code: str, what: str) -> None:
        say = self._report.note if code == "A" else self._report.doubt
        say("acknowledgment", segment.place, f"This says of {what}: {_ACKNOWLEDGED.get(code, _told(code))}.")


_FRAME = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _same(number: str, other: str) -> bool:
    """Whether two control numbers of kind N0 are the same; zeros in front count for nothing."""
    return number == other or -1 != _whole(number) == _whole(other)


def _told(text: str) -> str:
    return f"“{clip(text, 20)}”" if text else "nothing"


def _listed(others: Counter[str]) -> str:
    return ": " + ", ".join(f"{count:,} × {code}" for code, count in sorted(others.items())[:20]) if others else ""
