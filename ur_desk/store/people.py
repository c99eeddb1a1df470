"""Rows of accounts, drafts and plan profiles."""

import json
from datetime import datetime

from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.records.letter import profile_bytes, profile_from
from ur_desk.records.people import credential_from, credential_text
from ur_desk.store.door import Door
from ur_desk.store.projection import Row


class Accounts:
    """Who may open the workspace; projections of the account events."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def put(self, account: Account) -> None:
        """Writes the account as it now is, inside the open transaction."""
        row = account_row(account)
        self._db.execute(
            "INSERT INTO accounts (id, name, display, roles, credential, retired) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, display = excluded.display, roles = excluded.roles, credential = excluded.credential, retired = excluded.retired",
            list(row.values()),
        )

    def all(self) -> tuple[Account, ...]:
        """Every account, retired ones too, by name."""
        rows = self._db.execute(
            "SELECT id, name, display, roles, credential, retired FROM accounts ORDER BY name COLLATE NOCASE"
        ).fetchall()
        return tuple(_account(*row) for row in rows)

    def named(self, name: str) -> Account | None:
        """The account that signs in with the name, whatever its case."""
        return next((a for a in self.all() if a.name.casefold() == name.casefold()), None)


def account_row(account: Account) -> Row:
    """The row of an account."""
    return {
        "id": account.id,
        "name": account.name,
        "display": account.display,
        "roles": json.dumps(sorted(account.roles)),
        "credential": credential_text(account.credential),
        "retired": int(account.retired),
    }


def _account(account: str, name: str, display: str, roles: str, credential: str | None, retired: int) -> Account:
    try:
        held = frozenset(Role(role) for role in json.loads(roles))
        return Account(AccountId(account), name, display, held, credential_from(credential), bool(retired))
    except (ValueError, TypeError) as wrong:
        raise UserError("The list of accounts is damaged.", "Restore the workspace from a backup. Nothing was changed.") from wrong


BESIDE = "record"
"""The purpose of a row that holds the bytes of a record beside a draft; its `case_id` is that draft's id."""


def _beside(draft: str, record: Sha256) -> str:
    return f"{draft}/{record}"


