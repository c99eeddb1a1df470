"""The look: readable in every theme, at every zoom, restyled live."""

import itertools
import re

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from ur_desk.ui import fonts, theme, tokens
from ur_desk.ui.look import ZOOM_STEPS, Look, look
from ur_desk.ui.stylesheet import stylesheet
from ur_desk.ui.theme import Appearance, Scheme
from ur_desk.ui.tokens import DARK, GROUNDS, INKS, LIGHT, SHAPE_CONTRAST, TEXT_CONTRAST, Tokens, contrast, from_system

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def high_contrast(ground: str, ink: str, accent: str, on_accent: str) -> Tokens:
    palette = QPalette()
    role = QPalette.ColorRole
    for colour, each in (
        (ground, role.Base),
        (ink, role.Text),
        (ink, role.WindowText),
        (accent, role.Highlight),
        (on_accent, role.HighlightedText),
    ):
        palette.setColor(each, QColor(colour))
    return from_system(palette)


CONTRASTS = [
    pytest.param(("#000000", "#ffffff", "#1aebff", "#000000"), id="aquatic"),
    pytest.param(("#ffffff", "#000000", "#37006e", "#ffffff"), id="desert"),
    pytest.param(("#000000", "#ffff00", "#000000", "#000000"), id="an accent that cannot be seen"),
    pytest.param(("#202020", "#222222", "#232323", "#242424"), id="nothing that can be seen"),
]


@pytest.mark.parametrize("theme_tokens", THEMES)
@pytest.mark.parametrize(("ink", "ground"), list(itertools.product(INKS, GROUNDS)))
def test_every_ink_is_readable_on_every_ground(theme_tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(theme_tokens, ink), getattr(theme_tokens, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme_tokens", THEMES)
@pytest.mark.parametrize(("ink", "ground"), [("on_accent", "accent"), ("on_accent", "accent_deep"), ("text", "found")])
def test_the_special_pairs_are_readable(theme_tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(theme_tokens, ink), getattr(theme_tokens, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme_tokens", THEMES)
@pytest.mark.parametrize(
    ("shape", "ground"), [("edge", "surface"), ("edge", "page"), ("accent", "surface"), ("accent", "hit"), ("accent", "page")]
)
def test_edges_and_focus_rings_are_seen(theme_tokens: Tokens, shape: str, ground: str) -> None:
    assert contrast(getattr(theme_tokens, shape), getattr(theme_tokens, ground)) >= SHAPE_CONTRAST


@pytest.mark.parametrize("colours", CONTRASTS)
def test_high_contrast_takes_the_systems_colours_and_stays_readable(qapp: QApplication, colours: tuple[str, str, str, str]) -> None:
    made = high_contrast(*colours)
    assert made.surface == colours[0]
    assert made.plain
    for ink, ground in itertools.product(INKS, GROUNDS):
        assert contrast(getattr(made, ink), getattr(made, ground)) >= TEXT_CONTRAST
    assert contrast(made.on_accent, made.accent) >= TEXT_CONTRAST


def test_contrast_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#abcdef", "#abcdef") == 1


@pytest.mark.parametrize("theme_tokens", THEMES)
def test_every_rule_of_the_style_sheet_that_sets_ink_and_ground_is_readable(theme_tokens: Tokens) -> None:
    sheet = stylesheet(Look(theme_tokens, 100, "Noto Sans"))
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", sheet)
    both = 0
    for selector, body in rules:
        ink, ground = (re.search(rf"(?<![\w-]){name}: (#[0-9a-f]{{6}})", body) for name in ("color", "background"))
        if ink and ground:
            both += 1
            assert contrast(ink[1], ground[1]) >= TEXT_CONTRAST, selector
    assert both > 10


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_the_style_sheet_of_every_zoom_has_no_hole(zoom: int) -> None:
    assert "$" not in stylesheet(Look(LIGHT, zoom, "Noto Sans"))


def test_dark_is_put_on_without_a_system_to_ask(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert look().tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.page
    assert DARK.surface in qapp.styleSheet()


def test_an_open_window_is_restyled_by_zoom(qapp: QApplication, qtbot) -> None:
    label = QLabel("Due tomorrow")
    label.setProperty("type", "small")
    qtbot.addWidget(label)
    label.show()
    small, plain = label.font().pixelSize(), label.sizeHint().width()
    theme.apply(qapp, "light", 200)
    label.ensurePolished()
    assert (small, label.font().pixelSize()) == (12, 24)
    assert label.sizeHint().width() > 1.8 * plain


def test_zoom_stays_between_its_limits_and_goes_by_steps(qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light", 5)
    assert appearance.zoom == 80
    appearance.set_zoom(900)
    assert appearance.zoom == 200
    appearance.zoom_in()
    assert appearance.zoom == 200
    seen = []
    while appearance.zoom > 80:
        appearance.zoom_out()
        seen.append(appearance.zoom)
    assert seen == [175, 150, 125, 110, 100, 90, 80]
    appearance.zoom_reset()
    assert look().zoom == 100


def test_a_change_is_told_once_and_no_change_is_not(qapp: QApplication, qtbot) -> None:
    appearance = Appearance(qapp, "light")
    told = []
    appearance.changed.connect(lambda: told.append(look().tokens.dark))
    appearance.set_scheme("dark")
    appearance.set_scheme(Scheme.DARK)
    appearance.set_zoom(100)
    assert told == [True]


def test_contrast_can_be_asked_for(qapp: QApplication) -> None:
    assert theme.apply(qapp, "contrast").tokens.plain


def test_an_unknown_scheme_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError):
        theme.apply(qapp, "pink")


def test_only_three_weights_and_six_sizes_are_set() -> None:
    assert {int(style.weight) for style in fonts.Type} == {400, 500, 600}
    assert {style.pixels for style in fonts.Type} == {11, 12, 13, 15, 16}


def test_the_bundled_family_stands_in_where_the_platform_names_none(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    monkeypatch.setattr(fonts.QFontDatabase, "hasFamily", lambda _family: False)
    assert fonts.family() == fonts.BUNDLED
    font = QFont(fonts.BUNDLED)
    font.setWeight(QFont.Weight.DemiBold)
    assert QFontInfo(font).family() == fonts.BUNDLED


def test_lengths_scale_and_hairlines_never_vanish() -> None:
    half = Look(LIGHT, 80, "")
    assert (half.px(16), half.px(1), half.px(0.4), half.px(0), half.px(-5)) == (13, 1, 1, 0, -4)


def test_the_palette_of_a_theme_names_its_disabled_ink(qapp: QApplication) -> None:
    made = theme.palette(tokens.DARK)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == DARK.faint


def test_what_a_letter_says_in_another_script_is_read_on_the_screen_too(qapp: QApplication) -> None:
    fonts.family()
    assert {"Noto Sans Devanagari", "Noto Sans Arabic", "Noto Sans Khmer", "Noto Sans Thai"} <= set(QFontDatabase.families())
