"""Which result counts where several sources have one for the same edition, indicator and place.

1. What any source hides is hidden. 2. Otherwise the imported result counts where it has a figure or an answer.
3. Otherwise the shipped one does; an imported result without figure counts only where nothing is shipped.

One county's import changes no other county's report: in a report that an import is not about, its figures (of the
nation, say) count only where the shipped sources have none. What it hides is hidden there too.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from oj.facts.places import NATION, Place
from oj.words.vocabulary import HIDDEN, UNITS

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


def counties_of(rows: pd.DataFrame, told: Mapping[str, str], places: Mapping[str, Place]) -> dict[str, set[str]]:
    """Return the codes of the counties that each import is about; none where it has only the nation's figures.

    `told` are the imports, each with the county that its file was said to be for, or an empty text. Otherwise an
    import is about the counties of its municipalities, and one without any about the counties that it has figures of.
    """
    found = {}
    for name, county in told.items():
        own = [places[code] for code in rows.loc[rows["source"] == name, "place"].unique()]
        of_municipalities = {place.county for place in own if place.level in UNITS}
        found[name] = {county} if county else of_municipalities or {one.code for one in own if one.level == "county"}
    return found


def is_about(counties: Collection[str], county: str, places: Mapping[str, Place]) -> bool:
    """Return whether an import of these counties is about a county; about the nation is one of all of them, or none."""
    every = {code for code, place in places.items() if place.level == "county"}
    return not counties or county in counties or (county == NATION and every <= set(counties))


def without_others(
    counted: pd.DataFrame, rows: pd.DataFrame, imported: Collection[str], others: Collection[str]
) -> pd.DataFrame:
    """Return the rows that count, in a report that the imports `others` are not about: theirs give way to shipped ones.

    `rows` are all results, `imported` all imports. Only a figure gives way to a figure, so what is hidden stays hidden.
    """
    seen = counted["status"] == "observed"
    shipped = rows[~rows["source"].isin(list(imported)) & (rows["status"] == "observed")].set_index(KEY)
    keys = pd.MultiIndex.from_frame(counted[KEY])
    gives_way = seen.to_numpy() & counted["source"].isin(list(others)).to_numpy() & keys.isin(shipped.index)
    if not gives_way.any():
        return counted
    published = shipped.loc[keys[gives_way]].reset_index()[list(counted)].set_index(counted.index[gives_way])
    return pd.concat([counted[~gives_way], published]).sort_index()


def disagreements(rows: pd.DataFrame, imported: Collection[str]) -> pd.DataFrame:
    """Return where an imported figure or answer differs from the shipped one.

    One row per edition, indicator and place with `value`, `answer`, `source` (what counts) and `value_shipped`,
    `answer_shipped`, `source_shipped`. Nothing that a source hides is there.
    """
    columns = [*KEY, "value", "answer", "source"]
    hidden = rows["status"].isin(HIDDEN).groupby([rows[name] for name in KEY]).transform("any")
    seen = rows[(rows["status"] == "observed") & ~hidden]
    own = seen["source"].isin(list(imported))
    both = seen.loc[own, columns].merge(seen.loc[~own, columns], on=KEY, suffixes=("", "_shipped"))
    values = both[["value", "value_shipped"]].astype(float).to_numpy()
    same_value = np.isclose(values[:, 0], values[:, 1], rtol=0, atol=1e-9, equal_nan=True)
    same_answer = (both["answer"].fillna("") == both["answer_shipped"].fillna("")).to_numpy()
    unlike: pd.DataFrame = both[~(same_value & same_answer)].reset_index(drop=True)
    return unlike
