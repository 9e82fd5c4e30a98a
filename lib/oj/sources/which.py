"""Which result counts where several sources have one for the same edition, indicator and place.

1. What any source hides is hidden. 2. Otherwise the imported result counts where it has a figure or an answer.
3. Otherwise the shipped one does; an imported result without figure counts only where nothing is shipped.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from oj.vocabulary import HIDDEN

KEY = ["edition", "indicator", "place"]


def counting(rows: pd.DataFrame, imported: Collection[str]) -> pd.DataFrame:
    """Return the one row that counts for every edition, indicator and place, in the order of the rows.

    `imported` are the sources that have been read in. A row that is hidden has no figure.

    >>> row = {"edition": "2015", "indicator": "socialjour", "place": "0184", "status": "observed"}
    >>> rows = pd.DataFrame([row | {"answer": "yes", "source": "a"}, row | {"answer": "no", "source": "b"}])
    >>> counting(rows, {"b"})["answer"].tolist(), counting(rows, ())["answer"].tolist()
    (['no'], ['yes'])
    """
    if not rows.duplicated(KEY).any():
        return rows
    own = rows["source"].isin(list(imported)).to_numpy()
    hidden, observed = rows["status"].isin(HIDDEN).to_numpy(), (rows["status"] == "observed").to_numpy()
    rank = np.select([hidden & ~own, hidden, own & observed, ~own], [0, 1, 2, 3], 4)
    first = rows.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(KEY).index
    places = rows.groupby(KEY, sort=False).ngroup()  # a result stands where its first source has it
    chosen = rows.loc[first].assign(place_in_order=places.loc[first]).sort_values("place_in_order")
    return chosen.drop(columns="place_in_order").reset_index(drop=True)


def disagreements(rows: pd.DataFrame, imported: Collection[str]) -> pd.DataFrame:
    """Return where an imported figure or answer differs from the shipped one.

    One row per edition, indicator and place with `value`, `answer`, `source` (what counts) and `value_shipped`,
    `answer_shipped`, `source_shipped`. Nothing that a source hides is there.

    >>> row = {"edition": "2015", "indicator": "socialjour", "place": "0184", "status": "observed", "value": None}
    >>> rows = pd.DataFrame([row | {"answer": "yes", "source": "a"}, row | {"answer": "no", "source": "b"}])
    >>> disagreements(rows, {"b"})[["answer", "answer_shipped"]].to_numpy().tolist()
    [['no', 'yes']]
    """
    columns = [*KEY, "value", "answer", "source"]
    hidden = rows["status"].isin(HIDDEN).groupby([rows[name] for name in KEY]).transform("any")
    seen = rows[(rows["status"] == "observed") & ~hidden]
    own = seen["source"].isin(list(imported))
    both = seen.loc[own, columns].merge(seen.loc[~own, columns], on=KEY, suffixes=("", "_shipped"))
    values = both[["value", "value_shipped"]].astype(float).to_numpy()
    same_value = np.isclose(values[:, 0], values[:, 1], rtol=0, atol=1e-9, equal_nan=True)
    same_answer = (both["answer"].fillna("") == both["answer_shipped"].fillna("")).to_numpy()
    return both[~(same_value & same_answer)].reset_index(drop=True)
