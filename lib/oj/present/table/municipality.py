"""The tables of a municipality's sheet: its key facts, its targets and whom to ask about those it misses."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from oj.compare.against import county_of, gap
from oj.compare.improvement import improvements
from oj.compare.reached import against, answers, comparable, missed, reached, rows_counted
from oj.facts.places import NATION
from oj.present.grid import HOW_REACHED, Cell, figure_cell
from oj.present.output import Table, Text
from oj.present.style import LACKING_FILL
from oj.present.table.notes import rounded_note
from oj.present.table.plain import CENTRED, plain_table
from oj.tidy.measures import ABSENT, Measure, table_names
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import capital, count, genitive, listing, number

FACTS_NOTE = "Skillnader mellan andelar är i procentenheter."
HOW_APART = "Det första talet minus det andra, båda som de visas."
HOW_MISSED = "Mål där svaret inte är Ja. Efter kolon står de jämförbara kommuner som svarar Ja på samma fråga."
HOW_SAME = "Summan av andelarna med Ja, för de mål som både kommunen och området har en uppgift för."
TARGETS_NOTE = "{regions}: så många av samma mål som {who} når i genomsnitt."


def key_facts(figures: Figures, place: str) -> Table | Text:
    """Return the background measures with their distance to the nation and the county; nothing without any."""
    rows = {(row.measure, row.place): row for row in each_row(figures.frame)}
    met = set(figures.frame["measure"])
    known = [one for one in figures.measures.values() if one.is_background and one.id in met]
    if not known:
        return Text("")
    name, county = figures.municipalities()[place], county_of(figures)
    regions = [(NATION, "Riket", "riket"), *([(county, figures.name_of(county), "länet")] if county else [])]
    frame: dict[str, list[Cell | str]] = {"Bakgrundsmått": [capital(one.phrase) for one in known]}
    for code, heading in [(place, name), *((code, heading) for code, heading, _ in regions)]:
        frame[heading] = [_figure(rows.get((one.id, code))) for one in known]
    for code, _, called in regions:
        frame[f"Skillnad mot {called}"] = [
            difference(one, rows.get((one.id, place)), rows.get((one.id, code))) for one in known
        ]
    columns = len(frame) - 1
    widths = [45.0, *[round(55 / columns, 2)] * columns]
    caption = f"{genitive(name)} bakgrundsmått, utgåvan {figures.edition}."
    return plain_table(frame, f"nyckelfakta-{place}", caption, widths, CENTRED, (FACTS_NOTE,))


def _figure(row: Any) -> Cell:
    return figure_cell(row, "saknas", "" if row is not None and row.status == "observed" else LACKING_FILL)


def difference(measure: Measure, own: Any, there: Any) -> Cell:
    """Return how far a figure, as told, is from another's: percentage points of a share, the number of a ratio."""
    if own is None or there is None or pd.isna(own.value) or pd.isna(there.value):
        return Cell("–")
    apart = gap(measure, own.value, there.value)
    sign = "+" if apart > 0 else ""  # a minus is in the number
    return Cell(f"{sign}{number(apart, measure.decimals)}", rows=(own.Index, there.Index), how=HOW_APART)


def targets_and_peers(figures: Figures, place: str) -> Table:
    """Return, part by part, the targets reached, and which comparable municipalities reach those that are missed.

    The parts with something missed stand first, as in the guide: those furthest below the nation before others.
    """
    short = table_names(figures.folder)
    own = reached(figures, "table").loc[place].query("of > 0")
    weak = [part.table for part in improvements(figures, place)]
    own = own.loc[[*weak, *(table for table in own.index if table not in weak)]]
    regions = _regions(figures)
    frame: dict[str, list[Cell | str]] = {"Delområde": [short[table] for table in own.index]}
    frame["Når"] = [_reached(figures, row, place) for row in each_row(own)]
    there = {name: against(figures, place, region, "table") for name, region in regions.items()}
    for name, averages in there.items():
        behind = [rows_counted(figures, table, place, [regions[name]]) for table in own.index]
        told = zip(_averages(own, averages), behind, strict=True)
        frame[name] = [Cell(text, rows=rows if text != ABSENT else (), how=HOW_SAME) for text, rows in told]
    peers, lacking = comparable(figures, place), missed(figures, place)
    reaching = peers_reaching(figures, peers)
    column = "Mål som saknas, och jämförbara kommuner som når dem" if peers else "Mål som saknas"
    known = [figures.measures[str(name)] for name in lacking["measure"]]
    frame[column] = []
    for table in own.index:
        text = _missing([one for one in known if one.table == table], reaching, peers)
        rows = rows_counted(figures, table, place) + (rows_counted(figures, table, place, peers) if peers else ())
        frame[column].append(Cell(text, rows=rows, how=HOW_MISSED))
    caption = f"{genitive(figures.municipalities()[place])} mål, delområde för delområde, utgåvan {figures.edition}."
    widths = [17.0, 8.0, *[6.0] * len(regions), 75.0 - 6 * len(regions)]
    notes = (_notes(there, figures.domain.answering),)
    return plain_table(frame, f"delomraden-{place}", caption, widths, notes=notes)


def _regions(figures: Figures) -> dict[str, str]:
    """Return what the nation and the report's own county, where that was chosen, are called over a column."""
    county = county_of(figures)
    return {"Riket": NATION} | ({"Länet": county} if county else {})


def _reached(figures: Figures, row: Any, place: str) -> Cell:
    """Return how many targets of a part a municipality reaches, of those that it has a figure for."""
    rows = rows_counted(figures, row.Index, place)
    return Cell(f"{number(row.reached)} av {number(row.of)}", rows=rows, how=HOW_REACHED)


def _notes(there: Mapping[str, pd.DataFrame], who: str) -> str:
    """Return what the columns of the regions are, and which of them are sums of rounded shares."""
    names = [name.lower() for name in there]
    rounded = [name for name, averages in zip(names, there.values(), strict=True) if averages["width"].any()]
    return " ".join([TARGETS_NOTE.format(regions=capital(" och ".join(names)), who=who), *rounded_note(rounded)])


def _averages(own: pd.DataFrame, there: pd.DataFrame) -> list[str]:
    """Return a region's average per part; a dash where it has no share for some target that the municipality has."""
    same = there.reindex(own.index)
    return [
        number(other, 1) if of == size else ABSENT
        for other, of, size in zip(same["other"], same["of"], own["of"], strict=True)
    ]


def peers_reaching(figures: Figures, peers: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of those of `peers` that reach each target, by measure, in the report's order."""
    rows = answers(figures)
    yes = rows[rows["place"].isin(peers) & (rows["reached"] == 1)]
    return {str(name): part.tolist() for name, part in yes.groupby("measure")["place_name"]}


def _missing(lacking: list[Measure], reaching: dict[str, list[str]], peers: list[str]) -> str:
    """Return the missed targets of a part, a line for each set of peers that reach them; those of most first."""
    together: dict[tuple[str, ...], list[str]] = {}
    for one in lacking:
        together.setdefault(tuple(reaching.get(one.id, [])), []).append(one.short)
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
