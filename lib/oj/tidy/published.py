"""The figures of an edition: what is published, read in or preliminary, of all that the edition asks."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from oj.doors.shown import read_reported
from oj.facts.catalog import indicators
from oj.facts.places import (
    NATION,
    Place,
    all_places,
    city_of,
    find_county,
    find_municipality,
    is_district,
    shell_word,
    slug,
    units,
)
from oj.tidy import measures
from oj.tidy.arrange import arranged, methods, named
from oj.tidy.schema import Figures
from oj.tidy.years import places_with_history
from oj.words.errors import UserError
from oj.words.groups import are_apart, measure_and_group, of_all
from oj.words.swedish import listing
from oj.words.vocabulary import UNITS


def of_an_edition(counties: Sequence[str], municipalities: Sequence[str], home: Path, asked: str = "") -> Figures:
    """Return an edition's figures for a county (the first) beside the nation and those that it is compared with.

    What a place's source does not have is a row with the status missing; what the edition does not ask is no row. A
    county that is a single municipality has no row beside it, which would be the same. `asked` is the source that the
    nation's and the counties' figures are wanted from. Raises UserError where the county, a municipality or the edition
    has none.
    """
    own = find_county(counties[0], home)
    every = read_reported(own.code, home, asked, apart=True)
    every = every[every["edition"] == home.name]
    rows, apart = of_all(every), every[are_apart(every)]
    if rows.empty:
        raise UserError(f"Det finns inga resultat för utgåvan {home.name} ännu.{_over_time(home)}")
    chosen = _places(rows, own, municipalities, counties[1:], home)
    codes = [one.code for one in chosen]
    found = of_rows(completed(rows[rows["place"].isin(codes)], list(indicators(home))), chosen, home, counties)
    apart = apart[apart["place"].isin(codes)]
    return replace(found, reference_source=asked, apart=_apart(apart, chosen, found) if len(apart) else None)


def _apart(rows: pd.DataFrame, places: Sequence[Place], figures: Figures) -> pd.DataFrame:
    """Return the results of women and men alone as rows of the one table, numbered after the others."""
    told = [measure_and_group(name) for name in rows["indicator"]]
    named = rows.assign(indicator=[name for name, _ in told], group=[group for _, group in told])
    table = of_rows(named, places, figures.folder, figures.counties).frame
    return table.set_axis(range(len(figures.frame), len(figures.frame) + len(table)))


def of_rows(rows: pd.DataFrame, places: Sequence[Place], home: Path, counties: Sequence[str]) -> Figures:
    """Return results (as in the files of `results/`) of places in order as figures of the edition in `home`."""
    known = measures.of_edition(home)
    rows = rows.rename(columns={"indicator": "measure", "edition": "period"})
    rows = rows.assign(method=methods(rows["source"], home))
    table = arranged(rows, known, named(places), f"data/{home.parent.name}/{home.name}")
    return Figures(table, known, home.name, home, tuple(counties), measures.headings_of(home))


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


def _places(
    rows: pd.DataFrame, own: Place, municipalities: Sequence[str], compare_with: Sequence[str], home: Path
) -> list[Place]:
    """Return the report's places in order; raise UserError where one has no results."""
    codes, places = set(rows["place"]), all_places(home)
    with_results = [place for code, place in places.items() if code in codes]
    inside = [place for place in with_results if own.code in (place.code, place.county)]
    if not inside:
        raise UserError(_without_results(own, with_results, home))
    answering = [place for place in inside if place.level in UNITS]
    chosen = [find_municipality(text, own, home) for text in municipalities] or answering
    compared = [find_county(text, home) for text in compare_with]
    _refuse_lacking(own, chosen, compared, with_results)
    alone = bool(chosen) and len(units(own.code, home)) == 1  # the county's figures are its only municipality's own
    regions = [places[NATION], *([] if alone else [own]), *compared]
    return [*chosen, *(place for place in regions if place in with_results)]


def _refuse_lacking(own: Place, chosen: list[Place], compared: list[Place], with_results: list[Place]) -> None:
    """Raise UserError for municipalities and counties without results, with where they are chosen and which have."""
    inside = [place.name for place in with_results if place.county == own.code and place.level in UNITS]
    counties = [place.short for place in with_results if place.level == "county" and place != own]
    lacking, empty = ([one.name for one in some if one not in with_results] for some in (chosen, compared))
    told = []
    if lacking:
        told.append(f"Det finns inga resultat för {', '.join(lacking)}. Kommuner med resultat i {own.name}: "
                    f"{', '.join(inside) or 'ingen'}.")  # fmt: skip
    if empty:
        told.append(f"Det finns inga resultat att jämföra med för {', '.join(empty)}. Län med resultat: "
                    f"{', '.join(counties) or 'inget annat'}.")  # fmt: skip
    if told:
        keys = " och ".join(key for key, some in (("municipalities", lacking), ("compare_with", empty)) if some)
        file = f"params/{slug(own.short)}.yml"
        raise UserError(" ".join([*told, f"Ändra {keys}, i {file} eller där de står när du kör."]))


def _without_results(own: Place, with_results: Sequence[Place], home: Path) -> str:
    """Return what to do for a county that has no results, and which counties have."""
    others = dict.fromkeys(place.county or place.code for place in with_results if place.level != "nation")
    names, word = ", ".join(all_places(home)[code].short for code in others), shell_word(own.short)
    return (
        f"Det finns inga resultat för {own.name} ännu. Län med resultat: {names}.{_over_time(home)}\n"
        f"Egna resultat fylls i en mall (make template COUNTY={word}) och läses in (make import FILE=…). Aktuella "
        f"nyckeltal hämtas ur Kolada med make fetch COUNTY={word}."
    )


def _over_time(home: Path) -> str:
    """Return which reports over the years can be built, as a sentence."""
    places = all_places(home)
    of_report = [places[places[code].county or code].short for code in places_with_history(home)]
    names = listing([f"COUNTY={shell_word(name)}" for name in dict.fromkeys(of_report)])
    return f" Siffror över åren finns med {names}." if names else ""
