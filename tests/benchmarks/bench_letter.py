# ruff: noqa: E402
"""Compose, check and render one letter, against the same text drawn straight with reportlab, without tags; then many in one batch, and
what memory the program holds on the way. Run it: it prints ratios.

Run: python tests/benchmarks/bench_letter.py [LETTERS OF THE BATCH]
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from builders import NO_POLICY, UNCHECKED, desk_in, line, opened
from letter_cases import ELEMENTS, FONTS, WORDING, facts
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ur_desk.desk.batch import Batch
from ur_desk.desk.steps import Step, finish
from ur_desk.domain.letter import Block, BlockKind, LetterContent, LetterFacts, LetterKind
from ur_desk.domain.listing import CaseFilter
from ur_desk.letters.content import compose
from ur_desk.letters.elements import missing
from ur_desk.pdf.fonts import BODY, STRONG, typeface
from ur_desk.pdf.letter import Mark, render

ROUNDS = 30
LETTERS = 1000
FIRST = 100
"""Letters after which the memory is taken as what a batch needs."""


def whole(told: LetterFacts) -> bytes:
    """What the desk does for one letter."""
    content = compose(told, WORDING)
    assert not missing(content, told, ELEMENTS)
    return render(content, mark=Mark.NONE, fonts_dir=FONTS)


def straight(content: LetterContent) -> bytes:
    """The same words in the same fonts and sizes, with nothing that reportlab does not do by itself."""
    typeface(FONTS).register()
    body = ParagraphStyle("b", fontName=BODY, fontSize=12, leading=16.5, spaceAfter=6)
    head = ParagraphStyle("h", fontName=STRONG, fontSize=14, leading=18, spaceBefore=10)
    markup = typeface(FONTS).markup
    story = [Paragraph(markup(line), body) for line in (*content.sender, *content.recipient, content.title)]
    for block in content.blocks:
        story += _plain(block, body, head)
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=(612, 792)).build(story)
    return out.getvalue()


def _plain(block: Block, body: ParagraphStyle, head: ParagraphStyle) -> list[Paragraph | Table]:
    markup = typeface(FONTS).markup
    if block.kind in (BlockKind.TABLE, BlockKind.FACTS):
        return [Table([[Paragraph(markup(cell.text), body) for cell in row] for row in block.rows])]
    look = head if block.kind is BlockKind.HEADING else body
    return [Paragraph(markup(" ".join(s.text for s in row)), look) for row in block.rows]


def main() -> None:
    """Prints milliseconds and the ratio, each kind of letter measured in turn with its plain twin."""
    for kind in LetterKind:
        told = facts(kind)
        content = compose(told, WORDING)
        whole(told), straight(content)
        ours, plain, made, checked = [], [], [], []
        for _ in range(ROUNDS):
            begin = perf_counter()
            whole(told)
            middle = perf_counter()
            straight(content)
            end = perf_counter()
            compose(told, WORDING)
            composed = perf_counter()
            missing(content, told, ELEMENTS)
            ours.append(middle - begin), plain.append(end - middle), made.append(composed - end), checked.append(perf_counter() - composed)
        a, b, c, d = (median(times) * 1000 for times in (ours, plain, made, checked))
        print(f"letter {kind}: {a:.1f} ms (compose {c:.1f}, check {d:.1f}); drawn straight {b:.1f} ms; ratio {a / b:.2f}")
    batch(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS)


def batch(letters: int) -> None:
    """Opens and approves so many cases, issues their letters in one go into a folder, and prints time and memory."""
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder) / "w") as desk:
        for _ in range(letters):
            case = opened(desk, line(1, "97110", "Therapeutic exercise"))
            desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
        waiting = finish(desk.batches.waiting(CaseFilter()))
        told, held = Batch(len(waiting)), {}

        def heard(_step: Step) -> None:
            held.setdefault(told.done, resident())

        out = Path(folder) / "out"
        out.mkdir()
        begin = perf_counter()
        finish(desk.batches.issue(waiting, told, out), heard)
        took = perf_counter() - begin
    assert (told.done, told.stayed) == (letters, [])
    early, last = held[min(FIRST, letters - 1)], held[letters - 1]
    print(
        f"batch: {letters} letters, each with its copy, in {took:.1f} s: {took / letters * 1000:.0f} ms for both, issued, kept and written"
    )
    print(f"batch: {early:.0f} MB held after {min(FIRST, letters - 1)} letters, {last:.0f} MB at the end; ratio {last / early:.2f}")


def resident() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


if __name__ == "__main__":
    main()
