"""Where pages begin in Word, and what stands together: chapters follow each other, and a note stays by its table."""

from typing import Any

import docx
from docx.shared import Pt

from oj.publish.word.pages import HANGING, INDENT, set_pages
from oj.publish.word.xml import make
from publish import read_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OWN = "Kommunblad: "


def begins_a_page(heading: Any) -> bool:
    """Return whether a heading is at the top of a page of its own; its style's unless it says otherwise."""
    own = heading.paragraph_format.page_break_before
    return bool(heading.style.paragraph_format.page_break_before if own is None else own)


def test_a_chapter_follows_on_the_one_before_and_a_municipalitys_sheet_begins_a_page(word: Any) -> None:
    chapters = [one for one in word.paragraphs if one.style.name == "Heading 1"]
    sheets = [OWN in one.text for one in chapters]
    wanted = [sheet or before for before, sheet in zip([False, *sheets], sheets, strict=False)]
    assert [begins_a_page(one) for one in chapters] == wanted
    assert sum(wanted) == 9  # eight sheets, and what follows the last of them
    assert {one.paragraph_format.space_before for one, alone in zip(chapters[1:], wanted[1:], strict=True)
            if not alone} == {Pt(30)}  # fmt: skip


def test_a_note_stands_on_the_page_of_its_tables_last_row(word: Any) -> None:
    notes = [one for one in word.paragraphs if one.style.name == "Table Note"]
    assert [one.text for one in notes if not one.paragraph_format.keep_together] == []
    followed = 0
    for table in word.tables:
        note = paragraph_after(table._tbl)
        if note is not None and note.style == "TableNote":
            followed += 1
            last = [one.pPr.keepNext for one in table._tbl.tr_lst[-1].iter(f"{W}p")]
            assert None not in last, read_word.caption_of(table)
    assert followed > 30


def test_what_a_lists_short_forms_mean_stands_on_the_page_of_its_first_line(word: Any) -> None:
    notes = [one for one in word.paragraphs if one.style.name == "Table Note"]
    before = [one for one in notes if one._p.xpath("following-sibling::*[1][self::w:p/w:pPr/w:numPr]")]
    assert [one.text for one in before if not one.paragraph_format.keep_with_next] == []
    assert len(before) > 3


def paragraph_after(table: Any) -> Any:
    """Return the paragraph after a table, if it is one."""
    after = table.getnext()
    while after is not None and after.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
        after = after.getnext()
    return after if after is not None and after.tag == f"{W}p" else None


def test_the_last_words_of_a_sheet_stand_on_the_page_of_its_figure(word: Any) -> None:
    told = [one for one in word.paragraphs if one.text.startswith("Nästa steg: välj")]
    paragraphs = {one._p: one for one in word.paragraphs}
    above = [paragraphs[one._p.xpath("preceding-sibling::w:p[1]")[0]] for one in told]
    assert {(one.style.name, one.paragraph_format.keep_with_next) for one in above} == {("Image Caption", True)}
    assert len(told) == 8


def test_a_lists_lines_have_most_of_the_width(word: Any) -> None:
    levels = list(word.part.numbering_part.element.iter(f"{W}lvl"))
    told = {(int(one.get(f"{W}ilvl")), ind.get(f"{W}left"), ind.get(f"{W}hanging"))
            for one in levels for ind in one.iter(f"{W}ind")}  # fmt: skip
    assert told == {(at, str((at + 1) * INDENT), str(HANGING)) for at, _, _ in told}
    assert len(levels) > 5


def test_a_file_with_nothing_of_it_is_left_as_it_is() -> None:
    document = docx.Document()
    document.element.body.insert(0, make("w:p"))
    set_pages(document)
    assert [one.text for one in document.paragraphs] == [""]
