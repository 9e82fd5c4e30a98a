"""The tables of a municipality's sheet: its key facts, its targets and whom to ask about those it misses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.targets import against, answers, comparable, missed, reached
from oj.doors.results import name_of, place_of
from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.facts.places import NATION
from oj.present.output import Table, Text
from oj.present.table.plain import CENTRED, plain_table
from oj.words.swedish import MINUS, as_shown, capital, count, genitive, listing, number

FACTS_NOTE = "Skillnader mellan andelar är i procentenheter."
ROUNDED_NOTE = "Talen för {regions} är cirka: de är summor av andelar som är avrundade till hela procent."
TARGETS_NOTE = "{regions}: så många av samma mål som {who} når i genomsnitt."


def key_facts(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Table | Text:
    """Return the background measures with their distance to the nation and the county; nothing without any.

    >>> from oj.doors.results import results
    >>> key_facts(results("Stockholm"), "Solna").label
    'tbl-nyckelfakta-0184'
    """
    folder = of_results(results, folder)
    place = place_of(results, municipality)
    known = indicators(folder)
    shown = [known[name] for name in results["indicator"].unique() if known[name].is_background]
    if not shown:
        return Text("")
    county: Any = next(results[results["level"] == "county"].itertuples(), None)
    regions = [(NATION, "Riket", "riket"), *([(county.place, str(county.place_name), "länet")] if county else [])]
    cells = results.set_index(["indicator", "place"])
    frame = pd.DataFrame({"Bakgrundsmått": [capital(item.phrase) for item in shown]})
    frame[name_of(results, place)] = [_cell(cells, item.id, place) for item in shown]
    for region, name, _ in regions:
        frame[name] = [_cell(cells, item.id, region) for item in shown]
    for region, _, called in regions:
        frame[f"Skillnad mot {called}"] = [_difference(cells, item, place, region) for item in shown]
    caption = f"{genitive(name_of(results, place))} bakgrundsmått, utgåvan {results['edition'].iloc[0]}."
    columns = len(frame.columns) - 1
    widths = [34.0, *[round(66 / columns, 2)] * columns]
    return replace(plain_table(frame, f"nyckelfakta-{place}", caption, widths, CENTRED), notes=(FACTS_NOTE,))


def _cell(cells: pd.DataFrame, indicator: str, place: str) -> str:
    return str(cells.loc[(indicator, place), "display"]) if (indicator, place) in cells.index else "saknas"


def _difference(cells: pd.DataFrame, item: Indicator, place: str, other: str) -> str:
    """Return how far a figure, as told, is from another's: percentage points of a share, the number of a ratio."""
    values = [cells["value"].get((item.id, one)) for one in (place, other)]
    if any(value is None or pd.isna(value) for value in values):
        return "–"
    size = 100 if item.scale == "share" else 1
    own, there = (as_shown(float(value) * size, item.decimals) for value in values)
    text = number(own - there, item.decimals)
    return text if text.startswith(MINUS) or not text.strip("0,") else f"+{text}"


def targets_and_peers(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Table:
    """Return, part by part, the targets reached, and which comparable municipalities reach those that are missed.

    >>> from oj.doors.results import results
    >>> "Järfälla" in targets_and_peers(results("Stockholm"), "Solna").html
    True
    """
    folder = of_results(results, folder)
    place = place_of(results, municipality)
    short = read_table("tables", folder).set_index("table")["short"]
    own = reached(results, "table", folder).loc[place]
    own = own[own["of"] > 0]
    county: Any = next(results[results["level"] == "county"].itertuples(), None)
    regions = {"Riket": NATION} | ({"Länet": county.place} if county else {})
    frame = pd.DataFrame({"Delområde": [short[table] for table in own.index]})
    frame["Når"] = [f"{number(row.reached)} av {number(row.of)}" for row in own.itertuples()]
    there = {name: against(results, place, region, "table", folder) for name, region in regions.items()}
    for name, averages in there.items():
        frame[name] = _averages(own, averages)
    peers = comparable(results, place, folder)
    lacking = missed(results, place, folder)
    reaching = peers_reaching(results, peers, folder)
    column = "Mål som saknas, och jämförbara kommuner som når dem" if peers else "Mål som saknas"
    frame[column] = [_missing(lacking[lacking["table"] == table], reaching, peers, folder) for table in own.index]
    caption = f"{genitive(name_of(results, place))} mål, delområde för delområde, utgåvan {results['edition'].iloc[0]}."
    widths = [21.0, 7.0, *[7.0] * len(regions), 72.0 - 7 * len(regions)]
    return replace(
        plain_table(frame, f"delomraden-{place}", caption, widths),
        notes=_notes(there, folder),
    )


def _notes(there: Mapping[str, pd.DataFrame], folder: Path | None) -> tuple[str, ...]:
    """Return what the columns of the regions are, and which of them are sums of rounded shares."""
    names = [name.lower() for name in there]
    rounded = [name for name, averages in zip(names, there.values(), strict=True) if averages["width"].any()]
    told = TARGETS_NOTE.format(regions=capital(" och ".join(names)), who=domain_of(folder).answering)
    return (" ".join([told, *rounded_note(rounded)]),)


def rounded_note(regions: Sequence[str]) -> list[str]:
    """Return the note of the regions whose averages are sums of rounded shares; nothing without any.

    >>> rounded_note([]), rounded_note(["riket"])[0].partition(":")[0]
    ([], 'Talen för riket är cirka')
    """
    return [ROUNDED_NOTE.format(regions=listing(list(regions)))] if regions else []


def _averages(own: pd.DataFrame, there: pd.DataFrame) -> list[str]:
    """Return a region's average per part; a dash where it has no share for some target that the municipality has."""
    same = there.reindex(own.index)
    return [
        number(other, 1) if of == size else "–"
        for other, of, size in zip(same["other"], same["of"], own["of"], strict=True)
    ]


def peers_reaching(results: pd.DataFrame, peers: Sequence[str], folder: Path | None = None) -> dict[str, list[str]]:
    """Return the names of those of `peers` that reach each target, by indicator, in the report's order."""
    folder = of_results(results, folder)
    rows = answers(results, folder)
    yes = rows[rows["place"].isin(peers) & (rows["reached"] == 1)]
    return {str(name): part.tolist() for name, part in yes.groupby("indicator")["place_name"]}


def _missing(lacking: pd.DataFrame, reaching: dict[str, list[str]], peers: list[str], folder: Path | None) -> str:
    """Return the missed targets of a part, a line for each set of peers that reach them; those of most first."""
    known = indicators(folder)
    together: dict[tuple[str, ...], list[str]] = {}
    for name in lacking["indicator"]:
        together.setdefault(tuple(reaching.get(name, [])), []).append(known[name].short)
    ordered = sorted(together.items(), key=lambda line: -len(line[0]))
    lines = [f"{', '.join(shorts)}{_peers(names, peers)}" for names, shorts in ordered]
    return "\n".join(lines) or "Alla mål nås"


def _peers(names: Sequence[str], peers: Sequence[str]) -> str:
    """Return who reaches a target, after its name; nothing where there is nobody to compare with."""
    if not peers:
        return ""
    if len(names) == len(peers) and len(peers) > 1:
        return f": alla {count(len(peers))}"
    return f": {listing(names)}" if names else ": ingen"
