"""The texts of the forms, and the first sheet of one, which says what it is and how it is filled in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oj.facts.yaml_file import read_yaml
from oj.forms import style
from oj.words.swedish import capital
from oj.words.vocabulary import STATUSES, Status

WIDTH, SIGN_WIDTH = 92, 16
LACKING = ("suppressed", "secret", "small_base", "missing", "not_applicable", "withheld")


def texts(form: str) -> Any:
    """Return the texts of a form, as `guides.yml` has them."""
    return read_yaml(Path(__file__).with_name("guides.yml"), "guides.yml")[form]


def guide_sheet(
    sheet: Any,
    form: str,
    words: Mapping[str, str],
    colour: str = style.DARK,
    signs: Mapping[str, Status] = STATUSES,
) -> None:
    """Write a form's first sheet: its title in a colour, its sections, and in a column of their own what signs mean."""
    about = texts(form)
    widths = [SIGN_WIDTH, WIDTH - SIGN_WIDTH] if "{signs}" in str(about) else [WIDTH]
    for letter, width in zip("AB", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    _line(sheet, 1, about["title"].format(**words), len(widths), bold=True, size=16, colour=colour)
    for section in about["sections"]:
        _line(sheet, sheet.max_row + 1, section["title"], len(widths), bold=True, size=13, colour=style.DARK)
        for text in section["texts"]:
            if text == "{signs}":
                _signs(sheet, signs)
            elif words.get("cities") or "{cities}" not in text:
                _line(sheet, sheet.max_row + 1, text.format(**words), len(widths))
    style.page(sheet)
    style.protect(sheet)


def _line(sheet: Any, row: int, text: str, columns: int, **look: Any) -> None:
    """Write a text over all columns; a heading has a look of its own."""
    if columns > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    style.write(sheet.cell(row, 1), text, **look)
    sheet.row_dimensions[row].height = 26 if look else style.height((text, WIDTH)) + 3


def _signs(sheet: Any, signs: Mapping[str, Status]) -> None:
    """Write what each sign means, a row for each."""
    for row, name in enumerate(LACKING, start=sheet.max_row + 1):
        told = signs[name].sentence.split(":", 1)[-1].strip()
        style.write(sheet.cell(row, 1), signs[name].sign, bold=True)
        style.write(sheet.cell(row, 2), capital(told))
        sheet.row_dimensions[row].height = style.height((told, WIDTH - SIGN_WIDTH)) + 3
