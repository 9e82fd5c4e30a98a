"""The questions of an edition that workbooks made, year by year: a table for each area, and behind it each place's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd

from oj.facts.catalog import indicators
from oj.present.grid import Cell, Grid, Head, answer_cell, corner_of, rows_of_places
from oj.present.output import Table, Text
from oj.present.table.notes import named, signs, sources_said
from oj.present.table.overview import spread
from oj.present.table.plain import CENTRED, plain_table
from oj.tidy.measures import ABSENT, headings_of
from oj.tidy.schema import Figures
from oj.tidy.years import PUBLISHED_PASSAGE, question_of
from oj.words.swedish import NO_BREAK_SPACE, listing, number
from oj.words.vocabulary import STATUSES, UNITS

HEAD = "## Frågorna år för år {#sec-utveckling-fragor}"
WORDS = (
    "Här står de av utgåvans frågor som också en tidigare inläst utgåva har, område för område. Bara en fråga som är "
    "ord för ord densamma, eller som någon har sagt är densamma, följs. Det som står på var sin sida om ett "
    "brott i serien jämförs inte. Uppgifter om personer i register följs inte här. På webbsidorna går varje fråga att "
    "öppna under tabellen, med varje kommuns svar."
)
ANSWERED, REACHED = "Kommuner med Ja", "Kommunerna"
NOTES = {
    ANSWERED: "Kommuner med Ja räknas av dem vars svar visas.",
    REACHED: "Av kommunernas tal visas det lägsta och det högsta.",
}
NOT_ASKED = f"{ABSENT}: ingen uppgift det året."
HOW = "Rikets och länets uppgift, och för kommunerna hur många som svarade Ja eller det lägsta och det högsta talet."
REGIONS = {"nation": "Riket", "county": "Länet"}
SEVERAL = 2  # places that are counted together
FIRST, SECOND, FIRST_OF_PLACES = 27, 12, 24  # per cent of the width


def asked_again(figures: Figures) -> list[Text | Table]:
    """Return the questions that several made editions have: a table for each area, and behind it each question's."""
    rows = figures.frame if figures.root is None else figures.root
    rows = rows[(rows["passage"] == PUBLISHED_PASSAGE) & rows["measure"].isin([*figures.measures])]
    rows = rows[rows["place"].isin(figures.places) | ~rows["level"].isin(UNITS)]
    rows = rows[rows.groupby("measure")["period"].transform("nunique") > 1]
    asked = {question_of(figures.measures[str(name)]): own for name, own in rows.groupby("measure", sort=False)}
    shown = [item for name, item in indicators(figures.folder).items() if name in asked]
    headings, names, made = headings_of(figures.folder), named(figures.folder), list[Text | Table]()
    for area, items in groupby(shown, lambda item: item.area):
        parts = [asked[item.id] for item in items]
        opened = tuple(_of_question(figures, own, names) for own in parts)
        made.append(replace(_of_area(figures, parts, area, headings[area], names), behind=opened))
    return [Text(WORDS, before=HEAD), *made] if made else []


def _of_area(
    figures: Figures, parts: Sequence[pd.DataFrame], area: str, heading: str, names: Mapping[str, str]
) -> Table:
    """Return questions by years: what the regions have, and how many of the places answer Ja or from where to where."""
    rows = pd.concat(parts)
    years, who = sorted(map(str, rows["period"].unique())), [_who(own) for own in parts]
    frame: dict[str, list[Cell | str]] = {
        "Fråga": [_asked(figures.measures[own["measure"].iloc[0]].title, own) for own in parts],
        "Vilka": ["\n".join(some) for some in who],
    }
    for year in years:
        frame[year] = [_of_year(own[own["period"] == year], some) for own, some in zip(parts, who, strict=True)]
    notes = [text for word, text in NOTES.items() if any(word in some for some in who)]
    cells = [one.text.split("\n") for year in years for one in frame[year] if isinstance(one, Cell)]
    notes += [NOT_ASKED] if any(ABSENT in lines for lines in cells) else []
    regions = rows[~rows["level"].isin(UNITS) & (rows["status"] != "missing")]
    notes += [*_signs(figures, regions, {*regions["status"]}), f"Källa: {sources_said(rows['source'], names)}."]
    widths = (FIRST, SECOND, *[round((100 - FIRST - SECOND) / len(years), 2)] * len(years))
    before, caption = f"### {heading} {{.unnumbered}}", f"{heading}, år för år."
    return plain_table(frame, f"ar-{area}", caption, widths, notes=(" ".join(notes),), before=before)


