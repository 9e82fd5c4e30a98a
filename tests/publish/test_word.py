"""The report in Word: real styles, a filled table of contents, tables that read well, the same bytes each time."""

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Cm, Pt

from oj.facts.datapackage import read_table
from publish import captions, read_word
from publish.building import COUNTY_FIGURES, FIGURES, Built
from publish.grids import one_line
from publish.read_html import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = {
    "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Table Caption", "Image Caption", "Table Note",
}  # fmt: skip


@pytest.fixture(scope="module")
def parts(report: Built) -> dict[str, ElementTree.Element]:
    """Return every XML part of the file; each must be well-formed."""
    with zipfile.ZipFile(report.path / "rapport.docx") as file:
        assert file.testzip() is None
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist() if name.endswith("xml")}


def test_headings_are_in_real_styles_and_those_of_the_web_pages(
    word: Any, pages: dict[str, Element], chapters: list[str]
) -> None:
    headings = captions.headings_of_html([pages[f"{name}.html"] for name in chapters])
    assert read_word.headings_of(word) == headings
    assert {paragraph.style.name for paragraph in word.paragraphs} >= STYLES


def test_the_title_stands_at_the_top_where_the_summary_follows(word: Any) -> None:
    (title,) = [one for one in word.paragraphs if one.style.name == "Title"]
    assert title.paragraph_format.space_before == 0


def test_a_municipalitys_chart_has_room_on_a_page_with_what_is_said_of_it(word: Any) -> None:
    section, tallest = word.sections[0], max(shape.height for shape in word.inline_shapes)
    left = section.page_height - section.top_margin - section.bottom_margin - tallest
    assert left >= Cm(3.9)  # a note of three lines, a caption of two and what comes next
    assert section.header_distance < section.top_margin - Pt(12)


def test_every_style_used_is_defined(word: Any) -> None:
    known = {style.style_id for style in word.styles}
    used = {
        found.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for found in word.element.iter(f"{W}{kind}")
    }
    assert used - known == set()


def test_the_table_of_contents_is_filled(word: Any) -> None:
    headings = [(level, text) for level, text in read_word.headings_of(word) if level < 3]
    contents = read_word.contents_of(word)
    assert [(level, text) for level, text, _ in contents] == headings
    assert len({anchor for _, _, anchor in contents}) == len(contents)


def test_every_anchor_exists_once(word: Any) -> None:
    marks = read_word.bookmarks_of(word)
    links = {link.get(f"{W}anchor") for link in word.element.iter(f"{W}hyperlink")} - {None}
    assert links - set(marks) == set()
    assert sorted(mark for mark in set(marks) if marks.count(mark) > 1) == []
    assert len(links) >= 50


def test_an_anchor_of_the_contents_stands_at_its_heading(word: Any) -> None:
    """The bookmark starts right before the heading that the entry names."""
    for level, text, anchor in read_word.contents_of(word):
        (mark,) = (found for found in word.element.body.iter(f"{W}bookmarkStart") if found.get(f"{W}name") == anchor)
        heading = mark.getnext() if mark.getparent().tag == f"{W}body" else mark.getparent()
        assert (heading.pPr.pStyle.val, read_word.text_of(heading)) == (f"Heading{level}", text)


