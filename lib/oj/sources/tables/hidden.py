"""What is hidden in a workbook that is to be read: told, and read or left out only when a person has decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oj.sources.files.cells import is_empty, letter, shown
from oj.sources.files.sheet import Sheet
from oj.sources.tables.layout import ASK, IGNORE, LEAVE_OUT, Layout, Table
from oj.sources.tables.model import Problem, Spot, TableRead

SHOW = "Markera hela bladet, högerklicka på radnumren eller kolumnbokstäverna, Ta fram, och spara; eller ta bort det"
FILTER = "Visa dem (Data > Rensa, eller högerklicka på radnumren, Ta fram) och spara, eller ta bort dem"
SHOW_SHEET = "Ta fram det i Excel (högerklicka på en bladflik, Ta fram) och spara, eller ta bort det"


@dataclass(frozen=True)
class Hidden:
    """What is hidden of a table: the whole sheet, rows by number, columns from 0."""

    sheet: bool
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def __str__(self) -> str:
        """Return it as the layout has it, "" where nothing is."""
        parts = ["bladet"] if self.sheet else []
        parts += [f"rad {runs(self.rows)}"] if self.rows else []
        parts += [f"kolumn {', '.join(map(letter, self.columns))}"] if self.columns else []
        return "; ".join(parts)


def runs(numbers: Sequence[int]) -> str:
    """Return row numbers as a person writes them.

    >>> runs((5, 6, 7, 9))
    '5–7, 9'
    """
    told: list[list[int]] = []
    for one in numbers:
        if told and told[-1][-1] == one - 1:
            told[-1].append(one)
        else:
            told.append([one])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in told)


def hidden_of(sheet: Sheet, first: int, ignored: Iterable[int] = ()) -> Hidden:
    """Return what is hidden of a sheet's table, which begins at the row `first`; columns not read may be hidden."""
    below = [row for row in sheet.rows if row >= first]
    columns = {at for at in sheet.hidden_columns if any(not is_empty(sheet.cell(row, at)) for row in below)}
    rows = tuple(row for row in below if row in sheet.hidden_rows)
    return Hidden(sheet.is_hidden, rows, tuple(sorted(columns - set(ignored))))


def hidden_in(sheet: Sheet, table: Table) -> Hidden:
    """Return what is hidden of a table that a layout reads."""
    return hidden_of(sheet, table.header[0], [one.at for one in table.columns if one.indicator == IGNORE])


def with_hidden(sheets: Mapping[str, Sheet], layout: Layout) -> Layout:
    """Return a layout that was found, with what is hidden of each table to be decided."""
    return layout.model_copy(update={"sheets": [_asking(sheets[table.sheet], table) for table in layout.sheets]})


def _asking(sheet: Sheet, table: Table) -> Table:
    told = "" if table.ignore else str(hidden_in(sheet, table))
    return table.model_copy(update={"hidden": ASK, "hidden_parts": told}) if told else table


def other_hidden(sheets: Mapping[str, Sheet], layout: Layout) -> list[tuple[str, str, str]]:
    """Return where a layout decides of something else than what is hidden in the file: where, the value, the rule."""
    found = []
    for table in layout.sheets:
        if table.ignore or table.sheet not in sheets or table.hidden in ("", ASK):
            continue
        now = str(hidden_in(sheets[table.sheet], table))
        if now != table.hidden_parts:
            rule = f"är inte det som är dolt i filen, som är ”{now}”. Ta bort layouten så görs en ny, och bestäm igen"
            found.append((f"bladet {table.sheet}, hidden_parts", table.hidden_parts, rule))
    return found


def tell_hidden(read: TableRead, hidden: Hidden, sheet: Sheet, table: Table) -> None:
    """Add what is hidden, and not read, to what is told: as left out where the layout says so, or as asked."""
    if table.hidden == LEAVE_OUT:
        read.unread += [(table.header[0], f"dolt i Excel, läses inte enligt layouten: {hidden}")]
        return
    decide = (
        f"Eller bestäm i layouten, vid bladet: hidden: read (läs) eller hidden: {LEAVE_OUT} (läs inte), "
        f"med hidden_parts: {hidden}"
    )
    read.problems += problems(hidden, sheet, table.sheet, table.header[1], decide)


def without(sheet: Sheet, hidden: Hidden, head: int) -> Sheet:
    """Return a sheet without the rows below `head`, and the columns, that are hidden."""
    gone = set(hidden.rows)
    rows = {row: cells for row, cells in sheet.rows.items() if row <= head or row not in gone}
    blank = set(hidden.columns)
    return replace(
        sheet, rows={row: [None if at in blank else one for at, one in enumerate(cells)] for row, cells in rows.items()}
    )


def without_columns(table: Table, hidden: Hidden) -> Table:
    """Return a table without the columns that are hidden."""
    gone = {letter(at) for at in hidden.columns}
    places = {key: "" for key in ("code", "name", "county") if getattr(table, key) in gone}
    columns = [one for one in table.columns if one.column not in gone]
    return table.model_copy(update={**places, "columns": columns})


def problems(hidden: Hidden, sheet: Sheet, title: str, head: int, decide: str = "") -> list[Problem]:
    """Return what is asked of what is hidden: a problem for the sheet, for its rows, and for each column."""
    more = f". {decide}" if decide else ""
    if hidden.sheet:
        return [Problem(Spot(title, head), "", f"bladet är dolt i Excel och läses inte. {SHOW_SHEET}{more}")]
    found = []
    if hidden.rows:
        one, many, show = (
            ("bortfiltrerad eller dold", "bortfiltrerade eller dolda", FILTER)
            if sheet.is_filtered
            else ("dold", "dolda", SHOW)
        )
        told = f"raderna {runs(hidden.rows)} är {many}" if len(hidden.rows) > 1 else f"raden är {one}"
        found.append(Problem(Spot(title, hidden.rows[0]), "", f"{told} i Excel. {show}{more}"))
    for at in hidden.columns:
        heading = shown(sheet.cell(head, at))
        found.append(Problem(Spot(title, head, at), heading, f"kolumnen är dold i Excel. {SHOW}{more}"))
    return found
