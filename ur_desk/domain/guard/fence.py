"""The fence: which role reads what, whose names a list says, and to whom a restricted case is open."""

from datetime import datetime
from enum import StrEnum

from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Workflow
from ur_desk.domain.guard.glass import FenceBody
from ur_desk.domain.listing import Viewer
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import Fenced, Forbidden, UserError

REASON_LEAST = 20
"""Characters that a reason for breaking the glass has at least: "emergency" alone says nothing that could be looked into."""

NOTHING = "Nothing was changed."

K, N, P, S, A, R = Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR
EVERYBODY = frozenset(Role)


class Read(StrEnum):
    """What can be read; each is declared once, at the verb of the desk that reads it."""

    LIST = "cases.list"
    CASE = "case.read"
    TIMELINE = "case.timeline"
    PREVIEW = "letter.preview"
    LETTER = "letter.read"
    RECOGNISE = "letter.recognise"
    LIBRARY = "library.read"
    IMPACT = "library.impact"
    ACCOUNTS = "account.list"
    PROFILES = "profile.read"
    SENDERS = "sender.list"
    HEADS = "audit.heads"
    BUNDLE = "audit.bundle"
    REGISTER = "audit.register"
    WORKSPACE = "audit.workspace"
    ALERTS = "audit.alerts"
    DRAFTS = "draft.list"
    COLLEAGUES = "draft.colleagues"
    CODES = "code.look-up"
    PROVIDERS = "provider.list"
    ARRIVALS = "arrival.list"
    OUTSIDE = "export.outside"
    RETENTION = "retention.read"
    BACKUPS = "backup.list"
    VAULT = "vault.standing"
    CLOCKS = "clock.rows"
    QUEUE = "case.queue"


READERS: dict[Read, frozenset[Role]] = {
    Read.LIST: EVERYBODY,
    Read.CASE: frozenset({K, N, P, S, R}),
    Read.TIMELINE: frozenset({N, P, S, R}),
    Read.PREVIEW: frozenset({N, P, S, R}),
    Read.LETTER: frozenset({N, P, S, R}),
    Read.RECOGNISE: EVERYBODY,
    Read.LIBRARY: EVERYBODY,
    Read.IMPACT: frozenset({N, P, S, R}),
    Read.ACCOUNTS: EVERYBODY,
    Read.PROFILES: frozenset({N, P, S, A, R}),
    Read.SENDERS: frozenset({K, N, S, A, R}),
    Read.HEADS: frozenset({N, P, S, A, R}),
    Read.BUNDLE: frozenset({S, R}),
    Read.REGISTER: frozenset({S, R}),
    Read.WORKSPACE: frozenset({S, A, R}),
    Read.ALERTS: frozenset({S, R}),
    Read.DRAFTS: EVERYBODY,
    Read.COLLEAGUES: frozenset({K, N}),
    Read.CODES: frozenset({K, N}),
    Read.PROVIDERS: frozenset({K, N}),
    Read.ARRIVALS: frozenset({K, N}),
    Read.OUTSIDE: EVERYBODY,
    Read.RETENTION: frozenset({S, A, R}),
    Read.BACKUPS: frozenset({S, A, R}),
    Read.VAULT: frozenset({S, A, R}),
    Read.CLOCKS: EVERYBODY,
    Read.QUEUE: frozenset({P, S}),
}
"""Who reads what; 164.502(b), minimum necessary. Lists show each person less than all (`viewer`), drafts and files
that still lie outside are one's own, the check and the heads of the trail and the recognition of a letter name nobody's health."""

BEFORE_HAND_OVER = frozenset({Workflow.INTAKE, Workflow.REVIEW, Workflow.RETURNED, Workflow.PENDED, Workflow.REOPENED})
"""Where a case stands while intake still has something to do in it."""
FOR_THE_PHYSICIAN = frozenset({Workflow.WITH_PHYSICIAN, Workflow.PEER_TO_PEER, Workflow.RETURNED})
"""Where a case stands in which a physician has been asked."""


