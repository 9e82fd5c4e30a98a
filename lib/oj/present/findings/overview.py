"""The report as a whole: how many targets are reached, area by area."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.compare.targets import reached
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.facts.places import NATION
from oj.present.output import Table
from oj.present.table.municipality import rounded_note
from oj.present.table.plain import CENTRED, plain_table
from oj.words.swedish import listing, number

AVERAGE_NOTE = "Riket och län: så många mål som {who} når i genomsnitt, det vill säga summan av andelarna med Ja."


def targets(results: pd.DataFrame, folder: Path | None = None) -> Table:
    """Return how many targets every place reaches, area by area and in all.

    >>> from oj.doors.results import results
    >>> targets(results("Stockholm", municipalities="Solna")).label
    'tbl-mal'
    """
    folder = of_results(results, folder)
    areas = reached(results, "area", folder).reset_index()
    whole = reached(results, "edition", folder).reset_index().assign(area="alla").drop(columns="edition")
    sums = pd.concat([areas, whole]).set_index(["place", "area"])
    sizes = sums.groupby(level="area", sort=False)["of"].max()
    names = read_table("areas", folder).set_index("area")["name"].to_dict() | {"alla": "Alla områden"}
    places = results.drop_duplicates("place")
    own = "municipality" in set(places["level"])
    frame = pd.DataFrame({"Kommun" if own else "Område": places["place_name"].tolist()})
    for area, size in sizes.items():
        cells = [
            _amount(sums.loc[(place, area)], size, level)
            for place, level in zip(places["place"], places["level"], strict=True)
        ]
        frame[f"{names[str(area)]} ({number(size)})"] = cells
    caption = f"Antal mål som nås, av dem med Ja- och Nej-svar, utgåvan {results['edition'].iloc[0]}."
    widths = [22.0, *[round(78 / len(sizes), 2)] * len(sizes)]
    rounded = [
        "riket" if place == NATION else str(name)
        for place, name in zip(places["place"], places["place_name"], strict=True)
        if sums.loc[(place, "alla"), "width"]
    ]
    notes = (_average_note(results, folder), *rounded_note(rounded))
    return replace(plain_table(frame, "mal", caption, widths, CENTRED), notes=notes)


def _average_note(results: pd.DataFrame, folder: Path | None) -> str:
    """Return what the regions' numbers are, and which answers are no reached target."""
    known = indicators(folder)
    words = [known[name].answer_words.get("partly", "") for name in results["indicator"].unique()]
    partly = listing(list(dict.fromkeys(filter(None, words))))
    return AVERAGE_NOTE.format(who=domain_of(folder).answering) + (
        f" {partly} räknas inte som ett nått mål." if partly else ""
    )


def _amount(sums: pd.Series, size: float, level: str) -> str:
    """Return a number of targets: whole for a municipality, an average for a region; of fewer, that is told."""
    if not sums["of"]:
        return "–"
    of = "" if sums["of"] == size else f" av {number(sums['of'])}"
    return number(sums["reached"], 0 if level == "municipality" else 1) + of
