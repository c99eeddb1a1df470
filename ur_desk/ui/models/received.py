"""A text beside the file as received: whether it is still the file's, in words, and the lines that differ."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.library.difference import Aligned
from ur_desk.errors import NotKept, UserError
from ur_desk.ui.models.changes import ChangesModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.readings import Compared


@dataclass(frozen=True, slots=True)
class Kept:
    """What a look at the file as received brought: the comparison, or why there was none."""

    compared: "Compared | None" = None
    refused: UserError | None = None

    @property
    def doctored(self) -> bool:
        """Whether the text is not what the file says, or the file is not what it was."""
        if self.refused is not None:
            return not isinstance(self.refused, NotKept)
        return self.compared is not None and not self.compared.same


class ReceivedModel(ChangesModel):
    """The lines that differ, those of the shelf at the left; every difference counts."""

    _everything = True

    def _spoken(self, row: Aligned) -> str:
        sides = ((self.tr("On the shelf, line {0}: {1}"), row.old), (self.tr("In the file, line {0}: {1}"), row.new))
        return ". ".join(words.format(line.number, line.text.strip()) for words, line in sides if line)


def kept_chip(kept: Kept | None) -> tuple[str, Tone, str]:
    """The state as a chip: words, tone, and a sentence as its tip; no words where nobody has looked yet."""
    if kept is None:
        return "", Tone.QUIET, ""
    if kept.refused is not None:
        words, tone = (_tr("file not readable"), Tone.BAD) if kept.doctored else (_tr("no file kept"), Tone.QUIET)
        return words, tone, kept.refused.message
    title, _detail = kept_words(kept)
    return (_tr("not as the file"), Tone.BAD, title) if kept.doctored else (_tr("as the file"), Tone.GOOD, title)


def kept_words(kept: Kept) -> tuple[str, str]:
    """Whether the text is still the file's, and what that rests on."""
    told = kept.compared
    if told is None:
        refused = kept.refused
        assert refused is not None
        return refused.message, refused.hint
    file = _tr("{0} (sha256 {1})").format(told.name or _tr("The file as received"), told.file[:12])
    if told.same:
        return _tr("The text is the file's, line by line"), file
    count = len(told.rows)
    title = (
        _tr("The text is not what the file says: one line differs")
        if count == 1
        else _tr("The text is not what the file says: {0} lines differ").format(count)
    )
    if told.reader == told.reader_now:
        return title, _tr("{0}. The same reader read both: somebody changed the text.").format(file)
    readers = _tr("{0}. The text was read by {1}; the file was read by {2} now, which may break lines otherwise.")
    return title, readers.format(file, told.reader, told.reader_now)


def kept_row(kept: Kept | None) -> Finding:
    """The state as a row of what is known of a version."""
    if kept is None:
        return Finding(FindingKind.FINDING, _tr("Not compared with the file as received yet"), _tr("It is read anew beside the text."))
    title, detail = kept_words(kept)
    words, tone, _tip = kept_chip(kept)
    return Finding(FindingKind.FINDING, title, detail, words, tone)


def _tr(words: str) -> str:
    return QCoreApplication.translate("received", words)
