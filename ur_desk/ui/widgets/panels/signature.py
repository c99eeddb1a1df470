"""Who signs, in one line: name, credential, licence; and who stands behind the licence."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.people import Account, AccountId, Credential

translate = QCoreApplication.translate


def signature_words(frame: str, person: Account, people: Mapping[AccountId, Account] | None = None) -> str:
    """The person as a decision will name them, set into a frame such as `Signs: {0}`; with `people`, also who entered the licence
    and who confirmed it."""
    parts = [person.signature]
    credential = person.credential
    if credential and credential.licence:
        where = f" ({credential.state})" if credential.state else ""
        parts.append(translate("signature", "licence {0}{1}").format(credential.licence, where))
    if credential and credential.specialty:
        parts.append(credential.specialty)
    if credential and credential.licence and people is not None:
        parts.append(behind_words(credential, people))
    return frame.format(" · ".join(parts))


def behind_words(credential: Credential, people: Mapping[AccountId, Account]) -> str:
    """Who entered a licence, and who confirmed it, at which source, on which day."""
    entered = translate("signature", "entered by {0}").format(_name(credential.entered_by, people))
    if credential.confirmed_by is None:
        return translate("signature", "{0}, confirmed by nobody yet").format(entered)
    day = f"{credential.confirmed_on:%m/%d/%Y}" if credential.confirmed_on else translate("signature", "a day not kept")
    where = credential.confirmed_where or translate("signature", "a source not kept")
    return translate("signature", "{0}, confirmed by {1} at {2} on {3}").format(entered, _name(credential.confirmed_by, people), where, day)


def _name(account: AccountId | None, people: Mapping[AccountId, Account]) -> str:
    if account is None:
        return translate("signature", "somebody not kept")
    return people[account].display if account in people else translate("signature", "somebody unknown")
