"""Which result counts where several sources have one for the same edition, indicator and place.

What any source hides is hidden. Otherwise, of a municipality, the imported result counts where it has a figure or an
answer, else the shipped one; an imported result without figure counts only where nothing is shipped.

The nation and the counties may be in several counties' imports, and which source is shown is decided for each report:
the one that is asked for, else the published, else an import that is about the report's county, or one of the nation
alone; of a county that it is compared with, that county's own. One county's import changes no other county's report,
save that what it hides is hidden there too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from oj.facts.places import NATION, Place
from oj.words.vocabulary import HIDDEN, UNITS

KEY = ["edition", "indicator", "place"]
REGION = 2  # figures of the nation's code and of a county's
NOT_SHOWN = 9


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


@dataclass(frozen=True)
class Choice:
    """Whose rows a report shows: its county (a code), the source that it asks for, the counties of each import.

    `others` are the imports that are not about the report's county.
    """

    county: str
    asked: str
    about: Mapping[str, Collection[str]]
    others: Collection[str]


def reported(counted: pd.DataFrame, rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return the rows of a report: of the nation and of the counties those of the source that it shows.

    `counted` are the rows that count, and what is hidden in them stays hidden; `rows` those of all sources, as they may
    be shown.
    """
    level = _levels(rows, choice)
    order = rows.assign(rank=level + 10 * (rows["status"] != "observed"))[level < NOT_SHOWN]
    first = order.sort_values("rank", kind="stable").drop_duplicates(KEY).set_index(KEY)
    kept = counted[pd.MultiIndex.from_frame(counted[KEY]).isin(first.index)]
    seen = ~kept["status"].isin(HIDDEN)
    chosen = first.loc[pd.MultiIndex.from_frame(kept.loc[seen, KEY])].reset_index()[list(kept)]
    return pd.concat([kept[~seen], chosen.set_index(kept.index[seen])]).sort_index().reset_index(drop=True)


def _levels(rows: pd.DataFrame, choice: Choice) -> pd.Series:
    """Return how near each row's source is to being shown in a report: 0 is the nearest."""
    source, about = rows["source"].astype(str), choice.about
    near = {name: 2 if choice.county in own else 3 for name, own in about.items() if name not in choice.others}
    its_own = np.array([code in about.get(name, ()) for name, code in zip(source, rows["place"], strict=True)], bool)
    of_regions = source.map(lambda name: near.get(name, NOT_SHOWN) if name in about else 1).astype(int)
    of_regions = of_regions.mask((of_regions == NOT_SHOWN) & its_own, 4).mask(is_asked(rows, choice.asked), 0)
    of_units = source.map(lambda name: 0 if name in near else 2 if name in about else 1).astype(int)
    of_units = of_units.mask((of_units == 0) & (rows["status"] != "observed"), 2)
    return of_regions.where(rows["place"].str.len() == REGION, of_units)


def is_asked(rows: pd.DataFrame, asked: str) -> pd.Series:
    """Return which rows are of the source that is asked for, also where its file had several editions.

    >>> is_asked(pd.DataFrame({"edition": ["2022"] * 2, "source": ["skane-2022", "halland"]}), "skane").tolist()
    [True, False]
    """
    return (rows["source"] == asked) | (rows["source"] == asked + "-" + rows["edition"].astype(str))


def clashing(
    rows: pd.DataFrame, about: Mapping[str, Collection[str]], persons: Collection[tuple[str, str]]
) -> pd.Series:
    """Return, by row number, the source of an earlier import beside which an imported result cannot stand.

    A municipality's is in one import. The nation's or a county's may be in several; but what two say of persons
    (`persons` are editions with measures) is to be the same, and so is what two say that are about the same county.
    """
    twice = rows[rows.duplicated(KEY, keep=False)].reset_index(names="at")
    both = twice.merge(twice, on=KEY, suffixes=("", "_before"))
    both = both[both["at"] > both["at_before"]]
    same = pd.Series(True, both.index)
    for name in ("value", "numerator", "denominator"):
        one, other = (both[column].astype(float) for column in (name, f"{name}_before"))
        same &= np.isclose(one, other, rtol=0, atol=1e-9, equal_nan=True)
    for name in ("status", "answer"):
        same &= both[name].fillna("") == both[f"{name}_before"].fillna("")
    pairs = zip(both["source"], both["source_before"], strict=True)
    meet = pd.Series([not {*about[a]}.isdisjoint(about[b]) or about[a] == about[b] for a, b in pairs], both.index)
    of_persons = pd.MultiIndex.from_frame(both[KEY[:2]]).isin(list(persons))
    apart = (both["place"].str.len() != REGION) | (~same & (meet | of_persons))
    return both[apart].drop_duplicates("at").set_index("at")["source_before"]


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
