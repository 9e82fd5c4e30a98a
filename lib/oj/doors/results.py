"""The one data door for a notebook: the results of a county as a tidy table.

One row per indicator and place: the report's municipalities first, then the nation, the county and
the counties it is compared with. Hidden figures are hidden already here: there is nothing behind.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from oj.doors.observations import places_with_history
from oj.doors.shown import read_reported
from oj.facts.catalog import Indicator, indicators
from oj.facts.editions import edition_folder
from oj.facts.places import (
    NATION,
    Place,
    all_places,
    city_of,
    find_county,
    find_municipality,
    is_district,
    shell_word,
    units,
)
from oj.words.errors import UserError, nearest
from oj.words.swedish import listing, number, percent
from oj.words.vocabulary import ANSWER_WORDS, PRELIMINARY, STATUSES, UNITS

COLUMNS = [
    "edition", "area", "subarea", "indicator", "title", "place", "place_name", "level",
    "value", "answer", "status", "numerator", "denominator", "display", "source", "domain",
]  # fmt: skip


def results(  # noqa: PLR0913, PLR0917
    county: str,
    edition: str = "",
    municipalities: str | Sequence[str] = (),
    compare_with: str | Sequence[str] = (),
    domain: str = "",
    folder: Path | None = None,
) -> pd.DataFrame:
    """Return the results for a county, one row per indicator and place, in the report's order.

    Where the domain or the edition is not said it is the one that `data/` means. Only what the edition asks is in.
    `value` is in the indicator's unit (shares 0-1, hours per week), `display` as a reader sees it.
    Without `municipalities` all the county's municipalities with results are in; a city district that answered
    for itself stands as one. A county that is a single municipality has no row beside it, which would be the same.
    What a place's source does not have is a row with the status missing. Raises UserError where the county, a
    municipality or the edition has none.

    >>> answers = results("Stockholm", municipalities=["Solna"])
    >>> answers.query("indicator == 'socialjour'")["display"].str.replace(chr(160), " ").tolist()
    ['Ja', '72 %', '89 %']
    """
    folder = edition_folder(folder, str(edition), domain)
    own = find_county(county, folder)
    published = _of_edition(read_reported(own.code, folder), folder)
    chosen = _places(published, own, names_of(municipalities), names_of(compare_with), folder)
    known = indicators(folder)
    order = {place.code: position for position, place in enumerate(chosen)}
    rows = completed(published[published["place"].isin(order)], list(known))
    rows["position"] = rows["indicator"].map({name: position for position, name in enumerate(known)})
    rows = rows.sort_values(["position", "place"], key=lambda column: column.map(lambda key: order.get(key, key)))
    by_code = {place.code: place for place in chosen}
    rows["area"] = rows["indicator"].map(lambda name: known[name].area)
    rows["subarea"] = rows["indicator"].map(lambda name: known[name].subarea)
    rows["title"] = rows["indicator"].map(lambda name: known[name].title)
    rows["place_name"] = rows["place"].map(lambda code: by_code[code].name)
    rows["level"] = rows["place"].map(
        lambda code: "municipality" if by_code[code].level in UNITS else by_code[code].level
    )
    rows["display"] = [
        display(known[name], value, answer, status)
        for name, value, answer, status in zip(
            rows["indicator"], rows["value"], rows["answer"].fillna(""), rows["status"], strict=True
        )
    ]
    rows["domain"] = folder.parent.name
    return rows[COLUMNS].reset_index(drop=True)


def completed(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return results with a row for every place and indicator: what a place's source does not have is missing in it.

    What a city's districts answer is no question to the city, and what is told of the city is none to them.
    """
    sources = rows.drop_duplicates("place").set_index("place")
    every = pd.MultiIndex.from_product([sources.index, names])
    known = pd.MultiIndex.from_frame(rows[["place", "indicator"]])
    lacking = every.difference(known, sort=False).to_frame(index=False)
    if lacking.empty:
        return rows.copy()
    lacking.columns = pd.Index(["place", "indicator"])
    about = sources.loc[lacking["place"], ["edition", "source"]].reset_index(drop=True)
    answered = {(city_of(place), name, is_district(place)) for place, name in known}
    elsewhere = [(city_of(place), name, not is_district(place)) in answered for place, name in lacking.to_numpy()]
    status = np.where(elsewhere, "not_applicable", "missing")
    added = pd.concat([lacking, about], axis=1).assign(status=status).reindex(columns=rows.columns)
    return pd.concat([rows, added.astype(rows.dtypes.to_dict())], ignore_index=True)


