"""What chooses a clock, starts it and bends it, as facts of one request; and which families of law bind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from ur_desk.domain.clocks.rules import About, Condition, Law, Trait
from ur_desk.domain.intake.messages import Following
from ur_desk.domain.request import Channel, Coverage, LineOfBusiness, Network, Request, Timing, Urgency
from ur_desk.domain.zones import zone

Line = LineOfBusiness
DAY_BEFORE = timedelta(hours=24)
"""How long before ongoing care ends an extension is asked for in good time (ERISA, urgent concurrent)."""
_DRUG = re.compile(r"J[0-9]{4}")
_ELECTRONIC = {Channel.X12, Channel.FHIR, Channel.PORTAL}
_ON_PAPER = {Channel.FAX, Channel.PHONE, Channel.MAIL}


class Lack(StrEnum):
    """Why there is no due instant."""

    RECEIPT = "receipt"
    ZONE = "zone"
    LINE_OF_BUSINESS = "line_of_business"
    FUNDING = "funding"
    ERISA = "erisa"
    STATE = "state"
    TIMING = "timing"
    URGENCY = "urgency"
    RULE = "rule"
    UNVERIFIED = "unverified"
    """A row of the state is loaded, and nobody has compared it with an official text."""
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a request does not say and some clocks turn on; None where nobody has said it.

    `rating_period` is the first day of the plan's rating period on receipt, `care_ends_at` when care ends that the request would
    extend, `reduces_on` the day from which the plan itself ends or reduces care. `drug` and `under_authorization` tell of the item,
    `clean_claim` of a claim without a contract, `accredited` of the plan (NCQA), `misfiled` of how it was filed.
    """

    rating_period: date | None = None
    care_ends_at: datetime | None = None
    reduces_on: date | None = None
    drug: bool | None = None
    under_authorization: bool | None = None
    clean_claim: bool | None = None
    accredited: bool | None = None
    misfiled: bool | None = None


NOTHING_SAID = Particulars()
"""Particulars of which nobody has said anything."""


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension that was taken: when its written notice left and on which condition.

    `answer_by` is the last day to answer what the notice asked for, None where it asked for nothing; `answered_at` is when it came.
    """

    noticed_at: datetime
    condition: Condition
    answer_by: date | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """An incomplete request that was sent back: when that was told, until when it may be completed, and when the answer came."""

    told_at: datetime
    until: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What chooses a clock, starts it and bends it.

    `complete_at` is when the request was complete; `incomplete` says that it still is not. Where neither is said the
    request counts as complete on receipt, which can only make a date early. `timing_told` is False where the timing was
    read from the days of service. `traits` says what is known of each; what is left out is not known.
    """

    received_at: datetime | None = None
    zone: str | None = None
    line_of_business: Line | None = None
    state: str | None = None
    urgency: Urgency | None = None
    timing: Timing | None = None
    timing_told: bool = True
    funding: str | None = None
    erisa: bool | None = None
    grandfathered: bool | None = None
    accredited: bool = False
    complete_at: datetime | None = None
    incomplete: bool = False
    about: About = About.REQUEST
    traits: Mapping[Trait, bool] = field(default_factory=lambda: {Trait.DRUG: False})
    rating_period: date | None = None
    change_on: date | None = None
    misfiled: bool = False
    outside: bool = False
    """Whether a provider of the request has no contract with the plan."""
    refused_at: datetime | None = None
    """When the requester was told that the request is not expedited."""
    extended: Extended | None = None
    returned: Returned | None = None


@dataclass(frozen=True, slots=True)
class Bends:
    """What bends the clock of a case besides its request: the particulars, an extension, a return, and a refusal to expedite."""

    particulars: Particulars = NOTHING_SAID
    extended: Extended | None = None
    returned: Returned | None = None
    refused_at: datetime | None = None


STRAIGHT = Bends()
"""Nothing bends the clock."""


