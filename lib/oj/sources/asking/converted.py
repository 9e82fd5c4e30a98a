"""Results that have been read in, with the ids and in the units that a person has said that their questions have."""

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path

from oj.facts.editions import root_of
from oj.sources.imported import imported
from oj.words.groups import id_of, measure_and_group

Divided = tuple[str, float, str]  # a scale, what its numbers are divided by, and the cell that says so


def converted(
    home: Path,
    renamed: Mapping[str, Mapping[str, str]],
    divided: Mapping[str, Mapping[str, Divided]],
    outside: Callable[[str, str], None],
) -> dict[Path, str]:
    """Return the files of a domain's results that change: by year, the new ids of questions and their numbers' units.

    `outside` is told the cell and the value of a number that is none of its unit.
    """
    found = {}
    for name, origin in imported(home).items():
        ids, units = renamed.get(origin.edition, {}), divided.get(origin.edition, {})
        if not ids and not units:
            continue
        path = root_of(home) / "results" / f"{name}.csv"
        rows = [list(row) for row in csv.reader(StringIO(path.read_text(encoding="utf-8")))]
        measure, value = (rows[0].index(column) for column in ("indicator", "value"))
        for row in rows[1:]:
            asked, group = measure_and_group(row[measure])
            asked = ids.get(asked, asked)
            row[measure] = id_of(asked, group)
            if asked in units and row[value]:
                row[value] = _divided(row[value], units[asked], outside)
        out = StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        found[path] = out.getvalue()
    return found


def _divided(value: str, unit: Divided, outside: Callable[[str, str], None]) -> str:
    scale, divisor, cell = unit
    share = float(Decimal(value) / Decimal(divisor))
    if scale == "share" and not 0 <= share <= 1:
        outside(cell, f"{float(value):g}")
    return repr(share)
