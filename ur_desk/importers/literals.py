"""The object literals of a JavaScript or TypeScript file as plain values; nothing is evaluated, and what is no literal is refused."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

_SPACE = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_IMPORT = re.compile(
    r"import\b[^;'\"]*(?:'[^'\n]*'|\"[^\"\n]*\")\s*;?|['\"]use strict['\"]\s*;?|(?:export\s+)?type\s[^={;]*(?:=[^;{]*)?;|(?:export\s+)?interface\s+[\w$]+\s*(?=\{)"
)
_NAMED = re.compile(
    r"(?:export\s+)?(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::[^=;]*)?=(?![=>])|(?P<default>export\s+default\b|module\.exports\s*=)|exports\.(?P<exported>[\w$]+)\s*="
)
_AFTER = re.compile(r"(?:(?:as|satisfies)\s+[\w$.<>\[\]|& ]+)?\s*(?:;|(?=\s|$))")
_LIST = re.compile(r"export\s*\{[^}]*\}\s*;?")
_KEY = re.compile(r"[A-Za-z_$][\w$]*|[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|(?:[0-9][0-9_]*)?\.?[0-9]+(?:[eE][+-]?[0-9]+)?)")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9_]")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_STRING = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_DEEPEST = 60
_COMPUTED = "this is a computation, and nothing is run"
_TWICE = "this name stands twice, and which value is meant cannot be known"
_ZEROS = "this number begins with a zero, which a number loses and an identifier needs"


class NotLiteralError(ValueError):
    """Something stands in the file that is no literal; `line` says where, from 1, and `why` what is wrong with it."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"no literal in line {line}")
        self.line, self.why = line, why


def literals(text: str) -> dict[str, Any]:
    """Every value that the file names, by its name; NotLiteralError where it holds anything else. Numbers are `Decimal`."""
    reader = _Reader(text)
    told: dict[str, Any] = {}
    while not reader.at_end():
        if reader.skip(_IMPORT):
            reader.skip_braces()
            continue
        if reader.skip(_LIST):
            continue
        named = reader.take(_NAMED)
        if named is None:
            raise reader.wrong()
        name = named["name"] or named["exported"] or ("default" if named["default"].startswith("export") else "module.exports")
        if name in told:
            raise reader.wrong(_TWICE)
        told[name] = reader.value(0)
        reader.skip(_AFTER)
    return told


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._at = text.removeprefix("\ufeff"), 0

    def at_end(self) -> bool:
        self._space()
        return self._at >= len(self._text)

    def wrong(self, why: str = _COMPUTED) -> NotLiteralError:
        return NotLiteralError(self._text.count("\n", 0, self._at) + 1, why)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        self._space()
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def skip(self, pattern: re.Pattern[str]) -> bool:
        found = self.take(pattern)
        return found is not None and found.end() > found.start()

    def skip_braces(self) -> None:
        """Over the body of an interface, which holds types and no values."""
        self._space()
        if not self._sees("{"):
            return
        depth = 0
        for at in range(self._at, len(self._text)):
            depth += {"{": 1, "}": -1}.get(self._text[at], 0)
            if depth == 0:
                self._at = at + 1
                return
        raise self.wrong()

    def value(self, depth: int) -> Any:
        """A value; texts joined by + are one."""
        if depth > _DEEPEST:
            raise self.wrong()
        told = self._single(depth)
        while isinstance(told, str) and self._accepts("+"):
            more = self._single(depth)
            if not isinstance(more, str):
                raise self.wrong()
            told += more
        return told

    def _single(self, depth: int) -> Any:
        self._space()
        if self._accepts("{"):
            return self._object(depth)
        if self._accepts("["):
            return self._list(depth)
        if (text := self._string()) is not None:
            return text
        if number := self.take(_NUMBER):
            return self._number(number[0])
        word = self.take(_KEY)
        if word is None or word[0] not in _WORDS:
            raise self.wrong()
        return _WORDS[word[0]]

    def _number(self, text: str) -> Decimal:
        if _LEADING_ZERO.match(text):
            raise self.wrong(_ZEROS)
        try:
            plain = text.replace("_", "")
            return Decimal(int(plain, 16)) if "x" in plain.lower() else Decimal(plain)
        except (InvalidOperation, ValueError):
            raise self.wrong() from None

    def _object(self, depth: int) -> dict[str, Any]:
        told: dict[str, Any] = {}
        while not self._accepts("}"):
            key = self._string()
            if key is None:
                name = self.take(_KEY)
                if name is None:
                    raise self.wrong()
                key = name[0]
            if not self._accepts(":"):
                raise self.wrong()
            if key in told:
                raise self.wrong(_TWICE)
            told[key] = self.value(depth + 1)
            if not self._accepts(","):
                if not self._accepts("}"):
                    raise self.wrong()
                break
        return told

    def _list(self, depth: int) -> list[Any]:
        told: list[Any] = []
        while not self._accepts("]"):
            told.append(self.value(depth + 1))
            if not self._accepts(","):
                if not self._accepts("]"):
                    raise self.wrong()
                break
        return told

    def _string(self) -> str | None:
        found = self.take(_STRING)
        if found is None:
            return None
        text = next(group for group in found.groups() if group is not None)
        if found[0][0] == "`" and "${" in text:
            raise self.wrong()
        return _ESCAPE.sub(self._escaped, text)

    def _escaped(self, found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        if code is None:
            if found[4] in "ux":
                raise self.wrong()
            return _SIGNS.get(found[4], found[4])
        if int(code, 16) > 0x10FFFF:
            raise self.wrong()
        return chr(int(code, 16))

    def _accepts(self, sign: str) -> bool:
        self._space()
        if not self._sees(sign):
            return False
        self._at += 1
        return True

    def _sees(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    def _space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        if found:
            self._at = found.end()
