"""One municipality's own page: its figures beside the county's and the nation's."""

from typing import Any

from oj.compare.across import is_across
from oj.compare.against import county_of
from oj.compare.reached import reached
from oj.facts.places import NATION
from oj.present import since
from oj.present.chart.chart import chart
from oj.present.followed import followed
from oj.present.grid import Cell, figure_cell
from oj.present.output import Parts, Table, Text, as_parts
from oj.present.table.municipality import key_facts, targets_and_peers
from oj.present.table.notes import NOTHING, few_answers, notes_of_today
from oj.present.table.overview import GROUPS, of_one_group
from oj.present.table.plain import CENTRED, plain_table
from oj.present.table.years import years_table
from oj.sources.kolada.values import read_fetched
from oj.tidy.as_it_is import refuse_apart
from oj.tidy.measures import ABSENT, Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.frames import each_row
from oj.words.groups import TOTAL
from oj.words.swedish import clear_listing, genitive
from oj.words.vocabulary import STATUSES

WIDEST_COLUMN = 11  # per cent of the text's width


@followed
def sheet(figures: Figures, municipality: str) -> Parts:
    """Return a municipality's tables and chart; raise UserError for one that is not in the figures.

    Of an edition its conditions, its targets part by part with whom to ask, and its barometer; of today its key figures
    by gender beside others' and year by year; of the years its figures beside the nation's; beside an earlier edition
    what has changed.

    >>> import oj
    >>> [part.label for part in oj.sheet(oj.figures("Stockholm"), "Solna")]
    ['tbl-nyckelfakta-0184', 'tbl-delomraden-0184', 'fig-barometer-0184']
    """
    place = figures.place_of(municipality)
    refuse_apart(figures)
    if is_across(figures):
        raise UserError("Teman har inget kommunblad. Visa dem med oj.findings eller oj.table.")
    if figures.earlier is not None:
        return as_parts(since.of_municipality(figures, place))
    if figures.is_over_time:
        return years_table(figures.at(place)) or as_parts(Text(NOTHING))
    if figures.is_current:
        own = figures.beside(place)
        return as_parts(_key_figures(own, place), chart(own, municipality=municipality))
    if not any(one.is_answer for one in figures.measures.values()):
        return as_parts(key_facts(figures, place))
    has_targets = reached(figures)["of"].get(place, 0) > 0  # of one without answers there is nothing to tell
    tables = [key_facts(figures, place), *([targets_and_peers(figures, place)] if has_targets else [])]
    return as_parts(*tables, chart(figures, municipality=municipality))


def _key_figures(figures: Figures, place: str) -> Table | Text:
    """Return the key figures in their latest year, by gender and beside others; those it has none of are named."""
    name, years, rows = figures.name_of(place), figures.latest_periods(), figures.latest().frame
    shown, of_group = of_one_group(rows)
    had = set(shown[(shown["place"] == place) & (shown["status"] == "observed")]["measure"])
    known = [one for key, one in figures.measures.items() if key in had]
    if not known:
        return Text(f"{name} har inget värde i Kolada för de här nyckeltalen.")
    regions, alike = _beside(figures, place)
    group = shown["group"].iloc[0]
    divided = group == TOTAL and any(one.about.gendered for one in figures.measures.values())
    columns = {name: (place, group)} | {word: (place, key) for key, word in GROUPS.items() if divided}
    columns |= {heading: (code, group) for heading, code in regions.items()}
    found = {(row.measure, row.place, row.group): row for row in each_row(rows)}
    frame: dict[str, list[Cell | str]] = {"Nyckeltal": [f"{one.full_name} ({one.unit_word})" for one in known]}
    frame["År"] = [years[one.id] for one in known]
    for heading, key in columns.items():
        frame[heading] = [_cell(one, found.get((one.id, *key)), *key) for one in known]
    used = rows[rows["place"].isin([place, *regions.values()]) & rows["measure"].isin(had)]
    lacking = [one.full_name for key, one in figures.measures.items() if key in years and key not in had]
    without = [f"Inget värde i Kolada: {clear_listing(lacking)}."] if lacking else []
    widths = _widths(len(columns))
    caption = f"{genitive(name)} nyckeltal, senaste året med värde{of_group}."
    names = used["measure"].map({key: one.full_name for key, one in figures.measures.items()})
    few = few_answers(used.assign(full_name=names), "full_name")
    notes = notes_of_today(figures, used, [*few, *without, *alike], set(used["status"]))
    return plain_table(frame, f"nyckeltal-{place}", caption, widths, CENTRED, (notes,))


def _widths(columns: int) -> list[float]:
    """Return how wide the names, the year and so many columns of figures are; what is over is the names'."""
    width = min(WIDEST_COLUMN, round(61 / columns, 2))
    return [round(92 - width * columns, 2), 8, *[width] * columns]


def _beside(figures: Figures, place: str) -> tuple[dict[str, str], list[str]]:
    """Return whom a municipality stands beside (its county, the nation, those like it), and who they are like."""
    county = county_of(figures)  # none of a lone municipality
    regions = ({"Länet": county} if county else {}) | {"Riket": NATION}
    group = next((one for one in read_fetched(figures.county, figures.folder).groups if place in one.places), None)
    if group is None:
        return regions, []
    told = f"Liknande kommuner: {group.name}, {group.size} kommuner i samma kommungrupp (SKR)."
    return regions | {"Liknande kommuner": group.id}, [told]


def _cell(measure: Measure, row: Any, place: str, group: str) -> Cell:
    """Return a figure as shown; a dash where it is not by gender, or is a region's that says nothing."""
    level = "group" if place.startswith("G") else "municipality" if len(place) == len("0180") else "county"
    if (group != TOTAL and not measure.about.gendered) or not measure.says_something(level):
        return Cell(ABSENT)
    return figure_cell(row, STATUSES["missing"].sign)
