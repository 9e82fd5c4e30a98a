"""The list of contents in Word, filled beforehand, and the summary that stands before it."""

from collections.abc import Iterator
from typing import Any

from docx.shared import Pt

from oj.publish.render.syntax import SUMMARY
from oj.publish.word.xml import make, styled, tag, written

TITLES = ("Title", "Subtitle")


def fill_contents(document: Any) -> None:
    """Put the headings into the table of contents, as links; Word adds page numbers when it is updated."""
    contents = document.element.body.find(f"{tag('w:sdt')}/{tag('w:sdtContent')}")
    if contents is None:
        return
    for paragraph in list(contents)[1:]:
        contents.remove(paragraph)
    wanted = written("w:instrText", 'TOC \\o "1-2" \\h \\z \\u')
    marks = [_mark("begin"), make("w:r", children=[wanted]), _mark("separate")]
    for level, text, anchor in _headings(document):
        style = make("w:pPr", children=[make("w:pStyle", {"w:val": f"TOC{level}"})])
        link = make("w:hyperlink", {"w:anchor": anchor}, [make("w:r", children=[written("w:t", text)])])
        contents.append(make("w:p", children=[style, *marks, link]))
        marks = []
    contents.append(make("w:p", children=[*marks, _mark("end")]))
    _summary_first(document, contents.getparent())


def _summary_first(document: Any, contents: Any) -> None:
    """Move the list of contents to after the summary, where the book begins with one, and the summary to the front.

    It stands right under the title, which has no cover of its own then.
    """
    chapters = styled(document, "Heading 1")
    first, *others = [chapter._p.getprevious() for chapter in chapters] or [None]
    if others and first is not None and first.get(tag("w:name")) == SUMMARY:
        chapters[0].paragraph_format.page_break_before = False
        for title in styled(document, TITLES[0]):
            title.paragraph_format.space_before = Pt(0)
        others[0].addprevious(contents)


def _mark(kind: str) -> Any:
    return make("w:r", children=[make("w:fldChar", {"w:fldCharType": kind})])


def _headings(document: Any) -> Iterator[tuple[int, str, str]]:
    """Yield (level, text, bookmark) of the first two levels of headings."""
    levels = {document.styles[f"Heading {level}"].style_id: level for level in (1, 2)}
    for paragraph in styled(document, "Heading 1", "Heading 2"):
        mark = paragraph._p.getprevious()
        if mark is not None and mark.tag == tag("w:bookmarkStart"):
            yield levels[paragraph._p.style], " ".join(paragraph.text.split()), mark.get(tag("w:name"))
