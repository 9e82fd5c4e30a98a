"""How the forms look: letters, colours, heights that cut nothing, what a cell takes, and the printed page."""

from collections.abc import Hashable
from textwrap import wrap
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.datavalidation import DataValidation

from oj.words.plain_text import COMPUTED, as_cell

FONT = "Calibri"
HIGHEST = 400.0  # points; Excel has no row above 409
LINE = 15.0  # points for a line of 11-point letters
# Letters to a figure's width, in which columns are measured: fewer than there are, for lines end before a long word.
SIGNS, SIGNS_OF_WIDE, WIDE = 1.07, 1.14, 60
BLACK, DARK, PALE, ASKED, GREY, LINES, WHITE = "000000", "1F3A5F", "E4ECF4", "FFF9E0", "8A8A8A", "A6A6A6", "FFFFFF"

Made = dict[tuple[str, tuple[tuple[str, Hashable], ...]], int]
MADE: WeakKeyDictionary[Any, Made] = WeakKeyDictionary()  # the number of each look in its workbook


def _framed(colour: str) -> Border:
    """Return a thin line round a cell."""
    line = Side(style="thin", color=colour)
    return Border(left=line, right=line, top=line, bottom=line)


LOOKS = {"font": Font, "alignment": Alignment, "fill": PatternFill, "border": _framed, "protection": Protection}


def _look(cell: Any, kind: str, **how: Hashable) -> None:
    """Give a cell a look, made once in each workbook: in openpyxl's own way it costs more than the rest of a form."""
    made, key, number = MADE.setdefault(cell.parent.parent, {}), (kind, tuple(how.items())), f"{kind}Id"
    if key in made:
        cell._style = cell._style or StyleArray()
        setattr(cell._style, number, made[key])
        return
    setattr(cell, kind, LOOKS[kind](**how))
    made[key] = getattr(cell._style, number)


def write(cell: Any, value: object = None, *, bold: bool = False, size: float = 11, colour: str = BLACK) -> None:
    """Put a text in a cell, wrapped, at the top; one that looks like a formula is a text too."""
    cell.value = as_cell(value) if isinstance(value, str) else value
    if isinstance(value, str) and value:
        cell.data_type, cell.quotePrefix = "s", value.startswith(COMPUTED)
    _look(cell, "font", name=FONT, size=size, bold=bold, color=colour)
    _look(cell, "alignment", wrap_text=True, vertical="top")


def write_line(cell: Any, text: str, **look: Any) -> None:
    """Put a text in a cell on one line, over the cells to its right."""
    write(cell, text, **look)
    _look(cell, "alignment", vertical="top")


def write_key(cell: Any, key: str) -> None:
    """Put what only the program reads in a cell, small and grey."""
    write_line(cell, key, size=6, colour=GREY)


def fill(cell: Any, colour: str, *, framed: bool = False) -> None:
    """Colour a cell's ground, within a thin line where it is to be framed."""
    _look(cell, "fill", fill_type="solid", start_color=colour, end_color=colour)
    if framed:
        frame(cell)


def frame(cell: Any) -> None:
    """Draw a thin line round a cell."""
    _look(cell, "border", colour=LINES)


def head(cell: Any, text: str, ground: str, colour: str = BLACK, *, framed: bool = True) -> None:
    """Put a column's heading in a cell."""
    write(cell, text, bold=True, colour=colour)
    fill(cell, ground, framed=framed)


def open_cell(cell: Any) -> None:
    """Make a cell one to write in: unlocked, framed, on a pale ground."""
    write(cell)
    fill(cell, ASKED, framed=True)
    _look(cell, "protection", locked=False)


def height(*texts: tuple[str, float]) -> float:
    """Return the points that a row needs for its texts, each with its column's width in signs.

    >>> height(("Ja", 20)), height(("ett ord " * 10, 20))
    (19.0, 64.0)
    """
    lines = [1]
    for text, width in texts:
        wide = int(width * (SIGNS if width < WIDE else SIGNS_OF_WIDE))
        lines.append(sum(max(1, len(wrap(part, wide))) for part in text.split("\n")))
    return min(max(lines) * LINE + 4, HIGHEST)


def takes(sheet: Any, where: str, formula: str, told: str = "", title: str = "Skriv ett tal") -> Any:
    """Let cells take only what is in a list, or fulfils a formula as is `told`; return the rule, for more cells."""
    kind, title = ("custom", title) if told else ("list", "Välj i listan")
    rule = DataValidation(kind, formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = title, told or "Välj ett av svaren i listan, eller lämna rutan tom."
    if told:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, title, told
    sheet.add_data_validation(rule)
    rule.add(where)
    return rule


def page(sheet: Any, *, landscape: bool = False) -> None:
    """Set a sheet up for A4, as wide as the paper, with its name and the page's number at the foot."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "Sida &P av &N"
    sheet.sheet_view.showGridLines = False


def protect(sheet: Any) -> None:
    """Lock all but the open cells, without a password; rows and columns may still be made larger."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False
