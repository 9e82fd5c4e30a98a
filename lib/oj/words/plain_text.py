"""Text that a person, a file or a server has written, made ready to stand as just that text where it is shown.

One function for each language that texts are written into: Markdown, HTML, Typst, the cells of a sheet, the terminal.
What would be more than text there (markup, code, a link, a formula, a terminal's command) is written so that it is not.
"""

import html
import re
import unicodedata
from functools import lru_cache

MOST_LETTERS = 200  # of a name that stands on a report's cover
NO_LETTER = "\N{REPLACEMENT CHARACTER}"
SPACES = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
ORDERS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # turn the direction of the letters that follow
KEPT = str.maketrans("", "", "\n\t")  # what parts a text, and orders nothing
MARKDOWN = re.compile(
    r"^\(?\w{1,9}[.)](?=\s|$)|^[-:%]"  # what begins a list or another block
    r"|[\\`*_\[\]<>@#|~^$&{}\"'=+!]|:(?=\S)|(?<=[wW]{3})\."  # marks and addresses
    r"|\.(?=\.)|(?<=\.)\.|-(?=-)|(?<=-)-"  # what becomes another sign
)
ADDRESSES = re.compile(
    r"(?P<web>https?://[\w.-]+(?:/[\w./%-]*[\w/])?)|(?P<mail>\b[\w.-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?P<phone>(?<![\w+/-])(?:\+\d{2}|0)(?:[ -]?\d){6,11}(?![\w/-]))",
    re.ASCII,
)
COMPUTED = ("=", "+", "-", "@", "\t", "\r")  # how a text begins that a spreadsheet may take for a formula
HTML_TOO = re.compile(r"[@{}`$]")  # no marks in HTML, but where it stands among Markdown


def is_order(sign: str) -> bool:
    """Return whether a sign is no letter but an order to what shows it, or half a letter."""
    kind = unicodedata.category(sign)
    return kind in ("Cc", "Cs") or bool(ORDERS.match(sign)) or ord(sign) & 0xFFFE == 0xFFFE


def one_line(text: str) -> str:
    """Return a text as one line: runs of blanks and line breaks are a space, orders a sign that says so."""
    line = SPACES.sub(" ", text).strip(" ")
    return "".join(NO_LETTER if is_order(sign) else sign for sign in line) if not line.isprintable() else line


def beginning(told: object, most: int) -> str:
    """Return the beginning of what somebody says, as one line of at most so many letters."""
    return one_line(str(told))[:most]


def name_for_cover(text: str) -> str:
    """Return a name that somebody has chosen as one line; raise ValueError, in Swedish, for one that can be no name."""
    line = SPACES.sub(" ", text).strip(" ")
    odd = next((sign for sign in line if is_order(sign)), "")
    if odd:
        raise ValueError(f"har ett styrtecken (U+{ord(odd):04X}), som inte går att visa; skriv texten utan det")
    if len(line) > MOST_LETTERS:
        raise ValueError(f"är {len(line)} tecken lång; högst {MOST_LETTERS} får plats")
    return line


def as_markdown(text: str) -> str:
    """Return a text as Markdown that is shown as just that text, on one line; `html.unescape` gives it back.

    >>> as_markdown("FoU-enheten, Väst (2015): nr 2. Se *1* <b>")
    'FoU-enheten, Väst (2015): nr 2. Se &#42;1&#42; &#60;b&#62;'
    """
    return MARKDOWN.sub(_entity, one_line(text))


def as_linked_markdown(text: str) -> str:
    """Return a text as `as_markdown` does, with its addresses, e-mail and telephone numbers to follow; nothing else is.

    >>> as_linked_markdown("Eva, eva@fou.se, 08-123 45 67")
    'Eva, [eva&#64;fou.se](mailto:eva@fou.se), [08-123 45 67](tel:+4681234567)'
    """
    line, told, end = one_line(text), list[str](), 0
    for found in ADDRESSES.finditer(line):
        told += [MARKDOWN.sub(_entity, line[end : found.start()]), f"[{as_markdown(found[0])}]({_goal(found)})"]
        end = found.end()
    return "".join([*told, MARKDOWN.sub(_entity, line[end:])])


def _goal(found: re.Match[str]) -> str:
    """Return where an address, of one of the three kinds, leads."""
    if found["phone"]:
        digits = re.sub(r"\D", "", found[0])
        return f"tel:+{digits if found[0].startswith('+') else f'46{digits.removeprefix(chr(48))}'}"
    return f"mailto:{found[0]}" if found["mail"] else found[0]


def as_html(text: str) -> str:
    """Return a text as HTML that is shown as just that text, also where the HTML stands among Markdown.

    >>> as_html("A & B, @tbl-x")
    'A &amp; B, &#64;tbl-x'
    """
    return HTML_TOO.sub(_entity, html.escape(one_line(text)))


def as_typst(text: str) -> str:
    """Return a text as Typst markup that is shown as just that text: a string, which holds no markup.

    >>> as_typst('Grupp #1 "Väst"')
    '#"Grupp #1 \\\\"Väst\\\\""'
    """
    return f"#{typst_string(text)}"


def typst_string(text: str) -> str:
    """Return a text as a string of Typst's."""
    return '"{}"'.format(one_line(text).replace("\\", "\\\\").replace('"', '\\"'))


@lru_cache(4096)
def as_cell(text: str) -> str:
    """Return a text as a cell of a workbook can hold it: lines as they are, orders as a sign that says so."""
    return "".join(NO_LETTER if sign not in "\n\t" and is_order(sign) else sign for sign in text)


def for_terminal(text: str) -> str:
    """Return a text as it may be printed: line breaks are kept, all other orders to the terminal are shown as codes."""
    if text.translate(KEPT).isprintable():
        return text
    return "".join(ascii(sign)[1:-1] if sign not in "\n\t" and is_order(sign) else sign for sign in text)


def _entity(found: re.Match[str]) -> str:
    return "".join(sign if sign.isalnum() else f"&#{ord(sign)};" for sign in found[0])
