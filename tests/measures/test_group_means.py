"""A group's mean is that of its members with a value, each counted alike, and of no fewer than three."""

import random
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.compare.group_means import TOO_FEW, group_means, shares_answering

NAN = float("nan")
FIGURES = st.none() | st.floats(0, 1e6, allow_nan=False)


def values(rows: list[tuple[str, str, int, str, float | None]]) -> pd.DataFrame:
    """Return a table of values."""
    return pd.DataFrame(rows, columns=["indicator", "place", "year", "gender", "value"]).astype({"value": "float64"})


MADE = values(
    [
        ("hvb", "a", 2021, "total", 1.0), ("hvb", "b", 2021, "total", 2.0), ("hvb", "c", 2021, "total", 6.0),
        ("hvb", "d", 2021, "total", None), ("hvb", "a", 2021, "women", 1.0), ("hvb", "b", 2021, "women", 2.0),
        ("hvb", "c", 2021, "women", None), ("hvb", "a", 2022, "total", 0.0), ("hvb", "b", 2022, "total", 0.0),
        ("hvb", "c", 2022, "total", 0.0), ("tid", "a", 2021, "total", 100.0),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("group", "indicator", "year", "gender", "cell"),
    [
        ("G1", "hvb", 2021, "total", (3.0, "observed", 3, "")),
        ("G1", "hvb", 2022, "total", (0.0, "observed", 3, "")),
        ("G1", "hvb", 2021, "women", (NAN, "missing", 2, TOO_FEW)),
        ("G1", "tid", 2021, "total", (NAN, "missing", 1, TOO_FEW)),
        ("G2", "hvb", 2021, "total", (NAN, "missing", 2, TOO_FEW)),
        ("G3", "hvb", 2021, "total", (NAN, "missing", 0, TOO_FEW)),
    ],
)
def test_means_worked_out_by_hand(
    group: str, indicator: str, year: int, gender: str, cell: tuple[float, str, int, str]
) -> None:
    found = group_means(MADE, {"G1": ["a", "b", "c", "d"], "G2": ["b", "c", "d"], "G3": ["x"]})
    row = found.set_index(["indicator", "place", "year", "gender"]).loc[(indicator, group, year, gender)]
    assert row["status":"told"].tolist() == list(cell[1:])
    assert row["value"] == pytest.approx(cell[0], nan_ok=True)


def test_every_group_has_a_row_for_every_indicator_year_and_gender() -> None:
    assert len(group_means(MADE, {"G1": ["a"], "G2": []})) == 2 * 4


@given(st.lists(FIGURES, max_size=8), st.randoms())
def test_the_mean_is_that_of_the_members_in_whatever_order(figures: list[float | None], dice: random.Random) -> None:
    rows = [("hvb", f"p{at}", 2021, "total", one) for at, one in enumerate(figures)]
    shuffled = dice.sample(rows, len(rows))
    members = [row[1] for row in rows]
    found = group_means(values([*shuffled, ("hvb", "another", 2021, "total", 7.0)]), {"G": members})
    there = [one for one in figures if one is not None]
    assert found["count"].tolist() == [len(there)]
    if len(there) < 3:
        assert found["value"].isna().all()
    else:
        assert found["value"].tolist() == [statistics.fmean(there)]


def test_a_coded_answer_counts_as_a_share_of_yes() -> None:
    codes = [2.0, 1.0, 0.0, 2.0, None]
    table = values([("fraga", f"p{at}", 2021, "total", code) for at, code in enumerate(codes)])
    other = values([("hvb", "p0", 2021, "total", 2.0)])
    shares = shares_answering(pd.concat([table, other], ignore_index=True), {"fraga": 2.0})
    assert shares["value"].tolist() == pytest.approx([100, 0, 0, 100, NAN, 2.0], nan_ok=True)
    assert group_means(shares, {"G": [f"p{at}" for at in range(5)]})["value"][0] == 50.0
