"""The current key figures of a county as a tidy table: what `oj fetch` brought from Kolada, by year and gender.

One row per key figure, place, year and gender: the report's municipalities first, then the nation, the county, the
counties it is compared with and the groups of similar municipalities. Means that we have computed say so in `source`.
"""

from collections.abc import Sequence
from functools import cache
from math import isnan
from pathlib import Path

import pandas as pd

from oj.doors.results import names_of
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import NATION, Place, all_places, find_county, find_municipality, shell_word
from oj.sources.kolada.values import OWN, is_fetched, read_fetched, read_key_figures
from oj.words.errors import UserError, nearest
from oj.words.swedish import NO_BREAK_SPACE, alphabetical, as_shown, number
from oj.words.vocabulary import STATUSES, UNITS

COLUMNS = [
    "area", "table", "indicator", "name", "place", "place_name", "level", "year", "gender", "value", "status", "count",
    "display", "source",
]  # fmt: skip
ABSENT = "–"  # no mean of fewer than three municipalities


def current(
    county: str,
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return a county's current key figures, one row per key figure, place, year and gender.

    `value` is in Kolada's unit (per cent 0-100, days, persons), rounded as it is shown, NaN where there is none;
    `display` is what a reader sees. `gender` is total, women or men. Raises UserError where nothing has been
    fetched for a county.
    """
    own = find_county(county, folder)
    wanted = [find_municipality(text, own, folder) for text in names_of(municipalities)]
    others = [find_county(text, folder) for text in names_of(compare_with)]
    _refuse_unfetched([own, *others], folder)
    fetched, rows = read_fetched(own.short, folder), read_key_figures(own.short, folder)
    chosen = [place.code for place in wanted] or _municipalities(rows, folder)
    groups = {group.id: group.name for group in fetched.groups if set(group.places) & set(chosen)}
    whole = [own.code] if len(units_of(own, folder)) > 1 else []  # a lone municipality is its county
    parts = [rows[rows["place"].isin([*chosen, NATION, *whole, *groups])]]
    parts += [_county_only(other, folder) for other in others]
    names = {code: place.name for code, place in all_places(folder).items()} | groups
    order = {code: at for at, code in enumerate([*chosen, NATION, *whole, *(one.code for one in others), *groups])}
    return _arranged(pd.concat(parts, ignore_index=True), names, order, folder)


def unit_words(item: KeyFigure, value: float) -> str:
    """Return a figure with its unit as it is read in a sentence: 81 %, 3,2 per 1 000, 118 dagar."""
    words = {"percent": "%", "per-1000": f"per 1{NO_BREAK_SPACE}000", "days": "dagar", "persons": "invånare"}
    return f"{number(value, item.decimals)}{NO_BREAK_SPACE}{words[item.unit]}"


def shown_figure(item: KeyFigure, value: float, status: str, source: str) -> str:
    """Return a figure as it stands in a cell; what we have computed ourselves has a star, what is lacking its sign."""
    if status != "observed":
        return ABSENT if source == OWN else STATUSES[status].sign
    if item.coding and source != OWN:
        return item.answer_words[item.coding[f"{value:g}"]]
    text = number(value, item.decimals) + (f"{NO_BREAK_SPACE}%" if item.unit in ("percent", "answer") else "")
    return f"{text}*" if source == OWN else text


def full_name(item: KeyFigure) -> str:
    """Return a key figure's name where it stands among those of other tables: Unga: visar förståelse."""
    return f"{item.asked}: {item.name[:1].lower()}{item.name[1:]}" if item.asked else item.name


def latest_years(figures: pd.DataFrame) -> dict[str, int]:
    """Return each key figure's latest year with a figure for one of the report's municipalities."""
    own = figures[(figures["level"] == "municipality") & (figures["status"] == "observed")]
    return {str(name): int(year) for name, year in own.groupby("indicator", sort=False)["year"].max().items()}


def latest(figures: pd.DataFrame, gender: str = "total") -> pd.DataFrame:
    """Return the rows of each key figure's latest year; `gender` is total, women or men."""
    years = figures["indicator"].map(latest_years(figures))
    return figures[(figures["year"] == years) & (figures["gender"] == gender)]


def _refuse_unfetched(counties: Sequence[Place], folder: Path | None) -> None:
    """Raise UserError, with what to do, for the first county that nothing is fetched for."""
    for county in counties:
        if not is_fetched(county, folder):
            word = shell_word(county.short)
            raise UserError(
                f"Inget är hämtat ur Kolada för {county.name}. Skriv make fetch COUNTY={word} (oj fetch {word}) först."
            )


def units_of(county: Place, folder: Path | None = None) -> list[Place]:
    """Return a county's municipalities."""
    return [one for one in all_places(folder).values() if one.county == county.code and one.level == "municipality"]


def _municipalities(rows: pd.DataFrame, folder: Path | None) -> list[str]:
    """Return the codes of the municipalities in the rows, in alphabetical order."""
    places = all_places(folder)
    own = {code for code in rows["place"] if code in places and places[code].level in UNITS}
    return sorted(own, key=lambda code: alphabetical(places[code].name))


def _county_only(county: Place, folder: Path | None) -> pd.DataFrame:
    """Return the rows of a compared county's own values."""
    rows = read_key_figures(county.short, folder)
    return rows[rows["place"] == county.code]


def _arranged(rows: pd.DataFrame, names: dict[str, str], order: dict[str, int], folder: Path | None) -> pd.DataFrame:
    """Return the rows with everything a reader needs, key figures as in the catalog and places as in `order`."""
    known, places = key_figures(folder), all_places(folder)
    unknown = [name for name in rows["indicator"].unique() if name not in known]
    if unknown:
        hint = nearest(unknown[0], known)
        raise UserError(f"Nyckeltalet ”{unknown[0]}” finns inte i key_figures.yml.{hint} Hämta om uppgifterna.")
    at = {name: position for position, name in enumerate(known)}
    rows = rows.assign(_first=rows["indicator"].map(at), _then=rows["place"].map(order))
    rows = rows.sort_values(["_first", "_then", "year", "gender"], kind="stable")
    for column in ("area", "table", "name"):
        rows[column] = rows["indicator"].map({name: getattr(item, column) for name, item in known.items()})
    rows["place_name"] = rows["place"].map(names)
    levels = {code: "municipality" if place.level in UNITS else place.level for code, place in places.items()}
    rows["level"] = rows["place"].map(levels).fillna("group")
    decimals = rows["indicator"].map({name: item.decimals for name, item in known.items()})
    rounded = cache(lambda value, places: value if isnan(value) else as_shown(value, places))
    rows["value"] = [rounded(*pair) for pair in zip(rows["value"], decimals, strict=True)]  # more tells of how many
    figure = cache(lambda name, value, status, source: shown_figure(known[name], value, status, source))
    with_figure = rows["value"].where(rows["status"] == "observed", 0.0)  # one of what is lacking is as another
    cells = zip(rows["indicator"], with_figure, rows["status"], rows["source"], strict=True)
    rows["display"] = [figure(*cell) for cell in cells]
    return rows[COLUMNS].reset_index(drop=True)
