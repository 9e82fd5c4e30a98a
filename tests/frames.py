"""Results frames for the tests: the reports' own, ones made up cell by cell, and ones drawn by hypothesis."""

from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from conftest import DATA, DOMAIN
from oj.facts.catalog import Indicator, in_table, indicators
from oj.facts.editions import edition_folder
from oj.facts.kept import kept_by_content
from oj.facts.places import all_places
from oj.tidy.published import of_rows
from oj.tidy.schema import Figures
from oj.tidy.written import EDITION as COLUMNS
from oj.words.vocabulary import ANSWERS, STATUSES
from written import display, results

Cell = str | float
Cells = dict[tuple[str, str], Cell]

KNOWN = indicators(DATA)
PLACES = all_places(DATA)
MUNICIPALITIES = [place.code for place in PLACES.values() if place.county == "01" and place.level == "municipality"]
REGIONS = ["00", "01", "06"]
LACKING = [status for status in STATUSES if status != "observed"]

STOCKHOLM = results("Stockholm", compare_with=["Jönköping"])
JONKOPING = results("Jönköping")
SOLNA = results("Stockholm", municipalities=["Solna"])
REPORTS = {"stockholm": STOCKHOLM, "jonkoping": JONKOPING, "solna": SOLNA}


def figures_of(rows: pd.DataFrame, folder: Path | None = None, counties: tuple[str, ...] = ("Stockholm",)) -> Figures:
    """Return a results frame as figures, of the edition of its facts."""
    home = edition_folder(folder)
    return (_shipped if home.is_relative_to(DATA) else _arranged)(rows, home, counties)


def _arranged(rows: pd.DataFrame, home: Path, counties: tuple[str, ...]) -> Figures:
    return of_rows(rows, [PLACES[code] for code in rows["place"].unique()], home, counties)


_shipped = kept_by_content(_arranged)  # what is shipped does not change, and the same report is asked for many times


def made(cells: Mapping[tuple[str, str], Cell], places: Sequence[str] = ()) -> pd.DataFrame:
    """Return a results frame of (indicator, place) -> an answer, a number or the status of a lacking figure.

    Places stand in the order of `places`, else as first named; indicators in the catalogue's.
    """
    order = list(places) or list(dict.fromkeys(place for _, place in cells))
    keys = [(name, place) for name in KNOWN for place in order if (name, place) in cells]
    assert len(keys) == len(cells), "a cell is of an unknown indicator or place"
    rows = [_row(KNOWN[name], place, cells[name, place]) for name, place in keys]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype(dict.fromkeys(["value", "numerator", "denominator"], "float64"))


def _row(item: Indicator, place: str, cell: Cell) -> list[object]:
    value = cell if isinstance(cell, int | float) else nan
    answer = cell if cell in ANSWERS else None
    status = str(cell) if cell in STATUSES else "observed"
    assert status != "observed" or answer or value is cell, f"{cell!r} is no answer, number or status"
    shown = display(item, float(value), str(answer or ""), status)
    about = ["2015", item.area, item.subarea, item.id, item.title]
    counts = [nan, nan]
    of = [place, PLACES[place].name, PLACES[place].level]
    return [*about, *of, value, answer, status, *counts, shown, "fou-nordvast-2015", DOMAIN]


def full(table: str, municipalities: int, cell: Cell = "yes", share: float = 0.5) -> Cells:
    """Return a whole table's cells, `cell` for each municipality's answer and `share` for every number."""
    places = [*MUNICIPALITIES[:municipalities], *REGIONS]
    return {
        (item.id, place): cell if item.is_answer and place not in REGIONS else share
        for item in in_table(table)
        for place in places
    }


def cells_of(item: Indicator, place: str) -> st.SearchStrategy[Cell]:
    """Return what one cell can be: what its scale allows at its level, or one of the reasons for having none."""
    lacking: st.SearchStrategy[Cell] = st.sampled_from(["missing", "suppressed", "not_applicable"])
    if place in REGIONS:
        lacking = st.sampled_from(["suppressed", "withheld"])
    elif item.is_answer:
        answers = ["yes", "no", *(["partly"] if item.scale == "yes-partly-no" else [])]
        return st.one_of(st.sampled_from(answers), st.just("yes"), st.just("yes"), st.just("no"), lacking)
    scaled = {"hours-per-week": 0.1, "ratio": 10.0, "share": 0.001 if item.decimals else 0.01}
    unit = 0.01 if item.is_answer else scaled[item.scale]
    number = st.integers(min_value=0, max_value=100).map(lambda steps: round(steps * unit, 4))
    return st.one_of(number, number, number, lacking)


@st.composite
def frames(draw: st.DrawFn, table: str, fewest: int = 2, most: int = 10) -> pd.DataFrame:
    """Return a frame of one table with two to ten municipalities, any of whose cells may be lacking."""
    places = [*MUNICIPALITIES[: draw(st.integers(min_value=fewest, max_value=most))], *REGIONS]
    return made({(item.id, place): draw(cells_of(item, place)) for item in in_table(table) for place in places}, places)
