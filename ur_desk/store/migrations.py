"""The tables, step by step; each step is one transaction and imports nothing of ours."""

from collections.abc import Callable
from typing import Any


def steps() -> Any:
    """The named steps in order, for sqlite-utils to apply; call after `vault.driver()`."""
    from sqlite_utils import Migrations

    migrations = Migrations("ur_desk")

    for name, statements in _STEPS:
        migrations(name=name)(_step(statements))
    return migrations


def _step(statements: tuple[str, ...]) -> Callable[[Any], None]:
    def apply(db: Any) -> None:
        for statement in statements:
            db.execute(statement)

    return apply


def _forbid(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table}: nothing is changed'); END"
    )


_M001 = (
    "CREATE TABLE workspace (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT""",
    """CREATE TABLE blob_pieces (sha256 TEXT NOT NULL REFERENCES blobs(sha256), piece INTEGER NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (sha256, piece)) STRICT""",
    """CREATE TABLE accounts (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, display TEXT NOT NULL,
        roles TEXT NOT NULL, credential TEXT, retired INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE cases (id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, member TEXT NOT NULL,
        member_id TEXT NOT NULL, birth_date TEXT, codes TEXT NOT NULL, diagnoses TEXT NOT NULL, workflow TEXT NOT NULL, determination TEXT,
        urgency TEXT, timing TEXT, line_of_business TEXT, state TEXT, received_at TEXT, due_at TEXT, due_words TEXT NOT NULL,
        due_sort TEXT NOT NULL, reviewer TEXT, opened_at TEXT NOT NULL, decided_at TEXT, returned INTEGER NOT NULL, to_notice INTEGER NOT NULL) STRICT""",
    "CREATE INDEX cases_by_due ON cases (due_sort, id)",
    "CREATE INDEX cases_by_opened ON cases (opened_at, id)",
    "CREATE INDEX cases_by_workflow ON cases (workflow, due_sort)",
    "CREATE INDEX cases_by_reviewer ON cases (reviewer, due_sort)",
    "CREATE INDEX cases_by_determination ON cases (determination, decided_at)",
    "CREATE INDEX cases_by_notice ON cases (to_notice, due_sort)",
    "CREATE INDEX cases_by_received ON cases (received_at)",
    "CREATE TABLE case_codes (case_id TEXT NOT NULL REFERENCES cases(id), code TEXT NOT NULL, PRIMARY KEY (code, case_id)) STRICT, WITHOUT ROWID",
    "CREATE VIRTUAL TABLE case_search USING fts5(case_id UNINDEXED, words, tokenize='unicode61', prefix='2 3')",
    """CREATE TABLE events (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, boot TEXT NOT NULL,
        monotonic INTEGER NOT NULL, person TEXT NOT NULL, verb TEXT NOT NULL, case_id TEXT, body TEXT NOT NULL, previous TEXT NOT NULL,
        previous_in_case TEXT NOT NULL, signature TEXT NOT NULL, key TEXT NOT NULL, seal TEXT NOT NULL) STRICT""",
    "CREATE INDEX events_by_case ON events (case_id, number)",
    "CREATE TABLE bodies (event TEXT PRIMARY KEY REFERENCES events(id), salt BLOB NOT NULL, data BLOB NOT NULL) STRICT",
    _forbid("events", "UPDATE"),
    _forbid("events", "DELETE"),
    _forbid("bodies", "UPDATE"),
    _forbid("bodies", "DELETE"),
    _forbid("blobs", "UPDATE"),
    _forbid("blobs", "DELETE"),
    _forbid("blob_pieces", "UPDATE"),
    _forbid("blob_pieces", "DELETE"),
    """CREATE TABLE letters (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id), kind TEXT NOT NULL,
        pdf TEXT NOT NULL REFERENCES blobs(sha256), issued_at TEXT NOT NULL, superseded_by TEXT) STRICT""",
    "CREATE INDEX letters_by_pdf ON letters (pdf)",
    "CREATE INDEX letters_by_case ON letters (case_id)",
    """CREATE TABLE shelf (text TEXT PRIMARY KEY, policy TEXT NOT NULL, effective TEXT, title TEXT NOT NULL, abstract INTEGER NOT NULL,
        reading TEXT NOT NULL REFERENCES blobs(sha256), confirmed_by TEXT, confirmed_at TEXT, applies_to TEXT, still_where TEXT,
        still_day TEXT, still_by TEXT, loaded_at TEXT NOT NULL, loaded_by TEXT NOT NULL) STRICT""",
    "CREATE INDEX shelf_by_policy ON shelf (policy, effective)",
    "CREATE VIRTUAL TABLE shelf_search USING fts5(text_sha UNINDEXED, first_line UNINDEXED, last_line UNINDEXED, words, tokenize='porter unicode61', prefix='3')",
    """CREATE TABLE drafts (id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts(id), purpose TEXT NOT NULL, case_id TEXT,
        data BLOB NOT NULL, updated_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX drafts_by_account ON drafts (account, purpose, updated_at)",
    """CREATE TABLE profiles (line_of_business TEXT NOT NULL, state TEXT NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (line_of_business, state)) STRICT, WITHOUT ROWID""",
)

_M002_FENCE = (
    "ALTER TABLE cases ADD COLUMN restricted TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX cases_with_alerts ON cases (number) WHERE unseen > 0",
    """CREATE TABLE case_open_to (case_id TEXT NOT NULL REFERENCES cases(id), account TEXT NOT NULL, until TEXT NOT NULL,
        PRIMARY KEY (case_id, account)) STRICT, WITHOUT ROWID""",
)

_M003_CATALOGUE = (
    "ALTER TABLE shelf ADD COLUMN publisher TEXT",
    "ALTER TABLE shelf ADD COLUMN last_review TEXT",
    "ALTER TABLE shelf ADD COLUMN ends TEXT",
    "ALTER TABLE shelf ADD COLUMN status TEXT",
    "ALTER TABLE shelf ADD COLUMN file TEXT",
    "ALTER TABLE shelf ADD COLUMN positions TEXT",
    # where `positions` is NULL the row is of before, and is told anew when the workspace is opened
    """CREATE TABLE shelf_codes (text TEXT NOT NULL, bucket TEXT NOT NULL, places TEXT NOT NULL,
        PRIMARY KEY (text, bucket)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX shelf_codes_by_bucket ON shelf_codes (bucket)",
    "CREATE INDEX events_outside_cases ON events (number) WHERE case_id IS NULL AND verb NOT LIKE 'access.%'",
)

_M004_DRAFTS = ("ALTER TABLE shelf ADD COLUMN confirmed_alone INTEGER NOT NULL DEFAULT 0",)

_M005_VERSIONS = (
    "ALTER TABLE shelf ADD COLUMN dated TEXT",
    "ALTER TABLE shelf ADD COLUMN retired TEXT",
)

_M006_RECEIPTS = ("CREATE INDEX events_of_receipts ON events (case_id, number) WHERE verb = 'receipt.doubt'",)

_M007_ENTRY = (
    "ALTER TABLE drafts ADD COLUMN handed_by TEXT",
    "ALTER TABLE drafts ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE providers (id TEXT PRIMARY KEY, name TEXT NOT NULL, npi TEXT NOT NULL, phone TEXT NOT NULL, fax TEXT NOT NULL,
        credential TEXT NOT NULL, taxonomy TEXT NOT NULL, address TEXT NOT NULL, corrected INTEGER NOT NULL, at TEXT NOT NULL,
        spelled TEXT NOT NULL, words TEXT NOT NULL) STRICT""",
    "CREATE UNIQUE INDEX providers_by_npi ON providers (npi) WHERE npi <> ''",
    "CREATE INDEX providers_by_name ON providers (spelled)",
)

_M008_ARRIVALS = (
    # where `news` is NULL the row is of before, and is told anew when the workspace is opened
    "ALTER TABLE cases ADD COLUMN news TEXT",
    "ALTER TABLE cases ADD COLUMN number_key TEXT",
    "CREATE INDEX cases_by_number_key ON cases (number_key)",
    """CREATE TABLE papers (case_id TEXT NOT NULL REFERENCES cases(id), place INTEGER NOT NULL, use TEXT NOT NULL, content TEXT NOT NULL,
        reference TEXT NOT NULL, member_id TEXT NOT NULL, person TEXT NOT NULL, services TEXT NOT NULL, source TEXT, at TEXT NOT NULL,
        account TEXT NOT NULL, PRIMARY KEY (case_id, place)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX papers_by_content ON papers (content, source)",
    "CREATE INDEX papers_by_reference ON papers (reference)",
    "CREATE INDEX papers_by_member ON papers (member_id)",
    "CREATE INDEX papers_by_person ON papers (person)",
    """CREATE TABLE paper_names (name TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES cases(id), place INTEGER NOT NULL,
        PRIMARY KEY (name, case_id, place)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX paper_names_of_paper ON paper_names (case_id, place)",
    """CREATE TABLE arrivals (id TEXT PRIMARY KEY, run TEXT NOT NULL, place INTEGER NOT NULL, account TEXT NOT NULL REFERENCES accounts(id),
        at TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, told BLOB NOT NULL, data BLOB NOT NULL) STRICT""",
    "CREATE INDEX arrivals_by_run ON arrivals (run, place)",
    "CREATE INDEX arrivals_by_sha256 ON arrivals (sha256)",
)

_M009_AUTHORIZATIONS = (
    # where `to_enter` is NULL the row is of before, and is told anew when the workspace is opened
    "ALTER TABLE cases ADD COLUMN to_enter INTEGER",
    "CREATE INDEX cases_to_enter ON cases (due_sort) WHERE to_enter > 0",
)
_M010_POST = (
    # where `owed` is NULL the row is of before, and is told anew when the workspace is opened
    "ALTER TABLE cases ADD COLUMN owed TEXT",
    "ALTER TABLE cases ADD COLUMN incidents INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX cases_with_owed ON cases (owed) WHERE owed <> ''",
    "CREATE INDEX cases_with_incidents ON cases (number) WHERE incidents > 0",
)
_M011_CLOCKS = (
    "ALTER TABLE cases ADD COLUMN clock_state TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN outer_at TEXT",
    "ALTER TABLE cases ADD COLUMN pause_until TEXT",
)
_M012_RECEIPTS_OF_FILES = (
    "ALTER TABLE paper_names ADD COLUMN own INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE arrivals ADD COLUMN saved TEXT",
    "ALTER TABLE arrivals ADD COLUMN receipt BLOB",
    "ALTER TABLE arrivals ADD COLUMN seen TEXT NOT NULL DEFAULT '[]'",
)
_M013_ASKING = (
    # where `chase_on` is NULL the row is of before, and is told anew when the workspace is opened
    "ALTER TABLE cases ADD COLUMN chase_on TEXT",
    "ALTER TABLE cases ADD COLUMN answer_by TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX cases_to_chase ON cases (chase_on) WHERE chase_on <> ''",
    "CREATE INDEX cases_to_be_answered ON cases (answer_by) WHERE answer_by <> ''",
)
_M014_NOTICE = (
    # a line is noticed from the sending of its letter on, no more from its issue: every row is told anew
    "UPDATE cases SET chase_on = NULL",
)
_M015_ORDER = (
    # where nobody knows when a case is due it stands elsewhere in lists, what a case follows is told, and a letter about open lines is
    # owed no more once they are answered or decided: every row is told anew
    "ALTER TABLE cases ADD COLUMN follows TEXT NOT NULL DEFAULT ''",
    "UPDATE cases SET chase_on = NULL",
)

_STEPS = (
    ("m001_begin", _M001),
    ("m002_fence", _M002_FENCE),
    ("m003_catalogue", _M003_CATALOGUE),
    ("m004_drafts", _M004_DRAFTS),
    ("m005_versions", _M005_VERSIONS),
    ("m006_receipts", _M006_RECEIPTS),
    ("m007_entry", _M007_ENTRY),
    ("m008_arrivals", _M008_ARRIVALS),
    ("m009_authorizations", _M009_AUTHORIZATIONS),
    ("m010_post", _M010_POST),
    ("m011_clocks", _M011_CLOCKS),
    ("m012_receipts_of_files", _M012_RECEIPTS_OF_FILES),
    ("m013_asking", _M013_ASKING),
    ("m014_notice", _M014_NOTICE),
    ("m015_order", _M015_ORDER),
)
