"""Synthetic people, requests and workspaces for tests; nothing here tells of a real person."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from ur_desk.desk import sign_in
from ur_desk.desk import workspace as opening
from ur_desk.desk.brought import Item
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.desk.tables import Tables
from ur_desk.desk.vault import RecoveryParts
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import ClockExtended, Told
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.codes import procedure_system
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.decisions.grounds import Administrative, Matter
from ur_desk.domain.determination import HeldElsewhere, PolicyCitation, Reason
from ur_desk.domain.guard.vault import Cost
from ur_desk.domain.intake.arriving import traits_of
from ur_desk.domain.intake.mapping import Column, Mapping, Sender
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.domain.request import (
    Coverage,
    Diagnosis,
    Evidence,
    LineOfBusiness,
    Member,
    Provider,
    ReceiptEvidence,
    Request,
    ServiceLine,
    Sex,
    Timing,
    Urgency,
)
from ur_desk.domain.trail.witness import LastSeen
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.records.request import content_hash

# read once for all tests: nothing in them changes
TABLES = Tables()
NOW = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)
LINDQVIST = Account(
    AccountId("a-nurse"), "mara", "Mara Lindqvist", frozenset({Role.NURSE}), Credential("RN", "RN-10482", "IN", date(2030, 6, 30))
)
OSEI = Account(
    AccountId("a-physician"),
    "osei",
    "Kwame Osei",
    frozenset({Role.PHYSICIAN}),
    Credential(
        "MD",
        "MD-55120",
        "IN",
        date(2030, 6, 30),
        "Radiology",
        entered_by=AccountId("a-admin"),
        confirmed_by=AccountId("a-sup"),
        confirmed_on=date(2017, 10, 2),
        confirmed_where="the state board's site",
    ),
)


class FixedClock:
    """A clock that moves a second at every look."""

    def __init__(self, start: datetime = NOW) -> None:
        self.at = start
        self.looks = count()

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def monotonic(self) -> int:
        return next(self.looks)

    def boot(self) -> str:
        return "test-boot"


def line(
    number: int = 1, code: str | None = "76120", words: str = "Cineradiography of the lumbar spine", day: date | None = date(2017, 10, 12)
) -> ServiceLine:
    return ServiceLine(
        number, code, system=procedure_system(code) if code else None, raw=code, quantity=Decimal(1), unit="UN", description=words, first_day=day, last_day=day, place_of_service="11"
    )  # fmt: skip


def unclear(number: int = 1) -> ServiceLine:
    """A line of which the findings cannot tell whether the policy speaks of it: what is asked for may change them."""
    return line(number, "76120", "Cineradiography of the pharynx")


def sender(name: str = "Lindenfield Ortho") -> Sender:
    """An invented office whose files have three columns."""
    columns = (Column("Mbr ID", "member.member_id"), Column("CPT", "services.code"), Column("Dx", "diagnoses.code"))
    return Sender(name, frozenset({"mbr id", "cpt", "dx"}), Mapping(columns))


def request(*lines: ServiceLine, diagnoses: tuple[str, ...] = ("M54.5",), **changes: Any) -> Request:
    told = Request(
        services=lines or (line(),),
        member=Member("Alvarado", "Rosalind", "DEMO-004417", date(1971, 2, 14), Sex.F, address="12 Linden Court\nMuncie, IN 47302"),
        diagnoses=tuple(Diagnosis(code, raw=code, primary=n == 0) for n, code in enumerate(diagnoses)),
        received_at=datetime(2017, 10, 5, 13, 30, tzinfo=UTC),
        received_zone="America/Indiana/Indianapolis",
        urgency=Urgency.STANDARD,
        timing=Timing.PRESERVICE,
        line_of_business=LineOfBusiness.ERISA_SELF_FUNDED,
        coverage=Coverage(plan="Lindenfield Works Health Plan", group="LW-200", funding="self_funded", erisa=True),
        state="IN",
        requesting_provider=Provider("Priya Natarajan", "1558597799", credential="DC", address="4 Orchard Row\nMuncie, IN 47303"),
        servicing_provider=Provider("Orchard Row Imaging", "1234567893"),
        clinical_notes="Low back pain for five months.",
    )
    return replace(told, **changes)


def profile(business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED, state: str = "IN") -> PlanProfile:
    return PlanProfile(
        business,
        state,
        plan_name="Lindenfield Works Health Plan",
        address="P.O. Box 1200\nMuncie, IN 47302",
        phone="1-800-555-0142",
        tty="711",
        hours="Monday to Friday, 8 a.m. to 6 p.m.",
        appeal_address="Appeals, P.O. Box 1201, Muncie, IN 47302",
        appeal_phone="1-800-555-0143",
        appeal_fax="1-800-555-0144",
        expedited_phone="1-800-555-0145",
        peer_to_peer_phone="1-800-555-0146",
        records_fax="1-800-555-0147",
        plan_provision="Your plan booklet, section 7, care that is investigational",
        internal_appeal_text="Your plan gives you one level of internal appeal.",
        external_review_text="After the internal appeal you may ask for a review by people outside of the plan within four months.",
        consumer_assistance_text="The state's department of insurance helps members at 1-800-555-0150.",
        erisa_rights_text="The U.S. Department of Labor answers questions about plan rights at 1-866-555-0151.",
        language_help_text="Help in your language is free: call 1-800-555-0142.",
        nondiscrimination_text="The plan treats everyone alike.",
        taglines="es: Puede recibir ayuda en español sin costo. Llame al 1-800-555-0142.",
    )


def confirm(desk: Desk, policy: str = "RAD.00034", **named: Any) -> Any:
    """Confirms the reading that waits, as whoever looked at it just now does."""
    seen = desk.readings.draft(policy, **named).shelved.reading
    assert seen is not None
    return desk.library.confirm(policy, seen, **named)


def spanish(desk: Desk, **changes: str) -> bytes:
    """The slots of the wording with something in each that stands for a translator's text, its blanks where they were; `changes` puts
    other words into some of them, by the clause with underscores for its dots."""
    import json

    told = json.loads(desk.stationery.slots("es", "Spanish"))
    for name, slot in told["clauses"].items():
        slot["text"] = changes.get(name.replace(".", "_"), f"es {slot['english']}")
    for words in told["terms"].values():
        for slot in words.values():
            slot["text"] = "|".join(f"es {part}" for part in slot["english"].split("|"))
    return json.dumps(told).encode()


FORM_FIELDS = ("letter_date", "member_name", "member_number", "services", "reason", "status")


def denial_form(omb: str = "0938-9999", **told: Any) -> tuple[str, bytes, str, str, date, dict[str, str]]:
    """What installs an invented form with a field for each of some facts; no official form is in this project."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 800, f"An invented denial form. OMB Approval No. {omb}")
    for number, name in enumerate(FORM_FIELDS):
        canvas.acroForm.textfield(
            name=f"Form {name}", x=72, y=690 - 110 * number, width=440, height=100, fieldFlags="multiline", maxlen=None
        )
    canvas.save()
    fields = told.get("fields", {name: f"Form {name}" for name in FORM_FIELDS})
    return told.get("form", "CMS-10003"), out.getvalue(), "denial.pdf", omb, told.get("expires", date(2018, 12, 31)), fields


