#!/usr/bin/env python3
"""Verifies an exported trail of ur-desk with nothing but Python 3.11 or newer: no other file, no package, no network.

    python verify_trail.py TRAIL.json [--checkpoint CODE ...]

TRAIL.json is what `ur-desk audit export --trail TRAIL.json` writes. It holds no patient data: of every event its head, with
hashes and a signature, and the contents of those events alone that tell of accounts and keys. A CODE stands in the footer of a
letter, on a backup, or was noted by hand; it shows that the trail was not cut off or written anew since.

What is checked
  1. the numbers of events: none is missing, and none stands twice;
  2. both chains: each head names the seal of the head before it, in the workspace and in its case;
  3. each seal is the SHA-256 of its head;
  4. each signature (Ed25519, RFC 8032) is one by the key in its head over what the head says;
  5. each key belongs to the person in its head there: the first account's own key begins the trail, each later one was let in by
     the account's key before it, an administrator's one-time code, or the recovery key, which signed it;
  6. who gives codes and roles was an administrator there, and who denies care a physician; a licence is confirmed by somebody who
     neither entered nor holds it, added its account nor gave it its code; a purge was proposed by another person;
  7. the codes that you give.

What it cannot see: the contents that are not disclosed (their hashes stand in the heads; `ur-desk audit verify` checks them in the
workspace), and a trail that its administrator began anew from its first event, unless you give a code from before.

Exit status: 0 it holds, 1 it does not, 2 the file cannot be read as a trail, or the command is wrong.
"""

import argparse
import hashlib
import json
import sys

SCHEMA = "ur-desk-trail/1"
GENESIS = "0" * 64
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# ---- Ed25519, verification only: RFC 8032, section 5.1 ------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    """The sum of two points in extended coordinates (X, Y, Z, T)."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(data):
    """The point that 32 bytes encode, or None where they encode none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encoded(a):
    """The 32 bytes of a point."""
    z = pow(a[2], P - 2, P)
    x, y = a[0] * z % P, a[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def doublings(a):
    """A point doubled 0 to 255 times."""
    told = [a]
    for _ in range(255):
        told.append(add(told[-1], told[-1]))
    return told


def times(number, doubled):
    """A point as many times, by its doublings."""
    result = NEUTRAL
    for place in range(number.bit_length()):
        if number >> place & 1:
            result = add(result, doubled[place])
    return result


BASE = doublings(point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
_known = {}


def key_of(data):
    """The negative of the point of a public key, doubled; None where it is no key, or one of the few that prove nothing."""
    if data not in _known:
        a = point(data) if len(data) == 32 else None
        if a is not None:
            negative = doublings((P - a[0], a[1], 1, P - a[3]))
            a = None if encoded(negative[3]) == encoded(NEUTRAL) else negative
        _known[data] = a
    return _known[data]


def signed(key, message, signature):
    """Whether the signature (hexadecimal, like the key) is one of the message by the key."""
    try:
        public, told = bytes.fromhex(key), bytes.fromhex(signature)
    except (ValueError, TypeError):
        return False
    negative = key_of(public)
    if negative is None or len(told) != 64:
        return False
    s = int.from_bytes(told[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(told[:32] + public + message).digest(), "little") % L
    return encoded(add(times(s, BASE), times(k, negative))) == told[:32]


# ---- heads --------------------------------------------------------------------------------------------------------------------

FIELDS = {
    "id": str, "number": int, "at": str, "boot": str, "monotonic": int, "person": str, "verb": str, "case": (str, type(None)),
    "body": str, "previous": str, "previous_in_case": str, "signature": str, "key": str, "seal": str,
}  # fmt: skip


def compact(told):
    """JSON as it is hashed and signed: no blanks, UTF-8."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def shared(head):
    """What both the signature and the seal are over."""
    names = ("id", "number", "at", "boot", "monotonic", "person", "verb", "case", "body", "previous", "previous_in_case")
    return [head[name] or "" if name == "case" else head[name] for name in names]


def statement(head):
    """What a person signs."""
    return compact(["ur-desk-head/1", *shared(head), head["key"]])


def seal(head):
    """What the next head names."""
    return hashlib.sha256(compact([*shared(head), head["signature"], head["key"]])).hexdigest()


