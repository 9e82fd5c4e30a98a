"""A table's heads in Word, for those who hear it read: every cell its own, and the first column heads its rows."""

from copy import deepcopy
from typing import Any

from oj.publish.word.xml import tag

FIRST_COLUMN = 0x0080  # in the value of w:tblLook, which says its flags once more


def head_rows(table: Any) -> None:
    """Mark a table's first column as the heads of its rows, and give each column its own heads.

    A head over several columns, or rows, is written in each of them: a merged cell is read for one of them only.
    """
    look = table._tbl.tblPr.find(tag("w:tblLook"))
    look.set(tag("w:firstColumn"), "1")
    look.set(tag("w:val"), f"{int(look.get(tag('w:val'), '0'), 16) | FIRST_COLUMN:04X}")
    above: list[Any] = []
    for row in table._tbl.tr_lst:
        above = [_own(cell, above[at] if at < len(above) else None) for at, cell in enumerate(_split(row))]


def _split(row: Any) -> list[Any]:
    """Return a row's cells, one over several columns as many times."""
    for cell in list(row.tc_lst):
        span, cell.grid_span = cell.grid_span, 1
        for _ in range(span - 1):
            cell.addnext(deepcopy(cell))
    return list(row.tc_lst)


def _own(cell: Any, above: Any) -> Any:
    """Return a cell with what it continues from the row above as its own."""
    continued = cell.vMerge == "continue"
    cell.vMerge = None
    if continued and above is not None:
        for paragraph in list(cell.p_lst):
            cell.remove(paragraph)
        cell.extend(deepcopy(paragraph) for paragraph in above.p_lst)
    return cell
