"""What the sheets say that go with letters: the cover of a fax, and the sheet on top of records that come back."""

import re
from datetime import date

from ur_desk.domain.case import Case
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.letters.sending import FaxCover, ReturnSheet, SheetContent
from ur_desk.errors import UserError
from ur_desk.letters import plain
from ur_desk.letters.lint.heard import as_heard, heard
from ur_desk.letters.lint.strangers import days_in
from ur_desk.letters.wording import Wording

_LEAST = 4
"""Characters of a number that tells whose it is."""


def content_of(sheet: FaxCover | ReturnSheet, wording: Wording) -> SheetContent:
    """The sheet in words; UserError where the plan has not said its own name, telephone and fax."""
    _known(sheet.plan)
    return _cover(sheet, wording) if isinstance(sheet, FaxCover) else _return(sheet, wording)


def check_to_whom(told: str, case: Case) -> None:
    """UserError where what stands on a cover, which everybody at the machine reads, would tell who the member is or which case it is:
    by name, birth date or number, however written. A provider of the same family name may be named."""
    words, member = _words(told), case.current_request.member
    family, given = _words(member.family or ""), _words(member.given or "")
    asked = (case.request.requesting_provider, case.servicing_provider)
    theirs = {word for each in asked if each for word in _words(each.name or "")}
    named = (
        bool(family) and set(family) <= set(words) and (bool({*given, *(g[0] for g in given)} & set(words)) or not set(family) <= theirs)
    )
    numbers = ["".join(_words(each)) for each in (case.number, member.member_id or "") if each]
    numbered = any(len(number) >= _LEAST and number in "".join(words) for number in numbers)
    born = member.birth_date is not None and any(member.birth_date in meant for _, meant in days_in(heard((0, told))))
    if named or numbered or born:
        raise UserError(
            "A cover names neither the member nor the case, and this line does.",
            "Say which office or person stands at that number, or 'the person at this number'. Nothing was written.",
        )


def _words(text: str) -> list[str]:
    return re.findall(r"[^ .-]+", as_heard(text))


def _cover(sheet: FaxCover, wording: Wording) -> SheetContent:
    say, plan = _Saying(wording), sheet.plan
    facts = (
        (say("fax.to"), plain.line(sheet.to_whom)),
        (say("fax.number"), plain.line(sheet.fax)),
        (say("fax.from"), plain.line(plan.plan_name)),
        (say("fax.phone"), plain.line(plan.phone)),
        (say("fax.return"), plain.line(plan.records_fax)),
        (say("fax.date"), say.day(sheet.dated)),
        (say("fax.pages"), str(sheet.pages)),
    )
    notes = (
        (say("fax.confidential"), say("fax.note")),
        (say("fax.wrong"), say("fax.mistake", phone=plain.line(plan.phone))),
    )
    return SheetContent(say("fax.title"), _sender(plan), facts, notes, sheet.dated, wording.language)


def _return(sheet: ReturnSheet, wording: Wording) -> SheetContent:
    say, plan = _Saying(wording), sheet.plan
    facts = (
        (say("return.case"), sheet.case_number),
        (say("return.to"), plain.line(plan.plan_name)),
        (say("return.fax"), plain.line(plan.records_fax)),
        (say("return.phone"), plain.line(plan.phone)),
        (say("return.printed"), say.day(sheet.dated)),
    )
    notes = ((say("return.how"), say("return.steps")),)
    told = say("return.bars", number=sheet.case_number)
    return SheetContent(say("return.title"), _sender(plan), facts, notes, sheet.dated, wording.language, sheet.case_number, told)


class _Saying:
    """Clauses of the wording with their blanks filled."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def __call__(self, clause: str, **values: str) -> str:
        return self.wording.clauses[clause].filled(values)

    def day(self, told: date) -> str:
        return f"{self.wording.terms['months'][str(told.month)]} {told.day}, {told.year}"


def _sender(plan: PlanProfile) -> tuple[str, ...]:
    return (plain.line(plan.plan_name), *(plain.line(line) for line in plan.address.splitlines() if line.strip()))


def _known(plan: PlanProfile) -> None:
    names = {"plan_name": "its name", "phone": "its telephone", "records_fax": "its fax for records"}
    missing = [words for name, words in names.items() if not getattr(plan, name).strip()]
    if missing:
        raise UserError(
            f"The plan has not said {' and '.join(missing)} for this line of business and state.",
            "An administrator fills that in the plan's profile. No sheet was written.",
        )
