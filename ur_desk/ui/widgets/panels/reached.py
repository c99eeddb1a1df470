"""At which number or address those who are named in a request are reached, as the request tells it."""

from collections.abc import Iterator

from ur_desk.domain.events import ContactWay
from ur_desk.domain.letters.delivery import Way
from ur_desk.domain.request import Provider, Request

_BY_FAX = (ContactWay.FAX, Way.FAX)
_BY_PHONE = (ContactWay.CALL, ContactWay.VOICEMAIL, Way.PHONE)


def provider_number(provider: Provider | None, way: ContactWay | Way) -> str:
    """The number of a provider for a way; empty where none was told, or where the way has no number."""
    if provider is None:
        return ""
    return (provider.fax if way in _BY_FAX else provider.phone if way in _BY_PHONE else None) or ""


def number_of_whom(request: Request, whom: str, way: ContactWay | Way) -> str:
    """The number at which this person of a request is reached; that of the requesting provider where nobody is named yet, empty for
    somebody of whom the request tells nothing."""
    provider = request.requesting_provider
    if not whom:
        return provider_number(provider, way)
    named = " ".join(whom.casefold().split())
    return next((number for name, number in _known(request, way) if name.casefold() == named), "")


def _known(request: Request, way: ContactWay | Way) -> Iterator[tuple[str, str]]:
    for provider in (request.requesting_provider, request.servicing_provider):
        number = provider_number(provider, way)
        if provider is not None and number:
            yield from ((name, number) for name in (provider.name, provider.contact) if name)
    member = request.member
    if way in _BY_PHONE and member.phone:
        names = (member.listed_name, f"{member.given or ''} {member.family or ''}".strip())
        yield from ((name, member.phone) for name in names if name)
