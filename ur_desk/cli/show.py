"""Values as a person reads them in a terminal."""

import textwrap
from typing import TYPE_CHECKING

from ur_desk.domain.request import Request

if TYPE_CHECKING:
    from ur_desk.desk.review import Findings
    from ur_desk.domain.findings import PolicyMatch
    from ur_desk.domain.policy import Policy

LEFT, RIGHT = 38, 78


def _columns(left: list[str], right: list[str]) -> str:
    height = max(len(left), len(right))
    padded = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return "\n".join(f"{one:<{LEFT}} │ {other}".rstrip() for one, other in padded)


def _wrapped(text: str, width: int, hang: str = "") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=hang) or [""]


def _request(request: Request) -> list[str]:
    lines = ["REQUEST"]
    for service in request.services:
        days = f" {service.first_day:%m/%d/%Y}" if service.first_day else ""
        lines += _wrapped(f"{service.line}  {service.code or '(no code)'}{days}", LEFT)
        lines += _wrapped(f"   {service.description or '(no words)'}", LEFT, "   ")
    lines += ["", *(f"   {d.code}" for d in request.diagnoses)]
    return lines


def _policy(found: "PolicyMatch", policy: "Policy") -> list[str]:
    head = f"{found.id}  {'abstract' if policy.abstract else 'document'}, in force from {found.effective or 'an unknown day'}"
    lines = [head, *_wrapped(f"{found.relation.value}: {found.position.value.replace('_', ' ') if found.position else 'no position'}"
                             f"{', for all indications' if found.all_indications else ''}", RIGHT)]  # fmt: skip
    if found.version_note:
        lines += _wrapped(found.version_note, RIGHT)
    for hit in found.hits:
        place = f"line {hit.line}" if hit.line else "no line"
        lines += _wrapped(f"{place:>9}  {hit.result.value:<11} {hit.value}: {hit.why}", RIGHT, " " * 11)
        if hit.line:
            lines += _wrapped(" " * 11 + policy.text.line(hit.line).text.strip(), RIGHT, " " * 11)
    return lines


def side_by_side(request: Request, findings: "Findings") -> str:
    """The request on the left; policies, hits with their lines, codes and cautions on the right."""
    report = findings.report
    right: list[str] = []
    for found, pinned in zip(report.policies, findings.policies, strict=True):
        right += [*_policy(found, pinned.policy), ""]
    if not report.policies:
        right += ["No policy in the library has a reason to be looked at.", ""]
    right.append("CODES")
    for row in report.codes:
        right += _wrapped(f"{row.code:<9} {row.result.value:<11} {row.note or row.description or ''}", RIGHT, " " * 22)
    right += ["", "BEFORE YOU DECIDE", *(line for c in report.cautions for line in _wrapped(f"- {c.message}", RIGHT, "  "))]
    right += ["", f"Next: {report.suggestion.value.replace('_', ' ')}"]
    return _columns(_request(request), right)
