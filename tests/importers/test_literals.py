"""Object literals of program text: read as they stand, never run."""

from decimal import Decimal

import pytest

from ur_desk.importers.literals import NotLiteralError, literals

SOURCE = """
// a list for the screen
import type { Row } from "./types";
import './style.css';
/* two shapes */
interface Row { id: string; inner: { n: number } }
export type Rows = Row[];

export const rows: Row[] = [
  { id: 'R-1', "member id": "DEMO-1", notes: "Knee pain. " + "Failed PT.\\n" + `Waits.`, units: 1_200, ready: true, },
  { id: "R\\u002d2", units: -2.5e1, mask: 0xff, none: null, gone: undefined, tags: ['a', 'b',], },
] as const;
const hidden = {};
let last = 'x'
module.exports = { rows: [] };
export default [];
export { rows };
"""


def test_every_named_value_is_read_as_it_stands() -> None:
    told = literals(SOURCE)
    assert set(told) == {"rows", "hidden", "last", "module.exports", "default"}
    first, second = told["rows"]
    assert first == {"id": "R-1", "member id": "DEMO-1", "notes": "Knee pain. Failed PT.\nWaits.", "units": Decimal(1200), "ready": True}
    assert second == {"id": "R-2", "units": Decimal(-25), "mask": Decimal(255), "none": None, "gone": None, "tags": ["a", "b"]}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("const f = () => fetch('x');", 1),
        ("const a = 1;\nconst b = a;", 2),
        ("const a = `row ${n}`;", 1),
        ("const a = [...others];", 1),
        ("const a = {\n  id: compute(),\n};", 2),
        ("function f() { return 1 }", 1),
        ("const a = { id: 1", 1),
        ("const a = 'open", 1),
        ("const a = 'x' + 1;", 1),
        ("const a = { 'x' };", 1),
        ("const a = '\\u{ffffffff}';", 1),
        ("const a = [1 2];", 1),
        ("interface A { x: string", 1),
        ("const a = " + "[" * 500, 1),
        ("const a = {\n  id: 1,\n  id: 2 };", 3),
        ("const a = {id: 1, 'id': 1};", 1),
        ("var a = 1;\nvar a = 2;", 2),
        ("const a = {id: 00123};", 1),
        ("const a = -007;", 1),
        ("fetch('http://example.invalid')", 1),
    ],
)
def test_what_is_no_literal_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(NotLiteralError) as refused:
        literals(text)
    assert refused.value.line == line


def test_no_text_takes_long() -> None:
    for text in ("const a = " + "'x' + " * 20_000 + "'x'", "/*" * 50_000, "const a = [" + "1," * 50_000 + "]", "import " + "x" * 100_000):
        try:
            literals(text)
        except NotLiteralError:
            continue
