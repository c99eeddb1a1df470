"""How one row of a list is composed: texts laid out at a width, chips, signs; measured once, painted often."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTextCharFormat, QTextLayout, QTextOption

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.tokens import Tone

_LONGEST = 4000
"""Letters of a text that a row shows at most; the layout of more would hold up the screen."""


class Sign(Enum):
    """A small shape before words, so that no colour speaks alone."""

    HIT = "hit"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A run of characters set apart: a weight, an underline, or a ground."""

    start: int
    length: int
    style: Type | None = None
    underlined: bool = False
    ground: str | None = None


@dataclass(slots=True)
class Sheet:
    """A row at a width: what stands where, in pixels from its upper left corner."""

    width: int
    height: int = 0
    ground: str | None = None
    bar: str | None = None
    rule_from: int | None = None
    texts: list[tuple[QTextLayout, QPointF, str]] = field(default_factory=list)
    lines: list[tuple[QPointF, str, QFont, str]] = field(default_factory=list)
    chips: list[tuple[QRectF, str, Tone]] = field(default_factory=list)
    signs: list[tuple[QRectF, Sign, str]] = field(default_factory=list)
    boxes: list[tuple[QRectF, bool]] = field(default_factory=list)

    def text(self, words: str, at: tuple[int, int], width: int, style: Type, ink: str = "text", marked: Iterable[Emphasis] = ()) -> int:
        """Set words in a column; gives the height that they take."""
        laid = lay_out(words, look().font(style), width, marked)
        self.texts.append((laid, QPointF(*at), ink))
        return round(laid.boundingRect().height())

    def line(self, words: str, at: tuple[int, int], width: int, style: Type, ink: str = "text", right: bool = False) -> int:
        """Set words on one line, elided where they do not fit, at the right edge of the column if wanted; gives the height."""
        font = look().font(style)
        measured = QFontMetrics(font)
        shown = measured.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
        left = at[0] + (width - measured.horizontalAdvance(shown) if right else 0)
        self.lines.append((QPointF(left, at[1] + measured.ascent()), shown, font, ink))
        return measured.height()

    def chip(self, words: str, tone: Tone, right: int, top: int) -> int:
        """Set a chip whose right edge is at `right`; gives its width."""
        width = chip_width(words)
        self.chips.append((QRectF(right - width, top, width, look().px(18)), words, tone))
        return width

    def sign(self, sign: Sign, at: tuple[int, int], ink: str) -> int:
        """Set a sign before words of mark size; gives the width that it takes."""
        side = look().px(10)
        self.signs.append((QRectF(at[0], at[1] + look().px(3), side, side), sign, ink))
        return side + look().px(5)

    def paint(self, painter: QPainter, chosen: bool = False) -> None:
        """Paint all but the ground, with the row's upper left corner at the origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for laid, at, ink in self.texts:
            painter.setPen(look().colour(ink))
            laid.draw(painter, at)
        for at, words, font, ink in self.lines:
            painter.setPen(look().colour(ink))
            painter.setFont(font)
            painter.drawText(at, words)
        for area, words, tone in self.chips:
            paint_chip(painter, area, words, tone, "surface" if chosen and tone is Tone.ACCENT else tone.ground)
        for area, sign, ink in self.signs:
            paint_sign(painter, area, sign, ink)
        for area, checked in self.boxes:
            paint_box(painter, area, checked)


def lay_out(words: str, font: QFont, width: int, marked: Iterable[Emphasis] = ()) -> QTextLayout:
    """Words broken into lines at a width; overlong words break anywhere, an overlong text is cut with an ellipsis."""
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
    shown = shown.replace("\n", "\u2028")
    laid = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid.setTextOption(option)
    laid.setFormats([_format(each, font) for each in marked])
    laid.beginLayout()
    top = 0.0
    while (line := laid.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top))
        top += line.height()
    laid.endLayout()
    return laid


def _format(emphasis: Emphasis, font: QFont) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = emphasis.start, emphasis.length
    style = QTextCharFormat()
    if emphasis.style:
        heavier = QFont(font)
        heavier.setWeight(emphasis.style.weight)
        style.setFont(heavier)
    if emphasis.underlined or (emphasis.ground and look().tokens.plain):  # high contrast has no other ground to set it on
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    if emphasis.ground:
        style.setBackground(look().colour(emphasis.ground))
        style.setForeground(look().colour("text"))
    made.format = style
    return made


def chip_width(words: str) -> int:
    """How wide a chip with these words is."""
    return QFontMetrics(look().font(Type.MARK_STRONG)).horizontalAdvance(words) + look().px(16)


def paint_chip(painter: QPainter, area: QRectF, words: str, tone: Tone, ground: str = "") -> None:
    """Paint a state as a pill with its words, on its tone's ground unless told another; under high contrast with an edge."""
    plain = look().tokens.plain
    painter.setPen(QPen(look().colour(tone.ink), 1) if plain else Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(ground or tone.ground))
    round_ = area.height() / 2
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5) if plain else area, round_, round_)
    painter.setPen(look().colour(tone.ink))
    painter.setFont(look().font(Type.MARK_STRONG))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


def paint_sign(painter: QPainter, area: QRectF, sign: Sign, ink: str) -> None:
    """Paint a filled diamond for a hit, a triangle with a gap for a doubt."""
    path = QPainterPath()
    middle, top, bottom = area.center(), area.top(), area.bottom()
    if sign is Sign.HIT:
        corners = [
            QPointF(middle.x(), top),
            QPointF(area.right(), middle.y()),
            QPointF(middle.x(), bottom),
            QPointF(area.left(), middle.y()),
        ]
    else:
        corners = [QPointF(middle.x(), top), QPointF(area.right(), bottom - 1), QPointF(area.left(), bottom - 1)]
    path.moveTo(corners[0])
    for corner in corners[1:]:
        path.lineTo(corner)
    path.closeSubpath()
    painter.fillPath(path, look().colour(ink))
    if sign is Sign.DOUBT:
        wide = area.width() * 0.13
        gap = look().colour("surface")
        painter.fillRect(QRectF(middle.x() - wide / 2, top + area.height() * 0.38, wide, area.height() * 0.28), gap)
        painter.fillRect(QRectF(middle.x() - wide / 2, top + area.height() * 0.73, wide, wide), gap)


def paint_box(painter: QPainter, area: QRectF, checked: bool) -> None:
    """Paint a box to tick."""
    corner = look().px(4)
    painter.setPen(QPen(look().colour("accent" if checked else "edge"), 1))
    painter.setBrush(look().colour("accent" if checked else "surface"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
    if not checked:
        return
    tick = QPainterPath(QPointF(area.left() + area.width() * 0.25, area.top() + area.height() * 0.53))
    tick.lineTo(area.left() + area.width() * 0.43, area.top() + area.height() * 0.71)
    tick.lineTo(area.left() + area.width() * 0.77, area.top() + area.height() * 0.31)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look().colour("on_accent"), max(1.5, area.width() / 8)))
    painter.drawPath(tick)
