"""Texts that somebody would type, or put into a file, to break, steer or deceive the program; and every other text there is."""

from hypothesis import strategies as st

TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[2J\x1b[31mred\x07",
    "\x9b2J",
    "one\r\ntwo\rthree\x0bfour\x85five\u2028six",
    "\u202edetlaer ton\u202c",
    "\u2066hidden\u2069\u200b\u200f\ufeff",
    "\U000e0041\U000e0042",
    "\ud800",
    "half \udcff a pair \ud83d",
    "<b>bold</b><para><img src='file:///etc/passwd'/></para>",
    "&lt;&amp;&#0;&bogus;<a href='javascript:x'>y</a>]]><!--",
    "<font size=9999>big</font><br/><unclosed",
    "=HYPERLINK(\"x\",\"y\")",
    "+1-800", "-2+3", "@SUM(A1)", "\t=1", "＝1+1",
    "../../../../etc/passwd", "..\\..\\boot.ini", "C:\\con", "nul.txt", "/dev/null", "a/b\x00.json", "~root", "$(reboot)", "%s%n{0}{member}",
    "Robert'); DROP TABLE cases;--", "\" OR 1=1 --", "NEAR(a b) AND -x* ^y \"", "a:b*c",
    "{version} %(name)s {{x}}", "${x} `x`",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031ealgo", "\u0623\u0644\u0645 ward", "\u05d0\u05d1 12", "日本語 氏名", "👩‍👩‍👧‍👦🏽",
    "\ufdfa" * 30,
    "x" * 300, "x " * 4000, "W" * 20_001, "\n" * 500,
    "١٢٣", "𝟙𝟚", "1e999", "NaN", "0x41", "-0",
)  # fmt: skip
"""Controls, bidirectional marks, halves of pairs, markup, formulas, paths, statements, searches, long ones."""

SHORT = tuple(text for text in TEXTS if len(text) <= 300)

ANY = st.one_of(
    st.sampled_from(SHORT),
    st.text(max_size=60),
    st.text(alphabet=st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Mn")), max_size=20),
    st.tuples(st.sampled_from(SHORT), st.text(max_size=10), st.sampled_from(SHORT)).map("".join),
)
"""Any text, hostile ones first."""

STEERS = frozenset(
    map(chr, (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)))
)
"""Characters that steer a terminal or turn the direction of writing; a line feed is none."""
