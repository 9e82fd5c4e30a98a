"""A report's workbook held against its `resultat.csv`, cell by cell."""

import csv
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl

from oj.present.style import ANSWER_FILLS, LACKING_FILL
from oj.publish.files.columns import heading
from oj.publish.files.spreadsheet import COLUMNS, CONTENTS, COVER, LONG, NOTES
from oj.words.swedish import NO_BREAK_SPACE

HEADS = 4  # the row that a table's heads stand in
BESIDE = {COVER, CONTENTS, NOTES, COLUMNS, LONG}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a report's table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def as_seen(cell: Any) -> str:
    """Return a cell as Excel shows it with a Swedish setting."""
    if isinstance(cell.value, str) or cell.value is None:
        return cell.value or ""
    form = cell.number_format
    star, share = form.endswith('"*"'), "%" in form
    decimals = len(form.split(".")[1].rstrip(' %"*')) if "." in form else 0
    value = Decimal(repr(cell.value)) * (100 if share else 1)
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,}".replace(",", NO_BREAK_SPACE).replace(".", ",").replace("-", "−")
    return text + f"{NO_BREAK_SPACE}%" * share + "*" * star


def fill_of(cell: Any) -> str:
    """Return a cell's ground; empty where it has none."""
    return f"#{cell.fill.start_color.rgb[2:].lower()}" if cell.fill.fill_type == "solid" else ""


def misses(path: Path, expected: list[dict[str, str]]) -> list[str]:
    """Return what of a workbook's area sheets is not what the rows say; each row is to be in one of them.

    Rows are known by title, place and year; a report over the years may have several sources of the same.
    """
    book, found = openpyxl.load_workbook(path), list[str]()
    seen: dict[tuple[str, str, str], list[Any]] = {}
    for sheet in (one for one in book.worksheets if one.title not in BESIDE):
        heads = [cell.value for cell in sheet[HEADS]]
        first = 4 if heads[3] == "År" else 3
        for row in sheet.iter_rows(min_row=HEADS + 1):
            for head, cell in zip(heads[first:], row[first:], strict=True):
                key = (row[0].value, head, row[3].value if first == 4 else "")
                seen.setdefault(key, []).append(cell)
    for row in expected:
        year = row.get("year") or (row["edition"] if "series" in row else "")
        cells = seen.get((row["title"], row["place_name"], year), [])
        own = [cell for cell in cells if as_seen(cell) == row["display"]]
        lacking = row["status"] != "observed"
        fill = LACKING_FILL if lacking else ANSWER_FILLS.get(row.get("answer", ""), "")
        if not any(fill in ("", fill_of(cell)) and not (lacking and cell.data_type == "n") for cell in own):
            told = [as_seen(one) for one in cells]
            found.append(f"{row['title']} {row['place_name']} {year}: {row['display']}, {told}")
    return found


WORDS = {
    "level": {"nation": "riket", "county": "län", "municipality": "kommun", "district": "stadsdel",
              "group": "kommungrupp"},
    "gender": {"total": "alla", "women": "kvinnor", "men": "män"},
    "trend": {"up": "upp", "down": "ned", "same": "lika"},
    "improve": {"True": "ja", "False": "nej"},
}  # fmt: skip


def _in_swedish(name: str, row: Mapping[str, str]) -> str:
    """Return what stands in the workbook for a value of resultat.csv."""
    if name == "answer":
        return row["display"] if row["answer"] else ""
    if name == "status":
        return "finns" if row["status"] == "observed" else row["display"]
    return WORDS.get(name, {}).get(row[name], row[name])


def long_misses(path: Path, expected: list[dict[str, str]]) -> list[str]:
    """Return which rows of the long sheet are not those expected, or stand in another order."""
    sheet = openpyxl.load_workbook(path, read_only=True)[LONG]
    heads, *body = list(sheet.iter_rows(min_row=HEADS, values_only=True))
    own = len(expected[0])  # where the figures come from stands after them
    assert list(heads[:own]) == [heading(name) for name in expected[0]]
    assert len(body) == len(expected)
    return [
        f"rad {at}, {name}: {cell!r}, {text!r}"
        for at, (row, wanted) in enumerate(zip(body, expected, strict=True))
        for cell, (name, text) in zip(row[:own], ((one, _in_swedish(one, wanted)) for one in wanted), strict=True)
        if not (cell is None and text == "") and str(cell) != text and not _same(cell, text)
    ]


def _same(cell: Any, text: str) -> bool:
    return isinstance(cell, int | float) and text != "" and float(text) == cell
