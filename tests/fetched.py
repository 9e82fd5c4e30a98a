"""A made county's key figures, as a fetch would leave them: Halland's six municipalities."""

import shutil
from pathlib import Path

import pandas as pd

from conftest import DATA
from oj.sources.kolada.values import (
    Answered,
    Fetched,
    Group,
    Stopped,
    fetched_folder,
    read_fetched_file,
    write_key_figures,
)

PLACES = {"1315": "Hylte", "1380": "Halmstad", "1381": "Laholm", "1382": "Falkenberg", "1383": "Varberg",
          "1384": "Kungsbacka"}  # fmt: skip
HALLAND, NATION, GROUP = "13", "00", "G92790"
GONE = "Kolada har dragit in nyckeltalet."
FETCHED = Fetched(
    county=HALLAND, address="https://api.kolada.se/v3/", fetched="2026-11-22",
    stopped=[
        Stopped(indicator="automatisering", kolada="U33341", title="Automatisering", reason=GONE),
        Stopped(indicator="fraga-socialjour", kolada="U31466", title="Socialjour", reason=GONE),  # since withdrawn
    ],
    groups=[Group(id=GROUP, title="Större stad (ovägt medel)", places=["1380"], size=23)],
    answers=[Answered(asked="data", items=1, sha256="0" * 64)],
)  # fmt: skip
Row = tuple[str, str, int, str, float | None, str, int | None, str, str]


def fetched_counties(folder: Path | None = None) -> dict[str, Fetched]:
    """Return what is told of every county that key figures are fetched for, by the county's code, in order."""
    told = [read_fetched_file(path) for path in sorted(fetched_folder(folder).glob("*.yml"))]
    return {one.county: one for one in sorted(told, key=lambda one: one.county)}


def observed(
    indicator: str, place: str, year: int, value: float, gender: str = "total", count: int | None = None
) -> Row:
    """Return a row with a figure; with a `count` it is a mean of ours."""
    source = "kolada" if count is None else "egen-berakning"
    return (indicator, place, year, gender, value, "observed", 1 if count is None else count, "", source)


def lacking(indicator: str, place: str, year: int, status: str = "missing", gender: str = "total") -> Row:
    """Return a row without a figure."""
    return (indicator, place, year, gender, None, status, None, "", "kolada")


def investigation() -> list[Row]:
    """Return the days of investigation: 2018 and 2022, a municipality lacking in each."""
    early = {"1315": 100, "1380": 110, "1381": 120, "1382": 130, "1383": 140}  # Kungsbacka lacks
    late = {"1315": 80, "1380": 90, "1381": 100, "1382": 110, "1384": 60}  # Varberg lacks
    rows = [observed("utredningstid", place, 2018, days) for place, days in early.items()]
    rows += [observed("utredningstid", place, 2022, days) for place, days in late.items()]
    rows += [lacking("utredningstid", "1384", 2018), lacking("utredningstid", "1383", 2022)]
    rows += [
        observed("utredningstid", HALLAND, 2018, 120, count=5),
        observed("utredningstid", HALLAND, 2022, 88, count=5),
    ]
    rows += [observed("utredningstid", NATION, 2018, 105, count=200)]
    rows += [observed("utredningstid", NATION, 2022, 100, count=210)]
    return [*rows, observed("utredningstid", GROUP, 2022, 95, count=20)]


def answers() -> list[Row]:
    """Return a survey question before and after its break in 2020, girls and boys shown in one place."""
    rows = [observed("unga-inflytande", place, year, value) for year, value in ((2018, 60.0), (2022, 90.0))
            for place in ("1315", "1380", "1381")]  # fmt: skip
    rows += [observed("unga-antal-svar", place, year, number) for year in (2018, 2022)
             for place, number in (("1315", 12), ("1380", 40), ("1381", 8))]  # fmt: skip
    rows += [
        observed("unga-inflytande", "1380", 2022, 80.0, "women"),
        observed("unga-inflytande", "1380", 2022, 97.0, "men"),
    ]
    rows += [lacking("unga-inflytande", "1381", 2022, "suppressed", gender) for gender in ("women", "men")]
    rows += [
        observed("unga-inflytande", HALLAND, 2022, 90.0, count=3),
        observed("unga-inflytande", HALLAND, 2018, 60.0, count=3),
    ]
    return [*rows, observed("unga-inflytande", NATION, 2022, 91.0, count=59)]


def placements() -> list[Row]:
    """Return placements in HVB: a nation's figure of Kolada's own, a real nought, and girls beside boys."""
    values = {"1315": 0.0, "1380": 4.2, "1381": 3.0, "1382": 2.0, "1383": 1.6, "1384": 1.2}
    rows = [observed("placerade-hvb", place, 2022, value) for place, value in values.items()]
    rows += [observed("placerade-hvb", NATION, 2022, 2.1), observed("placerade-hvb", HALLAND, 2022, 2.0, count=6)]
    divided = ((NATION, None, 1.9, "women"), (NATION, None, 2.3, "men"), (HALLAND, 4, 1.5, "women"))
    divided += ((HALLAND, 4, 2.4, "men"),)
    return rows + [
        observed("placerade-hvb", place, 2022, value, gender, count) for place, count, value, gender in divided
    ]


def table() -> pd.DataFrame:
    """Return all rows as a fetch writes them."""
    columns = ["indicator", "place", "year", "gender", "value", "status", "count", "told", "source"]
    made = pd.DataFrame([*answers(), *investigation(), *placements()], columns=columns)
    return made.astype({"count": "Int64", "value": "float64"})


def with_fetched(folder: Path) -> Path:
    """Return a copy of the facts with Halland's key figures among them."""
    shutil.copytree(DATA, folder)
    write_key_figures({"halland": (table(), FETCHED)}, folder)
    return folder
