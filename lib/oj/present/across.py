"""Themes over several domains in words: where the same thing is weak in several of them at once."""

from dataclasses import replace

import pandas as pd

from oj.compare.across import SEVERAL, several
from oj.compare.against import county_of
from oj.present.output import Text
from oj.present.since import Line, as_lines
from oj.sources.themes import themes
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import clear_listing, count, listing, low, tied

BOTH = 2
MOST_NAMES = 10  # municipalities named in a sentence or a cell
HEADING = "Svaga i minst två verksamhetsområden samtidigt, av kommunerna som har uppgift i flera:"
NONE = "Inget tema är svagt i flera verksamhetsområden samtidigt."


def findings(figures: Figures) -> Text:
    """Return, theme by theme, which municipalities are weak in it in several domains, and where the county is."""
    found, county = several(figures), county_of(figures)
    own = found[found["place"] != county]
    told = [line for theme in named(figures) for line in _theme(figures, theme, own[own["theme"] == theme])]
    rest = [str(theme) for theme, rows in own.groupby("theme", sort=False) if not _weak(rows).any()]
    if told and rest:
        names = listing([low(named(figures)[theme]) for theme in rest])
        behind = _behind(own[own["theme"].isin(rest)])
        told.append((f"Ingen kommun är svag i flera när det gäller {names}.", behind))
    before = HEADING if told else ""
    if county:
        start = f"**{figures.name_of(county)} ligger tydligt under riket i flera verksamhetsområden:**"
        told += _place(figures, start, county)
    return as_lines(told, before) if told else Text(NONE)


def of_municipality(figures: Figures, place: str) -> Text:
    """Return in which themes a municipality (its code) is weak in several domains, as a line; nothing in none."""
    return as_lines(_place(figures, "**Svagt i flera verksamhetsområden samtidigt:**", place))


def about(figures: Figures) -> Text:
    """Return what the questions of each theme are about, as a list."""
    known = themes(figures.folder)
    told = [f"- **{known[name].name}:** {known[name].description.strip()}." for name in named(figures)]
    return Text("\n".join(tied(text) for text in told))


def _weak(found: pd.DataFrame) -> pd.Series:
    return found["weak"].map(len) >= SEVERAL


def _behind(found: pd.DataFrame) -> tuple[int, ...]:
    return tuple(at for rows in found["rows"] for at in rows)


def named(figures: Figures) -> dict[str, str]:
    """Return the names of the themes by id, in order."""
    return {one.area: one.title for one in figures.measures.values()}


def _theme(figures: Figures, theme: str, found: pd.DataFrame) -> list[Line]:
    """Return which municipalities, of how many, are weak in a theme: named where they are few, as all where all are."""
    names = [figures.name_of(place) for place in found.loc[_weak(found), "place"]]
    if not names:
        return []
    size = f"{count(len(names))} av {count(len(found))} kommuner"
    who = f"{size}: {listing(names)}" if len(names) <= MOST_NAMES else size
    every = "båda kommunerna" if len(names) == BOTH else f"alla {count(len(names))} kommuner"
    who = every if len(names) == len(found) > 1 else who
    return [(f"**{named(figures)[theme]}:** {names[0] if len(found) == 1 else who}.", _behind(found))]


def _place(figures: Figures, start: str, place: str) -> list[Line]:
    """Return in which themes a place is weak in several domains, each with how many, and which they are; else none."""
    found = several(replace(figures, frame=figures.frame[figures.frame["place"] == place]))  # it may have no figure
    weak = found[_weak(found)]
    told = [f"{low(named(figures)[row.theme])} i {count(len(row.weak))} av {count(row.of)}" for row in each_row(weak)]
    looked = figures.frame.loc[[*_behind(weak)], "measure"]
    which = listing(list(dict.fromkeys(called(figures.measures[name]) for name in looked)))
    return [(f"{start} {clear_listing(told)}. Områdena är {which}.", _behind(weak))] if told else []


def called(measure: Measure, *, at_start: bool = False) -> str:
    """Return what a theme's domain is called, with its years."""
    name = measure.about.domain
    return f"{name if at_start else low(name)} {measure.about.years}"
