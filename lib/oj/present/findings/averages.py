"""Sentences about how many targets are reached on average: by the municipalities, the county and the nation."""

from pathlib import Path

import pandas as pd

from oj.compare.targets import DISTINCT, answers, reached
from oj.doors.results import name_of
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.facts.places import NATION, with_districts
from oj.present.findings.results import Sentence, first_county
from oj.words.swedish import as_shown, capital, count, listing, number


def on_average(value: float, width: float) -> str:
    """Return an average number of targets: exact, or told as about so many where it is a sum of rounded shares.

    >>> on_average(20.842105, 0.0), on_average(19.07, 0.195)
    ('20,8', 'cirka 19,1')
    """
    return f"{'cirka ' if width else ''}{number(value, 1)}"


def average(results: pd.DataFrame, whose: str = "", folder: Path | None = None) -> list[Sentence]:
    """Return how many targets the municipalities reach on average, beside the county's and the nation's.

    Municipalities are told of where all of them have every answer; `whose` targets is said before their number.
    """
    folder = of_results(results, folder)
    sums = reached(results, "edition", folder).droplevel(1)
    rows = answers(results, folder)
    county = first_county(rows)
    size = 0 if sums.empty else int(sums["of"].max())
    if county is None or NATION not in sums.index or (sums.loc[[county.place, NATION], "of"] < size).any():
        return []
    there, nation = (on_average(*sums.loc[place, ["reached", "width"]]) for place in (county.place, NATION))
    of = " ".join(filter(None, ["av", whose, number(size), "mål"]))
    own = rows.loc[rows["level"] == "municipality", "place"].unique()
    complete = len(own) > 0 and bool((sums.loc[own, "of"] == size).all())
    behind = tuple(rows.index[rows["place"].isin([*(own if complete else []), county.place, NATION])])
    districts = any("district" in item.levels for item in indicators(folder).values())
    divided = districts and county.place in with_districts(folder)
    who = capital(domain_of(folder).answering) if divided else "Kommunerna"
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
    folder = of_results(results, folder)
    rows = answers(results, folder)
    own = rows[rows["level"] == "municipality"]
    if own["reached"].isna().any() or own["place"].nunique() < 2:
        return []
    means = own.groupby("area", sort=False)["reached"].sum() / own["place"].nunique()
    nation = rows[rows["place"] == NATION].groupby("area", sort=False)[["reached", "width"]].sum()
    sizes = rows[rows["place"] == NATION].groupby("area", sort=False).size()
    difference = (means.map(as_shown) - nation["reached"].map(as_shown)).round(6)
    names = read_table("areas", folder).set_index("area")["name"]
    sentences = []
    for words, found in (("fler", difference[difference >= DISTINCT]), ("färre", difference[difference <= -DISTINCT])):
        told = [
            f"{names[area]} ({number(means[area], 1)} mot {on_average(*nation.loc[area])} av {sizes[area]} mål)"
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
    folder = of_results(results, folder)
    sums = reached(results, "edition", folder).droplevel(1)
    rows = answers(results, folder)
    own = sums.loc[rows[rows["level"] == "municipality"]["place"].unique()]
    if len(own) < 2 or NATION not in sums.index or (own["of"] < sums["of"].max()).any():
        return []
    nation, width = sums.loc[NATION, ["reached", "width"]]
    apart = (own["reached"] - nation).round(6)
    above, below = int((apart > width).sum()), int((apart < -width).sum())
    low, high = number(own["reached"].min()), number(own["reached"].max())
    told = [(above, "fler"), (below, "färre")]
    sides = listing([f"{count(size)} når {words}" for size, words in told if size])
    near = len(own) - above - below if width else 0
    average_told = f"rikets genomsnitt, {on_average(nation, width)}"
    parts = [f"{sides} än {average_told}"] if sides else []
    if near:
        parts.append(f"{count(near)} når ungefär lika många{'' if sides else f' som {average_told}'}")
    span = f"alla {low}" if low == high else f"mellan {low} och {high}"
    text = f"Kommunerna når {span} av {number(own['of'].iloc[0])} mål; {'; '.join(parts)}."
    behind = rows[(rows["level"] == "municipality") | (rows["place"] == NATION)]
    return [Sentence(text, tuple(behind.index))] if parts else []
