"""Where pages begin in Word, and what stands together on one."""

import re
from typing import Any

from docx.shared import Pt

from oj.publish.render.syntax import SUMMARY
from oj.publish.word.xml import styled, tag

ALONE = re.compile(rf"^({SUMMARY}$|sec-kommun-)")  # chapters to hand out, with nothing of another on their pages
ABOVE = Pt(30)  # over a chapter's heading that does not begin a page
INDENT, HANGING = 300, 220  # of a list's lines, for each level, in twentieths of a point
NOTE = "Table Note"


def set_pages(document: Any) -> None:
    """Let chapters follow each other, keep tables' notes with their tables, and give lists' lines more of the width."""
    _say_once_who(document)
    _let_chapters_follow(document)
    _keep_notes(document)
    _keep_endings(document)
    _indent_less(document)


def _say_once_who(document: Any) -> None:
    """Take the sender and the date from under the title, where the summary that follows it says them."""
    first = next(iter(styled(document, "Heading 1")), None)
    mark = None if first is None else first._p.getprevious()
    if mark is not None and mark.get(tag("w:name")) == SUMMARY:
        for one in styled(document, "Author", "Date"):
            one._p.getparent().remove(one._p)


def _let_chapters_follow(document: Any) -> None:
    """Begin no page with a chapter, where neither it nor the one before has pages of its own.

    After the summary stand the contents, which the next chapter follows.
    """
    before = ""
    for heading in styled(document, "Heading 1"):
        mark = heading._p.getprevious()
        name = "" if mark is None else mark.get(tag("w:name"), "")
        if before and not ALONE.match(name) and (before == SUMMARY or not ALONE.match(before)):
            heading.paragraph_format.page_break_before = False
            heading.paragraph_format.space_before = ABOVE
        before = name


def _keep_notes(document: Any) -> None:
    """Keep a note's lines together, and with what it is a note of: the table before it, or the list after it."""
    notes = {one._p for one in styled(document, NOTE)}
    for note in notes:
        note.get_or_add_pPr().get_or_add_keepLines()
        after = note.getnext()
        if after is not None and after.tag == tag("w:p") and after.pPr is not None and after.pPr.numPr is not None:
            note.get_or_add_pPr().get_or_add_keepNext()
        table = _before(note)
        if table is not None and table.tag == tag("w:tbl"):
            for paragraph in table.tr_lst[-1].iter(tag("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
        elif table in notes:
            table.get_or_add_pPr().get_or_add_keepNext()


def _keep_endings(document: Any) -> None:
    """Keep a last paragraph with the figure above it, where the next chapter begins a page."""
    captions = {one._p for one in styled(document, "Image Caption")}
    for heading in styled(document, "Heading 1"):
        if heading.paragraph_format.page_break_before is None:  # as its style has it
            last = _before(heading._p)
            above = None if last is None else _before(last)
            if above is not None and above in captions:
                above.get_or_add_pPr().get_or_add_keepNext()


def _before(element: Any) -> Any:
    """Return what stands before an element, bookmarks apart."""
    before = element.getprevious()
    while before is not None and before.tag in {tag("w:bookmarkStart"), tag("w:bookmarkEnd")}:
        before = before.getprevious()
    return before


def _indent_less(document: Any) -> None:
    """Set lists nearer the edge than pandoc does."""
    for level in document.part.numbering_part.element.iter(tag("w:lvl")):
        depth = int(level.get(tag("w:ilvl"))) + 1
        for indent in level.iter(tag("w:ind")):
            indent.set(tag("w:left"), str(depth * INDENT))
            indent.set(tag("w:hanging"), str(HANGING))
