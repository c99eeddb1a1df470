"""How letters look: sizes in points, one accent, generous margins; the address where a window envelope shows it."""

from dataclasses import dataclass

WIDTH, HEIGHT = 612.0, 792.0
SIDE = 72.0
COLUMN = WIDTH - 2 * SIDE
TEXT, SOFT, LINE, ACCENT, MARK = "#1c2127", "#5d6773", "#d3d8de", "#2458b8", "#e3e6ea"

# A no. 10 envelope's window, 7/8 in from the left and 1/2 in from the bottom, 4 1/2 by 1 1/8 in, over a letter folded in three that
# slides within it: what may show lies 147 to 261 points below the top; what always shows begins at 180 and ends at 228.
WINDOW_TOP, WINDOW_BOTTOM = 163.0, 264.0
WINDOW_WIDTH = 290.0
ADDRESS_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of one print; all in points."""

    body: float
    title: float
    heading: float
    letterhead: float
    furniture: float
    indent: float
    stacked: bool

    @property
    def leading(self) -> float:
        """The distance of lines of the body."""
        return round(self.body * 1.38, 2)


NORMAL = Look(body=12, title=19, heading=14, letterhead=16, furniture=9.5, indent=16, stacked=False)
LARGE = Look(body=18, title=26, heading=21, letterhead=20, furniture=14, indent=24, stacked=True)
