"""Any figures as maps of the county's municipalities."""

from dataclasses import replace

import pandas as pd

from oj.compare.reached import ALL, differs_most
from oj.facts.places import is_district
from oj.figures.measures import Measure
from oj.figures.schema import TOTAL, Figures
from oj.present.chart.marks import places_said
from oj.present.maps.panels import nation_of, panel_of, targets_panel
from oj.present.maps.shapes import MOST_NAMED, map_svg, maps_svg
from oj.present.output import Figure, Parts
from oj.words.errors import UserError
from oj.words.swedish import NO_BREAK_SPACE, capital, count

FEWEST = 2  # municipalities that could differ
HEADING = "## Kartor {#sec-kartor}"
HEADING_OF_TODAY = "## Kartor {#sec-aktuell-kartor}"
READING = (
    "Färgen visar om kommunen ligger minst en tiondel under eller över riket. Den säger inget om vad som är bra eller "
    "dåligt."
)


def map(figures: Figures) -> Parts:
    """Return maps: of a measure, of reached targets, or of where the municipalities differ most in each area.

    Of today some key figures' latest year. Nothing with fewer than two municipalities that could differ. Raises
    UserError for a measure that no municipality has, and for the years, which have no maps.

    >>> import oj
    >>> [part.label for part in oj.map(oj.figures("Stockholm").of("saker"))]
    ['fig-karta-saker']
    """
    if figures.is_over_time:
        raise UserError("Kartor ritas av en utgåvas resultat eller av aktuella nyckeltal, inte av åren.")
    drawn = figures.latest().by(TOTAL) if figures.is_current else figures
    district = drawn.frame["place"].map(is_district).astype(bool)
    left_out = " Stadsdelar ritas inte." if district.any() else ""
    drawn = replace(drawn, frame=drawn.frame[~district])
    if figures.origin is not None:
        return _of_targets(drawn, left_out)
    if figures.chosen in figures.measures:
        return Parts(_of_one(drawn, figures.measures[figures.chosen], left_out))
    if figures.chosen:
        found = differs_most(drawn)
        maps = _of_one(drawn, figures.measures[found], left_out) if found else []
        return Parts([replace(one, label=f"fig-karta-{figures.chosen}") for one in maps])
    return _some_of_today(drawn) if figures.is_current else _of_areas(drawn, left_out)


def _own(figures: Figures) -> pd.DataFrame:
    """Return the rows of the municipalities."""
    return figures.frame[figures.frame["level"] == "municipality"]


def _of_areas(figures: Figures, left_out: str) -> Parts:
    """Return a small map for each area but the background, of the measure where the municipalities differ most."""
    own = _own(figures)
    areas = dict.fromkeys(one.area for one in figures.measures.values() if not one.is_background)
    found = [differs_most(figures.of(area)) for area in areas]
    chosen = [figures.measures[name] for name in found if name]
    if own["place"].nunique() < FEWEST or not chosen:
        return Parts()
    panels = [panel_of(figures, one) for one in chosen]
    caption = (
        f"För varje område den indikator där kommunerna skiljer sig mest, utgåvan {figures.edition}. "
        f"Tal har färger av eget slag: tydligt under rikets, nära det eller tydligt över.{left_out}"
    )
    if len(panels[0].texts) > MOST_NAMED:
        caption += " Kommunernas namn står på kartan över nådda mål, och svaren i områdenas tabeller."
    told = [places_said(own[own["measure"] == one.id]) for one in chosen]
    alt = " ".join(f"{panel.title}: {words}." for panel, words in zip(panels, told, strict=True))
    return Parts([Figure(maps_svg(panels), "fig-kartor", caption, f"Kartor. {alt}", HEADING)])


def _some_of_today(figures: Figures) -> Parts:
    """Return the maps that the catalogue chooses, under a heading."""
    maps = [part for one in figures.measures.values() if one.about.mapped for part in _of_one(figures, one, "")]
    before = f"{HEADING_OF_TODAY}\n\n{READING}"
    return Parts([replace(one, before=before if at == 0 else "") for at, one in enumerate(maps)])


def _of_one(figures: Figures, measure: Measure, left_out: str) -> list[Figure]:
    """Return a map of a measure; of today nothing with fewer than two municipalities or without the nation."""
    own = _own(figures)
    own = own[own["measure"] == measure.id]
    if not figures.is_current and own.empty:
        raise UserError(f"Ingen kommun har resultat för {measure.phrase}, så det blir ingen karta.")
    if figures.is_current and (own["status"] == "observed").sum() < FEWEST:
        return []
    panel, nation = panel_of(figures, measure), nation_of(figures, measure)
    caption = f"Karta: {panel.title}, utgåvan {figures.edition}.{left_out}"
    alt = f"Karta med {_municipalities(own)}. {places_said(own)}."
    if figures.is_current:
        if nation.empty and not measure.is_answer:
            return []
        year = own["period"].iloc[0]
        level = "" if nation.empty else f", riket {measure.told(float(nation['value'].iloc[0]))}"
        caption = f"Karta: {measure.short.lower()} {year}{level}. Källa: Kolada."
        alt = f"Karta. {capital(measure.phrase)} {year}: {places_said(own)}.".replace(NO_BREAK_SPACE, " ")
    return [Figure(map_svg(panel), f"fig-karta-{measure.id}", caption, alt)]


def _of_targets(figures: Figures, left_out: str) -> Parts:
    """Return a map of how many targets each municipality reaches, of all or of an area; nothing without any."""
    own = _own(figures)
    shown = figures.measures.get(ALL) or next(iter(figures.measures.values()))
    own = own[own["measure"] == shown.id]
    if own.empty:
        return Parts()
    where = "" if shown.id == ALL else f" i {shown.title}"
    caption = (
        f"Karta: antal mål{where} som kommunerna når av dem med Ja- och Nej-svar, utgåvan {figures.edition}. "
        f"Färgen visar antalet.{left_out}"
    )
    label = "fig-karta-mal" if shown.id == ALL else f"fig-karta-mal-{shown.id}"
    alt = f"Karta med {_municipalities(own)}. {places_said(own)}."
    return Parts([Figure(map_svg(targets_panel(own)), label, caption, alt)])


def _municipalities(own: pd.DataFrame) -> str:
    return "en kommun" if len(own) == 1 else f"{count(len(own))} kommuner"
