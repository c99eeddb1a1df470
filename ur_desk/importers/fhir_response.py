"""A ClaimResponse or an OperationOutcome to the draft of a payer's response, actions and codes as they stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ur_desk.domain.intake.fields import ids_of
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.intake.typed import DiagnosisDraft, Draft, ServiceDraft
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_claim import claim_ids, diagnosis_rows
from ur_desk.importers.fhir_codes import code_of, words_of
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_item import numbers, read_items
from ur_desk.importers.fhir_notes import Notes
from ur_desk.importers.fhir_order import amount, asked_in, day, days
from ur_desk.importers.fhir_parties import read_parties
from ur_desk.importers.fhir_provider import read_provider
from ur_desk.records.prior import decision_from

# X12 code list 306, as HCR01 and reviewActionCode use it
_ACTIONS = frozenset({"A1", "A2", "A3", "A4", "A5", "A6", "C", "CT", "NA"})
_LONGEST = 10_000
_REVIEW_NUMBER = "REVIEW_IDENTIFICATION_NUMBER"
_REFUSING = frozenset({"error", "fatal"})


@dataclass(slots=True)
class _Answer:
    """The lines of a response and the action on each, as they are gathered."""

    services: list[ServiceDraft] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


def response_draft(view: View, response: Element, echo: Element | None) -> Draft:
    """What a payer answers; `echo` is the claim that it answers, where the file holds it.

    The status is never read from `outcome` or `preAuthRef`: a response that is pended says that it is complete. Only a review
    action says what was decided.
    """
    view.places |= {"": response.path, "services": response.at("item")}
    notes = Notes(view.room)
    parties = read_parties(view, response)
    diagnoses = _diagnoses(view, echo, notes) if echo else ()
    answer = _lines(view, response, echo)
    decision = _decision(view, response, echo, answer)
    provider = read_provider(view, response.one("requestor") or (echo.one("provider") if echo else None), "requesting_provider")
    notes.say(response, "\n".join(parties.remarks))
    return Draft(
        member=parties.member,
        coverage=parties.coverage,
        services=tuple(answer.services),
        diagnoses=diagnoses,
        channel="fhir",
        kind="response",
        requesting_provider=provider,
        clinical_notes=notes.text,
        decision=decision,
    )


def outcome_draft(view: View, outcome: Element) -> Draft:
    """What an OperationOutcome answers: nothing was decided, and each error is a part that has to be corrected and sent again."""
    view.places[""] = outcome.path
    rejections, words = [], []
    for issue in outcome.every("issue"):
        told = " ".join(part for part in (words_of(issue.one("details")), issue.text("diagnostics")) if part)
        words.append(told)
        if issue.text("severity") in _REFUSING:
            place = "; ".join([*issue.texts("expression"), *issue.texts("location")])
            rejections.append({"code": issue.text("code"), "place": place or issue.text("diagnostics")})
    if not rejections:
        outcome.doubt("issue", "no-review-action", "The message reports no error and no decision.")
    data = {"rejections": rejections, "message": "\n".join(words)}
    return Draft(channel="fhir", kind="response", decision=_decided(outcome, data))


def _diagnoses(view: View, echo: Element, notes: Notes) -> tuple[DiagnosisDraft, ...]:
    told: list[DiagnosisDraft] = []
    for each in echo.every("diagnosis"):
        concept = each.one("diagnosisCodeableConcept")
        if concept is None:
            condition = view.follow(each.one("diagnosisReference"), "Condition")
            concept = condition.one("code") if condition else None
        told += diagnosis_rows(view, concept, len(told) + 1, notes)
    return tuple(told)


def _lines(view: View, response: Element, echo: Element | None) -> _Answer:
    """The lines that were asked for or answered, and the action on each by its number."""
    answer = _Answer()
    if echo is not None:
        answer.services += [line.draft for line in read_items(view, echo, ("", ""))]
    known = {row.line for row in answer.services}
    items, added = response.every("item"), response.every("addItem")
    for number, item in zip(numbers(items, "itemSequence") if items else [], items, strict=True):
        if str(number) not in known:
            _place(view, answer, item)
            answer.services.append(_service(item, item.extension("extension-itemAuthorizedDetail"), number))
        _act(answer, number, item)
    last = max((int(row.line) for row in answer.services), default=0)
    for number, item in enumerate(added, last + 1):
        _place(view, answer, item)
        answer.services.append(_service(item, None, number))
        _act(answer, number, item)
    if answer.services and not any(row.code or row.description for row in answer.services):
        response.doubt(
            "item", "services-by-number", "The lines are named by their numbers alone; the services stand in the request that is answered."
        )
    return answer


def _place(view: View, answer: _Answer, item: Element) -> None:
    view.places[f"services.{len(answer.services) + 1}"] = item.path


def _act(answer: _Answer, number: int, item: Element) -> None:
    action = _action([*item.many("adjudication"), item], _validity(item))
    if action:
        answer.actions.append({"line": number, "action": action})


def _service(item: Element, detail: Element | None, number: int) -> ServiceDraft:
    """A line as the response tells it: what was authorized, and for which days."""
    if detail is not None:
        code, quantity = detail.extension("productOrServiceCode"), detail.extension("quantity")
        asked = asked_in(code.one("valueCodeableConcept") if code else None)
        count, unit = amount(quantity.one("valueQuantity") if quantity else None)
    else:
        asked = asked_in(item.one("productOrService"))
        count, unit = amount(item.one("quantity"))
    period = item.extension("extension-itemRequestedServiceDate")
    first, last = (
        (day(period, "valueDate"), "") if period and "valueDate" in period.data else days(period.one("valuePeriod") if period else None)
    )
    said = asked.code or asked.description or first or count
    return ServiceDraft(
        line=str(number),
        code=asked.code,
        system=asked.system,
        description=asked.description,
        quantity=count,
        unit=unit,
        first_day=first,
        last_day=last,
        raw="" if said else f"item {number}",
    )


def _decision(view: View, response: Element, echo: Element | None, answer: _Answer) -> Decision | None:
    identifiers = [(each.text("value"), each.text("system")) for each in response.many("identifier")]
    numbered = [value for value, system in identifiers if system.endswith(_REVIEW_NUMBER)]
    request = response.one("request")
    answers = [value for value, system in identifiers if not system.endswith(_REVIEW_NUMBER)]
    answers += claim_ids(view, request) if request else []
    answers += _echoed(request, echo) if echo else []
    event = _action([*response.many("adjudication"), response], _validity(response), _header_words(response))
    if numbered and not event.get("number"):
        event["number"] = numbered[0]
    rejections = [_rejection(each) for each in response.every("error")]
    if not (event.get("code") or answer.actions or rejections):
        message = "No review action stands here, so nothing is known to be decided; the outcome alone says nothing of that."
        response.doubt("", "no-review-action", message)
    data = {
        "answers": list(ids_of(answers)),
        "event": event,
        "lines": answer.actions,
        "rejections": rejections,
        "outcome": response.text("outcome"),
        "message": "\n".join(_messages(view, response)),
    }
    return _decided(response, data)


def _echoed(request: Element | None, echo: Element) -> list[str]:
    """The ids of the claim that came back; one that was only searched for, and has no number of its own, is not known to be it."""
    told = [text for each in echo.many("identifier") if (text := each.text("value"))]
    if request and not told and "?" in request.text("reference"):
        message = "The answer searches for its claim, and the claim in the file has no number; its services were taken, its id was not. Check them."
        request.doubt("", "claim-by-search", message)
        return []
    return [*told, echo.text("id")]


def _decided(owner: Element, data: dict[str, Any]) -> Decision | None:
    told = {key: value for key, value in _short(owner, data).items() if value not in ("", [], {})}
    try:
        return decision_from(told)
    except ValueError as wrong:
        owner.doubt("", "decision-not-kept", f"The payer's decision that stands here was not taken over: {wrong}.")
        return None


def _short(owner: Element, value: Any) -> Any:
    """The data without texts that are longer than a decision keeps; nothing is cut, and what was left out is said."""
    if isinstance(value, dict):
        return {key: _short(owner, item) for key, item in value.items()}
    if isinstance(value, list):
        return [_short(owner, item) for item in value]
    if isinstance(value, str) and len(value) > _LONGEST:
        owner.doubt("", "too-long", f"A text of the decision has more than {_LONGEST:,} characters; it was left out. Look at the file.")
        return None
    return value


def _action(holders: Sequence[Element], *words: str) -> dict[str, Any]:
    """The review action of the header or of a line; empty where none stands there. The oldest senders give a bare code."""
    told: dict[str, Any] = {}
    codes: set[str] = set()
    for each in (action for holder in holders for action in holder.extensions("extension-reviewAction")):
        concept = each.extension("extension-reviewActionCode") or each.extension("reviewActionCode")
        coded = concept.one("valueCodeableConcept") if concept else None
        code = (code_of(coded) if coded else each.value() or (concept.value() if concept else "")).strip()
        number = each.extension("number")
        reasons = [code_of(reason.one("valueCodeableConcept")) or reason.value() for reason in _reasons(each)]
        codes |= {code} - {""}
        told = told or {"code": code, "number": number.value() if number else "", "reasons": reasons, "words": words_of(coded)}
        if code and code not in _ACTIONS:
            each.doubt("", "unknown-action", "This review action is none of X12 code list 306; it was kept as it came.")
    if len(codes) > 1:
        holders[-1].doubt("", "several-actions", "Several review actions stand here that differ; the first was kept. Look at the file.")
    said = [reason.value() for holder in holders for reason in holder.extensions("extension-reviewActionReason")]
    if said:
        told["reasons"] = [*told.get("reasons", []), *said]
    rest = "; ".join(part for part in (told.get("words", ""), *words) if part)
    return {key: value for key, value in (told | {"words": rest}).items() if value}


def _reasons(action: Element) -> Iterable[Element]:
    for name in ("reasonCode", "extension-reviewActionReasonCode", "reviewActionReasonCode"):
        yield from action.extensions(name)


def _validity(owner: Element) -> str:
    """Since when and for which days the payer's number holds, in words."""
    issued, period = owner.extension("extension-itemPreAuthIssueDate"), owner.extension("extension-itemPreAuthPeriod")
    first, last = days(period.one("valuePeriod") if period else owner.one("preAuthPeriod"))
    told = [f"issued {issued.value()}"] if issued and issued.value() else []
    if first or last:
        told.append(f"valid {first or '…'} to {last or '…'}")
    return "; ".join(told)


