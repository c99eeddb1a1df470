"""Codes in buckets: where a code, range or wildcard of a policy is filed, and where to look for what may hold a code.

A bucket is told by spelling alone, so that no table of codes is needed to keep it: what lies in it may hold the code, and whoever
has the table looks which of it does.
"""

from ur_desk.domain.codes import PROCEDURES, System

EVERYWHERE = "*"
"""Where ranges lie that run over more than `MOST` buckets."""

MOST = 120
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def buckets_of(system: System, low: str, high: str | None) -> list[str]:
    """Where an entry is filed: its category, or the groups of categories that it runs over."""
    first, last = sorted((_key(system, low), _key(system, high or low)))
    names = [first[:3]] if first[:3] == last[:3] else _groups(system, low, high)
    return [f"{_space(system)}:{name}" for name in names] or [EVERYWHERE]


def asked_buckets(system: System, low: str, high: str | None) -> tuple[list[str], list[str]]:
    """Where to look for what may hold a code or share one with a range: buckets by name, and beginnings of names."""
    space = _space(system)
    first, last = sorted((_key(system, low), _key(system, high or low)))
    if first[:3] == last[:3]:
        return [f"{space}:{first[:3]}", f"{space}:{first[:2]}", EVERYWHERE], []
    return [EVERYWHERE], [f"{space}:{group}" for group in _groups(system, low, high) or [""]]


def _key(system: System, code: str) -> str:
    """Codes as spelled; U after Z as the table of diagnoses has it; 0123T under its letter, as codes of that shape stand together."""
    if system is System.ICD10CM:
        return f"ZZ{code[1:]}" if code[:1] == "U" else code
    return f"{code[-1]}{code[:-1]}" if _lettered(code) else code


def _lettered(code: str) -> bool:
    return code[:1].isdigit() and code[-1:].isalpha()


def _groups(system: System, low: str, high: str | None) -> list[str]:
    """The first two characters of everything from one code to another; none where those are too many or cannot be told."""
    ends = [low, high or low]
    places = sorted(_place(_key(system, end)) for end in ends)
    mixed = len({_lettered(end) for end in ends}) > 1 and system is not System.ICD10CM
    if mixed or places[0] < 0 or places[1] - places[0] >= MOST:
        return []
    return [_DIGITS[place // len(_DIGITS)] + _DIGITS[place % len(_DIGITS)] for place in range(places[0], places[1] + 1)]


def _place(key: str) -> int:
    """The number of a key's group; below zero where it has none."""
    if len(key) < 2 or key[0] not in _DIGITS or key[1] not in _DIGITS:
        return -1
    return _DIGITS.index(key[0]) * len(_DIGITS) + _DIGITS.index(key[1])


def _space(system: System) -> str:
    """HCPCS level I is CPT, and documents use either name for both."""
    return "procedure" if system in PROCEDURES else system.value
