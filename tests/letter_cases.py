"""Synthetic cases for letters, built as the fold of their events; nobody in them is real, and neither are the policies."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from ur_desk import paths
from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import Against, Asker
from ur_desk.domain.case import Case, fold
from ur_desk.domain.clocks.facts import facts_of
from ur_desk.domain.clocks.reading import ClockRead, reading_of
from ur_desk.domain.clocks.rules import About, joined
from ur_desk.domain.clocks.windows import WindowRead
from ur_desk.domain.codes import System
from ur_desk.domain.deadline import due
from ur_desk.domain.decisions.outcomes import Dismissal
from ur_desk.domain.determination import Decision, Determination, Granted, HeldElsewhere, PolicyCitation, Reason, Signature
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.letter import Audience, LetterContent, LetterFacts, LetterKind, PlanProfile
from ur_desk.domain.letters.notices import Extension, Lateness, NotExpedited, Notice
from ur_desk.domain.people import AccountId, Credential
from ur_desk.domain.policy import Anchor, Policy, PolicyId, Provenance, ProvenanceKind, Sha256, Text, TextLine, Version
from ur_desk.domain.request import Coverage, LineOfBusiness, Member, Provider, Representative, Request, ServiceLine, Timing, Urgency
from ur_desk.letters import appeal, content, elements, forms, wording
from ur_desk.letters.family import MEDICARE, Family
from ur_desk.records.clocks import clock_rules

FONTS = paths.resources() / "fonts"
WORDING = wording.load(paths.resources())
ELEMENTS = elements.load(paths.resources())
FORMS = forms.load(paths.resources())

NURSE, PHYSICIAN = AccountId("a-nurse"), AccountId("a-physician")
RECEIVED = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
SIGNED = datetime(2026, 11, 10, 16, 30, tzinfo=UTC)
DATED = date(2026, 11, 11)

DOCUMENT, ABSTRACT = Sha256("d" * 64), Sha256("a" * 64)
LINES = (
    "Medical Policy",
    "Subject: Moving pictures of the spine",
    "Position",
    "Moving pictures of the spine are investigational for every use.",
    "Moving pictures of the spine, made with a video camera, are investigational for every use.",
)


def policy(sha256: Sha256 = DOCUMENT, publisher: str | None = "Fernhill Health") -> Policy:
    kind = ProvenanceKind.ABSTRACT if sha256 == ABSTRACT else ProvenanceKind.DOCUMENT
    text = Text(sha256, tuple(TextLine(n, words) for n, words in enumerate(LINES, start=1)))
    version = Version(date(2026, 1, 1), date(2026, 1, 1))
    return Policy(PolicyId("FHP.0042"), "Moving Pictures of the Spine", version, text, (), (), (), Provenance(kind), "test", publisher)


POLICIES: Mapping[Sha256, Policy] = {sha256: policy(sha256) for sha256 in (DOCUMENT, ABSTRACT)}


def cites(first: int, last: int | None = None, text: Sha256 = DOCUMENT) -> PolicyCitation:
    return PolicyCitation(PolicyId("FHP.0042"), date(2026, 1, 1), Anchor(text, first, last or first))


def line(number: int = 1, words: str | None = "Moving x-ray pictures of the lower back", **changes: Any) -> ServiceLine:
    told = ServiceLine(
        number,
        "76496",
        system=System.CPT,
        raw="76496",
        quantity=Decimal(1),
        unit="UN",
        description=words,
        first_day=date(2026, 12, 1),
        last_day=date(2026, 12, 1),
        place_of_service="22",
    )
    return replace(told, **changes)


THERAPY = line(
    2,
    "Physical therapy for the lower back",
    code="97110",
    raw="97110",
    quantity=Decimal(12),
    unit="VS",
    first_day=date(2026, 11, 16),
    last_day=date(2026, 12, 31),
    place_of_service="11",
)

BRACE = line(3, "A brace for the lower back", code="L0650", system=System.HCPCS, raw="L0650", place_of_service="12")

MEMBER = Member("Brannigan", "Thea", "DEMO-000123", date(1968, 4, 2), address="27 Alder Street, Apartment 4\nMuncie, IN 47302")
REQUESTER = Provider("Dr. Imogen Castellanos", "1558597799", address="9 Mill Lane\nMuncie, IN 47303")

COVERAGES: Mapping[Family, tuple[LineOfBusiness, Coverage]] = {
    Family.COMMERCIAL_INSURED: (LineOfBusiness.COMMERCIAL_INSURED, Coverage(funding="insured", erisa=False)),
    Family.INSURED_EMPLOYER_GROUP: (LineOfBusiness.COMMERCIAL_INSURED, Coverage(funding="insured", erisa=True)),
    Family.ERISA_SELF_FUNDED: (LineOfBusiness.ERISA_SELF_FUNDED, Coverage(funding="self_funded", erisa=True)),
    **{
        family: (LineOfBusiness(family.value), Coverage())
        for family in Family
        if family not in (Family.COMMERCIAL_INSURED, Family.INSURED_EMPLOYER_GROUP, Family.ERISA_SELF_FUNDED)
    },
}


def request(*lines: ServiceLine, family: Family = Family.ERISA_SELF_FUNDED, **changes: Any) -> Request:
    business, coverage = COVERAGES[family]
    told = Request(
        services=lines or (line(),),
        member=MEMBER,
        reference="REQ-5512",
        received_at=RECEIVED,
        received_zone="America/Indiana/Indianapolis",
        urgency=Urgency.STANDARD,
        timing=Timing.PRESERVICE,
        line_of_business=business,
        coverage=coverage,
        state="IN",
        requesting_provider=REQUESTER,
        servicing_provider=Provider("Orchard Row Imaging", "1234567893"),
        clinical_notes="The notes that came with the request.",
    )
    return replace(told, **changes)


def profile(business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED, state: str = "IN", **changes: Any) -> PlanProfile:
    told = PlanProfile(
        business,
        state,
        plan_name="Fernhill Health Plan",
        address="P.O. Box 310\nMuncie, IN 47302",
        phone="1-800-555-0100",
        tty="711",
        hours="Monday to Friday, 8 a.m. to 8 p.m. Eastern time",
        appeal_address="Fernhill Health Plan, Appeals\nP.O. Box 311\nMuncie, IN 47302",
        appeal_phone="1-800-555-0101",
        appeal_fax="1-800-555-0102",
        expedited_phone="1-800-555-0103",
        peer_to_peer_phone="1-800-555-0104",
        records_fax="1-800-555-0105",
        plan_provision="Your benefit booklet, section 7, “Care that is still being studied”",
        internal_appeal_text="We will write to you with our answer within 30 days after we get your appeal. If you have had the care, we will "
        "write within 60 days.",
        external_review_text="You have four months after you get our answer to ask for it. It is free. Write to the address for appeals.",
        consumer_assistance_text="The Indiana Department of Insurance helps people with health plans. Call 1-800-555-0110.",
        erisa_rights_text="You must file within one year after our final answer to your appeal.",
        language_help_text="You can get help in your language at no cost. Call 1-800-555-0100.\nPuede recibir ayuda en su idioma sin costo. "
        "Llame al 1-800-555-0100.",
        nondiscrimination_text="We treat all people alike. We do not leave anyone out because of race, color, national origin, age, "
        "disability or sex.",
        taglines="es: Puede recibir ayuda en español sin costo. Llame al 1-800-555-0100.\nfr: Vous pouvez obtenir de l’aide en français sans "
        "frais. Appelez le 1-800-555-0100.",
        grievance_text="Call 1-800-555-0106, or write to the address for appeals.",
        fair_hearing_text="Write to the Office of Hearings, P.O. Box 40, Indianapolis, IN 46204, or call 1-800-555-0120.",
        continuation_text="Ask us within 10 days of the date of this letter, or before the change begins, whichever comes later.",
        independent_review_text="If the group does not decide for you, its letter tells you about the next steps.",
        disputed_claims_text="You can ask the Office of Personnel Management to look at our answer. Section 8 of the brochure says how.",
        late_text="The law of your state says what a late answer means. Call the office named below to learn more.",
    )
    return replace(told, **changes)


def signature(account: AccountId = PHYSICIAN) -> Signature:
    if account == NURSE:
        return Signature(NURSE, "Mara Lindqvist", Credential("RN", "RN-10482", "IN", date(2030, 6, 30)), SIGNED)
    return Signature(PHYSICIAN, "Kwame Osei", Credential("MD", "MD-55120", "IN", date(2030, 6, 30), "Radiology"), SIGNED, True)


APPROVED = Decision(
    Determination.APPROVED,
    Reason("Your records show that you meet what your plan asks for this care.", no_policy_found=True),
    signature(NURSE),
    unchecked=("network", "other_coverage"),
)
DENIED = Decision(
    Determination.DENIED,
    Reason(
        "You have had lower back pain for five months. You asked for pictures that show your back while you move. "
        "Studies have not shown that these pictures help doctors treat back pain better than regular x-rays do.",
        (cites(4, 5),),
    ),
    signature(),
    rationale="The request is for cineradiography of the lumbar spine in chronic low back pain without red flags. The technique has no "
    "demonstrated effect on management. The position statement covers all indications.\nFlexion-extension radiographs remain available.",
    alternatives="Regular x-rays of your back, taken while you bend, can show how your spine moves.",
)
PARTIAL = Decision(
    Determination.PARTIAL,
    Reason(
        "Your records show that you can already walk and climb stairs without help. Six visits are enough to learn the home exercises.",
        held_elsewhere=(HeldElsewhere("Example Criteria Group", "Outpatient Rehabilitation", "2026", "Low back, continued care"),),
    ),
    signature(),
    rationale="Functional goals of the plan of care are met for gait and stairs. Six visits suffice for transition to a home program.",
    granted=Granted(quantity=Decimal(6), last_day=date(2026, 11, 30)),
    alternatives="The exercises that you learn in six visits can be done at home.",
)
ASKED = ev.InformationRequested(
    (1,),
    ("The office notes from your last three visits", "The results of any x-rays of your back"),
    "We need to see what care you have tried so far, and what it did for you.",
    "Dr. Imogen Castellanos",
    date(2026, 12, 28),
)


WITHDRAWN = ev.Withdrawn(
    (1,),
    "Dr. Imogen Castellanos",
    SIGNED,
    "by fax",
    Decision(Determination.WITHDRAWN, Reason("The requester withdrew the request."), signature(NURSE)),
)
CLOCKS = joined(clock_rules(file.read_bytes(), file.name) for file in sorted((paths.resources() / "clocks").glob("*.json")))
FIRST_CASE = ev.Follows(CaseId("c-0"), "UR-2026-000311", ev.Following.APPEAL)


def clock_of(asked: Request) -> ClockRead:
    """What the bundled rows say of the clock of the request."""
    told = facts_of(asked)
    return reading_of(due(told, CLOCKS), told, CLOCKS, Sha256("0" * 64))


def case(asked: Request, *bodies: ev.CaseBody, follows: ev.Follows | None = None) -> Case:
    """The case that opens with the request and then has these events, an hour apart."""
    numbers = count(1)

    def event(body: ev.CaseBody) -> CaseEvent:
        n = next(numbers)
        by = PHYSICIAN if isinstance(body, ev.Determined) and body.decision.signature.account == PHYSICIAN else NURSE
        return CaseEvent(EventId(f"e{n}"), RECEIVED + timedelta(hours=n), by, body)

    return fold(CaseId("c-1"), [event(body) for body in (ev.Opened("UR-2026-000417", asked, follows=follows), *bodies)])


GRANTED = ((line(), THERAPY), (ev.Determined((1, 2), APPROVED),))
REFUSED = ((line(),), (ev.Determined((1,), DENIED),))
IN_PART = ((line(), THERAPY), (ev.Determined((1,), DENIED), ev.Determined((2,), PARTIAL)))
NO_PARTY = "The person who asked for the care may not act for you, and we could not reach you."
DISMISSED = Decision(Determination.DISMISSED, Reason(NO_PARTY), signature(NURSE))
NONE_NEEDED = Decision(Determination.NOT_REQUIRED, Reason("This service takes no authorization."), signature(NURSE))
TOO_LATE = "You told us that you had no reason for being late."
BARRED = Decision(Determination.DISMISSED, Reason(TOO_LATE), signature(NURSE))
SHUT = WindowRead(
    About.APPEAL, RECEIVED.date(), date(2026, 8, 1), "X-WIN", "65 days to appeal", "a text that somebody saw", True, date(2026, 10, 5)
)
"""A window that was shut by a row that somebody compared with the law when the appeal came."""
CAME_LATE = ev.AppealTold(Asker.MEMBER, "Thea Brannigan", (Against(1, 1, Determination.DENIED, window=SHUT),), to_dismiss=True)
BODIES: Mapping[LetterKind, tuple[tuple[ServiceLine, ...], tuple[ev.CaseBody, ...]]] = {
    LetterKind.APPROVAL: GRANTED,
    LetterKind.ADVERSE: REFUSED,
    LetterKind.PARTIAL: IN_PART,
    LetterKind.INFORMATION_REQUEST: ((line(),), (ASKED,)),
    LetterKind.EXTENSION: ((line(),), ()),
    LetterKind.LATE: ((line(),), ()),
    LetterKind.EXPEDITE_REFUSED: ((line(),), ()),
    LetterKind.WITHDRAWN: ((line(),), (WITHDRAWN,)),
    LetterKind.DISMISSED: ((line(),), (ev.Dismissed((1,), Dismissal.NOT_PARTY, NO_PARTY, DISMISSED),)),
    LetterKind.NOT_REQUIRED: ((line(),), (ev.NotRequired((1,), "the code list of November 2026, page 4", NONE_NEEDED),)),
    LetterKind.APPEAL_OVERTURNED: GRANTED,
    LetterKind.APPEAL_UPHELD: REFUSED,
    LetterKind.APPEAL_PARTLY_OVERTURNED: IN_PART,
    LetterKind.APPEAL_DISMISSED: ((line(),), (CAME_LATE, ev.Dismissed((1,), Dismissal.LATE, TOO_LATE, BARRED))),
}
NOTICES: Mapping[LetterKind, Notice] = {
    LetterKind.EXTENSION: Extension(
        date(2026, 11, 25), "We are waiting for the report of your last x-ray. Your clinic could not send it before."
    ),
    LetterKind.LATE: Lateness(date(2026, 11, 10), "A doctor who knows about your condition could not look at the request before today."),
    LetterKind.EXPEDITE_REFUSED: NotExpedited(date(2026, 11, 18), "Your records show that your pain has not changed for five months."),
}
"""What is told of lines that nobody has decided, by kind of letter."""
WRITTEN = tuple((kind, family) for kind in LetterKind for family in Family if kind is not LetterKind.DISMISSED or family in MEDICARE)
"""Every kind of letter with every family in which it is written."""
COPIES = [
    *((kind, family, Audience.MEMBER) for kind, family in WRITTEN),
    *((kind, family, Audience.PROVIDER) for kind, family in WRITTEN if family in (Family.ERISA_SELF_FUNDED, Family.MEDICARE_ADVANTAGE)),
]
"""The same for each reader; the provider's copy holds no rights, by which most families differ, so that two families tell all of it."""


