"""How a workbook was read, as JSON for whoever wants to check it by program."""

import json
from typing import Any

from oj.sources.sheets.read import BookRead


def as_json(read: BookRead) -> str:
    """Return every cell, what is left out, every fault and what is new as one JSON object."""
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
            for one in read.account.doubts
        ],
        "new_measures": [{"id": name, "title": one.indicator.title} for name, one in read.new_measures.items()],
    }  # fmt: skip
    parts = [f"\n {json.dumps(name)}: {_lines(one)}" for name, one in told.items()]
    return "{" + ",".join(parts) + "\n}"


def _lines(told: Any) -> str:
    """Return a value as JSON, a list with each of its parts on a line."""
    if not isinstance(told, list):
        return json.dumps(told, ensure_ascii=False)
    each = [json.dumps(one, ensure_ascii=False) for one in told]
    return "[" + ",".join(f"\n  {one}" for one in each) + "]"
