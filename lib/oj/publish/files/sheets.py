"""Sheets of a workbook written by XlsxWriter: a title, a way back, and one table marked up as such."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from oj.forms.style import height
from oj.present.style import COUNTY_COLOUR
from oj.words.plain_text import COMPUTED, as_cell

FONT, LONGEST_NAME, TOP = "Calibri", 31, 3  # rows above the table
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
NO_NAME = re.compile(r"\W")
LOOK = {"font_name": FONT, "font_size": 11, "valign": "top"}
LINK, EDGE = {"font_color": COUNTY_COLOUR, "underline": 1}, "#BEC4CC"


@dataclass(frozen=True)
class Cell:
    """A cell: a text or a number, its ground, its number format, and the sheet that it leads to."""

    value: Any
    fill: str = ""
    form: str = ""
    link: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and title, the heads and rows of its table, the columns' widths, and how many stay in sight.

    Without heads its rows are lines of text.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    widths: tuple[float, ...]
    kept: int = 0
    wraps: bool = True


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """Return a sheet's name that Excel takes, and that is none of those taken.

    >>> sheet_name("Individanpassad vård och omsorg", []), sheet_name("Stöd", ["stöd"])
    ('Individanpassad vård och omsorg', 'Stöd 2')
    """
    plain, used = FORBIDDEN.sub(" ", as_cell(title)).strip() or "Blad", {one.casefold() for one in taken}
    names = [_cut(plain, LONGEST_NAME), *(f"{_cut(plain, LONGEST_NAME - 4)} {at}" for at in range(2, len(taken) + 3))]
    return next(name for name in names if name.casefold() not in used)


def _cut(name: str, most: int) -> str:
    """Return a name of at most so many signs, cut at a word where it has several."""
    return name if len(name) <= most else name[: most + 1].rpartition(" ")[0] or name[:most]


def looks(book: Any) -> Callable[..., Any]:
    """Return what gives a workbook's formats, each made once."""
    made: dict[tuple[Any, ...], Any] = {}

    def look(**own: Any) -> Any:
        key = tuple(sorted(own.items()))
        if key not in made:
            made[key] = book.add_format(LOOK | own)
        return made[key]

    return look


def write(book: Any, sheet: Sheet, look: Callable[..., Any], back: str) -> None:
    """Write a sheet last in a workbook; `back` is the sheet that it has a link to."""
    made = book.add_worksheet(sheet.name)
    for at, width in enumerate(sheet.widths):
        made.set_column(at, at, width, look(text_wrap=sheet.wraps))
    made.write_string(0, 0, as_cell(sheet.title), look(bold=True, font_size=15, font_color=COUNTY_COLOUR))
    if sheet.heads and sheet.name != back:
        made.write_url(1, 0, f"internal:'{back}'!A1", look(**LINK), f"Till {back.lower()}")
    for at, row in enumerate(sheet.rows, start=TOP + bool(sheet.heads)):
        if sheet.wraps:
            made.set_row(at, height(*zip((str(cell.value) for cell in row), sheet.widths, strict=True)))
        for column, cell in enumerate(row):
            _put(made, (at, column), cell, look, wraps=sheet.wraps)
    if sheet.heads:
        made.set_row(TOP, height(*zip((f"{one} ▾" for one in sheet.heads), sheet.widths, strict=True)))
        _as_table(made, sheet, look(bold=True, bg_color=COUNTY_COLOUR, font_color="#FFFFFF", border=1, text_wrap=True))
    _page(made)


def _put(made: Any, place: tuple[int, int], cell: Cell, look: Callable[..., Any], *, wraps: bool) -> None:
    """Write a cell; a text is never a formula, whatever it begins with."""
    own = {"bg_color": cell.fill, "border": 1, "border_color": EDGE} if cell.fill else {}
    own |= {"num_format": cell.form} if cell.form else {}
    if cell.link:
        made.write_url(*place, f"internal:'{cell.link}'!A1", look(**LINK), cell.value)
    elif isinstance(cell.value, str):
        own |= {"quote_prefix": True} if cell.value.startswith(COMPUTED) else {}
        made.write_string(*place, as_cell(cell.value), look(text_wrap=wraps, **own) if own else None)
    elif cell.value is not None:
        made.write_number(*place, cell.value, look(**own) if own else None)


def _as_table(made: Any, sheet: Sheet, head: Any) -> None:
    """Mark the rows as a table with filters, and keep its heads in sight."""
    heads = [{"header": one, "header_format": head} for one in unique(sheet.heads)]
    last = TOP + max(1, len(sheet.rows))
    name = f"T_{NO_NAME.sub('_', sheet.name)}"
    made.add_table(TOP, 0, last, len(heads) - 1, {"columns": heads, "name": name, "style": None})
    made.freeze_panes(TOP + 1, sheet.kept)


def unique(heads: Sequence[str]) -> list[str]:
    """Return heads with a number after each that stands before it: those of a table are to be different.

    >>> unique(["Håbo", "År", "Håbo"])
    ['Håbo', 'År', 'Håbo 2']
    """
    seen: Counter[str] = Counter()
    made = []
    for one in map(as_cell, heads):
        seen[one.casefold()] += 1
        made.append(one if seen[one.casefold()] == 1 else f"{one} {seen[one.casefold()]}")
    return made


def _page(made: Any) -> None:
    """Set a sheet up for A4 on its side, as wide as the paper, its heads on each page."""
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(TOP)
    made.set_footer("&L&A&RSida &P av &N")
    made.hide_gridlines(2)
