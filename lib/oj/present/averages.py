"""Sentences about how many targets are reached on average: by the municipalities, the county and the nation."""

from pathlib import Path

import pandas as pd

from oj.datapackage import read_table
from oj.measures.targets import DISTINCT, answers, reached
from oj.places import NATION, WITH_DISTRICTS
from oj.present.prose import Sentence, first_county
from oj.results import name_of
from oj.swedish import as_shown, count, listing, number


def average(results: pd.DataFrame, whose: str = "", folder: Path | None = None) -> list[Sentence]:
    """Return how many targets the municipalities reach on average, beside the county's and the nation's.

    Municipalities are told of where all of them have every answer; `whose` targets is said before their number.
    """
    sums = reached(results, "edition", folder).droplevel(1)
    rows = answers(results, folder)
    county = first_county(rows)
    size = 0 if sums.empty else int(sums["of"].max())
    if county is None or NATION not in sums.index or (sums.loc[[county.place, NATION], "of"] < size).any():
        return []
    there, nation = (number(sums.loc[place, "reached"], 1) for place in (county.place, NATION))
    of = " ".join(filter(None, ["av", whose, number(size), "mål"]))
    own = rows.loc[rows["level"] == "municipality", "place"].unique()
    complete = len(own) > 0 and bool((sums.loc[own, "of"] == size).all())
    behind = tuple(rows.index[rows["place"].isin([*(own if complete else []), county.place, NATION])])
    who = "Kommuner och stadsdelar" if county.place in WITH_DISTRICTS else "Kommunerna"
    regions = f"{who} i {county.place_name} når i genomsnitt {there}"
    if not complete:
        return [Sentence(f"{regions} {of}; i riket är det {nation}.", behind)]
    mean = sums.loc[own, "reached"].mean()
    ours = f"{name_of(rows, own[0])} når {number(mean)}"
    if len(own) > 1:
        ours = f"Kommunerna når i genomsnitt {number(mean, 1)}"
    return [Sentence(f"{ours} {of}. {regions}, i riket {nation}.", behind)]


def areas_against_nation(results: pd.DataFrame, folder: Path | None = None) -> list[Sentence]:
    """Return the areas where the municipalities on average reach at least one target more, or less, than the nation."""
    rows = answers(results, folder)
    own = rows[rows["level"] == "municipality"]
    if own["reached"].isna().any() or own["place"].nunique() < 2:
        return []
    means = own.groupby("area", sort=False)["reached"].sum() / own["place"].nunique()
    nation = rows[rows["place"] == NATION].groupby("area", sort=False)["reached"].agg(["sum", "size"])
    difference = (means.map(as_shown) - nation["sum"].map(as_shown)).round(6)
    names = read_table("areas", folder).set_index("area")["name"]
    sentences = []
    for words, found in (("fler", difference[difference >= DISTINCT]), ("färre", difference[difference <= -DISTINCT])):
        told = [
            f"{names[area]} ({number(means[area], 1)} mot {number(nation['sum'][area], 1)} av "
            f"{nation['size'][area]} mål)"
            for area in found.index
        ]
        if told:
            told_of = (rows["level"] == "municipality") | (rows["place"] == NATION)
            behind = rows[rows["area"].isin(found.index) & told_of]
            text = f"Kommunerna når i genomsnitt {words} mål än riket inom {listing(told)}."
            sentences.append(Sentence(text, tuple(behind.index)))
    return sentences


def spread_of_targets(results: pd.DataFrame, folder: Path | None = None) -> list[Sentence]:
    """Return between which numbers of targets the municipalities lie, and how many lie above and below the nation."""
    sums = reached(results, "edition", folder).droplevel(1)
    rows = answers(results, folder)
    own = sums.loc[rows[rows["level"] == "municipality"]["place"].unique()]
    if len(own) < 2 or NATION not in sums.index or (own["of"] < sums["of"].max()).any():
        return []
    nation = sums.loc[NATION, "reached"]
    above, below = int((own["reached"] > nation).sum()), int((own["reached"] < nation).sum())
    low, high = number(own["reached"].min()), number(own["reached"].max())
    told = [(above, "fler"), (below, "färre")]
    sides = listing([f"{count(size)} når {words}" for size, words in told if size])
    span = f"alla {low}" if low == high else f"mellan {low} och {high}"
    text = (
        f"Kommunerna når {span} av {number(own['of'].iloc[0])} mål; {sides} än rikets genomsnitt, {number(nation, 1)}."
    )
    behind = rows[(rows["level"] == "municipality") | (rows["place"] == NATION)]
    return [Sentence(text, tuple(behind.index))] if sides else []
