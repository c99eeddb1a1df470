"""How the review screen was left, and standing so again: the line, what was ticked, the policy line, the record, the letter, the panel."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ur_desk.domain.letters.notices import NoticeKind
from ur_desk.ui.caret import put_words, words_in
from ur_desk.ui.widgets.panels.verbs import Verb

if TYPE_CHECKING:
    from ur_desk.ui.pages.review.page import ReviewPage


def left_as(page: "ReviewPage") -> Mapping[str, str]:
    """How the page stands now."""
    return dict(_told(page))


def _told(page: "ReviewPage") -> Iterator[tuple[str, str]]:
    yield "lines", ",".join(map(str, page.request.picked()))
    yield "line", ",".join(map(str, page.lines()[:1]))
    if page.policy.line is not None:
        yield "policy", f"{page.policy.line}#{page.policy.shown_text or ''}"
    if page.request.shows_record:
        yield "record", "yes"
    if page.centre.currentWidget() is page.letter:
        yield "letter", page.letter.noticing.kind.value if page.letter.noticing else "yes"
        yield from words_in(page.letter).items()
    yield from page.letter.names.left_as()
    yield from page.letter.texts.left_as()
    if page.panels.verb is not None:
        yield "panel", page.panels.verb.value


def stand(page: "ReviewPage", left: Mapping[str, str]) -> None:
    """Stand as the page that was left so; the case is shown by now."""
    page.request.pick(tuple(_numbers(left.get("lines", ""))))
    for line in _numbers(left.get("line", "")):
        page.request.go_to_service_line(line)
    place, _, text = left.get("policy", "").partition("#")
    for line in _numbers(place):
        page.policy.go_to(line, text or None)
    page.request.show_record("record" in left)
    page.letter.names.take_up(left)
    page.letter.texts.take_up(left)
    if letter := left.get("letter"):
        page.show_letter(NoticeKind(letter) if letter in set(NoticeKind) else None)
        put_words(page.letter, left)
    if (verb := left.get("panel", "")) in {each.value for each in Verb}:
        page.ask_for(Verb(verb))


def _numbers(told: str) -> Iterator[int]:
    return (int(each) for each in told.split(",") if each.isascii() and each.isdigit())
