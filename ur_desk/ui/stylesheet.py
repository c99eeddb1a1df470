"""The application's one style sheet, made from a look: hairlines, 6 px corners, a 2 px ring for focus.

Widgets say what they are by properties: `type` (a text style), `ink` and `ground` (tokens) on labels and frames,
`kind` (`main`, `quiet`) on buttons, `edge` (`top`, `bottom`, `left`, `all`) on bars and frames, `problem` on fields.
"""

from string import Template

from ur_desk import paths
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import Look
from ur_desk.ui.tokens import GROUNDS, INKS, luminance

_FRAMES = Template("""
QFrame[edge="bottom"] { border: 0; border-bottom: 1px solid $line; }
QFrame[edge="left"] { border: 0; border-left: 1px solid $line; }
QFrame[edge="top"] { border: 0; border-top: 1px solid $line; }
QFrame[edge="all"] { border: 1px solid $edge; border-radius: ${p6}px; }
QSplitter::handle { background: $line; }
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: ${p4}px ${p8}px; }
QLabel { background: transparent; }
""")

_BUTTONS = Template("""
QPushButton, QToolButton { background: $surface; color: $text; border: 1px solid $line; border-radius: ${p6}px; font-weight: 500; }
QPushButton { padding: ${p7}px ${p14}px; }
QToolButton { padding: ${p4}px ${p6}px; font-size: ${small}px; }
QPushButton:hover, QToolButton:hover { background: $page; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $accent_soft; color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $page; border: 1px $off $line; }
QPushButton[kind="main"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="main"]:hover, QPushButton[kind="main"]:pressed { background: $accent_deep; color: $on_accent; }
QPushButton[kind="main"]:disabled { background: $page; color: $faint; border: 1px $off $line; }
QPushButton[kind="quiet"], QToolButton[kind="quiet"] { background: transparent; color: $soft; border-color: transparent; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { color: $text; background: $page; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled { color: $faint; background: transparent; border-color: transparent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="tab"] { background: transparent; color: $soft; border: 1px solid transparent; padding: ${p3}px ${p8}px; font-size: ${body}px; }
QToolButton[kind="tab"]:hover { color: $text; background: $page; }
QToolButton[kind="tab"]:disabled { color: $faint; background: transparent; border-color: transparent; }
QToolButton[kind="tab"]:checked { color: $accent; background: $accent_soft; border-color: $chosen; }
QToolButton[kind="mark"] { background: $accent_soft; color: $accent; border: 0; border-radius: ${p4}px; padding: ${p1}px ${p4}px; font-size: ${small}px; }
QToolButton[kind="mark"][narrow="true"] { padding: ${p1}px ${p1}px; }
QPushButton:focus, QToolButton:focus, QToolButton[kind="tab"]:focus, QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton:focus { padding: ${p6}px ${p13}px; }
QToolButton:focus { padding: ${p3}px ${p5}px; }
QToolButton[kind="tab"]:focus { padding: ${p2}px ${p7}px; }
QPushButton[kind="main"]:focus { border: 2px solid $text; }
""")

