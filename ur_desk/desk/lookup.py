"""What the entry form looks up: procedure codes that this workspace knows of. No descriptors of a licensed code set are shipped."""

from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.domain.codes import CodeHit, System, Validity, normal, procedure_system
from ur_desk.domain.fence import Read
from ur_desk.domain.policy import Shelved

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

_PROCEDURES = (System.CPT, System.HCPCS)


class Lookup:
    """Finds procedure codes in the library's policies and among the codes of earlier cases."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._listed: tuple[tuple[Shelved, ...], dict[str, str]] = ((), {})
        self._conditional: frozenset[str] = frozenset()

    @reads(Read.CODES)
    def procedures(self, text: str) -> tuple[CodeHit, ...]:
        """Procedure codes that begin with the text, then those whose printed words hold a word that begins with each of its terms.

        Words are those that the policies print; codes of earlier cases come by their number alone, and those of restricted cases never:
        what a sender wrote of one member is nobody else's description.
        """
        from ur_desk.codesets.word_index import WordIndex, terms_of

        terms, bare, listed = terms_of(text), normal(text, System.OTHER), self._of_policies()
        if not terms:
            return ()
        codes = list(listed)
        by_words = [codes[at] for at in WordIndex(list(listed.values())).holding(terms)]
        cases = self.desk.store.cases.procedures(bare) if bare.isascii() and bare.isalnum() else {}
        by_code = sorted({code for code in listed if code.startswith(bare)} | cases.keys())
        return tuple(
            CodeHit(code, listed.get(code) or _of_cases(cases[code]), Validity.NOT_CHECKED) for code in dict.fromkeys((*by_code, *by_words))
        )

    @reads(Read.CODES)
    def need_words(self) -> frozenset[str]:
        """The procedure codes that prove nothing without the sender's words: unlisted ones, and those that a policy lists under a
        condition."""
        self._of_policies()
        return self.desk.tables.unlisted | self._conditional

    def _of_policies(self) -> dict[str, str]:
        """The codes that policies in use list, by code, with their printed words and the policies that list them."""
        used = self.desk.library.in_use()
        if used is not self._listed[0]:
            found: dict[str, list[str]] = {}
            for item in used:
                for entry in item.policy.codes:
                    words = ", ".join(part for part in (entry.description, entry.condition) if part)
                    for end in (entry.low, entry.high):
                        if end and entry.system in _PROCEDURES and procedure_system(end) is not System.OTHER:
                            found.setdefault(end, []).append(" · ".join(part for part in (words, item.policy.id) if part))
            entries = [entry for item in used for entry in item.policy.codes if entry.condition and entry.high is None]
            self._conditional = frozenset(entry.low for entry in entries)
            self._listed = used, {code: " · ".join(dict.fromkeys(told)) for code, told in sorted(found.items())}
        return self._listed[1]


def _of_cases(count: int) -> str:
    return "in one earlier case" if count == 1 else f"in {count} earlier cases"
