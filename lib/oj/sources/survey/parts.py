"""The parts of a filled-in form: each sheet known by what its first cell says, its table walked once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oj.facts.editions import edition_folder
from oj.facts.places import NATION, all_places, units
from oj.sources.files.cells import Cell, CellError, Rows, Sheet, is_empty, letter, shown
from oj.sources.survey.layout import COLUMNS, MARK, STAFF_MARK, folded, mark, staff_titles
from oj.sources.terms.harmless import told_of_cell
from oj.words.errors import DataError, Fault, UserError

ANSWERED = ("answer", "last_year", "comment")
SHOW = "ta fram {it} i Excel (markera hela bladet, högerklicka, Ta fram), se efter, och spara; eller töm {it}"
SHOW_SHEET = "ta fram det (högerklicka på en bladflik, Ta fram) och spara, eller ta bort det"
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Part:
    """A sheet of a form: its file and name, what its first cell says, where its columns stand, its rows and titles.

    `columns` (0 the first) and `rows` are by the columns' names; there are none where it lacks the row of headings.
    """

    file: str
    name: str
    edition: str
    what: str
    sheet: Sheet
    columns: Mapping[str, int]
    rows: Mapping[int, Row]
    titles: Mapping[str, str]

    @property
    def is_staff(self) -> bool:
        """Whether it is the staff list."""
        return self.what == STAFF_MARK

    def cell(self, column: str, row: int) -> str:
        """Return the sheet and the name that Excel has for a cell, such as Solna D14."""
        return f"{self.name} {letter(self.columns[column])}{row}"

    def fault(self, column: str, row: int, error: CellError, *, is_name: bool = False) -> Fault:
        """Return what is wrong with a cell, without what somebody wrote; names of places and questions are told."""
        return told_of_cell(error, self.file, self.cell(column, row), is_name=is_name)


def parts_of(sheets: Mapping[str, Sheet], file: str, folder: Path | None) -> tuple[list[Part], list[Fault]]:
    """Return the sheets that are part of a form, and a fault for each that only seems to be, or has no headings."""
    places, known, faults, staff = all_places(folder), list[Part](), list[Fault](), staff_titles(folder)
    for name, sheet in sheets.items():
        first = (sheet.texts.get(1) or [""])[0]
        found = MARK.fullmatch(first)
        if found and (found[2] == STAFF_MARK or found[2] in places):
            known.append(_part(file, name, (found[1], found[2]), sheet, staff if found[2] == STAFF_MARK else COLUMNS))
        elif found or first.startswith("ÖJ 2") or find_header(sheet.rows, COLUMNS, {"id", "answer"}):
            shape = mark(edition_folder(folder).name, next(iter(units(NATION, folder))).code)
            rule = f"säger inte vilken kommun bladet gäller; där ska stå utgåva och kommunkod, till exempel ”{shape}”"
            faults.append(Fault(file, None, f"{name} A1", first, rule))
    if not known and faults:
        raise DataError(faults)
    if all(part.is_staff for part in known):
        raise UserError(f"{file} är inget formulär från oj survey form: inget blad har en kommuns frågor.")
    return known, faults


def _part(file: str, name: str, said: tuple[str, str], sheet: Sheet, titles: Mapping[str, str]) -> Part:
    row, columns = find_header(sheet.rows, titles, set(titles)) or (0, {})
    named = {
        at: {one: cells[column] for one, column in columns.items()} for at, cells in sheet.rows.items() if at > row
    }
    rows = {at: cells for at, cells in named.items() if not all(map(is_empty, cells.values()))}
    return Part(file, name, *said, sheet, columns, rows, titles)


def find_header(rows: Rows, titles: Mapping[str, str], needed: set[str]) -> tuple[int, dict[str, int]] | None:
    """Return the first row that has the titles of the `needed` columns, and where they stand; None for none."""
    wanted = {folded(title): name for name, title in titles.items()}
    for number, cells in rows.items():
        texts = [folded(shown(cell)) for cell in cells]
        found = {wanted[one]: at for at, one in enumerate(texts) if one in wanted}
        if needed <= set(found):
            return number, found
    return None


def faults_of(parts: Sequence[Part]) -> list[Fault]:
    """Return what is wrong with whole sheets: of another edition than the first, twice, without headings, or hidden."""
    first, own, found = dict[str, str](), parts[0], list[Fault]()
    for part in parts:
        rules = {
            f"hör till en annan utgåva än bladet ”{own.name}”, som gäller {own.edition}": part.edition != own.edition,
            f"gäller samma som bladet ”{first.get(part.what)}”; ett av dem ska bort": part.what in first,
        }
        said = mark(part.edition, part.what)
        found += [Fault(part.file, None, f"{part.name} A1", said, rule) for rule, broken in rules.items() if broken]
        first.setdefault(part.what, part.name)
    shut = [(part, *one) for part in parts for one in _shut(part)]
    return found + [Fault(part.file, None, where, "", rule) for part, where, rule in shut]


def _shut(part: Part) -> list[tuple[str, str]]:
    """Return where something cannot be read or is hidden in Excel with something filled in, and what to do about it."""
    titles, answered = part.titles, tuple(part.titles) if part.is_staff else ANSWERED
    if not part.columns:
        told = ", ".join(f"”{title}”" for title in titles.values())
        return [(part.name, f"saknar rubrikraden, som ska ha {told}")]
    filled = {row: [one for one in answered if not is_empty(cells[one])] for row, cells in part.rows.items()}
    if part.sheet.is_hidden and any(filled.values()):
        return [(part.name, f"bladet är dolt i Excel men har svar; {SHOW_SHEET}")]
    why = "bortfiltrerad (Data > Rensa) eller dold" if part.sheet.is_filtered else "dold"
    rule = f"raden är {why} i Excel; {SHOW.format(it='den')}"
    rows = [row for row, some in filled.items() if some and row in part.sheet.hidden_rows]
    found = [(f"{part.name} rad {row}", rule) for row in rows]
    rule = f"kolumnen är dold i Excel men har svar; {SHOW.format(it='den')}"
    for one in (one for one in answered if part.columns[one] in part.sheet.hidden_columns):
        found += [(part.cell(one, row), rule) for row, some in filled.items() if one in some][:1]
    return found
