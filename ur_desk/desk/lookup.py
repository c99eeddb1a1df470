"""What the entry form looks up: procedure codes that this workspace knows of. No descriptors of a licensed code set are shipped."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.domain.codes import CodeHit, System, Validity, normal, procedure_system
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.policy import Policy, Shelved

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

_PROCEDURES = (System.CPT, System.HCPCS)


@dataclass(frozen=True, slots=True)
class _Known:
    """A procedure code that is known here: what is told of it, and the words of its policies' subject, by which it is found too."""

    told: str
    subject: str


class Lookup:
    """Finds procedure codes in the library's policies, among those that say no service alone, and among the codes of earlier cases."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._known: tuple[tuple[Shelved, ...], dict[str, _Known]] = ((), {})
        self._conditional: frozenset[str] = frozenset()

    @reads(Read.CODES)
    def procedures(self, text: str) -> tuple[CodeHit, ...]:
        """Procedure codes that begin with the text, then those whose printed words hold a word that begins with each of its terms, then
        those whose policy's title or named services do.

        Words are those that the policies print, and what is known of a code by its number; codes of earlier cases come by their number
        alone, and those of restricted cases never: what a sender wrote of one member is nobody else's description.
        """
        from ur_desk.codesets.word_index import WordIndex, terms_of

        terms, bare, known = terms_of(text), normal(text, System.OTHER), self._of_here()
        if not terms:
            return ()
        codes = list(known)
        by_words = [codes[at] for at in WordIndex([each.told for each in known.values()]).holding(terms)]
        by_subject = [codes[at] for at in WordIndex([f"{each.told} {each.subject}" for each in known.values()]).holding(terms)]
        cases = self.desk.store.cases.procedures(bare) if bare.isascii() and bare.isalnum() else {}
        by_code = sorted({code for code in known if code.startswith(bare)} | cases.keys())
        found = dict.fromkeys((*by_code, *by_words, *by_subject))
        return tuple(CodeHit(code, known[code].told if code in known else _of_cases(cases[code]), Validity.NOT_CHECKED) for code in found)

    @reads(Read.CODES)
    def need_words(self) -> frozenset[str]:
        """The procedure codes that prove nothing without the sender's words: unlisted ones, and those that a policy lists under a
        condition."""
        self._of_here()
        return self.desk.tables.unlisted | self._conditional

    def _of_here(self) -> dict[str, _Known]:
        """The codes that policies in use list, with their printed words and the policies that list them, and those of which the number
        says something by itself; by code."""
        used = self.desk.library.in_use()
        if used is not self._known[0]:
            told: dict[str, list[str]] = {}
            subject: dict[str, list[str]] = {}
            for item in used:
                of_policy = " ".join((item.policy.title, *(term for each in item.policy.statements for term in each.terms)))
                for code, words in _listed(item.policy):
                    told.setdefault(code, []).append(words)
                    subject.setdefault(code, []).append(of_policy)
            for codes, words in (
                (self.desk.tables.unlisted, "unlisted or not classified: the sender's words say what it is"),
                (self.desk.tables.add_ons, "add-on: reported only together with another procedure"),
            ):
                for code in codes:
                    told.setdefault(code, []).append(words)
            entries = [entry for item in used for entry in item.policy.codes if entry.condition and entry.high is None]
            self._conditional = frozenset(entry.low for entry in entries)
            known = {
                code: _Known(" · ".join(dict.fromkeys(each)), " ".join(dict.fromkeys(subject.get(code, ()))))
                for code, each in sorted(told.items())
            }
            self._known = used, known
        return self._known[1]


def _listed(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each end of each procedure code or range that a policy lists, with its printed words and the policy's number."""
    for entry in policy.codes:
        words = ", ".join(part for part in (entry.description, entry.condition) if part)
        for end in (entry.low, entry.high):
            if end and entry.system in _PROCEDURES and procedure_system(end) is not System.OTHER:
                yield end, " · ".join(part for part in (words, policy.id) if part)


def _of_cases(count: int) -> str:
    return "in one earlier case" if count == 1 else f"in {count} earlier cases"