def test_fields_are_balanced_and_none_is_dirty(word: Any, parts: dict[str, ElementTree.Element]) -> None:
    kinds = [found.get(f"{W}fldCharType") for found in word.element.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    everywhere = [element for part in parts.values() for element in part.iter()]
    assert [element for element in everywhere if element.get(f"{W}dirty") is not None] == []
    assert not list(parts["word/settings.xml"].iter(f"{W}updateFields"))


def test_every_table_has_header_rows_that_repeat(word: Any) -> None:
    counts = {read_word.caption_of(table): sum(map(read_word.is_header, table.rows)) for table in word.tables}
    assert set(counts.values()) == {1, 2}
    titles = {f"{title}, utgåvan 2015." for title in read_table("tables")["title"]}
    assert {caption.partition(": ")[2] for caption, count in counts.items() if count == 2} == titles


def test_the_guides_form_has_a_named_field_in_every_cell(word: Any) -> None:
    """Six questions about each of three parts, for the group."""
    (form,) = [table for table in word.tables if "mål och åtgärder" in read_word.caption_of(table)]
    assert read_word.fields_of(word) == read_word.wanted_of(form)


def test_tables_full_of_text_are_set_closer_so_that_a_sheet_stays_on_two_pages(word: Any) -> None:
    """The sheets' and the guide's tables; a table of answers keeps its lines."""
    for table in word.tables:
        lines = {paragraph.paragraph_format.line_spacing for row in table.rows for cell in row.cells
                 for paragraph in cell.paragraphs}  # fmt: skip
        letters = sum(len(text.text or "") for text in table._tbl.iter(f"{W}t"))
        assert (lines == {Pt(10.5)}) == (letters > 1100), read_word.caption_of(table)
    long = [table for table in word.tables if "Upplands Väsbys mål, delområde" in read_word.caption_of(table)]
    assert [table.rows[1].cells[0].paragraphs[0].paragraph_format.line_spacing for table in long] == [Pt(10.5)]


def test_no_letters_are_smaller_than_nine_points(parts: dict[str, ElementTree.Element]) -> None:
    sizes = {int(size.get(f"{W}val", "")) / 2 for part in parts.values() for size in part.iter(f"{W}sz")}
    assert min(sizes) == 9


def test_a_table_read_aloud_has_its_heads_at_every_row_and_column(word: Any) -> None:
    """The first column heads its rows, and no cell stands for several: a head over three columns is in each."""
    looks = [table._tbl.tblPr.find(f"{W}tblLook") for table in word.tables]
    assert {(look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) for look in looks} == {("1", "1")}
    assert {int(look.get(f"{W}val"), 16) & 0x00A0 for look in looks} == {0x00A0}
    assert [one for kind in ("gridSpan", "vMerge") for one in word.element.iter(f"{W}{kind}")] == []
    (answers,) = [table for table in word.tables if "Tabell 10.1:" in read_word.caption_of(table)]
    over, under = ([one_line(cell.text) for cell in row.cells] for row in answers.rows[:2])
    assert over == ["Kommun", *["Brukarnas uppfattning om verksamheten"] * 3]
    assert (under[0], len({*under})) == ("Kommun", 4)


def test_what_is_to_be_added_is_a_list_not_signs(word: Any) -> None:
    assert [text.text for text in word.element.iter(f"{W}t") if "•" in (text.text or "")] == []
    guides = [table for table in word.tables if "Komplettera med" in read_word.text_of(table._tbl)]
    assert [table for table in guides if not list(table._tbl.iter(f"{W}numPr"))] == []
    assert guides


def test_links_are_underlined_and_the_file_has_its_own_title(word: Any) -> None:
    assert word.styles["Hyperlink"].font.underline is True
    title = "Öppna jämförelser 2015 – Social barn- och ungdomsvård – Nordvästkommunerna i Stockholms län"
    assert word.core_properties.title == title


def test_no_row_breaks_over_pages(word: Any) -> None:
    rows = [row for table in word.tables for row in table.rows]
    assert [row for row in rows if row._tr.trPr is None or row._tr.trPr.find(f"{W}cantSplit") is None] == []


def test_tables_have_rules_and_their_caption_as_description(word: Any) -> None:
    for table in word.tables:
        assert table._tbl.tblPr.find(f"{W}tblBorders") is not None
        (said,) = table._tbl.tblPr.findall(f"{W}tblCaption")
        assert one_line(said.get(f"{W}val")) == read_word.caption_of(table)


def test_header_and_body_cells_have_their_styles(word: Any) -> None:
    for table in word.tables:
        for row in table.rows:
            styles = {paragraph.style.style_id for cell in row.cells for paragraph in cell.paragraphs}
            assert styles == {"TableHead" if read_word.is_header(row) else "TableText"}


def test_every_picture_has_the_books_alt_text(word: Any, report: Built, chapters: list[str]) -> None:
    """The book's own notebooks are read as text, so that nothing of the library stands between."""
    pattern = re.compile(r'\]\(bilder/[\w-]+\.svg\)\{#fig-[\w-]+ fig-alt=\\"(.*?)\\"\}')
    texts = [(report.project / f"{name}.ipynb").read_text(encoding="utf-8") for name in chapters]
    book = [one_line(alt) for text in texts for alt in pattern.findall(text)]
    pictures = read_word.pictures_of(word)
    assert [one_line(alt) for _, alt in pictures] == book
    assert [name for name, _ in pictures] == [f"Figur {position}" for position in range(1, len(book) + 1)]
    assert all(book)
    assert len(book) == len(FIGURES)


def test_pictures_are_png_and_fit_the_text(word: Any) -> None:
    section = word.sections[0]
    text = section.page_width - section.left_margin - section.right_margin
    assert [shape for shape in word.inline_shapes if shape.width > text] == []
    assert len(word.inline_shapes) == len(FIGURES)
    kinds = {part.partname.ext for part in word.part.package.iter_parts() if "/media/" in part.partname}
    assert kinds == {"png"}


def test_the_language_is_swedish(word: Any, parts: dict[str, ElementTree.Element]) -> None:
    assert word.core_properties.language == "sv-SE"
    (default,) = parts["word/styles.xml"].findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "sv-SE"
    everywhere = {found.get(f"{W}val") for name in parts for found in parts[name].iter(f"{W}lang")}
    assert everywhere == {"sv-SE", "en"}  # the summary in English


def test_pages_are_numbered(parts: dict[str, ElementTree.Element]) -> None:
    footers = [part for name, part in parts.items() if name.startswith("word/footer")]
    fields = [found.text or "" for part in footers for found in part.iter(f"{W}instrText")]
    fields += [found.get(f"{W}instr") or "" for part in footers for found in part.iter(f"{W}fldSimple")]
    assert any("PAGE" in field for field in fields)


def test_no_reference_is_unresolved(word: Any) -> None:
    text = read_word.text_of(word.element.body)
    assert "?@" not in text
    assert not re.search(r"@(?:tbl|fig|sec)-", text)


def test_what_only_the_web_shows_is_left_out(word: Any) -> None:
    text = read_word.text_of(word.element.body)
    assert "den körda notebooken" not in text
    assert "Faktablad: " not in text.replace("Bilaga: Faktablad", "")


def test_two_writings_give_the_same_bytes(report: Built, tmp_path: Path) -> None:
    from oj.publish.render.syntax import read_book
    from oj.publish.word.finish import write_word

    again = tmp_path / "rapport.docx"
    write_word(read_book(report.project), report.project, again)
    assert again.read_bytes() == (report.path / "rapport.docx").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.docx"]


def test_the_county_alone_opens_too(county_report: Built) -> None:
    document = read_word.read_word(county_report.path / "rapport.docx")
    assert len(document.inline_shapes) == len(COUNTY_FIGURES)
    assert [(name, alt) for name, alt in read_word.pictures_of(document) if not alt] == []


def test_what_to_add_in_a_plan_is_a_list_that_word_knows(report: Built) -> None:
    plan = docx.Document(str(report.path / "kommuner" / "solna-atgarder.docx"))
    lines = [one for row in plan.tables[0].rows[1:] for one in row.cells[2].paragraphs]
    assert lines
    assert all(one._p.pPr is not None and one._p.pPr.numPr is not None for one in lines)
    assert not any("•" in cell.text for table in plan.tables for row in table.rows for cell in row.cells)
