"""The workbook where a person says what the questions are of editions that a workbook made: a row for each of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, domain_of
from oj.forms import style
from oj.forms.guide import guide_sheet
from oj.sources.asking.asked import Asked, Candidate
from oj.sources.asking.form import (
    ALL_YEARS,
    ANSWERED,
    AREA,
    BREAKS,
    COLUMNS,
    DIRECTION,
    DIRECTIONS,
    FIRST,
    HEAD,
    KEY,
    KNOWN,
    KNOWN_COLUMNS,
    KNOWN_MARK,
    LIKE_NONE,
    LISTS,
    LONGEST,
    MEANING,
    NEW,
    SAME,
    SHEET,
    SHORT,
    SINCE,
    TITLE,
    TOLD,
    UNIT,
    UNITS,
    asks_unit,
    mark,
)  # fmt: skip
from oj.sources.draft.draft import years_told
from oj.sources.files.cells import letter
from oj.sources.files.edge import saved, write_new
from oj.words.swedish import number

WIDTHS = {TITLE: 44, "År": 12, "Läst som": 18, "Står nu under": 20, TOLD[4]: 40, TOLD[5]: 34, SAME: 38, AREA: 24,
          UNIT: 17, DIRECTION: 17, SINCE: 14, BREAKS: 34, SHORT: 26, MEANING: 44, KEY: 6}  # fmt: skip
AS_TEXT = "@"  # a year that is written is the one in the list
HINT = "Svara i rutorna med gul botten; en tom ruta ändrar inget. Spara filen och läs in den med oj import."
KNOWN_HINTS = (
    "Inget måste besvaras. Ska en fråga stå under ett annat område, eller jämföras från ett annat år, välj det i gult.",
    "Det gäller de år som har gjorts av arbetsböcker. En utgåva som följer med programmet ändras inte.",
)


def counted(asked: Sequence[Asked]) -> str:
    """Return how many questions are known, resemble another and are new, and that it is of all years together."""
    known, like, new = (sum(one.state == state for one in asked) for state in ("known", "like", "new"))
    words = ("fråga känd" if known == 1 else "frågor kända", "ny" if new == 1 else "nya")
    proposed = sum(one.proposed is not None for one in asked)
    alike = f" ({number(proposed)} ord för ord: svaret är ifyllt)" if proposed else ""
    differ = len({one.years for one in asked}) > 1
    whole = f" (sammanlagt {number(len(asked))}; alla ställs inte varje år)" if differ else ""
    return f"{number(known)} {words[0]}, {number(like)} liknar en tidigare{alike}, {number(new)} {words[1]}{whole}"


def write_questions(asked: Sequence[Asked], target: Path, home: Path) -> None:
    """Write the workbook of a domain's questions, the same bytes for the same facts, to a new file."""
    last = max(year for one in asked for year in one.years)
    write_new(target, saved(questions_book(asked, target.name, home), datetime(int(last), 1, 1)))


def questions_book(asked: Sequence[Asked], file: str, home: Path) -> Any:
    """Return the workbook, as openpyxl has it: a guide, a row for each question to answer, and those that are known."""
    book, domain = Workbook(), domain_of(home)
    book.properties.title = f"Frågor att svara på: {domain.name}"
    book.properties.creator, book.properties.language = "oj", "sv-SE"
    book.active.title = "Läs först"
    guide_sheet(book.active, "questions", {"domain": domain.name, "file": file, "counted": counted(asked)})
    sheet, lists = book.create_sheet(SHEET), _Lists(book)
    style.write_key(sheet["A1"], mark(home.name))
    style.write_line(sheet["B1"], f"{domain.name}: frågor att svara på", bold=True, size=14, colour=style.DARK)
    style.write_line(sheet.cell(2, 1), HINT)
    style.write_line(sheet.cell(3, 1), f"{counted(asked)}.")
    areas = areas_of(home)
    open_ones = [one for one in asked if one.state != "known"]
    _head(sheet, COLUMNS)
    for row, one in enumerate(open_ones, start=FIRST):
        _row(sheet, row, one)
        _answers(sheet, row, one, lists, areas)
    _page(sheet, len(open_ones))
    known = book.create_sheet(KNOWN, 2)
    style.write_key(known["A1"], f"{KNOWN_MARK} {home.name}")
    _known(known, [one for one in asked if one.state == "known"], lists, areas)
    return book


class _Lists:
    """The hidden sheet with what the drop-downs have: the label, the id that it stands for, and whose list it is in."""

    def __init__(self, book: Any) -> None:
        self.sheet, self.row = book.create_sheet(LISTS), 0
        self.places: dict[tuple[str, ...], str] = {}
        self.sheet.sheet_state = "hidden"
        self.sheet.protection.sheet = True

    def place(self, column: str, labels: dict[str, str]) -> str:
        """Return where labels stand, which are written where they do not stand yet."""
        key = (column, *labels)
        if key not in self.places:
            first = self.row + 1
            for label, name in labels.items():
                self.row += 1
                for at, text in enumerate((label, name, column), start=1):
                    style.write_line(self.sheet.cell(self.row, at), text)
            self.places[key] = f"{LISTS}!$A${first}:$A${self.row}"
        return self.places[key]


def label_of(one: Candidate) -> str:
    """Return how an earlier question is told in a list: its title and when it was asked."""
    return f"{one.title} ({one.asked})"


