"""Steps between the years: what changed from one edition to the next that may be compared, and what crosses a break.

No change is computed across a break, from words such as ”drygt hälften”, or where sources disagree.
"""

from itertools import pairwise

import pandas as pd

from oj.compare.against import gap
from oj.tidy.schema import Figures

STEPS = ["measure", "place", "first", "last", "value_from", "value_to", "change", "why"]
DERIVED = ["place", "measure", "period", "value"]


def steps(figures: Figures) -> pd.DataFrame:
    """Return every step between neighbouring exact figures of a measure and place, in order.

    `change` is between the two as told (shares: 0.01 is one percentage point), and NaN where `why` says that it may not
    be computed: break, or disputed (sources give different values for one of the editions).

    >>> from oj.tidy.door import figures
    >>> steps(figures("Riket", "over-tid").of("bbic-licens"))["change"].tolist()
    [0.11]
    """
    rows = figures.frame
    exact = rows[(rows["status"] == "observed") & rows["value"].notna() & (rows["words"] == "")]
    found = []
    for (name, place), own in exact.groupby(["measure", "place"], sort=False):
        measure = figures.measures[str(name)]
        editions = [(str(period), part) for period, part in own.sort_values("period").groupby("period")]
        for (first, before), (last, after) in pairwise(editions):
            told = [part["value"].unique() for part in (before, after)]
            start, end = (values[0] if len(values) == 1 else float("nan") for values in told)
            same = before["segment"].iloc[0] == after["segment"].iloc[0]
            why = ("" if max(map(len, told)) == 1 else "disputed") if same else "break"
            size = gap(measure, end, start) / (100 if measure.is_share else 1) if not why else float("nan")
            found.append([name, place, first, last, start, end, round(size, 4), why])
    return pd.DataFrame(found, columns=STEPS)


def across_break(figures: Figures, changes: pd.DataFrame) -> pd.Series:
    """Return, for each row, whether the change that its source tells of would cross a break.

    It does where the edition is the first after a break, and where a stated change from an earlier edition to it passes
    one. `changes` is changes.csv.
    """
    rows = figures.frame
    spans = changes.groupby(["series", "edition_to", "source"])["edition_from"].min().to_dict()
    keys = zip(rows["measure"], rows["period"], rows["source"], strict=True)
    crossed = [
        bool(figures.measures[key[0]].breaks_between(int(spans.get(key, int(key[1]) - 1)), int(key[1]))) for key in keys
    ]
    return pd.Series(crossed, rows.index, dtype=bool)


def derived(figures: Figures, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the values that a stated change implies for its first edition, one row per place, measure and period.

    Only from one exact value at its last edition, where the first has none and no break is between. Rounded shares: the
    value may be wrong by one percentage point. `changes` is changes.csv.
    """
    rows = figures.frame
    exact = rows[rows["value"].notna() & (rows["words"] == "")]
    values = exact.groupby(["measure", "place", "period"])["value"].unique().to_dict()
    found = []
    for row in changes[changes["change"].notna()].itertuples():
        last = values.get((row.series, row.place, row.edition_to), [])
        first = values.get((row.series, row.place, row.edition_from), [])
        if len(last) != 1 or len(first):
            continue
        ends = int(str(row.edition_from)), int(str(row.edition_to))
        if not figures.measures[str(row.series)].breaks_between(*ends):
            found.append([row.place, row.series, row.edition_from, round(last[0] - float(str(row.change)), 4)])
    return pd.DataFrame(found, columns=DERIVED).drop_duplicates(ignore_index=True)
