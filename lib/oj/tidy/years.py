"""The figures of all years: what the sources of every edition tell, with the segment that each may be compared in."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from oj.doors.shown import read_reported
from oj.facts.catalog import indicators_in, known_indicators
from oj.facts.datapackage import rows_of
from oj.facts.editions import editions, without_results
from oj.facts.params import OVER_TIME
from oj.facts.places import NATION, all_places, find_municipality, find_report_place
from oj.sources.comparability import break_editions, measured_editions, segments
from oj.sources.history import TEXTS, read_history
from oj.tidy import measures
from oj.tidy.arrange import arranged, methods, named
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError

PUBLISHED_PASSAGE = "Tabellerna"


def of_the_years(counties: Sequence[str], municipalities: Sequence[str], home: Path, asked: str = "") -> Figures:
    """Return all that is known over the years for the nation and the municipalities of a county that have any.

    Where `home` is an edition's folder no other edition's tables are read: none changes what another's report says.
    `asked` is the source that the nation's figures are wanted from. Raises UserError for an unknown county or
    municipality, and where the domain has no results.
    """
    if not editions(home):
        raise UserError(without_results(home))
    own = find_report_place(counties[0], home)
    wanted = {find_municipality(text, own, home).code for text in municipalities}
    codes = [code for code in places_with_history(home) if all_places(home)[code].county == own.code]
    chosen = [code for code in codes if not wanted or code in wanted]
    return of_places(chosen, home, own.code, counties, asked)


def places_with_history(home: Path | None = None) -> list[str]:
    """Return the codes of the places that have figures over the years, the nation first."""
    return sorted(read_history(home)["place"].unique())


def of_places(
    places: Iterable[str], home: Path, county: str = NATION, counties: Sequence[str] = ("Riket",), asked: str = ""
) -> Figures:
    """Return all that is known of the nation and `places` (codes), for the report of a county (its code)."""
    known, where = measures.of_the_years(home, break_editions(home)), all_places(home)
    codes = list(dict.fromkeys([NATION, *places]))
    same_as = {name: str(one.about.same_as) for name, one in known.items()}
    rows = pd.concat([read_history(home), _published(same_as, home, county, asked)], ignore_index=True)
    rows = rows[rows["place"].isin(codes)]
    rows = rows.rename(columns={"series": "measure", "edition": "period", "qualifier": "words"})
    rows = rows.assign(method=methods(rows["source"], home), segment=_segments(rows, known, same_as, home))
    table = arranged(rows, known, named(where[code] for code in codes), "series.csv")
    shown = {name: one for name, one in known.items() if name in set(table["measure"])}
    return Figures(
        _in_their_words(table, same_as, home), shown, OVER_TIME, home, tuple(counties), reference_source=asked
    )


def _published(same_as: Mapping[str, str], home: Path, county: str, asked: str) -> pd.DataFrame:
    """Return the published results of the indicators that are series, in the form of history.csv."""
    series = {indicator: name for name, indicator in same_as.items() if indicator}
    rows = rows_of(read_reported(county, home, asked), home)
    rows = rows[rows["indicator"].isin(list(series))]
    texts = dict.fromkeys([name for name in TEXTS if name != "answer"], "")
    return rows.assign(series=rows["indicator"].map(series), passage=PUBLISHED_PASSAGE, **texts)


def _segments(rows: pd.DataFrame, known: Mapping[str, Measure], same_as: Mapping[str, str], home: Path) -> pd.Series:
    """Return the number of each row's segment: only within one may figures of a measure be compared."""
    catalogue, found = known_indicators(home), dict[Any, int]()
    for series, own in rows.groupby("measure"):
        name = same_as[str(series)]
        measured = measured_editions(catalogue[name]) if name in catalogue else set()
        numbers = segments(own["period"].tolist(), known[str(series)].breaks, measured)
        found |= dict(zip(own.index, numbers, strict=True))
    return pd.Series(found, dtype="int64").reindex(rows.index)


def _in_their_words(table: pd.DataFrame, same_as: Mapping[str, str], home: Path) -> pd.DataFrame:
    """Return the table with answers in the words of the question that was asked in their edition."""
    asked = indicators_in(table["period"].unique(), home)
    keys = zip(table["period"], table["measure"].map(same_as), table["answer"], table["display"], strict=True)
    told = [
        asked[period, name].answer_words[answer] if answer and (period, name) in asked else display
        for period, name, answer, display in keys
    ]
    return table.assign(display=told)
