"""A municipality's sheet: what stands out, its key facts, its targets and whom to ask about those it misses."""

from pathlib import Path

import pandas as pd

from oj.compare.targets import DISTINCT, against, alone, answers, comparable, reached
from oj.doors.results import name_of, place_of
from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.facts.places import NATION
from oj.present.findings.averages import on_average
from oj.present.findings.results import Sentence, as_list, by_table, first_county
from oj.present.output import Text
from oj.words.swedish import as_shown, beside, count, genitive, listing, number, tied
from oj.words.vocabulary import STATUSES

FEWEST_TARGETS = 3  # a part with fewer says too little to be called strong or weak
MOST_NAMED = 3
NOTHING_STANDS_OUT = "Inget delområde med minst tre mål skiljer sig från rikets genomsnitt med ett helt mål."


def municipality_findings(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Text:
    """Return what stands out for one municipality; raise UserError for one that is not in the results.

    >>> from oj.doors.results import results
    >>> print(municipality_findings(results("Stockholm"), "Solna").markdown.splitlines()[0])
    - Solna har uppgift för 46 av 48 indikatorer; två döljs i källan (x).
    """
    folder = of_results(results, folder)
    place = place_of(results, municipality)
    return as_list(
        [
            *known_figures(results, place),
            *reached_targets(results, place, folder),
            *strongest_and_weakest(results, place, folder),
            *standing_alone(results, place, folder),
            *staff_figures(results, place, folder),
            *alike(results, place, folder),
        ]
    )


def known_figures(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return for how many indicators (background measures aside) there is a figure, and why not for the rest."""
    known = indicators(of_results(results, folder))
    rows = results[(results["place"] == place) & ~results["indicator"].map(lambda name: known[name].is_background)]
    lacking = rows[rows["status"] != "observed"]["status"].value_counts(sort=False)
    reasons = [f"{count(int(size))} {_because(str(status))}" for status, size in lacking.items()]
    size, name = len(rows), name_of(results, place)
    if not reasons:
        every = "indikatorn" if size == 1 else f"alla {number(size)} indikatorer"
        return [Sentence(f"{name} har uppgift för {every}.", tuple(rows.index))]
    with_figure = f"{number(size - int(lacking.sum()))} av {number(size)}"
    return [Sentence(f"{name} har uppgift för {with_figure} indikatorer; {listing(reasons)}.", tuple(rows.index))]


def _because(status: str) -> str:
    sign = STATUSES[status].sign
    return {"missing": f"saknas ({sign})", "not_applicable": f"är {sign}"}.get(status, f"döljs i källan ({sign})")


def reached_targets(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return how many targets the municipality reaches, beside the averages for the same targets."""
    folder = of_results(results, folder)
    sums = reached(results, "edition", folder).droplevel(1)
    if place not in sums.index or not sums.loc[place, "of"]:
        return []
    own = sums.loc[place]
    told = []
    county = first_county(results)
    for called, other in ((f"i {county.place_name}", county.place), ("i riket", NATION)) if county else ():
        there = against(results, place, other, "edition", folder)
        if len(there) and there["of"].iloc[0] == own["of"]:
            told.append(f"{on_average(*there[['other', 'width']].iloc[0])} {called}")
    rows = answers(results, folder)
    behind = rows[rows["place"].isin([place, NATION, *([county.place] if county else [])])]
    targets = f"{number(own['reached'])} av de {number(own['of'])} mål där uppgift finns"
    others = f"; genomsnittet för {domain_of(folder).answering} är {listing(told)}" if told else ""
    return [Sentence(f"{name_of(results, place)} når {targets}{others}.", tuple(behind.index))]


def strongest_and_weakest(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return the parts (tables) with three targets or more where the municipality is a whole target from the nation."""
    folder = of_results(results, folder)
    parts = against(results, place, NATION, "table", folder)
    parts = parts[parts["of"] >= FEWEST_TARGETS]
    if parts.empty:
        return []
    parts = parts.assign(difference=(parts["reached"] - parts["other"].map(as_shown)).round(6))
    short = read_table("tables", folder).set_index("table")["short"]
    rows = answers(results, folder)
    behind = tuple(rows.index[rows["place"].isin([place, NATION]) & rows["table"].isin(parts.index)])
    sentences = []
    for word, falling, found in (
        ("Starkast", False, parts[parts["difference"] >= DISTINCT]),
        ("Svagast", True, parts[parts["difference"] <= -DISTINCT]),
    ):
        named = found.sort_values("difference", ascending=falling, kind="stable").head(MOST_NAMED)
        told = [
            f"{short[table]} ({number(row.reached)} av {number(row.of)} mål, riket i genomsnitt "
            f"{on_average(row.other, row.width)})"
            for table, row in zip(named.index, named.itertuples(), strict=True)
        ]
        if told:
            sentences.append(Sentence(f"{word} mot riket av delområden med minst tre mål: {listing(told)}.", behind))
    return sentences or [Sentence(NOTHING_STANDS_OUT, behind)]


def standing_alone(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return where the municipality is the only one in the report to reach a target, or to miss it."""
    folder = of_results(results, folder)
    only = alone(results, place, folder)
    known = indicators(folder)
    size = results.loc[results["level"] == "municipality", "place"].nunique()
    rows = results[results["level"] == "municipality"]
    sentences = []
    for answer, words in (("yes", "att nå målet"), ("no", "att inte nå målet")):
        names = [str(name) for name in only.index[only == answer]]
        if names:
            told = by_table([known[name] for name in names])
            text = f"Av de {count(size)} kommunerna är {name_of(results, place)} ensam om {words} för {told}."
            sentences.append(Sentence(text, tuple(rows.index[rows["indicator"].isin(names)])))
    return sentences


def staff_figures(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return the municipality's staff figures beside the nation's; children's results are too few to tell so."""
    folder = of_results(results, folder)
    known = indicators(folder)
    rows = results[results["indicator"].map(lambda name: _is_staff(known[name]))]
    return _beside_nation(rows, place, f"{domain_of(folder).numbers} mot rikets", folder)


def conditions_against_nation(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return a place's background measures beside the nation's."""
    folder = of_results(results, folder)
    known = indicators(folder)
    rows = results[results["indicator"].map(lambda name: known[name].is_background)]
    return _beside_nation(rows, place, f"{genitive(name_of(results, place))} bakgrundsmått mot rikets", folder)


def _beside_nation(rows: pd.DataFrame, place: str, start: str, folder: Path | None) -> list[Sentence]:
    known = indicators(folder)
    both = rows[rows["place"].isin([place, NATION]) & (rows["status"] == "observed")]
    wide = both.pivot(index="indicator", columns="place", values="display")
    wide = wide.reindex(index=both["indicator"].unique(), columns=[place, NATION]).dropna()
    told = [
        f"{known[str(name)].phrase} {_against(known[str(name)], row[place], row[NATION])}"
        for name, row in wide.iterrows()
    ]
    behind = tuple(both.index[both["indicator"].isin(wide.index)])
    return [Sentence(f"{start}: {listing(told)}.", behind)] if told else []


def _is_staff(item: Indicator) -> bool:
    return not item.is_answer and "resultat" not in item.kind and not item.is_background


def _against(item: Indicator, own: str, other: str) -> str:
    unit = " timmar per vecka" if item.scale == "hours-per-week" else ""
    return beside(own, f"{other}{unit}")


def alike(results: pd.DataFrame, place: str, folder: Path | None = None) -> list[Sentence]:
    """Return the municipality's groups, and which of the report's municipalities share one."""
    folder = of_results(results, folder)
    groups = read_table("groups", folder)
    own = groups[(groups["place"] == place) & (groups["edition"] == results["edition"].iloc[0])]
    if own.empty:
        return []
    classes = read_table("group-classes", folder).set_index(["classification", "class"])
    one = own.drop_duplicates("classification")  # two sources may tell the same group
    told = [_group(*group, classes) for group in zip(one["classification"], one["class"], strict=True)]
    peers = [name_of(results, other) for other in comparable(results, place, folder)]
    name = name_of(results, place)
    shared = f" Av rapportens kommuner delar {listing(peers)} befolkningsgrupp eller kommungrupp med {name}."
    text = f"{name} hör till {listing(told)}.{shared if peers else ''}"
    return [Sentence(text, tuple(results.index[results["place"] == place]))]


def _group(classification: str, number_of: int, classes: pd.DataFrame) -> str:
    row = classes.loc[(classification, number_of)]
    if classification == "befolkningsgrupp":
        return tied(f"befolkningsgrupp {number_of} ({row['meaning']})")
    return tied(f"SKL:s kommungrupp {number_of} ({row['name']})")
