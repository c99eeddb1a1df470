"""What must be mended in the library before a policy version may be relied on, each in a sentence."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ur_desk.domain.findings import CautionCode

MENDED_IN_LIBRARY = (CautionCode.VERSION_NOT_IN_FORCE, CautionCode.REVIEW_OVERDUE, CautionCode.LINE_OF_BUSINESS_UNCONFIRMED)
"""Cautions that matching again does not take away until somebody has recorded or loaded something in the library."""

UNSURE: tuple[tuple[CautionCode, object], ...] = (
    (
        CautionCode.VERSION_NOT_IN_FORCE,
        QT_TRANSLATE_NOOP("offers", "This version was not in force on the day of service: load the right one."),
    ),
    (
        CautionCode.REVIEW_OVERDUE,
        QT_TRANSLATE_NOOP("offers", "This version is overdue for review: load the newest, or record in the library that it still stands."),
    ),
    (
        CautionCode.LINE_OF_BUSINESS_UNCONFIRMED,
        QT_TRANSLATE_NOOP("offers", "Nobody has recorded that the plan uses this policy for this line of business: record the adoption."),
    ),
)
"""In the order in which they are told."""
