"""Reached targets: how many, where a municipality stands alone, and who like it reaches what it misses.

A municipality reaches the target of an answer indicator when it answers Ja; Delvis and Nej do not. The sum
of a region's shares is the number of targets that a municipality there reaches on average. It is exact where the
shares are (see `oj.compare.exact`); else it may be as far off as its `width`.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from oj.compare.exact import HALF_PERCENT, exact_shares
from oj.facts.catalog import indicators
from oj.facts.datapackage import changed, read_table
from oj.facts.editions import of_results

FEWEST_FOR_ALONE = 3  # municipalities; of two, one always differs
DISTINCT = 1.0  # targets: less than a whole one is no difference to tell of


def answers(results: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Return the rows of the answer indicators, with `table`, `reached` (1 or 0, for regions a share) and `width`.

    Where there is no figure, `reached` is NaN; `width` is how far a rounded share may be from the true one. The index
    is that of `results`.

    >>> from oj.doors.results import results
    >>> answers(results("Stockholm", municipalities="Solna"))["reached"].head(3).tolist()
    [1.0, 0.32, 0.4473684210526316]
    """
    folder = of_results(results, folder)
    known = indicators(folder)
    rows = results[results["indicator"].map(lambda name: known[name].is_answer)]
    own = rows["level"] == "municipality"
    exact = exact_shares(rows, folder)
    reached = (rows["answer"] == "yes").astype(float).where(own, exact.fillna(rows["value"]))
    rounded = ~own & exact.isna() & (rows["status"] == "observed")
    return rows.assign(
        table=rows["indicator"].map(lambda name: known[name].table),
        reached=reached.where(rows["status"] == "observed"),
        width=rounded * HALF_PERCENT,
    )


def reached(results: pd.DataFrame, by: str = "area", folder: Path | None = None) -> pd.DataFrame:
    """Return one row per place and `by` (area, table or edition): `reached` of those with a figure, and `width`.

    >>> from oj.doors.results import results
    >>> reached(results("Stockholm")).loc[("0184", "samordning")].to_dict()
    {'reached': 9.0, 'of': 19.0, 'width': 0.0}
    """
    folder = of_results(results, folder)
    rows = answers(results, folder)
    grouped = rows.groupby(["place", by], sort=False)
    sums = grouped[["reached", "width"]].sum().round(6)
    return sums.assign(of=grouped["reached"].count().astype(float))[["reached", "of", "width"]]


def against(
    results: pd.DataFrame, place: str, other: str, by: str = "area", folder: Path | None = None
) -> pd.DataFrame:
    """Return one row per `by`: targets `place` reached, `of` how many, `other`'s with its `width`, the difference.

    Only indicators with a figure for both count, so that the two numbers are about the same targets.

    >>> from oj.doors.results import results
    >>> against(results("Stockholm"), "0184", "00").loc["samordning"].round(1).to_dict()
    {'reached': 9.0, 'of': 19.0, 'other': 10.1, 'width': 0.1, 'difference': -1.1}
    """
    folder = of_results(results, folder)
    rows = answers(results, folder)
    wide = rows[rows["place"].isin([place, other])].pivot(index="indicator", columns="place", values="reached")
    both = wide.reindex(index=rows["indicator"].unique(), columns=[place, other]).dropna()
    width = rows[rows["place"] == other].set_index("indicator")["width"].reindex(both.index)
    group = rows.drop_duplicates("indicator").set_index("indicator")[by].reindex(both.index)
    sums = both.groupby(group, sort=False)
    found = pd.DataFrame(
        {
            "reached": sums[place].sum(),
            "of": sums[place].count().astype(float),
            "other": sums[other].sum(),
            "width": width.groupby(group, sort=False).sum(),
        }
    )
    return found.assign(difference=found["reached"] - found["other"]).round(6)


def alone(results: pd.DataFrame, place: str, folder: Path | None = None) -> pd.Series:
    """Return the indicators where only `place` of all the report's municipalities reaches the target, or misses it.

    The values are yes (alone in reaching it) or no; every municipality must have answered. At least three.

    >>> from oj.doors.results import results
    >>> alone(results("Stockholm"), "0123").to_dict()["overenskommelse-kriminalvard"]
    'yes'
    """
    folder = of_results(results, folder)
    rows = answers(results, folder)
    own = rows[rows["level"] == "municipality"]
    wide = own.pivot(index="indicator", columns="place", values="reached").reindex(own["indicator"].unique()).dropna()
    if place not in wide or wide.shape[1] < FEWEST_FOR_ALONE:
        return pd.Series(dtype=object)
    yes = wide.sum(axis=1)
    only = wide[((yes == 1) & (wide[place] == 1)) | ((yes == wide.shape[1] - 1) & (wide[place] == 0))]
    return only[place].map({1.0: "yes", 0.0: "no"})


def missed(results: pd.DataFrame, place: str, folder: Path | None = None) -> pd.DataFrame:
    """Return the rows of the targets that `place` answered and did not reach."""
    folder = of_results(results, folder)
    rows = answers(results, folder)
    return rows[(rows["place"] == place) & (rows["reached"] == 0)]


def comparable(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[str]:
    """Return the report's municipalities of the same population group or municipality group as `place`.

    >>> from oj.doors.results import results
    >>> comparable(results("Stockholm"), "0191")
    ['0114', '0163', '0183']
    """
    folder = of_results(results, folder)
    own = results.loc[results["level"] == "municipality", "place"].drop_duplicates().tolist()
    classes = _classes(folder, str(results["edition"].iloc[0]), changed(folder))
    mine = classes.get(place, frozenset())
    return [other for other in own if other != place and mine & classes.get(other, frozenset())]


@cache
def _classes(folder: Path, edition: str, _changed: int) -> dict[str, frozenset[tuple[str, int]]]:
    """Return the groups of every municipality in an edition, as (classification, class)."""
    groups = read_table("groups", folder)
    groups = groups[groups["edition"] == edition]
    pairs = zip(groups["classification"], groups["class"], strict=True)
    together = pd.Series(list(pairs), index=groups["place"], dtype=object)
    return {str(place): frozenset(group) for place, group in together.groupby(level=0)}


def differs_most(results: pd.DataFrame, area: str, folder: Path | None = None) -> str | None:
    """Return the indicator of an area where the municipalities differ most, None where they have no figures.

    Of answers, the one whose Ja are nearest half; else, of numbers, the one that most municipalities have,
    and then the widest relative to its median. The first of equals.

    >>> from oj.doors.results import results
    >>> differs_most(results("Stockholm"), "utbildning")
    'behoriga-fodda-i-sverige'
    """
    folder = of_results(results, folder)
    own = results[(results["area"] == area) & (results["level"] == "municipality") & (results["status"] == "observed")]
    counts = own.groupby("indicator", sort=False).size()
    if counts.empty:
        return None
    yes = answers(own, folder).groupby("indicator", sort=False)["reached"].mean()
    if len(yes):
        return str((yes - 0.5).abs().round(6).idxmin())
    values = own.groupby("indicator", sort=False)["value"]
    spread = (values.max() - values.min()) / values.median().clip(lower=1e-9)
    ordered = pd.DataFrame({"counts": counts, "spread": spread.round(9)})
    return str(ordered.sort_values(["counts", "spread"], ascending=False, kind="stable").index[0])
