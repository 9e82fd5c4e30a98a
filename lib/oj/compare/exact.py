"""A region's shares as the whole fractions they are: from counts, or from how many answered.

Of whole percent only one fraction of thirty-eight, or of twelve, is possible; a sum of those has no rounding in it.
"""

from math import isnan, nan

import pandas as pd

from oj.facts.datapackage import read_table
from oj.facts.editions import is_edition
from oj.tidy.schema import Figures
from oj.words.frames import each_row

HALF_PERCENT = 0.005  # how far a share in whole percent may be from the one it was rounded from


def exact_shares(figures: Figures, rows: pd.DataFrame) -> pd.Series:
    """Return each share as numerator through denominator where these are known or implied, NaN elsewhere."""
    keys = ["edition", "place", "source"]
    told = read_table("answering", figures.folder).set_index(keys) if is_edition(figures.folder) else None
    answering = {} if told is None else told["answering"].to_dict()
    columns = ["period", "place", "source", "value", "status", "numerator", "denominator"]
    made = [
        _share(row.value, row.numerator, row.denominator, answering.get((row.period, row.place, row.source), 0))
        if row.status == "observed"
        else nan
        for row in each_row(rows[columns])
    ]
    return pd.Series(made, rows.index, dtype=float)


def _share(value: float, numerator: float, denominator: float, answering: int) -> float:
    if not isnan(numerator) and not isnan(denominator) and denominator > 0:
        return float(numerator / denominator)
    return implied(value, answering)


def implied(share: float, answering: int) -> float:
    """Return the only fraction of those answering that is a share in whole percent; NaN where none or several are.

    >>> implied(0.32, 38) == 12 / 38, implied(0.01, 38), implied(0.32, 290), implied(0.321, 38), implied(0.5, 0)
    (True, nan, nan, nan, nan)
    """
    percent = round(share * 100) if not isnan(share) else -1
    if abs(share * 100 - percent) > 1e-6:
        return nan
    found = [one for one in range(answering + 1) if answering and (200 * one + answering) // (2 * answering) == percent]
    return found[0] / answering if len(found) == 1 else nan
