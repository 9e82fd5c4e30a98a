"""The few words of Word's own language that finishing a file takes."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

ORDER = {  # the order that the Word schema wants some elements in
    "tblPr": ["tblStyle", "tblW", "jc", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption"],
    "trPr": ["cantSplit", "tblHeader", "jc"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"],
}


def tag(name: str) -> str:
    """Return a name such as w:p as lxml has it, with its namespace."""
    return str(qn(name))


def text_of(element: Any) -> str:
    """Return all the text in an element."""
    return "".join(part.text or "" for part in element.iter(tag("w:t")))


def make(name: str, attributes: dict[str, str] | None = None, children: Sequence[Any] = ()) -> Any:
    """Return a new element."""
    element = OxmlElement(name)
    for key, value in (attributes or {}).items():
        element.set(tag(key), value)
    element.extend(children)
    return element


def written(name: str, text: str) -> Any:
    """Return a new element that holds a text, its spaces kept."""
    element = make(name, {"xml:space": "preserve"})
    element.text = text
    return element


def put(parent: Any, element: Any) -> None:
    """Put `element` into `parent`, in place of one with its name, where the schema wants it."""
    for old in parent.findall(element.tag):
        parent.remove(old)
    order = ORDER[parent.tag.rpartition("}")[2]]
    name = element.tag.rpartition("}")[2]
    later = {tag(f"w:{other}") for other in order[order.index(name) + 1 :]}
    following = next((child for child in parent if child.tag in later), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)


def styled(document: Any, *names: str) -> list[Any]:
    """Return the paragraphs of some styles, by the styles' own ids: a name would be looked up at each paragraph."""
    ids = {style.style_id for style in document.styles if style.name in names}
    return [paragraph for paragraph in document.paragraphs if paragraph._p.style in ids]
