"""Themes over several domains as tables: in how many each place is weak, and what each theme is made of in each."""

from typing import Any

import pandas as pd

from oj.compare.across import SEVERAL, several
from oj.present.across import called, named
from oj.present.grid import Cell
from oj.present.output import Parts, Table
from oj.present.style import ANSWER_FILLS, REGION_FILL
from oj.present.table.plain import CENTRED, plain_table
from oj.tidy.measures import ABSENT
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import listing, number
from oj.words.vocabulary import UNITS

NOTE = (
    "2 av 3: svagt i två av de tre verksamhetsområden där det finns uppgift; färgat där det är minst två. Svagt: färre "
    "än hälften av temats frågor är nådda, av dem som har uppgift. Ett svar är nått när det är Ja, och ett tal när det "
    "inte är tydligt lägre än rikets samma år. För länet är en fråga nådd när andelen inte är tydligt lägre än rikets."
)
ASKED = (
    "Frågorna är inte desamma i verksamhetsområdena, så antalen ska inte jämföras mellan raderna. Hur de lyder står i "
    "områdets egen rapport."
)
HOW_WEAK = "Antal verksamhetsområden där temat är svagt, av dem där det finns uppgift."
WIDEST = 12  # per cent of the text's width


def across_tables(figures: Figures) -> Parts:
    """Return where every place is weak in several domains, and what each theme is made of in each of them."""
    found = several(figures)
    return Parts([_by_place(figures, found), _by_theme(figures)])


def _by_place(figures: Figures, found: pd.DataFrame) -> Table:
    """Return a row for each place and a column for each theme: in how many domains, of how many, it is weak."""
    cells = {(row.place, row.theme): row for row in each_row(found)}
    counties = figures.named("county")
    names = figures.named(UNITS[0]) | counties
    fills = {place: REGION_FILL if place in counties else "" for place in names}
    told = {theme: name for theme, name in named(figures).items() if theme in set(found["theme"])}
    frame = {"Kommun": [Cell(name, fills[place]) for place, name in names.items()]}
    frame |= {name: [_cell(cells.get((place, theme)), fills[place]) for place in names] for theme, name in told.items()}
    caption = "I hur många verksamhetsområden varje tema är svagt, av dem som har uppgift."
    width = min(WIDEST, round(84 / max(len(told), 1), 2))
    return plain_table(frame, "over-omraden", caption, (16, *[width] * len(told)), CENTRED, (NOTE,))


def _cell(row: Any, fill: str) -> Cell:
    """Return in how many domains a place is weak in a theme; a dash where fewer than two have a figure."""
    if row is None:
        return Cell(ABSENT, fill)
    weak = len(row.weak)
    return Cell(f"{weak} av {row.of}", ANSWER_FILLS["no"] if weak >= SEVERAL else fill, rows=row.rows, how=HOW_WEAK)


def _by_theme(figures: Figures) -> Table:
    """Return a row for each theme and domain: its year, how many questions, and which municipalities are weak there."""
    known = list(figures.measures.values())
    own = figures.frame[figures.frame["level"] == UNITS[0]]
    rows = [own[own["measure"] == one.id] for one in known]
    weak = [part.loc[part["answer"] == "no", "place"] for part in rows]
    frame = {
        "Tema": [one.title for one in known],
        "Verksamhetsområde": [called(one, at_start=True) for one in known],
        "Frågor": [number(len(one.about.questions)) for one in known],
        "Antal kommuner": [f"{len(part)} av {len(whole)}" for part, whole in zip(weak, rows, strict=True)],
        "Svagt i": [listing([figures.name_of(place) for place in part]) or ABSENT for part in weak],
    }
    caption = "Varje tema i varje verksamhetsområde: antal frågor, och vilka kommuner som är svaga."
    return plain_table(frame, "teman", caption, (22, 24, 8, 11, 35), notes=(ASKED,))
