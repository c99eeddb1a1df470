"""A step outside of cases, or somebody's look, as one sentence; a step of a case is told by `telling`."""

from collections.abc import Mapping
from functools import singledispatch

from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.determination import Signature
from ur_desk.domain.guard import access as ac
from ur_desk.domain.guard import vault as vt
from ur_desk.domain.intake import sender_events as se
from ur_desk.domain.intake.addresses import KEPT, ProviderCorrected, ProviderForgotten
from ur_desk.domain.intake.handing import DraftHanded
from ur_desk.domain.letters.stationery import StationeryBody
from ur_desk.domain.letters.stationery_told import stationery_told
from ur_desk.domain.library import drafting as dr
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.people import AccountId, Role
from ur_desk.domain.telling import tell

Names = Mapping[AccountId, str]
"""How each account is shown."""
_HOW = {
    ac.How.PASSPHRASE: "with their passphrase",
    ac.How.FILE: "with a passphrase from a file",
    ac.How.CODE: "with a one-time code",
    ac.How.PIN: "with their PIN",
    ac.How.RECOVERY: "with the recovery key",
}
_WHERE = {
    ac.Where.CASES: "cases",
    ac.Where.LIBRARY: "the library",
    ac.Where.REGISTER: "the register",
    ac.Where.RECORDS: "the records of a case",
}


@singledispatch
def sentence(body: object, names: Names) -> str:
    """What happened, as one sentence in plain words; accounts by their names, by their ids where none is known."""
    return tell(body)


@sentence.register
def _(body: ev.Determined, names: Names) -> str:
    return " ".join(part for part in (tell(body), behind(body.decision.signature, names)) if part)


def behind(signature: Signature, names: Names) -> str:
    """Who entered the licence that a signature names, and who confirmed it at which source, and that it is of another state than the
    case; empty where it names none."""
    held, under = signature.credential, signature.signed_under
    if held is None or under is None:
        return ""
    licence = f"{under.number} ({under.state})" if under.state else under.number
    licence += f", in a case of {signature.case_state}" if signature.case_state else ""
    entered = f"Signed with licence {licence}, entered by {_who(held.entered_by, names)}"
    if held.confirmed_by is None:
        return f"{entered}, confirmed by nobody."
    day = f" on {held.confirmed_on:%m/%d/%Y}" if held.confirmed_on else ""
    return f"{entered}, confirmed by {_who(held.confirmed_by, names)} at {held.confirmed_where or 'a source not kept'}{day}."


# accounts and keys -----------------------------------------------------------------------------------------------------------


@sentence.register
def _(body: ws.WorkspaceCreated, names: Names) -> str:
    kind = "demo workspace" if body.kind is ws.WorkspaceKind.DEMO else "workspace"
    return f"began this {kind} with version {body.program}, its days in {body.zone or 'an unknown zone'}."


@sentence.register
def _(body: ws.AccountAdded, names: Names) -> str:
    return f"added the account {body.account.name} ({body.account.display}) as {_roles(body.account.roles)}."


@sentence.register
def _(body: ws.RolesChanged, names: Names) -> str:
    return f"made {_who(body.account, names)} {_roles(body.roles)}."


@sentence.register
def _(body: ws.CredentialEntered, names: Names) -> str:
    licence = " ".join(part for part in (body.credential.kind, body.credential.licence, body.credential.state) if part)
    return f"entered the licence of {_who(body.account, names)}: {licence}."


@sentence.register
def _(body: vt.CredentialConfirmed, names: Names) -> str:
    return f"confirmed the licence of {_who(body.account, names)}: {body.where}, {body.on:%m/%d/%Y}."


@sentence.register
def _(body: ws.ReportingSet, names: Names) -> str:
    to = f"reports to {_who(body.to, names)}" if body.to else "reports to nobody"
    return f"recorded that {_who(body.account, names)} {to}."


@sentence.register
def _(body: ws.AccountRetired, names: Names) -> str:
    return f"retired the account of {_who(body.account, names)}."


@sentence.register
def _(body: vt.Invited, names: Names) -> str:
    return f"gave {_who(body.account, names)} a one-time code, good until {body.until:%m/%d/%Y}."


@sentence.register
def _(body: vt.VaultMade, names: Names) -> str:
    return "made the vault: the workspace's own secret and its first data key."


@sentence.register
def _(body: vt.KeyEnrolled, names: Names) -> str:
    return "set a passphrase and a signing key of their own."


@sentence.register
def _(body: vt.PassphraseChanged, names: Names) -> str:
    return "changed their passphrase."


