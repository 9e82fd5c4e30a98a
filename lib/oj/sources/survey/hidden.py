"""What is filled in where nobody sees it: a hidden sheet, row or column of the survey's workbook is a fault."""

from collections.abc import Mapping, Sequence

from oj.sources.files.cells import is_empty
from oj.sources.files.sheet import Sheet
from oj.sources.survey.units import Header, find_header
from oj.words.errors import Fault

SHOW = "ta fram {it} i Excel (markera hela bladet, högerklicka, Ta fram), se efter, och spara; eller töm {it}"


def unseen(sheet: Sheet, wanted: tuple[Mapping[str, str], Sequence[str]], where: tuple[str, str]) -> list[Fault]:
    """Return a fault for the sheet, each row and each column that is hidden in Excel and has something filled in.

    `wanted` are the titles of the columns and the names of those that are filled in; `where` the file and the sheet.
    """
    titles, filled = wanted
    header = find_header(sheet.rows, titles, set(titles))
    if header is None:
        return []
    file, name = where
    below = {row: cells for row, cells in header.below(sheet.rows) if any(not is_empty(cells[one]) for one in filled)}
    if sheet.is_hidden and below:
        return [Fault(file, None, name, "", "bladet är dolt i Excel men har svar; ta fram det (högerklicka på en "
                      "bladflik, Ta fram) och spara, eller ta bort det")]  # fmt: skip
    why = "bortfiltrerad (Data > Rensa) eller dold" if sheet.is_filtered else "dold"
    rows = [row for row in below if row in sheet.hidden_rows]
    found = [
        Fault(file, None, f"{name} rad {row}", "", f"raden är {why} i Excel; {SHOW.format(it='den')}") for row in rows
    ]
    for one in filled:
        cells = [row for row, said in below.items() if not is_empty(said[one])]
        if cells and header.columns[one] in sheet.hidden_columns:
            found.append(_column(header, one, cells[0], where))
    return found


def _column(header: Header, one: str, row: int, where: tuple[str, str]) -> Fault:
    told = f"kolumnen är dold i Excel men har svar; {SHOW.format(it='den')}"
    return Fault(where[0], None, f"{where[1]} {header.cell(one, row)}", "", told)
