"""Findings of what the eye does not see or cannot read: hidden characters, marks that turn the writing, letters in a wrong encoding."""

import re
from collections.abc import Iterator

from ur_desk.domain.policy import LintFinding, Policy, Severity
from ur_desk.domain.visible import clip, hidden, marked

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# UTF-8 that was read as Windows-1252 or Latin-1, and what stands for a character that was lost
_GARBLED = re.compile("\u00e2(?:\u20ac|\u0080)[^\\s\\w]?|\u00c3[\u00a0-\u00bf\u0080-\u009f]|\u00c2[\u00a0-\u00bf]|\ufffd")


def of_characters(policy: Policy) -> Iterator[LintFinding]:
    """A finding for each line with characters that do not show, that turn the writing, or that were read in a wrong encoding."""
    for line in policy.text.lines:
        found = hidden(line.text)
        turning = [each for each in found if each in _TURNING]
        if turning:
            message = "Marks in this line turn the direction of the writing: what one reads may be another sentence than what stands there."
            yield LintFinding(
                "writing-turned", Severity.ERROR, line.number, message, marked(line.text)[:300], "What does the payer's own page say?"
            )
        elif found and not _GARBLED.search(line.text):
            message = f"Characters that do not show stand in this line ({', '.join(f'U+{ord(each):04X}' for each in found[:4])})."
            yield LintFinding("invisible-characters", Severity.INFO, line.number, message, None, "Does the line read as it should?")
        if garbled := _GARBLED.search(line.text):
            around = line.text[max(0, garbled.start() - 20) : garbled.end() + 20]
            message = "Letters in this line were read in a wrong encoding or were lost; it cannot be quoted as it stands."
            yield LintFinding(
                "text-garbled", Severity.WARNING, line.number, message, clip(around, 60), "What does the payer's own page say?"
            )
