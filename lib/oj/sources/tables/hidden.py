"""What is hidden in a workbook that is to be read: told, and read or left out only when a person has decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oj.sources.files.cells import Sheet, letter
from oj.sources.tables.layout import IGNORE, LEAVE_OUT, Table
from oj.sources.tables.model import Problem, Spot

SHOW = "Markera hela bladet, högerklicka på radnumren eller kolumnbokstäverna, Ta fram, och spara; eller ta bort det"
FILTER = "Visa dem (Data > Rensa, eller högerklicka på radnumren, Ta fram) och spara, eller ta bort dem"
DECIDE = f". Eller bestäm i layouten, vid bladet: hidden: read (läs) eller hidden: {LEAVE_OUT} (läs inte), med "
SHOW_SHEET = "Ta fram det i Excel (högerklicka på en bladflik, Ta fram) och spara, eller ta bort det"


@dataclass(frozen=True)
class Hidden:
    """What is hidden of a table: the whole sheet, rows by number, columns from 0."""

    sheet: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    is_filtered: bool = False  # rows maybe by a filter

    def __str__(self) -> str:
        """Return it as the layout has it, "" where nothing is."""
        parts = ["bladet"] if self.sheet else []
        parts += [f"rad {runs(self.rows)}"] if self.rows else []
        parts += [f"kolumn {', '.join(map(letter, self.columns))}"] if self.columns else []
        return "; ".join(parts)


def runs(numbers: Sequence[int]) -> str:
    """Return row numbers as a person writes them."""
    told: list[list[int]] = []
    for one in numbers:
        if told and told[-1][-1] == one - 1:
            told[-1].append(one)
        else:
            told.append([one])
    return ", ".join("–".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in told)


def read_of(hidden: Hidden, ignored: Iterable[int]) -> Hidden:
    """Return what is hidden of what is read: columns that are not may be hidden."""
    gone = set(ignored)
    return replace(hidden, columns=tuple(at for at in hidden.columns if at not in gone))


def hidden_in(hidden: Hidden, table: Table) -> Hidden:
    """Return what is hidden of a table that a layout reads."""
    return read_of(hidden, [one.at for one in table.columns if one.indicator == IGNORE])


def without(sheet: Sheet, hidden: Hidden, head: int) -> Sheet:
    """Return a sheet without the rows below `head`, and the columns, that are hidden."""
    kept = {row: cells for row, cells in sheet.rows.items() if row <= head or row not in hidden.rows}
    gone = set(hidden.columns)
    rows = {row: [None if at in gone else one for at, one in enumerate(cells)] for row, cells in kept.items()}
    return replace(sheet, rows=rows)


def without_columns(table: Table, hidden: Hidden) -> Table:
    """Return a table without the columns that are hidden."""
    gone = {letter(at) for at in hidden.columns}
    places = {key: "" for key in ("code", "name", "county") if getattr(table, key) in gone}
    return table.model_copy(update={**places, "columns": [one for one in table.columns if one.column not in gone]})


def problems(hidden: Hidden, title: str, head: int, heads: Mapping[int, str], more: str = "") -> list[Problem]:
    """Return what is asked of what is hidden: a problem for the sheet, for its rows, and for each column."""
    if hidden.sheet:
        return [Problem(Spot(title, head), "", f"bladet är dolt i Excel och läses inte. {SHOW_SHEET}{more}")]
    found = []
    if hidden.rows:
        one, many, show = ("dold", "dolda", SHOW)
        if hidden.is_filtered:
            one, many, show = ("bortfiltrerad eller dold", "bortfiltrerade eller dolda", FILTER)
        told = f"raderna {runs(hidden.rows)} är {many}" if len(hidden.rows) > 1 else f"raden är {one}"
        found.append(Problem(Spot(title, hidden.rows[0]), "", f"{told} i Excel. {show}{more}"))
    for at in hidden.columns:
        found.append(Problem(Spot(title, head, at), heads.get(at, ""), f"kolumnen är dold i Excel. {SHOW}{more}"))
    return found
