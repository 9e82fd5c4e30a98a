"""How tables and headings stand on paper: room around a row, rows in one piece, and nothing left alone."""

from itertools import pairwise
from pathlib import Path

import panflute as pf
import pytest
import typst

from oj.present.output import EXTENSIONS
from oj.publish.render.paper import FEWEST, KEPT, LONGEST_CELL, keep_last_rows, plain_foot, told_on_paper
from publish.grids import one_line
from publish.read_pdf import Node, Pdf, captioned, read_pdf

LOOK = Path(__file__).parents[2] / "notebooks" / EXTENSIONS / "lansrapport" / "typst-show.typ"
TABLE = """#figure([#table(columns: 2, table.header([Kommun], [Svar]), {rows},
table.footer(repeat: false, [Sist 1], [Ja], [Sist 2], [Ja]))#metadata("noted")], caption: figure.caption(position: top,
[Alla.]), kind: "quarto-float-tbl", supplement: "Tabell") <tbl-alla>
#text(9.5pt)[{note}]"""
NOTE = "En not under tabellen. " * 8
EDGE = 51.0  # points: the text's lower edge
ROOM = 40.0  # points under a heading's line: its space and two lines more
LINE = 11.0  # points from a row's line to the next one's, at least


def of_typst(folder: Path, text: str) -> Pdf:
    """Return a document in the report's look, without its cover."""
    look = LOOK.read_text(encoding="utf-8").partition("#show: report.with(")[0]
    page = '#set page(paper: "a4", margin: (x: 2.25cm, top: 2.1cm, bottom: 1.8cm))\n'
    source = f"{look}{page}#show: report.with(title: [T], subtitle: [U], front: true)\n= Alla\n{text}"
    written, warnings = typst.Compiler(source.encode()).compile_with_warnings(format="pdf")
    assert [one.message for one in warnings if "font" not in one.message] == []
    (folder / "t.pdf").write_bytes(written)
    return read_pdf(folder / "t.pdf")


def pages_of(node: Node) -> set[int]:
    """Return the pages that a node stands on."""
    return {page for page, _ in node.marks}


def bases(pdf: Pdf, node: Node) -> list[float]:
    """Return the lines that a node's letters stand on, from the top."""
    marks = {*node.marks}
    return sorted(
        {round(one.base, 1) for one in pdf.glyphs if one.base and (one.page, one.mark.mcid) in marks}, reverse=True
    )


def test_no_row_is_cut_by_a_page(pdf: Pdf, appendix: Pdf) -> None:
    for printed in (pdf, appendix):
        rows = [row for body in printed.tree.all("TBody") for row in body.all("TR")]
        assert [printed.text(row) for row in rows if len(pages_of(row)) > 1] == []
        assert len(rows) >= 200


def test_no_row_is_alone_on_a_page(pdf: Pdf, appendix: Pdf) -> None:
    """Where a table goes on upon another page, at least two rows do; all of them are rows of one body."""
    for printed in (pdf, appendix):
        assert not list(printed.tree.all("TFoot"))
        for table in printed.tree.all("Table"):
            (body,) = table.all("TBody")
            last = [max(pages_of(row)) for row in body.all("TR")]
            assert last.count(last[-1]) >= min(len(last), KEPT), printed.text(table)[:80]


def test_a_heading_has_lines_under_it_on_its_page(pdf: Pdf, appendix: Pdf) -> None:
    for printed in (pdf, appendix):
        last = {(one.page, one.mark.mcid): one.base for one in printed.glyphs if one.base}
        headings = [last[node.marks[-1]] for node in printed.tree.all("H1", "H2", "H3")]
        assert min(headings) > EDGE + ROOM


def test_a_row_has_air_between_its_rules(pdf: Pdf) -> None:
    (table,) = [node for caption, node in captioned(pdf) if "Antal mål som nås" in caption]
    (body,) = table.all("TBody")
    lines = bases(pdf, body)
    assert len(lines) == 11
    assert min(one - other for one, other in pairwise(lines)) > LINE


def test_a_long_table_stands_close_under_a_heading(tmp_path: Path) -> None:
    made = of_typst(tmp_path, TABLE.format(rows=", ".join(["[Rad], [Ja]"] * 50), note=NOTE))
    heading, caption = next(made.tree.all("H1")), next(made.tree.all("Caption"))
    assert 20 < bases(made, heading)[-1] - bases(made, caption)[0] < 40


def test_the_english_page_is_english(appendix: Pdf) -> None:
    told = [appendix.text(node) for node in appendix.tree.all("Caption")]
    assert [one.partition(":")[0] for one in told if "municipalit" in one or "targets" in one] == [
        "Table 21.1", "Table 21.2",
    ]  # fmt: skip


@pytest.mark.parametrize("rows", range(50, 62, 2))
def test_a_note_and_the_last_rows_of_a_table_stand_together(tmp_path: Path, rows: int) -> None:
    """Wherever the page ends: the rows that are kept, and the note's first lines, are not left alone."""
    cells = ", ".join(f"[Rad {at}], [Ja]" for at in range(rows))
    made = of_typst(tmp_path, TABLE.format(rows=cells, note=NOTE))
    last = len(made.boxes)
    words = one_line(made.on_page(last))
    assert "En not" not in words or "Sist 1" in words
    assert ("Sist 1" in words) == ("Sist 2" in words)


def a_table(rows: int, letters: int = 3) -> pf.Table:
    cells = [pf.TableRow(pf.TableCell(pf.Plain(pf.Str("x" * letters)))) for _ in range(rows)]
    return pf.Table(pf.TableBody(*cells), head=pf.TableHead(), foot=pf.TableFoot())


@pytest.mark.parametrize(("rows", "kept"), [(FEWEST - 1, 0), (FEWEST, KEPT), (40, KEPT)])
def test_the_last_rows_of_a_long_table_are_kept_together(rows: int, kept: int) -> None:
    table = a_table(rows)
    keep_last_rows(table)
    assert len(table.foot.content) == kept
    assert sum(len(body.content) for body in table.content) == rows - kept


def test_a_table_says_whether_a_note_follows_and_whether_a_row_is_longer_than_a_page() -> None:
    document = pf.Doc(pf.Div(a_table(1)), pf.Div(classes=["table-note"]), pf.Div(a_table(1, LONGEST_CELL + 1)))
    short, _, long = document.content
    assert [one.text for one in told_on_paper(short, short.content[0])] == ['#metadata("noted")']
    assert [one.text for one in told_on_paper(long, long.content[0])] == ['#metadata("alone")#metadata("breaks")']


def test_a_foot_is_not_ruled_off_from_its_rows() -> None:
    assert plain_foot("[1],\n    table.hline(),\n    table.footer([2],)") == (
        "[1],\n    table.footer(repeat: false, [2],)"
    )
    assert plain_foot("[1]") == "[1]"


def _captioned(pdf: Pdf) -> list[tuple[str, Node]]:
    from publish.read_pdf import captioned

    return captioned(pdf)
