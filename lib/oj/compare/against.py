"""Compare places: differences in percentage points, and how many municipalities reach a target.

Shares are told in whole percents, so a difference, that of the two as told, is exact only to one percentage point;
smaller ones than `NOTABLE` are not told as differences.
"""

import pandas as pd

from oj.words.swedish import as_shown

NOTABLE = 0.10  # ten percentage points


def regional_shares(results: pd.DataFrame, place: str, other: str) -> pd.DataFrame:
    """Return one row per indicator with a share for both places, and `difference` = place - other, both as told.

    `place` and `other` are codes. The shares are 0-1; the index is the indicator.

    >>> from oj.doors.results import results
    >>> regional_shares(results("Stockholm"), "01", "00").loc["socialjour", "difference"].round(2)
    np.float64(0.17)
    """
    observed = results[(results["status"] == "observed") & results["place"].isin([place, other])]
    wide = observed.pivot(index="indicator", columns="place", values="value").reindex(columns=[place, other])
    wide = wide.loc[list(dict.fromkeys(observed["indicator"]))].dropna()
    both = pd.DataFrame({"value": wide[place], "other": wide[other]})
    told = both.map(lambda share: as_shown(share, 2))
    return both.assign(difference=(told["value"] - told["other"]).round(6))


def yes_counts(results: pd.DataFrame) -> pd.DataFrame:
    """Return one row per indicator that municipalities answer: how many answered, how many said Ja.

    >>> from oj.doors.results import results
    >>> yes_counts(results("Stockholm")).loc["bbic-licens"].to_dict()
    {'answered': 8, 'yes': 8}
    """
    answered = results[(results["level"] == "municipality") & results["answer"].notna()]
    grouped = answered.groupby("indicator", sort=False)["answer"]
    return pd.DataFrame({"answered": grouped.size(), "yes": grouped.agg(lambda answers: (answers == "yes").sum())})
