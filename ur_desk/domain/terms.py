"""On what terms a line was asked for and is approved: how much, when, where, by whom; and whether a determination fits them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from ur_desk.domain.determination import Decision, Determination, Granted
from ur_desk.domain.request import Provider, ServiceLine


@dataclass(frozen=True, slots=True)
class Terms:
    """Service, amount, days, place and provider: of what was asked for, or of what is approved; None where nobody said."""

    code: str | None
    quantity: Decimal | None
    unit: str | None
    first_day: date | None
    last_day: date | None
    place: str | None
    provider: str | None

    @property
    def last(self) -> date | None:
        """The last day; the first where only that was said."""
        return self.last_day or self.first_day


def asked(service: ServiceLine, provider: Provider | None) -> Terms:
    """The terms of a line as it was asked for."""
    name = " ".join((provider.name or "").split()) if provider else ""
    return Terms(service.code, service.quantity, service.unit, service.first_day, service.last_day, service.place_of_service, name or None)


def approved(was: Terms, decision: Decision) -> Terms | None:
    """The terms on which a line is approved, where they stand as asked unless the decision says otherwise; None where nothing is."""
    return terms_granted(was, decision.granted) if decision.determination.grants else None


def terms_granted(was: Terms, granted: Granted | None) -> Terms:
    """The terms as asked, but for what is granted otherwise."""
    told = granted or Granted()
    return Terms(
        told.code or was.code,
        was.quantity if told.quantity is None else told.quantity,
        told.unit or was.unit,
        told.first_day or was.first_day,
        told.last_day or was.last_day,
        told.place_of_service or was.place,
        told.provider or was.provider,
    )


def spans(was: Terms, decision: Decision) -> tuple[Terms, ...]:
    """The stretches for which a line is approved, by their days, each with its amount, place and provider; one where nothing is divided,
    none where nothing is approved."""
    whole = approved(was, decision)
    if whole is None:
        return ()
    told = decision.granted.spans if decision.granted else ()
    return tuple(
        replace(
            whole,
            quantity=span.quantity,
            first_day=span.first_day,
            last_day=span.last_day,
            place=span.place_of_service or whole.place,
            provider=span.provider or whole.provider,
        )
        for span in told
    ) or (whole,)


def _gap(decision: Decision) -> bool:
    """Whether the approval leaves out days between its spans."""
    told = decision.granted.spans if decision.granted else ()
    return any(after.first_day > before.last_day + timedelta(days=1) for before, after in pairwise(told))


def falls_short(was: Terms, given: Terms) -> bool:
    """Whether what is approved is less than, or other than, what was asked for."""
    less = was.quantity is not None and given.quantity is not None and given.quantity < was.quantity
    later = was.first_day is not None and given.first_day is not None and given.first_day > was.first_day
    sooner = was.last is not None and given.last is not None and given.last < was.last
    pairs = ((was.code, given.code), (was.unit, given.unit), (was.place, given.place), (was.provider, given.provider))
    return less or later or sooner or any(a and b and _same(a) != _same(b) for a, b in pairs)


def misfit(service: ServiceLine, provider: Provider | None, decision: Decision) -> str | None:
    """In which way a determination does not fit the terms it approves, in plain words for one line, or None."""
    was = asked(service, provider)
    given = approved(was, decision)
    if given is None:
        return None
    if given.first_day is None:
        return f"Line {service.line} has no day of service, and nothing says from which day it is approved."
    short = any(falls_short(replace(was, quantity=None, first_day=None, last_day=None), span) for span in spans(was, decision))
    if decision.determination is Determination.APPROVED and (short or falls_short(was, given) or _gap(decision)):
        return f"Line {service.line} is called approved, yet less or other than what was asked for is approved."
    if decision.determination is Determination.PARTIAL and was.quantity and given.quantity and given.quantity > was.quantity:
        return f"Line {service.line} is called approved in part, yet more than what was asked for is approved."
    if decision.determination is not Determination.APPROVED and spans(was, decision) == (was,):
        return f"Line {service.line} is not approved as asked, yet nothing says what is approved instead."
    return _unnamed(service, decision.granted)


def other_service(service: ServiceLine, granted: Granted | None) -> bool:
    """Whether another service is approved than the one that was asked for."""
    return bool(granted and granted.code and granted.code != service.code)


def _unnamed(service: ServiceLine, granted: Granted | None) -> str | None:
    """In which way the name of what is approved does not fit: another service has one, in words for the member, and no other has."""
    named = bool(granted and granted.service and granted.service.strip())
    if other_service(service, granted) and not named:
        return f"Line {service.line} is approved as another service, and nothing says in plain words what that is called."
    if named and not other_service(service, granted):
        return f"Line {service.line} names another service, and its code is the one that was asked for."
    return None


def as_asked(service: ServiceLine, provider: Provider | None, granted: Granted | None) -> bool:
    """Whether nothing is granted but what was asked for, as one stretch; a day that nobody asked for may be said."""
    if granted is None:
        return True
    if granted.spans:
        return False
    was = asked(service, provider)
    told = (
        (was.code, granted.code),
        (was.quantity, granted.quantity),
        (was.unit, granted.unit),
        (was.place, granted.place_of_service),
        (was.provider, granted.provider),
    )
    days = ((was.first_day, granted.first_day), (was.last, granted.last_day))
    return all(given in (None, before) for before, given in told) and all(
        before is None or given in (None, before) for before, given in days
    )


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()
