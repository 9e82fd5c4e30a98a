"""The figures of all years: what the sources of every edition tell, with the segment that each may be compared in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from oj.doors.shown import read_reported
from oj.facts.catalog import Indicator, indicators_by_edition, indicators_in
from oj.facts.datapackage import rows_of
from oj.facts.editions import editions, without_results
from oj.facts.params import OVER_TIME
from oj.facts.places import NATION, all_places, find_municipality, find_report_place, units
from oj.sources.comparability import (
    break_editions,
    breaks_of_years,
    followed_editions,
    measured_editions,
    segments,
)
from oj.sources.history import TEXTS, read_history
from oj.sources.limits import limits_of
from oj.tidy import measures
from oj.tidy.arrange import arranged, methods, named
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.vocabulary import UNITS

PUBLISHED_PASSAGE = "Tabellerna"


def of_the_years(counties: Sequence[str], municipalities: Sequence[str], home: Path, asked: str = "") -> Figures:
    """Return all that is known over the years for the nation and the municipalities of a county that have any.

    Where `home` is an edition's folder no other edition's tables are read: none changes what another's report says.
    Only one that workbooks have made has, beside its own, the earlier ones that they have made, with its county.
    `asked` is the source that the nation's figures are wanted from. Raises UserError for an unknown county or
    municipality, and where the domain has no results.
    """
    if not editions(home):
        raise UserError(without_results(home))
    own = find_report_place(counties[0], home)
    wanted = {find_municipality(text, own, home).code for text in municipalities}
    codes = [code for code in places_with_history(home) if all_places(home)[code].county == own.code]
    regions: list[str] = []
    if own.code != NATION and followed_editions(home):
        regions = [own.code] if len(units(own.code, home)) > 1 else []  # else they are its only municipality's own
        codes = [code for code, one in all_places(home).items() if one.county == own.code and one.level in UNITS]
    chosen = [code for code in codes if not wanted or code in wanted]
    return of_places([*regions, *chosen], home, own.code, counties, asked)


def places_with_history(home: Path | None = None) -> list[str]:
    """Return the codes of the places that have figures over the years, the nation first."""
    return sorted(read_history(home)["place"].unique())


def of_places(
    places: Iterable[str], home: Path, county: str = NATION, counties: Sequence[str] = ("Riket",), asked: str = ""
) -> Figures:
    """Return all that is known of the nation and `places` (codes), for the report of a county (its code)."""
    years, where = followed_editions(home) if county != NATION else {}, all_places(home)
    breaks, codes = breaks_of_years(home, years), list(dict.fromkeys([NATION, *places]))
    known = _with_asked(measures.of_the_years(home, break_editions(home)), years, breaks)
    same_as = {name: question_of(one) for name, one in known.items()}
    published = _rows_followed(read_reported(county, home, asked), home, breaks)
    rows = pd.concat([read_history(home), _as_history(published, same_as)], ignore_index=True)
    rows = rows[rows["place"].isin(codes)]
    rows = rows.rename(columns={"series": "measure", "edition": "period", "qualifier": "words"})
    rows = rows.assign(method=methods(rows["source"], home), segment=_segments(rows, known, same_as, home))
    table = arranged(rows, known, named(where[code] for code in codes), "series.csv")
    shown = {name: one for name, one in known.items() if name in set(table["measure"])}
    return Figures(
        _in_their_words(table, same_as, home, years), shown, OVER_TIME, home, tuple(counties), reference_source=asked
    )


def _with_asked(
    series: Mapping[str, Measure], years: Mapping[str, Mapping[str, Indicator]], breaks: Mapping[str, set[str]]
) -> dict[str, Measure]:
    """Return the series, and the questions with `breaks`, the first editions after one, that are none of the series."""
    same = {question_of(one) for one in series.values()}
    found = {
        name: replace(one, breaks=tuple(sorted({*one.breaks, *breaks.get(question_of(one), ())})))
        for name, one in series.items()
    }
    for name in (one for one in breaks if one not in same):
        asked = [known[name] for known in years.values() if name in known]
        key, most = name if name not in series else f"{name}-{max(years)}", max(item.decimals for item in asked)
        starts = tuple(sorted(breaks[name]))
        found[key] = replace(measures.of_indicator(asked[-1]), id=key, decimals=most, breaks=starts)
    return found


def question_of(measure: Measure) -> str:
    """Return the indicator that a series is the same as, or that is followed itself; "" of a series that is none."""
    return str(measure.about.id if isinstance(measure.about, Indicator) else measure.about.same_as)


def _rows_followed(rows: pd.DataFrame, home: Path, followed: Collection[str]) -> pd.DataFrame:
    """Return an edition's own results, and those of the questions in `followed` that earlier made editions have."""
    if not followed:
        return rows_of(rows, home)
    earlier = rows["edition"].isin([*followed_editions(home)]) & rows["indicator"].isin([*followed])
    return rows[(rows["edition"] == home.name) | earlier]


def _as_history(rows: pd.DataFrame, same_as: Mapping[str, str]) -> pd.DataFrame:
    """Return the published results of the indicators that are series, in the form of history.csv."""
    series = {indicator: name for name, indicator in same_as.items() if indicator}
    rows = rows[rows["indicator"].isin(list(series))]
    texts = dict.fromkeys([name for name in TEXTS if name != "answer"], "")
    return rows.assign(series=rows["indicator"].map(series), passage=PUBLISHED_PASSAGE, **texts)


def _segments(rows: pd.DataFrame, known: Mapping[str, Measure], same_as: Mapping[str, str], home: Path) -> pd.Series:
    """Return the number of each row's segment: only within one may figures of a measure be compared."""
    catalogues, found = indicators_by_edition(home).values(), dict[Any, int]()
    for series, own in rows.groupby("measure"):
        name = same_as[str(series)]
        measured = {year for asked in catalogues if name in asked for year in measured_editions(asked[name])}
        numbers = segments(own["period"].tolist(), known[str(series)].breaks, measured)
        found |= dict(zip(own.index, numbers, strict=True))
    return pd.Series(found, dtype="int64").reindex(rows.index)


def _in_their_words(
    table: pd.DataFrame, same_as: Mapping[str, str], home: Path, years: Collection[str]
) -> pd.DataFrame:
    """Return the table with answers in the words of the question that was asked in their edition, and its signs."""
    asked = indicators_in(table["period"].unique(), home)
    signs = {year: limits_of(home, year).statuses for year in years}
    keys = zip(table["period"], table["measure"].map(same_as), table["answer"], strict=True)
    told = [
        asked[period, name].answer_words[answer]
        if answer and (period, name) in asked
        else signs[period][status].sign
        if period in signs and status != "observed"
        else display
        for (period, name, answer), status, display in zip(keys, table["status"], table["display"], strict=True)
    ]
    return table.assign(display=told)