def facts(
    kind: LetterKind = LetterKind.ADVERSE,
    family: Family | None = None,
    *more: ev.CaseBody,
    change: Callable[[Request], Request] = lambda told: told,
    **changes: Any,
) -> LetterFacts:
    """The facts of a whole letter of this kind and family, one of self-funded employer plans where that writes it; `change` alters the
    request, `changes` the facts."""
    family = family or (Family.MEDICARE_ADVANTAGE if kind is LetterKind.DISMISSED else Family.ERISA_SELF_FUNDED)
    lines, bodies = BODIES[kind]
    asked = change(request(*lines, family=family))
    if kind is LetterKind.LATE:
        more = (clock_of(asked), *more)
    told = LetterFacts(
        kind,
        case(asked, *more, *bodies, follows=FIRST_CASE if kind in appeal.ABOUT else None),
        tuple(s.line for s in asked.services),
        profile(COVERAGES[family][0]),
        DATED,
        POLICIES,
        composed_by=NURSE,
        notice=NOTICES.get(kind),
    )
    return replace(told, **changes)


def facts_of_some(kind: LetterKind, family: Family | None = None, *more: ev.CaseBody) -> LetterFacts:
    """The same of a request that asks for one line more, of which the letter does not tell; it is open where nothing `more` happened."""
    whole = facts(kind, family)
    return facts(kind, family, *more, change=lambda asked: replace(asked, services=(*asked.services, BRACE)), lines=whole.lines)


