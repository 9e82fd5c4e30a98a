"""How a workbook was read, as JSON for whoever wants to check it by program."""

import json
from collections.abc import Mapping
from math import isnan
from types import MappingProxyType
from typing import Any

from oj.facts.catalog import indicators
from oj.sources.files.cells import letter
from oj.sources.sheets.model import Doubt, Remark
from oj.sources.terms.domain import without_domain
from oj.sources.workbook.intake import Reading
from oj.sources.workbook.read import BookRead
from oj.words.errors import Fault


def as_json(read: BookRead, more: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return every cell, what is left out, every fault and what is new as one JSON object, and what is added to it."""
    cells = [
        {
            "sheet": one.item.page.name, "cell": one.item.page.cell(one.item.row, one.item.column),
            "place": one.item.place.code, "title": one.item.heading.title, "measure": one.measure,
            "period": one.item.heading.period, "group": one.item.heading.group, "value": one.value,
            "answer": one.answer or None, "status": one.status,
        }
        for one in read.figures
    ]  # fmt: skip
    told = {
        "file": read.file, "domain": read.domain, "editions": read.editions, "cells": cells,
        "ignored": [{"sheet": one.sheet, "range": one.area, "why": one.why} for one in read.account.left_out],
        "faults": [
            {"sheet": one.sheet, "cell": one.cell, "value": one.value, "rule": one.rule + one.detail}
            for one in (*_doubted(read), *read.account.doubts)
        ],
        "new_measures": [{"id": name, "title": one.indicator.title} for name, one in read.new_measures.items()],
        "comparability": [_compared(one) for one in read.remarks],
        **({"domains": [*read.possible]} if read.possible else {}),
        **more,
    }  # fmt: skip
    parts = [f"\n {json.dumps(name)}: {_lines(one)}" for name, one in told.items()]
    return "{" + ",".join(parts) + "\n}"


def _compared(one: Remark) -> dict[str, Any]:
    """Return what a file says of comparing its years, and from which years each measure is not compared with before."""
    breaks = [{"measure": name, "from": [*starts]} for name, starts in one.breaks.items()]
    return {"sheet": one.sheet, "cell": one.cell, "text": one.text, "breaks": breaks}


def _doubted(read: BookRead) -> list[Doubt]:
    """Return the fault of a file that does not say which domain it is of, at its beginning."""
    sheet = next((one.item.page.name for one in read.figures), read.file)
    return [Doubt(sheet, "A1", "", without_domain(read.file, read.possible))] if read.possible else []


def as_table(reading: Reading) -> dict[str, Any]:
    """Return the cells and the faults of a table of an edition that is written, as it would be imported."""
    known, text = indicators(), reading.book.file if reading.book.is_text else ""
    cells = [
        {
            "sheet": one.spot.sheet, "cell": f"{letter(one.spot.column or 0)}{one.spot.row}", "place": one.place,
            "title": known[one.indicator].title, "measure": one.indicator,
            "period": reading.origin.edition,
            "value": None if isnan(one.value) else one.value, "answer": one.answer or None, "status": one.status,
        }
        for one in reading.results
    ]  # fmt: skip
    faults = [
        dict(zip(("sheet", "cell"), _spot(one, text), strict=True)) | {"value": one.value, "rule": one.rule}
        for one in reading.faults
    ]
    return {"cells": cells, "faults": faults}


def _spot(fault: Fault, text: str) -> tuple[str, str]:
    """Return the sheet and the cell of a fault; of a text file the file's name, and the cell as Excel would show it."""
    if not text:
        sheet, _, cell = fault.column.rpartition(" ")
        return (sheet.removesuffix(" rad"), f"rad {cell}") if cell.isdecimal() else (sheet, cell)
    at = fault.column.removeprefix("fält ")
    return text, f"{letter(int(at) - 1)}{fault.row}" if at.isdecimal() else f"rad {fault.row}"


def _lines(told: Any) -> str:
    """Return a value as JSON, a list with each of its parts on a line."""
    if not isinstance(told, list):
        return json.dumps(told, ensure_ascii=False)
    each = [json.dumps(one, ensure_ascii=False) for one in told]
    return "[" + ",".join(f"\n  {one}" for one in each) + "]"
