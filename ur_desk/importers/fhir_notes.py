"""What came beside a claim: documents, answered questionnaires, observations and remarks, to notes and attachments."""

import base64
import binascii
import hashlib
from collections.abc import Iterator

from ur_desk.domain.intake.fields import NOTES_LIMIT
from ur_desk.domain.request import Attachment
from ur_desk.domain.visible import clip, visible
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import code_of, words_of
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.limits import Room

DOCUMENTS = ("DocumentReference", "QuestionnaireResponse", "Observation", "Condition")
"""Resources of which the words are kept where they are the patient's, though nothing refers to them."""
_SUPPORT = (
    *DOCUMENTS,
    "Binary",
    "DiagnosticReport",
    "Media",
    "Composition",
    "Encounter",
    "Procedure",
    "ServiceRequest",
    "Claim",
    "ClaimResponse",
)
_ROOM = NOTES_LIMIT - 1_000


class Notes:
    """Gathers the words and the attachments of one request; each document once, in the order in which they are added."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.attachments: list[Attachment] = []
        self._parts: list[str] = []
        self._length = 0
        self._read: set[str] = set()

    @property
    def text(self) -> str:
        """All words, a blank line between the pieces."""
        return "\n\n".join(self._parts)

    def say(self, place: Element, text: str) -> None:
        """Adds words that stand at a place; what no longer fits is left out whole, and that is said."""
        told = text.strip()
        if not told:
            return
        if not self._room.takes(told) or self._length + len(told) > _ROOM:
            place.doubt(
                "", "notes-too-long", "The words that stand here no longer fit into the notes; they were left out. The file keeps them."
            )
            return
        self._length += len(told) + 2
        self._parts.append(told)

    def support(self, view: View, info: Element) -> None:
        """Adds a supportingInfo of a claim."""
        label = words_of(info.one("code")) or words_of(info.one("category")) or code_of(info.one("category"))
        self._announced(info)
        for key in ("valueString", "valueDate"):
            told = info.long_text(key)
            if told.strip():
                self.say(info, f"{clip(label)}: {told}" if label else told)
        quantity, flag = info.one("valueQuantity"), info.flag("valueBoolean")
        if quantity:
            self.say(info, f"{clip(label)}: {quantity.number('value')} {quantity.text('unit')}")
        if flag is not None:
            self.say(info, f"{clip(label)}: {'yes' if flag else 'no'}")
        attachment = info.one("valueAttachment")
        if attachment:
            self.attach(attachment, label)
        document = view.follow(info.one("valueReference"), *_SUPPORT)
        if document:
            self.document(document)

    def document(self, document: Element) -> None:
        """Adds a document that came in the file."""
        if document.path in self._read:
            return
        if self._room.full:
            document.doubt(
                "", "notes-too-long", "The notes of all requests of this file are full; what stands here was left out. The file keeps it."
            )
            return
        self._read.add(document.path)
        if document.kind == "DocumentReference":
            self._reference(document)
        elif document.kind == "QuestionnaireResponse":
            self.say(document, "\n".join(("Questionnaire answers:", *_answers(document))))
        elif document.kind == "Binary":
            self._bytes(document, document.long_text("data"), "Document", document.text("contentType"))
        else:
            self.say(document, "\n".join(_observed(document)))

    def attach(self, attachment: Element, label: str) -> None:
        """Adds an Attachment by its title; where its bytes came along it has their hash, and plain text is read into the notes."""
        title = attachment.text("title") or label
        self._bytes(attachment, attachment.long_text("data"), title, attachment.text("contentType"))

    def _reference(self, document: Element) -> None:
        label = document.text("description") or words_of(document.one("type"))
        contents = [told for each in document.many("content") if (told := each.one("attachment"))]
        for each in contents:
            self.attach(each, label)
        if not contents:
            self._kept(label, "", None)

    def _bytes(self, place: Element, data: str, title: str, media_type: str) -> None:
        if not data:
            self._kept(title, media_type, None)
            return
        try:
            told = base64.b64decode("".join(data.split()), validate=True)
        except (binascii.Error, ValueError):
            place.doubt("data", "bad-base64", "The document that stands here is damaged and cannot be read; ask the sender for it.")
            self._kept(title, media_type, None)
            return
        self._kept(title, media_type, hashlib.sha256(told).hexdigest())
        if media_type.split(";")[0].strip().casefold() == "text/plain":
            self.say(place, "\n".join(part for part in (title, told.decode("utf-8", "replace")) if part.strip()))

    def _announced(self, info: Element) -> None:
        """A document that the sender names by number and kind and sends another way (PWK)."""
        told = info.extension("extension-documentInformation")
        if told is None:
            return
        description, number = told.extension("description"), told.extension("controlNumber")
        kind = told.extension("reportTypeCode")
        words = description.value() if description else words_of(kind.one("valueCodeableConcept") if kind else None)
        control = f"control number {number.value()}" if number and number.value() else ""
        name = ", ".join(part for part in (words.strip(), control) if part)
        if name:
            self._kept(name, "", None)

    def _kept(self, name: str, media_type: str, sha256: str | None) -> None:
        self.attachments.append(
            Attachment(visible(name).strip() or "Document without a title", visible(media_type).strip() or None, sha256)
        )


def _answers(response: Element) -> Iterator[str]:
    """Question and answer of a questionnaire, one a line, indented by their depth."""
    waiting = [(0, each) for each in reversed(response.every("item"))]
    while waiting:
        depth, item = waiting.pop()
        answers = item.every("answer")
        told = ", ".join(text for each in answers if (text := _answer(each)))
        question = item.text("text").strip() or item.text("linkId")
        yield "  " * min(depth, 10) + (f"{question}: {told}" if told else question)
        below = [*item.every("item"), *(each for answer in answers for each in answer.every("item"))]
        waiting += [(depth + 1, each) for each in reversed(below)]


def _answer(answer: Element) -> str:
    flag = answer.flag("valueBoolean")
    if flag is not None:
        return "yes" if flag else "no"
    coding, quantity = answer.one("valueCoding"), answer.one("valueQuantity")
    if coding:
        return coding.text("display") or coding.text("code")
    if quantity:
        return f"{quantity.number('value')} {quantity.text('unit')}".strip()
    return answer.value().strip() or answer.number("integer")


def _observed(resource: Element) -> list[str]:
    """An observation or a condition in words, where it says more than a code."""
    value = resource.long_text("valueString") or words_of(resource.one("valueCodeableConcept"))
    quantity = resource.one("valueQuantity")
    if quantity:
        value = f"{quantity.number('value')} {quantity.text('unit')}".strip()
    notes = [each.long_text("text") for each in resource.every("note")]
    name = words_of(resource.one("code")) or resource.kind
    told = [f"{name}: {value}" if value else "", *notes, resource.long_text("conclusion")]
    told = [text for text in told if text.strip()]
    return told if value or not told else [f"{name}: {told[0]}", *told[1:]]
