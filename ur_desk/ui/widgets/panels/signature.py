"""Who signs, in one line: name, credential, licence."""

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.people import Account

translate = QCoreApplication.translate


def signature_words(frame: str, person: Account) -> str:
    """The person as a decision will name them, set into a frame such as `Signs: {0}`."""
    parts = [person.signature]
    credential = person.credential
    if credential and credential.licence:
        where = f" ({credential.state})" if credential.state else ""
        parts.append(translate("signature", "licence {0}{1}").format(credential.licence, where))
    if credential and credential.specialty:
        parts.append(credential.specialty)
    return frame.format(" · ".join(parts))
