"""Imported results for tests: a lawful row, an origin, and both written to a folder of facts."""

from collections.abc import Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import Any

import pandas as pd

from oj.sources.imported import Origin, write_imported

ORIGIN = Origin("egen-fil", "Egen sammanställning", "Solna stad", 2015, "2015", "egen.xlsx", "a1" * 32)


def result(indicator: str, place: str, figure: Any, source: str = "egen-fil") -> dict[str, Any]:
    """Return a row of results: a number, an answer (yes, partly, no) or the status of a lacking figure."""
    row = {"edition": "2015", "indicator": indicator, "place": place, "value": nan, "answer": None,
           "status": "observed", "numerator": nan, "denominator": nan, "source": source}  # fmt: skip
    if figure in ("yes", "partly", "no"):
        return row | {"answer": figure}
    return row | ({"status": figure} if isinstance(figure, str) else {"value": figure})


def write(folder: Path, rows: Sequence[dict[str, Any]], name: str = "egen-fil", **about: Any) -> list[Path]:
    """Write rows as an import of a folder of facts."""
    table = pd.DataFrame(rows).assign(source=name)
    return write_imported(table, replace(ORIGIN, name=name, **about), folder)
