"""What Typst has to be told of a table, for its rows and its note to stand well on paper."""

from typing import cast

import panflute as pf

KEPT = 2  # rows at a table's end, that no page break comes between
FEWEST = 8  # rows, from which a table may break
LONGEST_CELL = 1500  # letters; a row with more may be longer than a page, and has to break
LINE = "table.hline(),"


def told_on_paper(div: pf.Div, table: pf.Table) -> list[pf.Block]:
    """Return what the template asks of a labelled table: whether a note follows it, and whether its rows may break."""
    follower = div.next
    noted = isinstance(follower, pf.Div) and "table-note" in follower.classes
    longest = max((len(pf.stringify(cell)) for row in _rows(table) for cell in row.content), default=0)
    words = ["noted" if noted else "alone", *(["breaks"] if longest > LONGEST_CELL else [])]
    return [pf.RawBlock("".join(f'#metadata("{word}")' for word in words), "typst")]


def keep_last_rows(table: pf.Table) -> None:
    """Make a long table's last rows its foot, which Typst keeps together; `with_row_heads` makes them rows again."""
    rows = _rows(table)
    spanned = any(cell.rowspan > 1 for row in rows for cell in row.content)
    if len(rows) >= FEWEST and not spanned and not table.foot.content:
        body = table.content[-1]
        last = list(body.content)[-KEPT:]
        body.content = list(body.content)[:-KEPT]
        table.foot = pf.TableFoot(*last)


def plain_foot(source: str) -> str:
    """Return a document in Typst with no table's foot repeated on each page, or ruled off.

    >>> print(plain_foot("    [1],\\n    table.hline(),\\n    table.footer([2],),"))
        [1],
        table.footer(repeat: false, [2],),
    """
    before, *feet = source.split("table.footer(")
    cut = [before, *feet]
    for at, part in enumerate(cut[:-1]):
        start = part.rstrip()
        cut[at] = start.removesuffix(LINE).rstrip() + "\n    "
    return "table.footer(repeat: false, ".join(cut)


def _rows(table: pf.Table) -> list[pf.TableRow]:
    return [cast("pf.TableRow", row) for body in table.content for row in body.content]
