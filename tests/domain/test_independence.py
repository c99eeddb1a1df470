"""Who may not decide an appeal."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import LINDQVIST, NOW, OSEI
from hypothesis import given
from hypothesis import strategies as st
from signers import Waiting, denial

from ur_desk.domain import events as ev
from ur_desk.domain.appeals import Against, Asker
from ur_desk.domain.case import Case, fold
from ur_desk.domain.determination import Determination
from ur_desk.domain.events import CaseEvent, CaseId, EventId, Following
from ur_desk.domain.independence import Bar, Reviewers, Trail, above, bar, check_reporting, first_reviewers
from ur_desk.domain.outcomes import Cause
from ur_desk.domain.people import Account, AccountId, Licence
from ur_desk.errors import UserError

CHIEF, HEAD, OTHER = AccountId("chief"), AccountId("head"), AccountId("other")
assert OSEI.credential is not None
LICENCE = OSEI.credential
WEN = Account(OTHER, "wen", "Wen Zhao", OSEI.roles, replace(LICENCE, licence="MD-7", npi="1234567893"))
FIRST, ASKED = CaseId("first"), {"line": 1, "was": Determination.DENIED}


def as_(account: AccountId) -> Account:
    return replace(WEN, id=account)


class Family:
    """A refused case, and cases that follow it."""

    def __init__(self) -> None:
        self.first = Waiting()
        self.first.tell(denial())
        self.trails: dict[CaseId, list[CaseEvent]] = {FIRST: self.first.events}

    def appeal(self, name: str, to: CaseId = FIRST, of: int = 1, kind: Following = Following.APPEAL, asker: Asker = Asker.MEMBER) -> Case:
        case = CaseId(name)
        opened = replace(self.first.events[0].body, follows=ev.Follows(to, to, kind))  # type: ignore[type-var]
        told = ev.AppealTold(asker, "Rosalind Alvarado", (Against(1, of, Determination.DENIED),))
        self.trails[case] = [CaseEvent(EventId(f"{name}{n}"), NOW, LINDQVIST.id, body) for n, body in enumerate((opened, told))]
        self.trails[to].append(CaseEvent(EventId(f"f{name}"), NOW, LINDQVIST.id, ev.Followed(case, name, kind)))
        return self.now(case)

    def deny(self, case: Case, by: Account) -> None:
        self.trails[case.id].append(CaseEvent(EventId(f"d{case.id}"), NOW, by.id, denial(by)))

    def now(self, case: CaseId) -> Case:
        return fold(case, self.trails[case])

    def tell(self, case: CaseId) -> Trail | None:
        return (self.now(case), self.trails[case]) if case in self.trails else None

    def bar(self, person: Account, case: Case, reports: dict[AccountId, AccountId] | None = None) -> Bar | None:
        return bar(person, case, self.tell, reports or {})


def test_whoever_decided_a_line_is_barred_and_so_is_everybody_below_them() -> None:
    family = Family()
    case = family.appeal("a")
    assert family.bar(OSEI, case) is Bar.DECIDED
    assert family.bar(WEN, case) is None
    assert family.bar(WEN, case, {OTHER: OSEI.id}) is Bar.REPORTS
    assert family.bar(WEN, case, {OTHER: HEAD, HEAD: OSEI.id}) is Bar.REPORTS
    assert family.bar(as_(CHIEF), case, {OSEI.id: CHIEF}) is None, "to whom the first reviewer reports is not below them"
    assert family.bar(LINDQVIST, case) is None, "who prepared the case decided nothing"


def reopens(first: Waiting) -> None:
    first.tell(ev.Reopened((1,), Cause.GOOD_CAUSE, "A new look."))


def takes_back(first: Waiting) -> None:
    first.tell(ev.Undone(first.events[-1].id))


@pytest.mark.parametrize("after", [reopens, takes_back])
def test_whoever_refused_is_barred_also_once_that_was_reopened_or_taken_back(after: Callable[[Waiting], None]) -> None:
    family = Family()
    after(family.first)
    case = family.appeal("a")
    assert family.first.case.line(1).decision is None
    assert family.bar(OSEI, case) is Bar.DECIDED
    family.first.events.append(CaseEvent(EventId("again"), NOW, OTHER, denial(WEN)))
    assert (family.bar(OSEI, case), family.bar(WEN, case)) == (Bar.DECIDED, Bar.DECIDED), "both refused it"


def test_whoever_decided_another_appeal_about_the_same_line_is_barred_at_each_level() -> None:
    family = Family()
    one = family.appeal("one")
    family.deny(one, WEN)
    assert family.bar(WEN, family.appeal("beside")) is Bar.DECIDED, "filed against the first case again"
    assert family.bar(WEN, family.appeal("above", to=one.id)) is Bar.DECIDED, "filed against the answer"
    assert family.bar(OSEI, family.now(CaseId("above"))) is Bar.DECIDED
    assert family.bar(WEN, family.appeal("other", of=2)) is None, "another line of the case is another question"
    deeper = family.appeal("deeper", to=CaseId("above"))
    family.deny(deeper, as_(HEAD))
    assert family.bar(as_(HEAD), family.appeal("last")) is Bar.DECIDED, "decided what followed another appeal"
    assert family.bar(as_(HEAD), family.now(CaseId("above"))) is Bar.DECIDED, "decided the level above"


def test_what_the_member_asks_is_an_appeal_whatever_it_was_filed_as() -> None:
    family = Family()
    for asker, expected in ((Asker.MEMBER, Bar.DECIDED), (Asker.REPRESENTATIVE, Bar.DECIDED), (Asker.PROVIDER, None)):
        case = family.appeal(asker, kind=Following.REOPENING, asker=asker)
        assert family.bar(OSEI, case) is expected


@pytest.mark.parametrize(
    "held",
    [
        replace(LICENCE, licence="md 55120"),
        replace(LICENCE, licence="MD-9", further=(Licence("MD55120", "IN"),)),
        replace(LICENCE, licence="MD-9", npi="1558597799"),
    ],
)
def test_a_second_account_with_the_licence_or_the_npi_of_the_first_reviewer_is_barred(held: object) -> None:
    family = Family()
    family.first.events[-1] = replace(family.first.events[-1], body=denial(replace(OSEI, credential=replace(LICENCE, npi="1558597799"))))
    case = family.appeal("a")
    assert family.bar(replace(WEN, credential=held), case) is Bar.DECIDED  # type: ignore[arg-type]
    assert family.bar(replace(WEN, credential=replace(LICENCE, state="OH")), case) is None, "the same number in another state"


def test_no_person_without_a_credential_is_taken_for_another_without_one() -> None:
    first = first_reviewers([[CaseEvent(EventId("e"), NOW, OSEI.id, denial(replace(OSEI, credential=None)))]])
    assert first == Reviewers(frozenset({OSEI.id}))
    assert not first.include(replace(WEN, credential=replace(LICENCE, licence="", npi="")))


def test_a_trail_that_runs_in_a_circle_ends() -> None:
    family = Family()
    case = family.appeal("a")
    opened = replace(family.trails[FIRST][0].body, follows=ev.Follows(case.id, "a", Following.APPEAL))  # type: ignore[type-var]
    family.trails[FIRST][0] = replace(family.trails[FIRST][0], body=opened)
    assert family.bar(OSEI, case) is Bar.DECIDED


def test_nobody_reports_to_themselves_in_a_circle_or_to_a_retired_account() -> None:
    reports = {OSEI.id: HEAD}
    check_reporting(LINDQVIST, OSEI, reports)
    check_reporting(LINDQVIST, None, reports)
    with pytest.raises(UserError, match="in a circle"):
        check_reporting(OSEI, OSEI, {})
    with pytest.raises(UserError, match="in a circle"):
        check_reporting(OSEI, LINDQVIST, {LINDQVIST.id: OSEI.id})
    with pytest.raises(UserError, match="retired"):
        check_reporting(LINDQVIST, replace(OSEI, retired=True), {})


@given(st.dictionaries(st.sampled_from("abcdef").map(AccountId), st.sampled_from("abcdef").map(AccountId)))
def test_the_way_up_ends_however_the_lines_run(reports: dict[AccountId, AccountId]) -> None:
    for each in reports:
        told = above(each, reports)
        assert len(told) == len(set(told)) <= 6
        assert told[0] == reports[each]
