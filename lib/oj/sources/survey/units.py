"""A unit's sheet in the survey's workbook to its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from oj.sources.files.cells import Cell, CellError, Rows, is_empty, shown, text
from oj.sources.survey.answers import Answer, answer
from oj.sources.survey.layout import COLUMNS, folded
from oj.sources.survey.questions import Question
from oj.sources.terms.harmless import told_of_cell
from oj.words.errors import Fault, nearest

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Header:
    """A table's header on a sheet: its row's number and, by column name, where each column stands (0 the first)."""

    row: int
    columns: Mapping[str, int]

    def cell(self, name: str, row: int) -> str:
        """Return the name that Excel has for a cell, such as D14."""
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self.columns[name] + 1)}{row}"

    def below(self, rows: Rows) -> list[tuple[int, Row]]:
        """Return the rows below the header that say something, as (number, cells by column name)."""
        named = [(number, self._named(cells)) for number, cells in rows.items() if number > self.row]
        return [(number, row) for number, row in named if not all(is_empty(cell) for cell in row.values())]

    def _named(self, cells: list[Cell]) -> Row:
        return {name: cells[at] for name, at in self.columns.items()}


@dataclass
class UnitRead:
    """What was found on a unit's sheet."""

    answers: list[dict[str, object]] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)  # by question, the sheet and cell of its answer: Solna C14
    last_year: list[dict[str, object]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Survey:
    """The questions asked, by id, and the ids of those that are also asked of the year before."""

    questions: Mapping[str, Question]
    corrected: set[str]


def find_header(rows: Rows, titles: Mapping[str, str], needed: set[str]) -> Header | None:
    """Return the first row that has the titles of the `needed` columns, or None where there is none.

    >>> find_header({3: ["id", "Svar", None]}, {"id": "id", "answer": "Svar"}, {"answer"})
    Header(row=3, columns={'id': 0, 'answer': 1})
    """
    wanted = {folded(title): name for name, title in titles.items()}
    for number, cells in rows.items():
        texts = [folded(shown(cell)) for cell in cells]
        found = {wanted[one]: at for at, one in enumerate(texts) if one in wanted}
        if needed <= set(found):
            return Header(number, found)
    return None


def no_header(titles: Mapping[str, str], where: tuple[str, str]) -> Fault:
    """Return the fault of a sheet without its header; `where` are the names of the file and the sheet."""
    told = ", ".join(f"”{title}”" for title in titles.values())
    return Fault(where[0], None, where[1], "", f"saknar rubrikraden, som ska ha {told}")


def read_unit(rows: Rows, place: str, where: tuple[str, str], survey: Survey) -> UnitRead:
    """Return the answers of the unit with the code `place`; `where` are the names of the file and the sheet."""
    file, sheet = where
    header = find_header(rows, COLUMNS, set(COLUMNS))
    read = UnitRead()
    if header is None:
        read.faults.append(no_header(COLUMNS, where))
        return read
    seen: dict[str, int] = {}
    for number, row in header.below(rows):
        name = shown(row["id"])
        wrong = _wrong_id(row, seen, survey)
        cells, faults = ({}, [("id", wrong)]) if wrong else _read_row(row, survey)
        for column, fault in faults:
            cell = f"{sheet} {header.cell(column, number)}"
            read.faults.append(told_of_cell(fault, file, cell, is_name=column == "id" and bool(name)))
        seen.setdefault(name, number)
        read.where.setdefault(name, f"{sheet} {header.cell('answer', number)}")
        if {"answer", "comment"} & set(cells):
            said = {"answer": cells.get("answer"), "comment": cells.get("comment", "")}
            read.answers.append({"place": place, "question": name, **said})
        if "last_year" in cells:
            read.last_year.append({"place": place, "question": name, "answer": cells["last_year"]})
    return read


def _wrong_id(row: Row, seen: Mapping[str, int], survey: Survey) -> CellError | None:
    """Return what is wrong with a row's question id, if anything is."""
    name = shown(row["id"])
    filled = [shown(row[column]) for column in ("answer", "last_year", "comment") if not is_empty(row[column])]
    if not name:
        return CellError(filled[0], "står på en rad utan frågans id i första kolumnen") if filled else None
    if name not in survey.questions:
        return CellError(name, f"är ingen fråga i enkäten.{nearest(name, survey.questions)}")
    if name in seen:
        return CellError(name, f"finns redan på rad {seen[name]}; en fråga besvaras på en rad")
    return None


def _read_row(row: Row, survey: Survey) -> tuple[dict[str, Answer], list[tuple[str, CellError]]]:
    """Return what a row's filled cells say, by column, and what is wrong with the others."""
    name = shown(row["id"])
    said: dict[str, Answer] = {}
    wrong: list[tuple[str, CellError]] = []
    for column in ("answer", "last_year", "comment"):
        if not name or is_empty(row[column]):
            continue
        try:
            if column == "comment":
                said[column] = text(row[column])
            elif column == "last_year" and name not in survey.corrected:
                raise CellError(shown(row[column]), "frågan har inget svar för året före; lämna rutan tom")
            else:
                said[column] = answer(row[column], survey.questions[name])
        except CellError as fault:
            wrong.append((column, fault))
    return said, wrong