def _asked(title: str, own: pd.DataFrame) -> str:
    """Return a question's title, and the first years after the breaks in its series."""
    starts = own.sort_values("period").drop_duplicates("segment")["period"].tolist()[1:]
    return f"{title}\nBrott i serien {listing(starts)}" if starts else title


def _who(own: pd.DataFrame) -> list[str]:
    """Return whom a question's lines are of: the regions that have figures, and the places."""
    found = [name for level, name in REGIONS.items() if level in set(own["level"])]
    units = own[own["level"].isin(UNITS)]
    names = units["place_name"].unique().tolist()
    return [*found, *(names if len(names) < SEVERAL else [ANSWERED if units["answer"].any() else REACHED])]


def _of_year(rows: pd.DataFrame, who: Sequence[str]) -> Cell:
    """Return what a question has in a year, a line for each of whom it is of."""
    rows = rows[rows["status"] != "missing"]
    known = rows["level"].map(REGIONS).fillna(rows["place_name"])
    shown = rows[rows["level"].isin(UNITS) & (rows["status"] == "observed")]
    of = NO_BREAK_SPACE.join((number((shown["answer"] == "yes").sum()), "av", number(len(shown))))
    among = {ANSWERED: of if len(shown) else ABSENT, REACHED: spread(shown).text}
    lines = [among.get(one) or "".join(rows.loc[known == one, "display"]) or ABSENT for one in who]
    return Cell("\n".join(lines), rows=tuple(rows.index), how=HOW) if len(rows) else Cell(ABSENT)


def _of_question(figures: Figures, own: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Return places by years of one question, folded, the years parted where its series has a break."""
    part = own.drop_duplicates("period").sort_values("period")
    years = dict(zip(part["period"], part["segment"], strict=True))
    measure, absent = figures.measures[own["measure"].iloc[0]], STATUSES["missing"].sign
    columns = [(measure.id, year) for year in years]
    body = rows_of_places(own, columns, lambda row, level, _column: answer_cell(row, level, absent))
    spans = [[*same] for _, same in groupby(years, lambda year: years[year])]
    upper = [Head(_span(same, after=at > 0), len(same)) for at, same in enumerate(spans)]
    heads = (*([tuple(upper)] if len(spans) > 1 else []), tuple(Head(year) for year in years))
    widths = (FIRST_OF_PLACES, *[round((100 - FIRST_OF_PLACES) / len(years), 2)] * len(years))
    grid = Grid(corner_of({*own["level"]}), heads, body, widths, CENTRED)
    source = f"Källa: {sources_said(own['source'], names)}."
    notes = (" ".join([*_signs(figures, own, grid.statuses), source]),)
    return Table(grid.html, f"tbl-ar-{measure.id}", f"{measure.title}, år för år.", notes, grid=grid)


def _signs(figures: Figures, own: pd.DataFrame, seen: set[str]) -> list[str]:
    """Return what the signs that are seen of rows mean, each as its year's edition has it."""
    by_year = [replace(figures, edition=str(year), frame=own).statuses for year in sorted(own["period"].unique())]
    return [*dict.fromkeys(one for every in by_year for one in signs(seen, every))]


def _span(years: list[str], *, after: bool) -> str:
    """Return what stands over years that may be compared."""
    told = "–".join(dict.fromkeys((years[0], years[-1])))
    return f"Efter brott i serien: {told}" if after else told
