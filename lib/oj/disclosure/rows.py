"""What is known of every result before anything is hidden: whole pairs of counts, shares, and what was shown before."""

from collections.abc import Sequence
from math import isnan, nan
from typing import Any

import numpy as np
import pandas as pd

from oj.disclosure.margins import CLOSE, Key, Known, keys_of
from oj.disclosure.primary import bounds_of, few, few_by_half
from oj.disclosure.table import UNKNOWN, Flags, Limits
from oj.facts.catalog import Indicator
from oj.sources.which import KEY
from oj.words.frames import as_records

Row = dict[str, Any]


def whole_pairs(rows: pd.DataFrame) -> Flags:
    """Return where a result has a figure with both its counts, of whole persons.

    >>> rows = pd.DataFrame({"status": "observed", "numerator": [2, 2.5, None], "denominator": 40.0})
    >>> whole_pairs(rows).tolist()
    [True, False, False]
    """
    counts = rows[["numerator", "denominator"]].to_numpy(dtype=float)
    whole = (abs(counts - np.round(counts)) <= CLOSE).all(axis=1)  # and none is lacking
    return np.asarray(whole & (rows["status"] == "observed").to_numpy())


def prepared(results: pd.DataFrame, shown_before: pd.DataFrame | None, known: Known, limits: Limits) -> pd.DataFrame:
    """Return the results as `oj.disclosure.table.tabulate` reads them, with what only earlier reports have shown."""
    earlier: dict[Key, list[Row]] = {}
    if shown_before is not None:
        for key, row in zip(keys_of(shown_before), as_records(shown_before), strict=True):
            earlier.setdefault(key, []).append(row)
    columns = [*KEY, "value", "status", "numerator", "denominator"]
    own = as_records(results[columns].assign(pair=whole_pairs(results)))
    made = []
    for key, row in zip(keys_of(results), own, strict=True):
        item = known.get(key[:2])
        item = item if item is not None and item.protected else None
        made.append(_recalling(_row(row, item, limits), item, earlier.pop(key, ())))
    for key, rows in earlier.items():  # known, but nothing that can be hidden any more
        row = dict(zip(KEY, key, strict=True)) | UNKNOWN | {"status": "missing", "recalled": True}
        made.append(_recalling(row, known.get(key[:2]), rows) | {"recalled": True})
    frame = pd.DataFrame(made)
    return frame.assign(**{name: frame[name].astype(str) for name in KEY})


def _row(row: Row, item: Indicator | None, limits: Limits) -> Row:
    """Return a result with a whole pair of counts or none; `item` is its indicator where that is protected."""
    counts, status, share = (row["numerator"], row["denominator"]), row["status"], (nan, nan)
    if not row["pair"] and item is not None and status == "observed":
        share = bounds_of(item, row["value"])
        status = _of_loose(*counts, share, limits) or status
    told = status if status in ("secret", "small_base") else ""
    numerator, denominator = counts if row["pair"] else (nan, nan)
    low, high = share if status == "observed" else (nan, nan)
    found = {"numerator": numerator, "denominator": denominator, "low": low, "high": high}
    return {name: row[name] for name in KEY} | UNKNOWN | found | {"status": status, "told": told}


def _of_loose(numerator: float, denominator: float, share: tuple[float, float], limits: Limits) -> str:
    """Return the status of counts that are not a whole pair: one of them, or both with a part of a person."""
    if isnan(numerator) and isnan(denominator):
        return ""
    if isnan(numerator) or isnan(denominator):
        return few_by_half(numerator, denominator, share, limits)
    return few(numerator, denominator, limits)


def _recalling(row: Row, item: Indicator | None, earlier: Sequence[Row]) -> Row:
    """Return a result with what earlier reports have shown of it, as far as it is the same figure.

    Counts that were shown are out; so is a share, where neither counts nor another share contradict it. What was hidden
    for another's sake stays so, that two reports do not differ.
    """
    row = dict(row)
    for one in earlier:
        pair, known = (one["numerator"], one["denominator"]), (row["numerator"], row["denominator"])
        if not isnan(pair[0]) and (isnan(known[0]) or pair == known):
            row |= {"numerator": pair[0], "denominator": pair[1], "out_counts": True, "recalled": isnan(known[0])}
        elif item is not None and not isnan(one["value"]) and isnan(pair[0]):
            low, high = bounds_of(item, one["value"])
            same = isnan(row["low"]) or (row["low"], row["high"]) == (low, high)
            if same and (isnan(known[0]) or low * known[1] - CLOSE <= known[0] <= high * known[1] + CLOSE):
                row |= {"low": low, "high": high, "out_share": True}
        elif one["status"] == "secondary" and row["status"] == "observed" and not row["out_counts"]:
            row["status"] = "secondary"
    return row
