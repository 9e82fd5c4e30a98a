"""How many answered the question that a key figure of today is a share of: a note where they are few, or not known."""

from collections.abc import Mapping

import pandas as pd

from oj.tidy.measures import Measure
from oj.words.frames import cells_of

FEWEST = 10  # with fewer, a single answer moves a share by more than what is told of as a difference
FEW_ANSWERS = "Färre än tio svar, eller okänt hur många"


def few_noted(rows: pd.DataFrame, known: Mapping[str, Measure]) -> pd.Series:
    """Return FEW_ANSWERS for each row of a municipality's that fewer than FEWEST answers are known to stand behind.

    `rows` have measure, place, period, group and value; how many answered is a measure of its own (`counted_by`), of
    the same place and year. The others have an empty text, as have those that we have computed.
    """
    counters = {name: one.about.counted_by for name, one in known.items() if one.about.counted_by}
    answered = rows[rows["measure"].isin(set(counters.values())) & (rows["group"] == "total")]
    counts = answered.set_index(["measure", "place", "period"])["value"].to_dict()
    few = [
        name in counters and method != "mean" and not counts.get((counters[name], place, period), 0) >= FEWEST
        for name, place, period, method in cells_of(rows, "measure", "place", "period", "method")
    ]
    return pd.Series(few, rows.index).map({True: FEW_ANSWERS, False: ""})
