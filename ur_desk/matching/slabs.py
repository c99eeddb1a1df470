"""Closed ranges over ordered places, and which of them hold a place: a segment tree over elementary slabs."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

Place = TypeVar("Place", float, str)


class Slabs(Generic[Place]):
    """Ranges by number, built once; a question costs the logarithm of their count plus what it finds.

    Every end makes a slab of its own, and so does each gap between two ends, so that a place which
    nobody lists falls into a slab as well. A range lies in the few nodes that cover its slabs, which
    bounds the memory also where ranges are very wide (a misprinted end).
    """

    def __init__(self, ranges: Iterable[tuple[Place, Place, int]]) -> None:
        """Take `(low, high, number)` with low at or before high."""
        listed = sorted(ranges, key=lambda each: (each[0], each[2]))
        self._ends: list[Place] = sorted({end for low, high, _ in listed for end in (low, high)})
        self._lows: list[Place] = [low for low, _, _ in listed]
        self._by_low = [number for _, _, number in listed]
        self._size = 2 * len(self._ends)
        self._nodes: dict[int, list[int]] = {}
        for low, high, number in listed:
            self._put(2 * bisect_left(self._ends, low), 2 * bisect_left(self._ends, high), number)

    def holding(self, place: Place) -> list[int]:
        """The numbers of the ranges that hold a place, in no order."""
        at = bisect_left(self._ends, place)
        exact = at < len(self._ends) and self._ends[at] == place
        if not exact and at in (0, len(self._ends)):
            return []
        node, found = self._size + (2 * at if exact else 2 * at - 1), list[int]()
        while node:
            found += self._nodes.get(node, ())
            node >>= 1
        return found

    def touching(self, low: Place, high: Place) -> list[int]:
        """The numbers of the ranges that share a place with `low` to `high`, in no order."""
        inside = self._by_low[bisect_right(self._lows, low) : bisect_right(self._lows, high)]
        return self.holding(low) + inside

    def _put(self, first: int, last: int, number: int) -> None:
        left, right = first + self._size, last + self._size + 1
        while left < right:
            if left & 1:
                self._nodes.setdefault(left, []).append(number)
                left += 1
            if right & 1:
                right -= 1
                self._nodes.setdefault(right, []).append(number)
            left, right = left >> 1, right >> 1
