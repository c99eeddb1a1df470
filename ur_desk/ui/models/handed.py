"""Drafts that colleagues handed to a person, as rows: whose request, what it asks for, from whom, and the word with it."""

from PySide6.QtCore import Qt

from ur_desk.domain.drafts import Draft
from ur_desk.domain.intake.handing import KeptDraft
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.paper import papers_words
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.privacy import named, private
from ur_desk.ui.tokens import Tone


class HandedModel(RowsModel[KeptDraft]):
    """One row a draft; the member is named as far as names are shown."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the spoken row, or what is drawn under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        kept = self._rows[index.row()]
        words = draft_words(kept.draft) or self.tr("without a name or a service yet")
        whom = self.tr("from {0}").format(kept.handed_by_name)
        detail = f"{whom}: “{private(kept.note)}”" if kept.note else whom
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((self.tr("Draft"), words, detail))
        return Finding(FindingKind.FINDING, words, detail, self.tr("draft"), Tone.ASK) if role == ROW else None


def draft_words(draft: Draft) -> str:
    """A draft as a list names it, with the paper that it holds."""
    name = ", ".join(part for part in (draft.member.family, draft.member.given) if part)
    codes = ", ".join(dict.fromkeys(s.code for s in draft.services if s.code))
    parts = (named(name), private(draft.member.member_id), codes, draft.received_date, papers_words(draft.records))
    return " · ".join(part for part in parts if part)