def code(number, told):
    """The code of an event: its number, and the first 50 bits of its seal in base 32 without look-alikes."""
    bits = int.from_bytes(bytes.fromhex(told)[:10], "big") >> 30
    mark = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(10)))
    return f"{number}-{mark[:5]}-{mark[5:]}"


# ---- accounts and keys --------------------------------------------------------------------------------------------------------

BEGIN, ENCRYPT = "workspace.begin", "vault.encrypt"
DISCLOSED = (BEGIN, ENCRYPT, "vault.rekey", "key.enrol", "recovery.", "account.")
"""The verbs, or how they begin, of which every content is disclosed."""
ROLES = {
    "account.add": {"administrator"}, "account.role": {"administrator"}, "account.credential": {"administrator"},
    "account.confirm-credential": {"administrator", "supervisor"}, "account.retire": {"administrator"},
    "account.invite": {"administrator"}, "recovery.make": {"administrator"}, ENCRYPT: {"administrator"}, "lines.decide": {"physician"},
    "retention.set": {"administrator"}, "hold.lift": {"administrator", "supervisor"}, "purge.propose": {"administrator", "supervisor"},
    "purge.drop": {"administrator", "supervisor"}, "purge.approve": {"administrator", "supervisor"},
}  # fmt: skip
KINDS = {
    "account-added": (BEGIN, "account.add"), "roles-changed": ("account.role",), "account-retired": ("account.retire",),
    "invited": ("account.add", "account.invite", ENCRYPT), "key-enrolled": (BEGIN, ENCRYPT, "key.enrol"),
    "recovery-made": ("recovery.make",), "recovery-used": ("recovery.use",), "credential-entered": ("account.credential",),
    "credential-confirmed": ("account.confirm-credential",),
}  # fmt: skip
"""Which verbs write the contents that change accounts and keys."""


class People:
    """Who held which key and role at each place of the trail."""

    def __init__(self):
        self.roles, self.keys, self.former, self.invited = {}, {}, {}, {}
        self.retired, self.recovery, self.root, self.begun = set(), None, None, False
        self.apart, self.proposer = {}, None

    def wrong(self, head, body):
        """What is wrong with a signed event, in plain words; `body` is its disclosed content, or None."""
        person, verb = head["person"], head["verb"]
        self.root = self.root or (person, head["key"])
        enrols = body is not None and body["kind"] == "key-enrolled"
        if enrols:
            if (body["data"]["account"], body["data"]["keys"]["sign"]) != (person, head["key"]):
                yield "a key was set for an account by somebody else"
        elif not self.keys and not self.former:
            if (person, head["key"]) != self.root:
                yield "it is signed before any key was set for its person"
        elif self.keys.get(person) != head["key"] and not self._gets_up(head):
            yield "it is signed with a key that was not in force for its person there"
        if verb == BEGIN:
            if self.begun:
                yield "a workspace begins once, and this stands behind its beginning"
        elif not verb.startswith("access.") and self._known(person):
            if person in self.retired or person not in self.roles:
                yield "its person had no account there"
            elif verb in ROLES and not ROLES[verb] & self.roles[person]:
                yield f"its person held no role there to which {verb} is open"
        if verb == "purge.approve" and self.proposer in (None, person):
            yield "a purge that no second person proposed"
        if body is not None:
            if verb not in KINDS.get(body["kind"], (verb,)):
                yield "its content is not one that its verb writes"
            if head["case"] and body["kind"] in KINDS:
                yield "its content is one of the workspace, and stands in a case"
            yield from self._licensed(person, body["kind"], body["data"])
            if enrols:
                yield from self._enrolled(body["data"], head["at"][:19])
            if body["kind"] == "invited" and body["data"]["account"] == person:
                yield "nobody gives themselves a code"

    def _known(self, person):
        # accounts from before the vault are told by unsigned events
        return bool(self.roles) or person in self.retired

    def _gets_up(self, head):
        takes_seat = head["verb"] in ("access.signed-in", "access.unlocked") or not head["verb"].startswith("access.")
        return not takes_seat and head["key"] in self.former.get(head["person"], ())

    def _enrolled(self, data, at):
        account, keys = data["account"], data["keys"]
        message = f"ur-desk-enrolment/1\n{account}\n{keys['sign']}\n{keys['seal']}".encode()
        if data["invitation"] is None:
            own = self.keys.get(account)
            if not (signed(own, message, data["proof"]) if own else not (self.keys or self.former)):
                yield "a key was set that nobody had invited"
            return
        for named, key, until in (self.invited.get(account, (None, "", at)), (*(self.recovery or (None, "")), at)):
            by_recovery = self.recovery is not None and named == self.recovery[0]
            fits = "administrator" in self.roles.get(account, ()) if by_recovery else at <= until
            if fits and named == data["invitation"] and signed(key, message, data["proof"]):
                return
        yield "a key was set by somebody who had no code and no recovery key for it"

    def _licensed(self, person, kind, data):
        added = kind == "account-added"
        licence = (data["account"] if added else data if kind == "credential-entered" else {}).get("credential") or {}
        if licence and licence.get("entered_by") not in ((person,) if added else (person, None)):
            yield "it says that somebody else entered the licence"
        if kind == "credential-confirmed" and person in (data["account"], *self.apart.get(data["account"], {}).values()):
            yield "a credential was confirmed by whoever entered or holds it, or by whoever added its account or gave it its code"

    def happened(self, head, body):
        """Takes an event into account."""
        self.begun = self.begun or head["verb"] != BEGIN
        if head["verb"].startswith("purge."):
            self.proposer = head["person"] if head["verb"] == "purge.propose" else None
        if body is None or head["case"]:
            return
        data = body["data"]
        account = data.get("account")
        about = account["id"] if isinstance(account, dict) else account
        if body["kind"] in ("account-added", "credential-entered", "invited"):
            self.apart.setdefault(about, {})[body["kind"]] = head["person"]
        match body["kind"]:
            case "account-added":
                self.roles[account["id"]] = set(account["roles"])
            case "roles-changed":
                self.roles[account] = set(data["roles"])
            case "account-retired":
                self.retired.add(account)
            case "invited":
                self.invited[account] = head["id"], data["keys"]["sign"], str(data["until"])[:19]
                self.keys.pop(account, None)
            case "key-enrolled":
                self.invited.pop(account, None)
                self.keys[account] = data["keys"]["sign"]
                self.former.setdefault(account, set()).add(self.keys[account])
            case "recovery-made":
                self.recovery = head["id"], data["keys"]["sign"]
            case "recovery-used":
                self.recovery = None


