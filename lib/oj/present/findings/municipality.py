"""What stands out for one municipality in an edition: its figures, its targets, where it stands alone, who is alike."""

from typing import Any

import pandas as pd

from oj.compare.against import county_of
from oj.compare.improvement import improvements
from oj.compare.reached import DISTINCT, against, alone, answers, comparable, reached
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of
from oj.facts.places import NATION
from oj.present.findings.averages import on_average
from oj.present.findings.numbers import far_from_nation
from oj.present.findings.sentences import Sentence, by_table, listed, rows_at
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import as_shown, count, listing, number, percent, tied

FEWEST_TARGETS = 3  # a part with fewer says too little to be called strong or weak
MOST_NAMED = 3
NOTHING_STANDS_OUT = "Inget delområde med minst tre mål skiljer sig från rikets genomsnitt med ett helt mål."


def of_municipality(figures: Figures, place: str) -> list[Sentence]:
    """Return what stands out for one municipality (its code)."""
    return [
        *known_figures(figures, place),
        *reached_targets(figures, place),
        *strongest_and_weakest(figures, place),
        *far_from_nation(figures, place),
        *standing_alone(figures, place),
        *alike(figures, place),
    ]


def known_figures(figures: Figures, place: str) -> list[Sentence]:
    """Return for how many indicators (background measures aside) there is a figure, and why not for the rest."""
    rows = figures.where(lambda one: not one.is_background).frame
    rows = rows[rows["place"] == place]
    lacking = rows[rows["status"] != "observed"]["status"].value_counts(sort=False)
    size, known = len(rows), figures.statuses
    reasons = [f"{count(int(of))} {_because(known[str(status)].sign, str(status))}" for status, of in lacking.items()]
    told = f"{number(size - int(lacking.sum()))} av {number(size)} indikatorer; {listing(reasons)}"
    every = "indikatorn" if size == 1 else f"alla {number(size)} indikatorer"
    return [Sentence(f"{figures.name_of(place)} har uppgift för {told if reasons else every}.", tuple(rows.index))]


def _because(sign: str, status: str) -> str:
    return {"missing": f"saknas ({sign})", "not_applicable": f"är {sign}"}.get(status, f"döljs i källan ({sign})")


def reached_targets(figures: Figures, place: str) -> list[Sentence]:
    """Return how many targets the municipality reaches, beside the averages for the same targets."""
    sums, county = reached(figures), county_of(figures)
    if place not in sums.index or not sums.loc[place, "of"]:
        return []
    (own,), told = each_row(sums.loc[[place]]), list[str]()
    for other in (county, NATION) if county else ():
        there = against(figures, place, other)
        if len(there) and there["of"].iloc[0] == own.of:
            called = "riket" if other == NATION else figures.name_of(county)
            mean = there.iloc[0]
            share = percent(mean["other"]) if own.of == 1 else on_average(mean["other"], mean["width"])
            told.append(f"{share} i {called}")
    targets, who = f"{number(own.reached)} av de {number(own.of)} mål där uppgift finns", domain_of(figures.folder)
    others = f"; genomsnittet för {who.answering} är {listing(told)}" if told else ""
    if own.of == 1:
        targets = f"{'' if own.reached else 'inte '}det enda målet där uppgift finns"
        others = f"; av {who.answering} når {listing(told)} det" if told else ""
    behind = rows_at(answers(figures), (place, NATION, county))
    return [Sentence(f"{figures.name_of(place)} når {targets}{others}.", behind)]


def strongest_and_weakest(figures: Figures, place: str) -> list[Sentence]:
    """Return the parts (tables) with three targets or more where the municipality is a whole target from the nation."""
    parts = against(figures, place, NATION, "table")
    parts = parts[parts["of"] >= FEWEST_TARGETS]
    if parts.empty:
        return []
    short, rows = table_names(figures.folder), answers(figures)
    behind = rows_at(rows[rows["table"].isin(parts.index)], (place, NATION))
    sentences: list[Sentence] = []
    for word, found in zip(("Starkast", "Svagast"), parts_apart(figures, place), strict=True):
        named = found.head(MOST_NAMED)
        told = [
            f"{short[str(row.Index)]} ({number(row.reached)} av {number(row.of)} mål, riket i genomsnitt "
            f"{on_average(row.other, row.width)})"
            for row in each_row(named)
        ]
        sentences += listed(f"{word} mot riket av delområden med minst tre mål:", told, behind)
    return sentences or [Sentence(NOTHING_STANDS_OUT, behind)]


def from_nation(figures: Figures, place: str, by: str = "") -> pd.DataFrame:
    """Return what a place reaches beside the nation, with the `difference` from the nation's average as it is told."""
    rows = against(figures, place, NATION, by)
    return rows.assign(difference=(rows["reached"] - rows["other"].map(as_shown)).round(6))


def parts_apart(figures: Figures, place: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the parts of at least three targets that are a whole target above the nation, and those below.

    Those furthest from it come first; the weak ones in the order of the guide.
    """
    parts = from_nation(figures, place, "table")
    parts = parts[parts["of"] >= FEWEST_TARGETS]
    below = parts[parts["difference"] <= -DISTINCT]
    weak = [part.table for part in improvements(figures, place) if part.table in below.index]
    above = parts[parts["difference"] >= DISTINCT].sort_values("difference", ascending=False, kind="stable")
    return above, below.loc[weak]


def standing_alone(figures: Figures, place: str) -> list[Sentence]:
    """Return where the municipality is the only one in the report to reach a target, or to miss it."""
    only, size = alone(figures, place), len(figures.municipalities())
    rows = figures.frame[figures.frame["level"] == "municipality"]
    sentences: list[Sentence] = []
    for answer, words in (("yes", "att nå målet"), ("no", "att inte nå målet")):
        names = [str(name) for name in only.index[only == answer]]
        if names:
            start = f"Av de {count(size)} kommunerna är {figures.name_of(place)} ensam om {words} för"
            behind = rows.index[rows["measure"].isin(names)]
            sentences += by_table(start, [figures.measures[name] for name in names], behind)
    return sentences


def alike(figures: Figures, place: str) -> list[Sentence]:
    """Return the municipality's groups, and which of the report's municipalities share one."""
    groups = read_table("groups", figures.folder)
    own = groups[(groups["place"] == place) & (groups["edition"] == figures.edition)]
    if own.empty:
        return []
    classes = read_table("group-classes", figures.folder).set_index(["classification", "class"])
    one = own.drop_duplicates("classification")  # two sources may tell the same group
    told = [_group(*group, classes) for group in zip(one["classification"], one["class"], strict=True)]
    peers, name = [figures.name_of(other) for other in comparable(figures, place)], figures.name_of(place)
    shared = f" Av rapportens kommuner delar {listing(peers)} befolkningsgrupp eller kommungrupp med {name}."
    text = f"{name} hör till {listing(told)}.{shared if peers else ''}"
    return [Sentence(text, rows_at(figures.frame, (place,)))]


def _group(classification: str, number_of: int, classes: pd.DataFrame) -> str:
    row: Any = classes.loc[(classification, number_of)]
    if classification == "befolkningsgrupp":
        return tied(f"befolkningsgrupp {number_of} ({row['meaning']})")
    return tied(f"SKL:s kommungrupp {number_of} ({row['name']})")