def _header_words(response: Element) -> str:
    """The payer's own words in the header; its preAuthRef is no certification number that one may rely on."""
    reference = response.text("preAuthRef").strip()
    return "; ".join(part for part in (response.text("disposition").strip(), f"preAuthRef {reference}" if reference else "") if part)


def _rejection(error: Element) -> dict[str, str]:
    """One error entry: X12's reject reason, what to do next, and the part that was refused."""
    follow = error.extension("extension-errorFollowupAction")
    places = [each.value() for each in error.extensions("extension-errorPath")]
    for each in error.extensions("extension-errorElement"):
        inner = each.extension("error")
        places.append(inner.value() if inner else each.value())
    item = error.number("itemSequence")
    places += [f"item {item}"] if item else []
    return {
        "code": code_of(error.one("code")),
        "follow_up": code_of(follow.one("valueCodeableConcept")) if follow else "",
        "place": "; ".join(dict.fromkeys(place for place in places if place)),
    }


def _messages(view: View, response: Element) -> list[str]:
    """What the payer writes besides: notes, and what it asks for."""
    told = [each.long_text("text") for each in response.every("processNote")]
    for reference in response.many("communicationRequest"):
        asked = view.follow(reference, "CommunicationRequest")
        told += [each.long_text("contentString") for each in asked.many("payload")] if asked else []
    return [text for text in told if text.strip()]