# ---- the whole trail ----------------------------------------------------------------------------------------------------------


class NoTrail(Exception):
    """The file is no trail that this program can read."""


def read(path):
    """The heads and the disclosed contents of a file."""
    try:
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
    except (OSError, ValueError, RecursionError) as wrong:
        raise NoTrail(f"{path} cannot be read: {getattr(wrong, 'strerror', None) or 'it is no JSON'}") from wrong
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise NoTrail(f"{path} is no trail of the form {SCHEMA}")
    heads, disclosed = told.get("heads"), told.get("disclosed")
    if not isinstance(heads, list) or not isinstance(disclosed, list):
        raise NoTrail("it has no heads, or no disclosed contents")
    for place, head in enumerate(heads, start=1):
        if not isinstance(head, dict) or any(
            type(head.get(name)) is bool or not isinstance(head.get(name), kind) for name, kind in FIELDS.items()
        ):
            raise NoTrail(f"the head at place {place} is not complete")
    for item in disclosed:
        if not isinstance(item, dict) or any(not isinstance(item.get(name), str) for name in ("event", "salt", "data")):
            raise NoTrail("a disclosed content is not complete")
    return heads, {item["event"]: item for item in disclosed}


def contents(heads, disclosed):
    """The disclosed contents by event, each beside the hash that its head keeps; and what is wrong with them."""
    bodies, wrong, by_id = {}, [], {head["id"]: head for head in heads}
    for event, item in disclosed.items():
        head = by_id.get(event)
        if head is None:
            wrong.append((0, event, "a content is disclosed of an event that is not there"))
            continue
        try:
            salt, data = bytes.fromhex(item["salt"]), item["data"].encode()
        except ValueError:
            salt, data = b"", b""
        if hashlib.sha256(salt + data).hexdigest() != head["body"]:
            wrong.append((head["number"], event, "its disclosed content is not the one that was written"))
            continue
        body = json.loads(data)
        bodies[event] = {"kind": body["kind"], "data": body["data"]}
    closed = [head for head in heads if head["verb"].startswith(DISCLOSED) and head["key"] and head["id"] not in disclosed]
    wrong.extend((head["number"], head["id"], "it changes accounts or keys, and its content is not disclosed") for head in closed)
    return bodies, wrong