def may_read(person: Account, read: Read) -> bool:
    """Whether one of the person's roles reads it."""
    return not person.retired and bool(person.roles & READERS[read])


def check_reader(person: Account, read: Read) -> None:
    """Forbidden, in plain words, where none of the person's roles reads it."""
    if not may_read(person, read):
        who = " or ".join(sorted(role.value for role in READERS[read]))
        raise Forbidden(f"{person.display} may not look at this ({read.value}).", f"It takes the role {who}. Nothing was changed.")


def viewer(person: Account, now: datetime) -> Viewer:
    """For whom a list is made: names where the person's work needs them, initials elsewhere; domain section 8."""
    physician = FOR_THE_PHYSICIAN if person.has(P) else frozenset()
    intake = BEFORE_HAND_OVER if person.has(K) else frozenset()
    return Viewer(person.id, now, person.has(N, S), physician | intake, person.has(P), may_read(person, Read.CASE))


def sees(case: Case, person: AccountId, now: datetime) -> bool:
    """Whether a case is open to a person: it is not restricted, or names them, or they broke the glass a short time ago."""
    if case.restriction is None or person in case.restriction.open_to:
        return True
    return any(glass.by == person and glass.at <= now < glass.until for glass in case.glasses)


def check_open(open_to_them: bool, number: str) -> None:
    """Fenced, in plain words, where a case is not open to whoever asks."""
    if not open_to_them:
        raise Fenced(
            f"{number} is restricted: it is open to named people only.",
            "Ask a supervisor; in need, break the glass with a reason. Nothing was shown and nothing was changed.",
        )


def check_stage(person: Account, workflow: Workflow, number: str) -> None:
    """Forbidden where a case has left intake and the person reads none that has."""
    if not person.has(N, P, S, R) and workflow not in BEFORE_HAND_OVER:
        raise Forbidden(f"{number} has left intake.", "Ask the nurse who works it. Nothing was changed.")


def check_fence(body: FenceBody, case: Case, by: Account, now: datetime) -> None:
    """Passes a change of a case's fence that the rules allow; else UserError or Forbidden in plain words."""
    match body:
        case ev.Restricted():
            _may_restrict(body, case, by)
        case ev.Unrestricted():
            _said(body.reason)
            if case.restriction is None:
                raise UserError(f"{case.number} is not restricted.", NOTHING)
        case ev.GlassBroken():
            _may_break(body, case, by, now)
        case ev.GlassSeen():
            _may_look_into(body, case, by)


def _may_restrict(body: ev.Restricted, case: Case, by: Account) -> None:
    _said(body.reason)
    if not body.open_to:
        raise UserError("Name at least one person to whom the case stays open.", NOTHING)
    if by.has(S, A):
        return
    if case.opened_by != by.id:
        raise Forbidden("Only who opened the case, a supervisor or an administrator restricts it.", f"Ask a supervisor. {NOTHING}")
    if body.kind is ev.Restriction.SENSITIVE:
        raise Forbidden("A nurse restricts the case of an employee or a relative.", f"Ask a supervisor about a sensitive case. {NOTHING}")


def _may_break(body: ev.GlassBroken, case: Case, by: Account, now: datetime) -> None:
    if sees(case, by.id, now):
        raise UserError(f"{case.number} is open to you already.", NOTHING)
    if len(" ".join(body.reason.split())) < REASON_LEAST:
        raise UserError(
            f"Say why you must see this case, in {REASON_LEAST} characters or more.",
            f"A supervisor reads it and looks into it. {NOTHING}",
        )


def _may_look_into(body: ev.GlassSeen, case: Case, by: Account) -> None:
    glass = next((g for g in case.glasses if g.event == body.event), None)
    if glass is None or glass.seen_by is not None:
        raise UserError("There is no such alert, or somebody has looked into it.", f"Read the alerts again. {NOTHING}")
    if glass.by == by.id:
        raise Forbidden("Whoever broke the glass does not look into it.", f"Another supervisor must. {NOTHING}")


def _said(reason: str) -> None:
    if not reason.strip():
        raise UserError("Say why.", NOTHING)
