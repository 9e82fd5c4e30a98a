"""The parts of an .xlsx file as XML: what is related to what, and texts as they are seen, run by run."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse

DEEPEST = 100  # levels of elements in elements
WRITER = re.compile(r"^[^\n:]{1,60}:[ \t]*\n")  # who has written a note, on its first line
STAND_IN = re.compile(r"^\[(?:Threaded comment|Trådad kommentar)\].*", re.DOTALL)  # of a comment that is told whole
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(frozen=True)
class Words:
    """A cell's text as it is seen, with raised figures as such, and what of it is struck out."""

    text: str
    struck: str = ""


def name_of(element: Element) -> str:
    """Return an element's name, without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield an element's children of one name."""
    return (one for one in element if name_of(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    """Return an element's first child of a name, None where there is none."""
    return None if element is None else next(children(element, name), None)


def ended(part: BytesIO) -> Iterator[Element]:
    """Yield the elements of a part, each as it ends; raise ValueError for more levels than any program writes."""
    depth = 0
    for event, element in iterparse(part, ("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise ValueError("too many levels")
        if event == "end":
            yield element


def root_of(part: bytes) -> Element:
    """Return the root of a part that is small."""
    *_others, root = ended(BytesIO(part))
    return root


def is_on(element: Element | None) -> bool:
    """Return whether a property is set: it is there, and does not say no."""
    return element is not None and element.get("val", "1") not in ("0", "false", "none")


def seen(text: str) -> str:
    """Return a text without what cannot be seen: zero-width signs, and line breaks as other programs write them."""
    if text.isascii() and "_x" not in text and text.isprintable():
        return text
    told = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return UNSEEN.sub("", told.replace("\r\n", "\n").replace("\r", "\n"))


def words(element: Element) -> Words:
    """Return a shared or inline string, its raised and lowered figures as such signs, its pronunciation left out."""
    told, struck = list[str](), list[str]()
    for one in element:
        if name_of(one) == "t":
            told.append(seen(one.text or ""))
        elif name_of(one) == "r":
            text = seen("".join(part.text or "" for part in children(one, "t")))
            look = child(one, "rPr")
            place = child(look, "vertAlign")
            if place is not None:
                text = text.translate({"superscript": RAISED, "subscript": LOWERED}.get(place.get("val", ""), {}))
            if is_on(child(look, "strike")) and text.strip():
                struck.append(text.strip())
            told.append(text)
    return Words("".join(told), " ".join(struck))


def rels_of(part: str) -> str:
    """Return the name of the part that says what a part is related to."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def related(rels: bytes | None, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part is related to: by id, the kind and the name of the other part."""
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", posixpath.dirname(part), one.get("Target", ""))).lstrip("/"),
        )
        for one in (() if rels is None else root_of(rels))
        if one.get("TargetMode") != "External"
    }


def notes_of(part: bytes) -> Iterator[tuple[str, str]]:
    """Yield the names of the cells that have a note or a comment, and what each says, in the order of the part."""
    for element in ended(BytesIO(part)):
        if name_of(element) in ("comment", "threadedComment") and element.get("ref"):
            said = "".join(one.text or "" for one in element.iter() if name_of(one) in ("t", "text"))
            yield str(element.get("ref")), WRITER.sub("", STAND_IN.sub("", said)).strip()


def sheet_names(workbook: Element, relations: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """Return the worksheets of a workbook: their names, their parts, and whether they are hidden."""
    found = []
    for one in child(workbook, "sheets") or ():
        number = next((value for key, value in one.attrib.items() if key.rpartition("}")[2] == "id"), "")
        kind, part = relations[number]
        if kind == "worksheet":
            found.append((one.get("name", ""), part, one.get("state", "visible") != "visible"))
    return found