@sentence.register
def _(body: vt.Bound, names: Names) -> str:
    return "bound their passphrase to one computer." if body.bound else "freed their passphrase for any computer."


@sentence.register
def _(body: vt.RecoveryMade, names: Names) -> str:
    return "made a recovery key in two parts; an earlier one opens nothing any more."


@sentence.register
def _(body: vt.RecoveryUsed, names: Names) -> str:
    return f"opened the workspace with both parts of the recovery key, for {_who(body.account, names)}."


@sentence.register
def _(body: vt.Rekeyed, names: Names) -> str:
    return f"gave the workspace another data key: {body.why}."


@sentence.register
def _(body: vt.DiskAnswered, names: Names) -> str:
    told = {True: "is encrypted", False: "is not encrypted", None: "may be encrypted or not, which they do not know"}
    return f"said that the system disk {told[body.encrypted]}."


@sentence.register
def _(body: ws.IdleLockSet, names: Names) -> str:
    return f"set that the desk locks itself after {body.minutes} minutes."


# the library and the plan ----------------------------------------------------------------------------------------------------


@sentence.register
def _(body: sh.PolicyLoaded, names: Names) -> str:
    version = f"{body.effective:%m/%d/%Y}" if body.effective else "an unknown day"
    return f"loaded {body.policy} of {version}{' (abstract)' if body.abstract else ''} into the library."


@sentence.register
def _(body: sh.PolicyWaived, names: Names) -> str:
    return f"waived the finding {body.finding.rule} of {body.policy}: {body.reason}"


@sentence.register
def _(body: sh.PolicyUnwaived, names: Names) -> str:
    return f"took back the waiver of the finding {body.finding.rule} of {body.policy}."


@sentence.register
def _(body: sh.PolicyConfirmed, names: Names) -> str:
    alone = ", which they had loaded or mended themselves" if body.alone else ""
    return f"confirmed the reading of {body.policy}{alone}."


@sentence.register
def _(body: dr.PolicyCorrected, names: Names) -> str:
    return f"mended the reading of {body.policy}: {body.correction.what.value}, line {body.correction.line}."


@sentence.register
def _(body: dr.PolicyUncorrected, names: Names) -> str:
    return f"took back the last correction of the reading of {body.policy}."


@sentence.register
def _(body: dr.PolicyDiscarded, names: Names) -> str:
    return f"discarded the draft beside the confirmed reading of {body.policy}."


@sentence.register
def _(body: dr.PolicyUndiscarded, names: Names) -> str:
    return f"brought the discarded draft of {body.policy} back."


@sentence.register
def _(body: sh.PolicyAdopted, names: Names) -> str:
    lines = ", ".join(body.applies_to) or "no line of business"
    return f"recorded that the plan adopted {body.policy} for {lines}."


@sentence.register
def _(body: sh.PolicyStillCurrent, names: Names) -> str:
    return f"recorded that {body.policy} still stands: {body.where}, {body.day:%m/%d/%Y}."


@sentence.register
def _(body: sh.PolicyDated, names: Names) -> str:
    return (
        f"gave the day from which {body.policy} is in force, which the document does not print: {body.effective:%m/%d/%Y}, by {body.where}."
    )


@sentence.register
def _(body: sh.PolicyRetired, names: Names) -> str:
    after = f"; {body.successor} came in its place" if body.successor else ""
    return f"recorded {body.last_day:%m/%d/%Y} as the last day of a version of {body.policy}, by {body.where}{after}."


@sentence.register
def _(body: sh.PolicyReinstated, names: Names) -> str:
    return f"took back the recorded last day of a version of {body.policy}: {body.reason}"


@sentence.register
def _(body: sh.VersionRuleSet, names: Names) -> str:
    return f"set that versions of policies are chosen by the day of {body.rule}, by {body.where}."


@sentence.register
def _(body: ws.ProfileSaved, names: Names) -> str:
    where = f" in {body.profile.state}" if body.profile.state else ""
    signers = [f"{given.matter.value.replace('_', ' ')} ({given.role.value})" for given in body.profile.signers]
    told = f" Other roles than the physician's sign: {', '.join(signers)}." if signers else ""
    return f"changed the plan's words for {body.profile.line_of_business.value.replace('_', ' ')}{where}.{told}"


@sentence.register
def _(body: ProviderCorrected, names: Names) -> str:
    changed = [name for name in KEPT if getattr(body.before, name) != getattr(body.after, name)]
    return f"corrected {body.after.name or ''} in the address book: {', '.join(changed) or 'nothing'}."