_FIELDS = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { background: $surface; color: $text; border: 1px solid $edge; border-radius: ${p6}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox { padding: ${p5}px ${p9}px; min-height: ${p18}px; }
QPlainTextEdit, QTextEdit { padding: ${p4}px ${p6}px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $page; color: $faint; border: 1px $off $line; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $surface; border-color: $line; }
QLineEdit[problem="true"], QComboBox[problem="true"], QPlainTextEdit[problem="true"] { border: 1px solid $bad; }
QLineEdit[proposed="true"], QComboBox[proposed="true"], QPlainTextEdit[proposed="true"] { background: $ask_soft; border: 1px dashed $ask; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $accent; }
QLineEdit:focus, QComboBox:focus { padding: ${p4}px ${p8}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${p3}px ${p5}px; }
QPlainTextEdit[bare="true"] { border: 2px solid transparent; border-radius: 0; padding: 0 ${p12}px; }
QPlainTextEdit[bare="true"]:focus { border: 2px solid $accent; padding: 0 ${p12}px; }
QComboBox[kind="quiet"] { background: transparent; border-color: $line; padding: ${p2}px ${p8}px; font-size: ${small}px; }
QComboBox[kind="quiet"]:focus { border: 2px solid $accent; padding: ${p1}px ${p7}px; }
QComboBox::drop-down { border: 0; width: ${p22}px; }
QComboBox::down-arrow { image: url("$icons/combo.svg"); width: ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $edge; selection-background-color: $accent_soft; selection-color: $text; outline: 0; }
QCheckBox, QRadioButton { spacing: ${p8}px; padding: ${p2}px; border: 2px solid transparent; border-radius: ${p4}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p14}px; height: ${p14}px; border: 1px solid $edge; background: $surface; }
QCheckBox::indicator { border-radius: ${p4}px; }
QRadioButton::indicator { border-radius: ${p8}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/check-$check.svg"); }
QRadioButton::indicator:checked { background: $on_accent; border: ${p5}px solid $accent; width: ${p6}px; height: ${p6}px; }
""")

_LISTS = Template("""
QAbstractItemView { background: $surface; color: $text; border: 0; outline: 0; selection-background-color: $accent_soft; selection-color: $text; }
QTableView { gridline-color: transparent; }
QAbstractScrollArea::corner { background: $surface; border: 0; }
QTableCornerButton::section { background: $surface; border: 0; border-bottom: 1px solid $line; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $soft; border: 0; border-bottom: 1px solid $line; padding: ${p6}px ${p8}px; font-size: ${small}px; font-weight: 600; }
QScrollArea { background: $surface; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $edge; border: ${p3}px solid $surface; border-radius: ${p5}px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::handle:vertical { min-height: ${p36}px; }
QScrollBar::handle:horizontal { min-width: ${p36}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $line; border: 0; border-radius: ${p2}px; max-height: ${p4}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p2}px; }
QTabBar::tab { background: transparent; color: $soft; border: 0; border-bottom: 2px solid transparent; padding: ${p6}px ${p12}px; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 2px solid $accent; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
""")

_LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 18, 22, 36)


def stylesheet(look: Look) -> str:
    """The style sheet of a look, whole."""
    values = {name: getattr(look.tokens, name) for name in look.tokens.__slots__}
    values |= {f"p{n}": str(look.px(n)) for n in _LENGTHS}
    values |= {
        "body": str(look.px(Type.BODY.pixels)),
        "small": str(look.px(Type.SMALL.pixels)),
        "icons": (paths.resources() / "icons").as_posix(),
        "check": "white" if luminance(look.tokens.on_accent) > 0.5 else "black",
    }
    # where grounds do not tell (high contrast), edges do
    values |= {"off": "dashed", "chosen": look.tokens.accent} if look.tokens.plain else {"off": "solid", "chosen": "transparent"}
    made = [part.substitute(values) for part in (_FRAMES, _LISTS, _BUTTONS, _FIELDS)]
    return "".join([*made, *_types(look), *_colours(look)])


def _types(look: Look) -> list[str]:
    """A rule for each text style."""
    return [
        f'QLabel[type="{style.name.lower()}"] {{ font-size: {look.px(style.pixels)}px; font-weight: {int(style.weight)}; }}\n'
        for style in Type
    ]


def _colours(look: Look) -> list[str]:
    """A rule for each ink of a label and each ground of a frame."""
    inks = [f'QLabel[ink="{name}"] {{ color: {getattr(look.tokens, name)}; }}\n' for name in INKS]
    grounds = [f'QFrame[ground="{name}"] {{ background: {getattr(look.tokens, name)}; }}\n' for name in GROUNDS]
    return inks + grounds