def display(indicator: Indicator, value: float, answer: str, status: str) -> str:
    """Return a result as a reader sees it in a table cell: Ja, 59 %, 4,8 or the status' sign.

    >>> display(indicators()["arbetsledning"], 4.8, "", "observed")
    '4,8'
    """
    if status != "observed":
        return STATUSES[status].sign
    if answer:
        return indicator.answer_words.get(answer) or ANSWER_WORDS[answer]
    if indicator.scale in ("hours-per-week", "ratio"):
        return number(value, indicator.decimals)
    return percent(value, indicator.decimals)


def is_preliminary(results: pd.DataFrame) -> bool:
    """Return whether some of the results are answers that nobody has published yet.

    >>> is_preliminary(results("Stockholm"))
    False
    """
    return bool(results["source"].str.startswith(PRELIMINARY).any())


def place_of(results: pd.DataFrame, municipality: str) -> str:
    """Return the code of a municipality in the results by its name or code; raise UserError for another."""
    own = results[results["level"] == "municipality"].drop_duplicates("place")
    found = own.loc[(own["place_name"] == municipality) | (own["place"] == municipality), "place"]
    if found.empty:
        names = own["place_name"].tolist()
        raise UserError(
            f"Kommunen ”{municipality}” finns inte i resultaten.{nearest(municipality, names)} "
            f"Kommunerna är: {', '.join(names) or 'inga'}."
        )
    return str(found.iloc[0])


def name_of(results: pd.DataFrame, place: str) -> str:
    """Return a place's name in the results."""
    return str(results.loc[results["place"] == place, "place_name"].iloc[0])


def _of_edition(published: pd.DataFrame, folder: Path) -> pd.DataFrame:
    rows = published[published["edition"] == folder.name]
    if rows.empty:
        raise UserError(f"Det finns inga resultat för utgåvan {folder.name} ännu.{_over_time(folder)}")
    return rows


def _without_results(own: Place, with_results: Sequence[Place], folder: Path | None) -> str:
    """Return what to do for a county that has no results, and which counties have."""
    others = dict.fromkeys(place.county or place.code for place in with_results if place.level != "nation")
    names, word = ", ".join(all_places(folder)[code].short for code in others), shell_word(own.short)
    return (
        f"Det finns inga resultat för {own.name} ännu. Län med resultat: {names}.{_over_time(folder)}\n"
        f"Egna resultat fylls i en mall (make template COUNTY={word}) och läses in (make import FILE=…). Aktuella "
        f"nyckeltal hämtas ur Kolada med make fetch COUNTY={word}."
    )


def _over_time(folder: Path | None) -> str:
    """Return which reports over the years can be built, as a sentence."""
    places = all_places(folder)
    of_report = [places[places[code].county or code].short for code in places_with_history(folder)]
    names = listing([f"COUNTY={shell_word(name)}" for name in dict.fromkeys(of_report)])
    return f" Siffror över åren finns med {names}." if names else ""


def names_of(given: str | Sequence[str]) -> list[str]:
    """Return names as a list, also where a single one was given."""
    return [given] if isinstance(given, str) else list(given)


def _places(
    published: pd.DataFrame,
    own: Place,
    municipalities: Sequence[str],
    compare_with: Sequence[str],
    folder: Path | None,
) -> list[Place]:
    """Return the report's places in order; raise UserError where one has no results."""
    codes = set(published["place"])
    with_results = [place for code, place in all_places(folder).items() if code in codes]
    inside = [place for place in with_results if own.code in (place.code, place.county)]
    if not inside:
        raise UserError(_without_results(own, with_results, folder))
    own_municipalities = [place for place in inside if place.level in UNITS]
    chosen = [find_municipality(text, own, folder) for text in municipalities] or own_municipalities
    lacking = [place.name for place in chosen if place not in own_municipalities]
    if lacking:
        names = ", ".join(place.name for place in own_municipalities) or "ingen"
        raise UserError(
            f"Det finns inga resultat för {', '.join(lacking)}. Kommuner med resultat i {own.name}: {names}."
        )
    compared = [find_county(text, folder) for text in compare_with]
    empty = [place.name for place in compared if place not in with_results]
    if empty:
        raise UserError(f"Det finns inga resultat att jämföra med för {', '.join(empty)}.")
    alone = bool(chosen) and len(units(own.code, folder)) == 1  # the county's figures are its only municipality's own
    regions = [all_places(folder)[NATION], *([] if alone else [own]), *compared]
    return [*chosen, *(place for place in regions if place in with_results)]
