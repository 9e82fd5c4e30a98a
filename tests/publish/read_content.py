"""Read the content of a PDF's pages with one pattern: pdfminer's own reader takes each sign of a map by itself.

What the words in it do is pdfminer's; those that place or mark no glyph, of colours and what is drawn, are passed over.
"""

import re
from collections.abc import Callable
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT

SIGN = rb"[^()\\]+|\\[\s\S]"
WITHIN = rb"\((?:" + SIGN + rb"|\((?:" + SIGN + rb"|\((?:" + SIGN + rb")*\))*\))*\)"  # parentheses in pairs, three deep
TOKEN = re.compile(
    rb"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|(?P<text>" + WITHIN + rb")|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<mark><<|>>|\[|\])|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<word>[A-Za-z'\"*]+[01]?)|(?P<other>\S)"
)
ESCAPED = re.compile(rb"\\(\r\n|[0-7]{1,3}|[\s\S])")
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
SAID = {  # the words that place glyphs or mark them: what does them, and how many operands they have
    b"q": ("q", 0), b"Q": ("Q", 0), b"cm": ("cm", 6), b"BT": ("BT", 0), b"ET": ("ET", 0), b"Tf": ("Tf", 2),
    b"Tm": ("Tm", 6), b"Td": ("Td", 2), b"TD": ("TD", 2), b"T*": ("T_a", 0), b"Tc": ("Tc", 1), b"Tw": ("Tw", 1),
    b"Tz": ("Tz", 1), b"TL": ("TL", 1), b"Ts": ("Ts", 1), b"Tr": ("Tr", 1), b"Tj": ("Tj", 1), b"TJ": ("TJ", 1),
    b"'": ("_q", 1), b'"': ("_w", 3), b"BMC": ("BMC", 1), b"BDC": ("BDC", 2), b"EMC": ("EMC", 0), b"Do": ("Do", 1),
}  # fmt: skip
BEGUN = {b"[": object(), b"<<": object()}


class Interpreter(PDFPageInterpreter):  # type: ignore[misc]
    """Does what the content of a page says of its glyphs."""

    def execute(self, streams: Any) -> None:
        does = {word: (getattr(self, f"do_{name}"), count) for word, (name, count) in SAID.items()}
        left = list[Any]()
        for found in TOKEN.finditer(b"\n".join(stream_value(one).get_data() for one in streams)):
            kind, said = found.lastgroup, found[0]
            if kind != "word":
                READ[kind](left, said)
                continue
            assert said != b"BI", "a picture within the content is not read"
            if said in does:
                do, count = does[said]
                do(*left[len(left) - count :])
            left.clear()


def text_of(said: bytes) -> bytes:
    """Return what a string in parentheses holds."""

    def sign(found: "re.Match[bytes]") -> bytes:
        one = found[1]
        return bytes([int(one, 8) & 255]) if one[:1].isdigit() else SIGNS.get(one, one)

    return ESCAPED.sub(sign, said[1:-1]) if b"\\" in said else said[1:-1]


def _mark(left: list[Any], said: bytes) -> None:
    """Begin an array or a dictionary, or make one of what was read since it began."""
    if said in (b"[", b"<<"):
        left.append(BEGUN[said])
        return
    began = BEGUN[b"[" if said == b"]" else b"<<"]
    at = next(at for at in reversed(range(len(left))) if left[at] is began)
    inside = left[at + 1 :]
    pairs = () if said == b"]" else zip(inside[::2], inside[1::2], strict=True)
    left[at:] = [inside if said == b"]" else {key.name: one for key, one in pairs}]


def _other(_left: list[Any], said: bytes) -> None:
    raise AssertionError(f"{said!r} in a page's content")


READ: dict[Any, Callable[[list[Any], bytes], None]] = {
    "number": lambda left, said: left.append(float(said) if b"." in said else int(said)),
    "text": lambda left, said: left.append(text_of(said)),
    "hex": lambda left, said: left.append(bytes.fromhex(said[1:-1].decode())),
    "name": lambda left, said: left.append(LIT(said[1:].decode())),
    "mark": _mark,
    "other": _other,
}