def verify(heads, disclosed, codes=()):
    """Every place where the trail does not hold: number, event, and what is wrong, in plain words."""
    bodies, found = contents(heads, disclosed)
    last, in_case, ids, people, signing = GENESIS, {}, set(), People(), False
    for place, head in enumerate(heads, start=1):
        wrong = []
        if head["number"] != place:
            wrong.append(f"event {place} is missing: number {head['number']} stands in its place")
        if head["id"] in ids:
            wrong.append("it stands there twice")
        if head["previous"] != last:
            wrong.append("the event before it is not the one that was there when it was written")
        if head["case"] and head["previous_in_case"] != in_case.get(head["case"], GENESIS):
            wrong.append("the event before it in the case is not the one that was there when it was written")
        last = seal(head)
        if last != head["seal"]:
            wrong.append("its head was changed after it was written")
        if not signing and head["key"] and place > 1 and head["verb"] != ENCRYPT:
            wrong.append("events without a signature stand before it, and it does not tell that the workspace was encrypted then")
        signing = signing or bool(head["key"] or head["signature"])
        body = bodies.get(head["id"])
        if signing:
            if not signed(head["key"], statement(head), head["signature"]):
                wrong.append("its signature is not one of its person's key over what stands there")
            wrong.extend(people.wrong(head, body))
        people.happened(head, body)
        ids.add(head["id"])
        if head["case"]:
            in_case[head["case"]] = last
        found.extend((head["number"], head["id"], message) for message in wrong)
    if heads and not signing:
        found.append((0, "-", "no event is signed"))
    found.extend(missing(heads, told) for told in codes)
    return [item for item in found if item]


def missing(heads, told):
    """What is wrong with a code that somebody kept; None where the trail holds its event."""
    parts = "".join(told.split()).upper().split("-")
    mark = "".join(parts[1:]).translate(str.maketrans({"I": "1", "L": "1", "O": "0"}))
    if not parts[0].isascii() or not parts[0].isdigit() or len(parts[0]) > 12 or len(mark) != 10 or set(mark) - set(ALPHABET):
        raise NoTrail(f"'{told}' is no code of a trail; one looks like 1234-ABCDE-FGHJK")
    number = int(parts[0])
    if not 1 <= number <= len(heads):
        return number, told, "the trail does not reach the event of this code: its end was cut off, or it is an older one"
    if code(number, seal(heads[number - 1])) != f"{number}-{mark[:5]}-{mark[5:]}":
        return number, told, "the event of this code is another one now"
    return None


def main(words=None):
    """Reads the command line, says what was found, gives the exit status."""
    parser = argparse.ArgumentParser(description="Verifies an exported trail of ur-desk.")
    parser.add_argument("trail", help="the file that `ur-desk audit export --trail FILE` wrote")
    parser.add_argument("--checkpoint", nargs="+", action="extend", default=[], metavar="CODE", help="codes from letters, backups or notes")
    asked = parser.parse_args(words)
    try:
        heads, disclosed = read(asked.trail)
        found = verify(heads, disclosed, asked.checkpoint)
    except NoTrail as wrong:
        print(f"Not checked: {wrong}.", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        print(f"Not checked: the file holds something that no trail holds ({type(wrong).__name__}).", file=sys.stderr)
        return 2
    unsigned = sum(not head["key"] for head in heads)
    if heads and not found:
        print(
            f"The trail holds: {len(heads)} events, the newest {code(len(heads), heads[-1]['seal'])}, {len(asked.checkpoint)} codes found."
        )
    elif not heads:
        found = [(0, "-", "there is no event")]
    if unsigned:
        print(f"{unsigned} of them have no signature: they are from before the vault, and only their chain was checked.")
    if found:
        print(f"The trail does NOT hold: {len(found)} places.")
    for number, event, message in found:
        print(f"  event {number or '-'} ({event}): {message}".encode("unicode_escape").decode())
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
