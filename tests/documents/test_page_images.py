"""Pages of a PDF as pictures."""

import pytest
from letter_cases import FONTS, composed, facts

from ur_desk.documents import pages
from ur_desk.documents.pages import page_image, page_images
from ur_desk.errors import UserError
from ur_desk.pdf.letter import render


@pytest.fixture(scope="module")
def letter() -> bytes:
    return render(composed(facts()), fonts_dir=FONTS)


def test_every_page_is_a_picture_of_its_size_without_gaps(letter: bytes) -> None:
    images = page_images(letter, 0.5)
    assert len(images) == page_image(letter, 1, 0.5)[1] > 3
    for image in images:
        assert (image.width, image.height) == (306, 396)
        assert len(image.rgba) == image.width * image.height * 4
        assert set(image.rgba[3::4]) == {255}
        assert image.rgba[:4] == b"\xff\xff\xff\xff"
        assert len(set(image.rgba)) > 10


def test_colours_stand_in_the_order_red_green_blue(letter: bytes) -> None:
    first = page_images(letter, 1)[0]
    bluest = max((first.rgba[i : i + 3] for i in range(0, len(first.rgba) // 8, 4)), key=lambda rgb: rgb[2] - rgb[0])
    assert bluest[2] > bluest[0] + 80


@pytest.mark.parametrize("read", [lambda pdf: page_images(pdf, 1), lambda pdf: page_image(pdf, 1, 1)])
@pytest.mark.parametrize("pdf", [b"", b"hello", b"%PDF-1.4\n%%EOF", bytes(range(256)) * 40])
def test_what_is_no_pdf_is_refused(read: object, pdf: bytes) -> None:
    with pytest.raises(UserError, match="no PDF"):
        read(pdf)  # type: ignore[operator]


def test_a_cut_file_is_refused(letter: bytes) -> None:
    with pytest.raises(UserError, match="no PDF"):
        page_images(letter[:4000], 1)


def test_a_page_larger_than_a_screen_needs_is_refused(letter: bytes) -> None:
    with pytest.raises(UserError, match="too large"):
        page_images(letter, 20)


def test_a_file_of_too_many_pages_is_refused(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    with pytest.raises(UserError, match="at most 2"):
        page_images(letter, 0.1)


@pytest.mark.parametrize("scale", [0, -1, 21])
def test_a_scale_beyond_reason_is_a_bug(letter: bytes, scale: float) -> None:
    with pytest.raises(ValueError, match="pixels a point"):
        page_images(letter, scale)
