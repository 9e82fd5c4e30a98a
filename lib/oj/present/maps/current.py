"""A map of one current key figure: below, near or above the nation's."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.compare.change import notable
from oj.doors.current import latest, unit_words
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import NATION
from oj.present.maps.figures import LACKS, NUMBERS
from oj.present.maps.shapes import Panel, map_svg
from oj.present.output import Figure, Parts
from oj.present.style import LACKING_FILL
from oj.words.errors import UserError, nearest
from oj.words.swedish import NO_BREAK_SPACE, capital

WORDS = ("Minst en tiondel under riket", "Nära riket", "Minst en tiondel över riket")


HEADING = "## Kartor {#sec-aktuell-kartor}"
READING = (
    "Färgen visar om kommunen ligger minst en tiondel under eller över riket. Den säger inget om vad som är bra eller "
    "dåligt."
)


def current_maps(figures: pd.DataFrame, folder: Path | None = None) -> Parts:
    """Return the maps of some key figures under a heading; nothing with fewer than two municipalities."""
    shown = [name for name, item in key_figures(folder).items() if item.mapped]
    maps = [one for name in shown for one in current_map(figures, name, folder)]
    return Parts([replace(one, before=f"{HEADING}\n\n{READING}") if at == 0 else one for at, one in enumerate(maps)])


def current_map(figures: pd.DataFrame, indicator: str, folder: Path | None = None) -> Parts:
    """Return a map of a key figure in its latest year, the municipalities coloured by their distance to the nation.

    Nothing with fewer than two municipalities that have a figure. Raises UserError for an unknown key figure.
    """
    known = key_figures(folder)
    if indicator not in known:
        raise UserError(f"Okänt nyckeltal ”{indicator}”.{nearest(indicator, known)}")
    item, rows = known[indicator], latest(figures)
    rows = rows[rows["indicator"] == indicator]
    own = rows[rows["level"] == "municipality"].set_index("place")
    nation = rows.loc[(rows["place"] == NATION) & (rows["status"] == "observed"), "value"]
    if (own["status"] == "observed").sum() < 2 or nation.empty:
        return Parts()
    year, level = int(own["year"].iloc[0]), round(float(nation.iloc[0]), item.decimals)
    texts = own["place_name"] + ": " + own["display"]
    fills = _fills(own, item, level)
    legend = dict(zip(WORDS, NUMBERS, strict=True)) | {LACKS: LACKING_FILL}
    panel = Panel(item.name, texts, fills, {word: fill for word, fill in legend.items() if fill in set(fills)})
    caption = f"Karta: {item.name.lower()} {year}, riket {unit_words(item, level)}. Källa: Kolada."
    told = ", ".join(f"{row.place_name} {row.display}" for row in own.itertuples())
    alt = f"Karta. {capital(item.phrase)} {year}: {told}."
    return Parts([Figure(map_svg(panel), f"fig-karta-{indicator}", caption, alt.replace(NO_BREAK_SPACE, " "))])


def _fills(own: pd.DataFrame, item: KeyFigure, level: float) -> pd.Series:
    """Return a fill per place: below the nation, near it, above it, or lacking."""
    values = own["value"].round(item.decimals)
    steps = [1 if not notable(value, level) else 0 if value < level else 2 for value in values.fillna(level)]
    fills = pd.Series([NUMBERS[step] for step in steps], index=own.index)
    return fills.where(own["status"] == "observed", LACKING_FILL)