def labelled(choices: Sequence[Candidate]) -> dict[str, str]:
    """Return the ids of questions by how they are told; two that are told alike have their ids in it."""
    counts = Counter(map(label_of, choices))
    return {f"{told} [{one.id}]" if counts[told := label_of(one)] > 1 else told: one.id for one in choices}


def _proposed(one: Asked) -> str | None:
    """Return how the list tells the question that is chosen already, None where none is."""
    return next(
        (label for label, name in labelled(one.choices).items() if one.proposed and name == one.proposed.id), None
    )


def areas_of(home: Path) -> dict[str, str]:
    """Return the areas that a question may stand in: the domain's own, and those of its editions, by name."""
    found = {name: key for key, name in domain_of(home).areas.items()}
    for path in asking_editions(home).values():
        for row in read_table("areas", path).to_dict("records"):
            found.setdefault(str(row["name"]), str(row["area"]))
    return found


def _head(sheet: Any, columns: Sequence[str]) -> None:
    for at, title in enumerate(columns, start=1):
        style.head(sheet.cell(HEAD, at), title, style.PALE)
        sheet.column_dimensions[letter(at - 1)].width = WIDTHS[title]
    sheet.row_dimensions[1].height = 24


def _row(sheet: Any, row: int, one: Asked) -> None:
    """Write what is told of a question."""
    near = label_of(one.nearest) if one.nearest else LIKE_NONE
    told = (one.item.title, years_told(one.years), one.read_as, one.area, near, one.differing, one.breaks)
    for at, text in enumerate(told, start=1):
        style.write(sheet.cell(row, at), text, bold=at == 1)
        style.frame(sheet.cell(row, at))
    pairs = [(text, float(WIDTHS[title])) for text, title in zip(told, TOLD, strict=True)]
    sheet.row_dimensions[row].height = max(style.height(*pairs), 34)


def _answers(sheet: Any, row: int, one: Asked, lists: _Lists, areas: dict[str, str]) -> None:
    """Write a question's cells to answer in, with their lists, and its key."""
    taken = {
        SAME: lists.place(SAME, {NEW: "", **labelled(one.choices)}),
        AREA: lists.place(AREA, areas),
        UNIT: lists.place(UNIT, dict.fromkeys(UNITS, "")),
        DIRECTION: lists.place(DIRECTION, dict.fromkeys(DIRECTIONS, "")),
        SINCE: lists.place(SINCE, dict.fromkeys(since_choices(one), "")),
    }
    for title in ANSWERED:
        cell = sheet.cell(row, COLUMNS.index(title) + 1)
        if title == UNIT and not asks_unit(one.item):
            style.fill(cell, style.PALE, framed=True)
            continue
        if title in taken:
            _choice(sheet, cell, title, taken[title])
            cell.value = _proposed(one) if title == SAME else None
        else:
            style.open_cell(cell)
            most = LONGEST[title]
            wanted = f"Skriv på en rad, högst {most} tecken."
            style.takes(sheet, cell.coordinate, f"LEN({cell.coordinate})<={most}", wanted, title)
    style.write_key(sheet.cell(row, len(COLUMNS)), one.item.id)


def _choice(sheet: Any, cell: Any, title: str, labels: str) -> None:
    """Let a cell be answered with what is in a list."""
    style.open_cell(cell)
    style.takes(sheet, cell.coordinate, labels)
    if title == SINCE:
        cell.number_format = AS_TEXT


def _page(sheet: Any, rows: int) -> None:
    sheet.freeze_panes = sheet.cell(FIRST, 2)
    style.page(sheet, landscape=True)
    sheet.page_setup.fitToWidth = 2
    sheet.print_title_rows, sheet.print_title_cols = f"{HEAD}:{HEAD}", "A:A"
    sheet.print_area = f"A1:{letter(len(COLUMNS) - 1)}{FIRST + max(rows, 1) - 1}"
    style.protect(sheet)


def since_choices(one: Asked) -> list[str]:
    """Return from which year a question may be said to be comparable: any of its own, or all."""
    return [ALL_YEARS, *one.years]


def _known(sheet: Any, asked: Sequence[Asked], lists: _Lists, areas: dict[str, str]) -> None:
    """Write the questions that need no answer: that they are the right ones can be seen, and what is said be mended."""
    style.write_line(sheet["B1"], "Frågor som är kända", bold=True, size=14, colour=style.DARK)
    for row, hint in enumerate(KNOWN_HINTS, start=2):
        style.write_line(sheet.cell(row, 1), hint)
    _head(sheet, KNOWN_COLUMNS)
    for row, one in enumerate(asked, start=FIRST):
        told = (one.item.title, years_told(one.years), one.read_as, one.area, one.breaks)
        for at, text in enumerate(told, start=1):
            style.write(sheet.cell(row, at), text)
            style.frame(sheet.cell(row, at))
        for title, labels in ((AREA, areas), (SINCE, dict.fromkeys(since_choices(one), ""))):
            cell = sheet.cell(row, KNOWN_COLUMNS.index(title) + 1)
            _choice(sheet, cell, title, lists.place(title, labels))
        style.write_key(sheet.cell(row, KNOWN_COLUMNS.index(KEY) + 1), one.item.id)
        pairs = [(text, float(WIDTHS[title])) for text, title in zip(told, KNOWN_COLUMNS, strict=False)]
        sheet.row_dimensions[row].height = style.height(*pairs)
    sheet.freeze_panes = sheet.cell(FIRST, 2)
    style.page(sheet, landscape=True)
    style.protect(sheet)