def whispered(secret: str) -> tuple[ev.CaseBody, ...]:
    """All that people write about a case and that no letter may hold."""
    return (
        ev.NoteAdded(f"note {secret}"),
        ev.ContactLogged(ev.ContactWay.CALL, f"somebody {secret}", f"number {secret}", f"said {secret}", SIGNED),
        ev.CoverageChecked(ev.CoverageItem.ELIGIBLE, f"yes {secret}", f"where {secret}", date(2026, 11, 4)),
        ev.Referred((1,), f"summary {secret}", f"question {secret}"),
        ev.SentBack((1,), f"sent back {secret}"),
        ev.Referred((1,), f"again {secret}", f"asked {secret}"),
    )


def noted(secret: str) -> Callable[[Request], Request]:
    """Fields of the request that no letter may hold."""
    subscriber = Representative(f"nobody {secret}", f"kin {secret}", f"road {secret}", authority_on_file=False)
    return lambda asked: replace(
        asked, clinical_notes=f"notes {secret}", urgency_said_by=secret, member=replace(MEMBER, phone=secret, representative=subscriber)
    )


def composed(told: LetterFacts, audience: Audience = Audience.MEMBER) -> LetterContent:
    return content.compose(told, WORDING, audience, FORMS)


def words(told: LetterContent) -> str:
    """The letter as one reads it: a block a paragraph, a row a line, cells apart by a bar."""
    out = [*told.recipient, "", f"# {told.title}", ""]
    for block in told.blocks:
        mark = {"heading": "## ", "bullets": "- ", "steps": "+ "}.get(block.kind, "")
        cells = " | " if block.kind in ("table", "facts") else " "
        out += [mark + cells.join(s.text.replace("\n", " / ") for s in row) for row in block.rows]
        out.append("")
    return "\n".join(out)