@sentence.register
def _(body: ProviderForgotten, names: Names) -> str:
    return f"took {body.provider.name or ''} out of the address book."


@sentence.register
def _(body: DraftHanded, names: Names) -> str:
    return f"handed a draft of a new request to {_who(body.to, names)}."


@sentence.register
def _(body: se.SenderKept, names: Names) -> str:
    count = len(body.sender.mapping.columns)
    return f"kept how files of {body.sender.name} are read: {count} column{'' if count == 1 else 's'}."


@sentence.register
def _(body: se.SenderUnread, names: Names) -> str:
    return f"kept how files of {body.name} are read, as this version of the program cannot read it: {body.why}"


@sentence.register
def _(body: se.SenderRenamed, names: Names) -> str:
    return f"gave the sender {body.name} the name {body.new_name}."


@sentence.register
def _(body: se.SenderDropped, names: Names) -> str:
    return f"dropped how files of {body.name} are read."


@sentence.register
def _(body: StationeryBody, names: Names) -> str:
    return stationery_told(body)


@sentence.register
def _(body: ws.TrailChecked, names: Names) -> str:
    found = "it held" if not body.breaks else f"it did not hold in {body.breaks} place{'' if body.breaks == 1 else 's'}"
    return f"checked the trail of {body.events} events: {found}."


# who sat down, looked and took along -----------------------------------------------------------------------------------------


@sentence.register
def _(body: ac.SignedIn, names: Names) -> str:
    return f"signed in {_HOW[body.how]}."


@sentence.register
def _(body: ac.SignedOut, names: Names) -> str:
    return "signed out."


@sentence.register
def _(body: ac.SignInFailed, names: Names) -> str:
    times = "once" if body.times == 1 else f"{body.times} times"
    return f"found that somebody had tried to sign in as {body.name} with a wrong passphrase, {times}."


@sentence.register
def _(body: ac.Locked, names: Names) -> str:
    return "locked the desk, and let go of every key." if body.shut else "locked the desk."


@sentence.register
def _(body: ac.Unlocked, names: Names) -> str:
    wrong = f", after {body.wrong_pins} wrong PIN{'' if body.wrong_pins == 1 else 's'}" if body.wrong_pins else ""
    return f"opened the desk again {_HOW[body.how]}{wrong}."


@sentence.register
def _(body: ac.KeysRemoved, names: Names) -> str:
    return f"found keys that the trail does not know, and took them out: {', '.join(body.names)}."


@sentence.register
def _(body: ac.CaseViewed, names: Names) -> str:
    return "looked at the case."


@sentence.register
def _(body: ac.TimelineRead, names: Names) -> str:
    return "read the timeline."


@sentence.register
def _(body: ac.Searched, names: Names) -> str:
    return f"searched {_WHERE[body.where]} for “{body.words}”, and found {body.found}."


@sentence.register
def _(body: ac.Listed, names: Names) -> str:
    return f"had {_WHERE[body.where]} listed: {body.rows} row{'' if body.rows == 1 else 's'}."


@sentence.register
def _(body: ac.LetterPreviewed, names: Names) -> str:
    lines = ("line " if len(body.lines) == 1 else "lines ") + ", ".join(map(str, body.lines))
    return f"looked at the letter for {lines} as it would leave."


@sentence.register
def _(body: ac.RecordSeen, names: Names) -> str:
    return f"saw page {body.page} of a record."


@sentence.register
def _(body: ac.LetterRead, names: Names) -> str:
    return "read an issued letter."


@sentence.register
def _(body: ac.LetterPrinted, names: Names) -> str:
    return "printed an issued letter." if body.letter else "printed the draft of a letter."


@sentence.register
def _(body: ac.TrailExported, names: Names) -> str:
    return f"took the heads of {body.events} events along."


@sentence.register
def _(body: ac.FileLeft, names: Names) -> str:
    why = f": {body.why}" if body.why else "."
    return f"wrote a file outside ({body.what}, {body.place}) to {body.path}{why}"


@sentence.register
def _(body: ac.FileCameIn, names: Names) -> str:
    return f"read a file in ({body.what}, {body.place}) from {body.path}."


@sentence.register
def _(body: ac.FileRemoved, names: Names) -> str:
    return f"deleted the file {body.path}."


def _who(account: AccountId | None, names: Names) -> str:
    return names.get(account, account) if account else "somebody not kept"


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(role.value for role in Role if role in roles)
