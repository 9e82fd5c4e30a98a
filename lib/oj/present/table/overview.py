"""Everything in one table: all key figures of today, or how many targets are reached."""

from typing import Any

import pandas as pd

from oj.compare.reached import ALL
from oj.facts.places import NATION
from oj.present.grid import Cell, corner_of, ground_of
from oj.present.output import Table, Text
from oj.present.table.notes import NO_VALUES, notes_of_today, rounded_note
from oj.present.table.plain import CENTRED, plain_table
from oj.tidy.measures import ABSENT
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.groups import TOTAL
from oj.words.swedish import NO_BREAK_SPACE, listing, number
from oj.words.vocabulary import ANSWERS

AVERAGE_NOTE = "Riket och län: så många mål som {who} når i genomsnitt, det vill säga summan av andelarna med Ja."
DASH_NOTE = "Streck: inget svar att visa."
HOW_MANY = "Antal kommuner i rapporten som har ett värde."
HOW_FAR = "Från det lägsta till det högsta av kommunernas värden; av svar från det sämsta till det bästa."
Columns = dict[str, list[Cell | str]]
GROUPS = {"women": "Flickor eller kvinnor", "men": "Pojkar eller män"}


def overview(figures: Figures) -> Table | Text:
    """Return every key figure in its latest year: nation, county, and from where to where the municipalities reach."""
    years, (latest, group) = figures.latest_periods(), of_one_group(figures.latest().frame)
    if not years:
        return Text(NO_VALUES)
    parts = [latest[latest["measure"] == name] for name in years]
    frame: Columns = {"Nyckeltal": [figures.measures[name].full_name for name in years], "År": [*years.values()]}
    for level, heading in (("nation", "Riket"), ("county", "Länet")):
        if (latest["level"] == level).any():
            frame[heading] = [_of_level(rows, level) for rows in parts]
    own = [rows[(rows["level"] == "municipality") & (rows["status"] == "observed")] for rows in parts]
    names = list(figures.municipalities().values())
    for heading in ["Lägst–högst"] if len(names) > 1 else names:
        frame[heading] = [spread(rows) for rows in own]
    if len(names) > 1:
        frame["Kommuner med värde"] = [Cell(number(len(rows)), rows=tuple(rows.index), how=HOW_MANY) for rows in own]
    widths = [36, 9, *[round(55 / (len(frame) - 2), 2)] * (len(frame) - 2)]
    notes = (notes_of_today(figures, latest[latest["level"] != "group"], ()),)
    return plain_table(frame, "oversikt", f"Alla nyckeltal, senaste året{group}.", widths, CENTRED, notes)


def of_one_group(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows of all, or of the group that alone was asked for, and what is said of it in a caption."""
    group = TOTAL if rows["group"].eq(TOTAL).any() else "".join(rows["group"].head(1))
    return rows[rows["group"] == group], f", {GROUPS[group].lower()}" if group in GROUPS else ""


def _of_level(rows: pd.DataFrame, level: str) -> Cell:
    """Return the nation's or the county's figure as it is shown."""
    found = rows[rows["level"] == level].head(1)
    return Cell("".join(found["display"]) or ABSENT, rows=tuple(found.index))


def spread(rows: pd.DataFrame) -> Cell:
    """Return from where to where the municipalities' figures reach, answers from Nej to Ja."""
    if rows.empty:
        return Cell(ABSENT)
    steps = rows["answer"].map({answer: -float(at) for at, answer in enumerate(ANSWERS)}).astype("float64")
    order = steps.fillna(rows["value"])
    first, last = (str(rows["display"].iloc[at]) for at in (order.argmin(), order.argmax()))
    text = first if first == last else f"{first.removesuffix(f'{NO_BREAK_SPACE}%')}–{last}"
    return Cell(text, rows=tuple(rows.index), how=HOW_FAR)


def targets_table(figures: Figures) -> Table:
    """Return how many targets every place reaches, area by area and in all."""
    rows = figures.frame
    cells = {(row.place, row.measure): row for row in each_row(rows)}
    sizes = rows.groupby("measure", sort=False)["of"].max()
    places = list(each_row(rows.drop_duplicates("place")))
    corner = corner_of(set(rows["level"]))
    frame: Columns = {corner: [Cell(place.place_name, ground_of(place.level)) for place in places]}
    for name, size in sizes.items():
        heading = f"{figures.measures[str(name)].title} ({number(size)})"
        frame[heading] = [_amount(cells.get((place.place, name)), size) for place in places]
    uncertain = rows[rows["high"] > rows["low"]].drop_duplicates("place")
    rounded = ["riket" if row.place == NATION else str(row.place_name) for row in each_row(uncertain)]
    widths = [22.0, *[round(78 / len(sizes), 2)] * len(sizes)]
    caption = f"Antal mål som nås, av dem med Ja- och Nej-svar, utgåvan {figures.edition}."
    dashed = [DASH_NOTE] if rows["of"].eq(0).any() else []
    return plain_table(
        frame, "mal", caption, widths, CENTRED, (_average_note(figures), *rounded_note(rounded), *dashed)
    )


def _average_note(figures: Figures) -> str:
    """Return what the regions' numbers are, and which answers are no reached target."""
    asked = figures.origin.measures.values() if figures.origin else ()
    counted = [one for one in asked if one.is_target and {one.area, ALL} & {*figures.measures}]
    words = dict.fromkeys(one.answer_words.get("partly", "") for one in counted)
    partly = listing(list(filter(None, words)))
    note = AVERAGE_NOTE.format(who=figures.domain.answering)
    return f"{note} {partly} räknas inte som ett nått mål." if partly else note


def _amount(row: Any, size: float) -> Cell:
    """Return a number of targets: whole for a municipality, an average for a region; of fewer, that is told."""
    if row is None:
        return Cell(ABSENT)
    of = "" if row.of == size else f" av {number(row.of)}"
    text = number(row.value, 0 if row.level == "municipality" else 1) + of if row.of else ABSENT
    return Cell(text, ground_of(row.level), rows=(int(row.Index),))
