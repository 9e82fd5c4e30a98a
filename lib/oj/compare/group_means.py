"""Unweighted means of groups of municipalities, as Kolada's own "ovägt medel" but worked out here."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

LEAST = 3  # a mean of two tells each of them the other's value
TOO_FEW = "färre än tre kommuner"
BY = ["indicator", "year", "gender"]


def group_means(values: pd.DataFrame, groups: Mapping[str, Sequence[str]], least: int = LEAST) -> pd.DataFrame:
    """Return each group's unweighted mean by indicator, year and gender, of the members with a value.

    `values` has columns indicator, place, year, gender and value (NaN where there is none). The result has also
    status, count (the members with a value) and told; a group with fewer than `least` of them has no mean.

    >>> rows = [("hvb", place, 2022, "total", value) for place, value in [("a", 1.0), ("b", 2.0), ("c", 6.0)]]
    >>> frame = pd.DataFrame(rows, columns=["indicator", "place", "year", "gender", "value"])
    >>> group_means(frame, {"G1": ["a", "b", "c"], "G2": ["a"]})[["place", "value", "status", "count"]].values.tolist()
    [['G1', 3.0, 'observed', 3], ['G2', nan, 'missing', 1]]
    """
    found = values.dropna(subset=["value"])
    cells = list(values[BY].drop_duplicates().itertuples(index=False, name=None))
    rows = []
    for group, members in groups.items():
        own = found[found["place"].isin(members)].groupby(BY)["value"].agg(list).to_dict()
        rows += [(*cell[:1], group, *cell[1:], *_mean(own.get(cell, []), least)) for cell in cells]
    columns = ["indicator", "place", "year", "gender", "value", "status", "count", "told"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "float64", "count": "Int64", "year": "int64"})


def _mean(values: list[float], least: int) -> tuple[float | None, str, int, str]:
    if len(values) < least:
        return None, "missing", len(values), TOO_FEW
    return math.fsum(values) / len(values), "observed", len(values), ""


def shares_answering(values: pd.DataFrame, yes: Mapping[str, float]) -> pd.DataFrame:
    """Return the values with a Ja as 100 and any other answer as 0 for the indicators in `yes`, by its code for Ja.

    The mean of a group is then the percentage of its members that answered Ja.
    """
    codes = values["indicator"].map(yes)
    answers = codes.notna() & values["value"].notna()
    shares = (values["value"] == codes).astype(float) * 100
    return values.assign(value=values["value"].mask(answers, shares))