class NoShares:
    """A computer without a credential store."""

    def get(self, workspace: str) -> bytes | None:
        return None

    def make(self, workspace: str) -> bytes:
        raise UserError("This computer has no credential store.", "Nothing was changed.")


class MemorySeen:
    """A computer that remembers for one test."""

    def __init__(self) -> None:
        self.heads: dict[str, LastSeen] = {}

    def get(self, workspace: str) -> LastSeen | None:
        return self.heads.get(workspace)

    def keep(self, workspace: str, head: LastSeen) -> None:
        self.heads[workspace] = head


CHEAP = Cost(1, 8192)
"""What a guess costs in tests: next to nothing. What a workspace of a person costs is measured when it is set up."""


def passphrase(name: str) -> str:
    """The passphrase of a synthetic person."""
    return f"{name.casefold()} walks nine quiet miles home"


def open_desk(folder: Path, name: str, **told: Any) -> Desk:
    """A desk at which somebody sits down with their passphrase; a new workspace's guesses cost next to nothing."""
    desk = opening.open_desk(folder, name, passphrase(name), **{"cost": CHEAP, "shares": NoShares(), "seen": MemorySeen(), **told})
    desk.throwaway = {who: passphrase(who) for who in ("ada", "mara", "osei", "sol")}
    return desk


def data_key(folder: Path, name: str) -> bytes:
    """The data key of a workspace, as somebody gets it who has a passphrase and this source code."""
    from ur_desk.store.keyfile import KeyFile

    return sign_in.opened_slots(folder, KeyFile(folder).read(), name, passphrase(name), NOW, NoShares())[0].data_keys[0]


def sit_down(desk: Desk, name: str) -> None:
    """Another person takes the desk with their passphrase."""
    opening.sit_down(desk, name, passphrase(name))


def enrolled(desk: Desk, name: str, display: str, roles: frozenset[Role], credential: Credential | None = None) -> None:
    """Adds an account, whose holder sets a passphrase at once; whoever sat at the desk sits there again."""
    before = desk.person, desk.signer
    code = desk.accounts.add(name, display, roles, credential).value.code
    opening.sit_down(desk, name, code, passphrase(name))
    desk.person, desk.signer = before