def facts_of(request: Request, bends: Bends = STRAIGHT, follows: Following | None = None) -> ClockFacts:
    """The facts of a request that choose its clock; an untold timing is read from a claim and the days of service."""
    told, coverage = bends.particulars, request.coverage or Coverage()
    return ClockFacts(
        received_at=request.received_at,
        zone=request.received_zone,
        line_of_business=request.line_of_business,
        state=request.state,
        urgency=request.urgency,
        timing=request.timing or _timing(request),
        timing_told=request.timing is not None,
        funding=coverage.funding,
        erisa=coverage.erisa,
        grandfathered=coverage.grandfathered,
        accredited=bool(told.accredited),
        about=_about(told, follows),
        traits=_traits(request, told),
        rating_period=told.rating_period,
        change_on=told.reduces_on,
        misfiled=bool(told.misfiled),
        outside=any(p is not None and p.network is Network.OUT for p in (request.requesting_provider, request.servicing_provider)),
        refused_at=bends.refused_at,
        extended=bends.extended,
        returned=bends.returned,
    )


def _about(told: Particulars, follows: Following | None) -> About:
    if follows is not None:
        return About(follows.value)
    return About.REDUCTION if told.reduces_on is not None else About.REQUEST


def _traits(request: Request, told: Particulars) -> Mapping[Trait, bool]:
    known: dict[Trait, bool | None] = {
        Trait.ELECTRONIC: True if request.channel in _ELECTRONIC else False if request.channel in _ON_PAPER else None,
        Trait.UNDER_AUTHORIZATION: told.under_authorization,
        # HCPCS J codes are drugs; what has another code is none unless somebody says so
        Trait.DRUG: told.drug if told.drug is not None else any(_DRUG.fullmatch(s.code or "") for s in request.services),
        Trait.BEFORE_END: None,
        Trait.CLEAN_NONCONTRACT: told.clean_claim,
    }
    if told.care_ends_at is not None and request.received_at is not None:
        known[Trait.BEFORE_END] = told.care_ends_at - request.received_at >= DAY_BEFORE
    return {trait: value for trait, value in known.items() if value is not None}


def _timing(request: Request) -> Timing | None:
    if request.claim is not None:
        return Timing.POSTSERVICE
    first = [s.first_day for s in request.services if s.first_day is not None]
    if request.received_at is None or request.received_zone is None or len(first) < len(request.services):
        return None
    received = request.received_at.astimezone(zone(request.received_zone)).date()
    if min(first) > received:
        return Timing.PRESERVICE
    last = [s.last_day or s.first_day for s in request.services]
    return Timing.POSTSERVICE if all(day is not None and day < received for day in last) else None


_BINDING: dict[Line, tuple[Law, ...]] = {
    Line.QHP_FFE: (Law.EXCHANGE, Law.STATE),
    Line.MEDICARE_ADVANTAGE: (Law.MEDICARE,),
    Line.MEDICAID_MANAGED_CARE: (Law.MEDICAID, Law.STATE),
    Line.CHIP_MANAGED_CARE: (Law.CHIP, Law.STATE),
    Line.MEDICAID_FFS: (Law.MEDICAID, Law.STATE),
    Line.FEHB: (Law.FEHB,),
    # 42 CFR 422.629-634 stand in the place of the rules of both programs
    Line.DSNP_INTEGRATED: (Law.MEDICARE,),
}


def binding(facts: ClockFacts) -> tuple[Law, ...] | Lack:
    """The families of law whose clock binds, by line of business, funding and grandfathering (domain notes 3.2), with the standards of
    an accreditation; or which fact is missing to tell, or contradicts another."""
    laws = _of_law(facts)
    return (*laws, Law.NCQA) if facts.accredited and not isinstance(laws, Lack) else laws


def _of_law(facts: ClockFacts) -> tuple[Law, ...] | Lack:
    line = facts.line_of_business
    if line is None or line is Line.OTHER:
        return Lack.LINE_OF_BUSINESS
    if line is Line.COMMERCIAL_INSURED:
        return _insured(facts)
    if line is Line.ERISA_SELF_FUNDED:
        return Lack.FUNDING if facts.erisa is False or facts.funding == "insured" else (Law.ERISA,)
    if line is Line.GOVERNMENT_SELF_FUNDED:
        return (Law.STATE,) if facts.grandfathered else (Law.ACA, Law.STATE)
    return _BINDING[line]


def _insured(facts: ClockFacts) -> tuple[Law, ...] | Lack:
    # an insured employer group is under ERISA and its state; individual and non-ERISA group cover under the ACA and its state
    if facts.funding == "self_funded":
        return Lack.FUNDING
    if facts.erisa:
        return (Law.ERISA, Law.STATE)
    if not facts.grandfathered:
        return (Law.ACA, Law.STATE)
    return Lack.ERISA if facts.erisa is None else (Law.STATE,)