class Drafts:
    """What somebody typed and has not committed; no event tells of it."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def keep(self, draft: str, account: AccountId, purpose: str, case: str | None, data: bytes, at: datetime) -> None:
        """Keeps or replaces a draft; UserError where it is somebody else's."""
        owner = self._db.execute("SELECT account FROM drafts WHERE id = ?", [draft]).fetchone()
        if owner and owner[0] != account:
            raise UserError("That draft is somebody else's.", "Keep it as a new draft. Nothing was changed.")
        self._db.execute(
            "INSERT INTO drafts (id, account, purpose, case_id, data, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at",
            [draft, account, purpose, case, data, at.isoformat()],
        )

    def hand(self, draft: str, purpose: str, by: AccountId, to: AccountId, note: str) -> bool:
        """Gives a draft of a purpose to another account, with a word; False where it is not there or not this account's."""
        change = "UPDATE drafts SET account = ?, handed_by = ?, note = ? WHERE id = ? AND account = ? AND purpose = ? RETURNING id"
        return self._db.execute(change, [to, by, note, draft, by, purpose]).fetchone() is not None

    def handed(self, account: AccountId) -> dict[str, tuple[AccountId, str]]:
        """Who handed each draft to the account that it did not begin itself, and the word with it, by draft."""
        rows = self._db.execute("SELECT id, handed_by, note FROM drafts WHERE account = ? AND handed_by IS NOT NULL", [account]).fetchall()
        return {draft: (AccountId(by), note) for draft, by, note in rows}

    def of(self, account: AccountId, purpose: str) -> tuple[tuple[str, str | None, bytes, datetime], ...]:
        """The account's drafts of one purpose, newest first: id, case, data, when."""
        rows = self._db.execute(
            "SELECT id, case_id, data, updated_at FROM drafts WHERE account = ? AND purpose = ? ORDER BY updated_at DESC, id",
            [account, purpose],
        ).fetchall()
        return tuple((i, case, data, datetime.fromisoformat(at)) for i, case, data, at in rows)

    def drop(self, draft: str, account: AccountId) -> None:
        """Forgets a draft of the account: it was committed, or thrown away."""
        for record in self._beside(draft, account):
            self._db.execute("DELETE FROM drafts WHERE id = ?", [record])
        self._db.execute("DELETE FROM drafts WHERE id = ? AND account = ?", [draft, account])

    def keep_beside(self, draft: str, record: Sha256, account: AccountId, data: bytes, at: datetime) -> None:
        """Keeps the bytes of a record that lies beside a draft, and goes with it wherever that goes; UserError where the draft is
        somebody else's."""
        owner = self._db.execute("SELECT account FROM drafts WHERE id = ?", [draft]).fetchone()
        if owner and owner[0] != account:
            raise UserError("That draft is somebody else's.", "Keep it as a new draft. Nothing was changed.")
        self._db.execute(
            "INSERT INTO drafts (id, account, purpose, case_id, data, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET account = excluded.account",
            [_beside(draft, record), account, BESIDE, draft, data, at.isoformat()],
        )

    def holding(self, record: Sha256) -> tuple[tuple[str, AccountId], ...]:
        """Every draft beside which a record lies, and who holds it, the newest first."""
        rows = self._db.execute(
            "SELECT draft.id, draft.account FROM drafts record JOIN drafts draft ON draft.id = record.case_id"
            " WHERE record.purpose = ? AND record.id = draft.id || '/' || ? ORDER BY draft.updated_at DESC, draft.id",
            [BESIDE, record],
        ).fetchall()
        return tuple((draft, AccountId(account)) for draft, account in rows)

    def read_beside(self, draft: str, record: Sha256, account: AccountId) -> bytes:
        """The bytes of a record beside a draft of the account; KeyError where none lie there."""
        if _beside(draft, record) not in self._beside(draft, account):
            raise KeyError(record)
        return bytes(self._db.execute("SELECT data FROM drafts WHERE id = ?", [_beside(draft, record)]).fetchone()[0])

    def drop_beside(self, draft: str, record: Sha256, account: AccountId) -> None:
        """Takes a record away from a draft of the account."""
        if _beside(draft, record) in self._beside(draft, account):
            self._db.execute("DELETE FROM drafts WHERE id = ?", [_beside(draft, record)])

    def _beside(self, draft: str, account: AccountId) -> frozenset[str]:
        """The names under which records of a draft are kept: theirs who hold the draft, and while nobody keeps one, theirs who brought
        them."""
        rows = self._db.execute(
            "SELECT record.id FROM drafts record LEFT JOIN drafts draft ON draft.id = record.case_id"
            " WHERE record.purpose = ? AND record.case_id = ? AND COALESCE(draft.account, record.account) = ?",
            [BESIDE, draft, account],
        )
        return frozenset(name for (name,) in rows.fetchall())


class Profiles:
    """The plan's own words for its letters; projections of the profile events."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def put(self, profile: PlanProfile) -> None:
        """Writes the profile as it now is, inside the open transaction."""
        self._db.execute(
            "INSERT INTO profiles (line_of_business, state, data) VALUES (?, ?, ?) ON CONFLICT (line_of_business, state) DO UPDATE SET data = excluded.data",
            list(profile_row(profile).values()),
        )

    def get(self, line_of_business: LineOfBusiness, state: str) -> PlanProfile:
        """The profile for a line of business in a state; an empty one where nobody has filled it."""
        row = self._db.execute(
            "SELECT data FROM profiles WHERE line_of_business = ? AND state = ?", [line_of_business.value, state]
        ).fetchone()
        return profile_from(row[0]) if row else PlanProfile(line_of_business, state)

    def all(self) -> tuple[PlanProfile, ...]:
        """Every profile that somebody has saved."""
        rows = self._db.execute("SELECT data FROM profiles ORDER BY line_of_business, state").fetchall()
        return tuple(profile_from(r[0]) for r in rows)


def profile_row(profile: PlanProfile) -> Row:
    """The row of a profile."""
    return {"line_of_business": profile.line_of_business.value, "state": profile.state, "data": profile_bytes(profile)}