def confirmed(desk: Desk, name: str, by: str = "sol") -> None:
    """Somebody looks the licence up and confirms it; whoever sat at the desk sits there again."""
    before = desk.person, desk.signer
    sit_down(desk, by)
    desk.accounts.confirm_credential(name, "the state board's site", NOW.date())
    desk.person, desk.signer = before


def recovery_of(desk: Desk) -> RecoveryParts:
    """The recovery key that whoever sits here makes, in two parts."""
    parts = desk.vault.draw_recovery()
    desk.vault.make_recovery(parts)
    return parts


@contextmanager
def desk_in(folder: Path, kind: WorkspaceKind = WorkspaceKind.DEMO, clock: FixedClock | None = None) -> Iterator[Desk]:
    """A desk in a new workspace with an administrator (`ada`), a nurse (`mara`), a physician (`osei`) and a supervisor (`sol`); ada sits."""
    desk = open_desk(folder, "ada", kind=kind, clock=clock or FixedClock(), tables=TABLES, zone="America/Indiana/Indianapolis")
    try:
        people(desk)
        yield desk
    finally:
        desk.close()


def people(desk: Desk) -> None:
    enrolled(desk, "mara", "Mara Lindqvist", frozenset({Role.NURSE}), LINDQVIST.credential)
    enrolled(desk, "osei", "Kwame Osei", frozenset({Role.PHYSICIAN}), OSEI.credential)
    enrolled(desk, "sol", "Sol Reyes", frozenset({Role.SUPERVISOR}))
    confirmed(desk, "osei")
    desk.accounts.save_profile(profile())
    if not desk.demo:
        desk.stationery.approve("en", "The compliance committee", NOW.date())


def opened(desk: Desk, *lines: ServiceLine, **changes: Any) -> Case:
    """A case for a synthetic request, opened by mara."""
    sit_down(desk, "mara")
    case: Case = finish(desk.intake.open(request(*lines, **changes))).value
    return case


def posted(desk: Desk, case: Case) -> Case:
    """The case with its last letter sent on its day: by mail to the member, and its copy by fax to the provider."""
    letter, at = case.letters_to_members[-1], desk.clock.now()
    case = desk.post.send(case.id, case.revision, letter.id, Way.MAIL, Party.MEMBER, at).value
    for copy in case.copies_of(letter.id):
        case = desk.post.send(case.id, case.revision, copy.id, Way.FAX, Party.PROVIDER, at, where="1-317-555-0188").value
    return case


def earlier_receipt(case: Case) -> Receipt:
    """The receipt of a case a day earlier than recorded, as the header of a fax shows it."""
    at = case.request.received_at
    assert at is not None
    return Receipt(at - timedelta(days=1), case.request.received_zone, ReceiptEvidence(Evidence.FAX_HEADER, "page 1"))


def heard(at: datetime = NOW, way: ContactWay = ContactWay.FAX) -> Told:
    """That the requesting office was told, by fax."""
    return Told(way, "Orchard Row Orthopedics", at)


def extension(**changes: Any) -> ClockExtended:
    """The written notice of an extension of an ERISA clock that pauses for an answer."""
    told = ClockExtended(
        Condition.BEYOND_CONTROL, "The films lie with another office.", heard(), ("the films of August",), date(2017, 11, 30)
    )
    return replace(told, **changes)


def clock_file(*states: str) -> bytes:
    """A file of rows in which the law of these states has no clock of its own for insured business."""
    rows = [
        {"id": f"{state}-NONE", "lines": ["commercial_insured"], "states": [state], "source": "the code of the state"} for state in states
    ]
    return json.dumps({"schema": "ur-desk-clocks/1", "silences": rows}).encode()


def arrival(desk: Desk, **changes: Any) -> Item:
    """A request in a file that nobody has brought."""
    asked = request(**{"reference": "R-1", **changes})
    return Item("nowhere", 1, asked, Path("requests.json"), Sha256("0" * 64), traits_of(asked, content_hash(asked)))


def cites(case: Case, first: int, last: int | None = None) -> tuple[PolicyCitation, ...]:
    assert case.matched is not None
    pin = case.matched.pins[0]
    return (PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, first, last or first)),)


NO_POLICY = Reason("We approved the service because it meets what your plan asks for.", no_policy_found=True)
BOOKLET = Reason(
    "Your plan has no benefit for this.", held_elsewhere=(HeldElsewhere("Lindenfield Works", "Benefit booklet", "2017", "7.2"),)
)
LATE = Administrative(Matter.NOT_TIMELY, "The day on which it was received decides it, and nothing about the member's health.")
UNCHECKED = ("eligible", "benefit", "network", "other_coverage", "authorization_needed")
