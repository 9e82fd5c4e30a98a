"""Results over the years: every observation with the segment it may be compared in, and the steps between them.

No change is computed across a break, from words such as ”drygt hälften”, or where sources disagree.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from oj.doors.shown import read_reported
from oj.facts.catalog import indicators_in, known_indicators
from oj.facts.editions import data_folder, rows_of
from oj.facts.places import NATION, all_places, find_municipality, find_report_place
from oj.sources.comparability import break_editions, measured_editions, segments
from oj.sources.history import TEXTS, read_history, read_series
from oj.words.swedish import as_shown, number, percent
from oj.words.vocabulary import ANSWER_WORDS, STATUSES

COLUMNS = [
    "edition", "area", "series", "title", "short", "phrase", "place", "place_name", "level", "value", "low", "high",
    "answer", "qualifier", "status", "display", "unit", "population", "direction", "trend", "improve", "segment",
    "source", "passage", "note",
]  # fmt: skip
STEPS = [
    "series", "short", "unit", "place", "edition_from", "edition_to", "value_from", "value_to", "change", "why",
]  # fmt: skip
PUBLISHED_PASSAGE = "Tabellerna"
SPAN = re.compile(r"(?<=\d)-(?=\d)")  # 44-64 as 44–64


def observations(county: str, municipalities: str | Sequence[str] = (), folder: Path | None = None) -> pd.DataFrame:
    """Return all observations over the years for the nation and a county's municipalities that have any.

    `county` may be Riket. One row per edition, series, place and source, as `series_of` gives them. Raises
    UserError for an unknown county or municipality.

    >>> observations("Kalmar")["place_name"].unique().tolist(), observations("Riket")["place"].unique().tolist()
    (['Riket', 'Kalmar'], ['00'])
    """
    own = find_report_place(county, folder)
    named = [municipalities] if isinstance(municipalities, str) else municipalities
    wanted = {find_municipality(text, own, folder).code for text in named}
    codes = [code for code in places_with_history(folder) if all_places(folder)[code].county == own.code]
    return series_of([code for code in codes if not wanted or code in wanted], folder, own.code)


def places_with_history(folder: Path | None = None) -> list[str]:
    """Return the codes of the places that have figures over the years, the nation first.

    >>> places_with_history()
    ['00', '0880']
    """
    return sorted(read_history(folder)["place"].unique())


def series_of(places: Iterable[str], folder: Path | None = None, county: str = NATION) -> pd.DataFrame:
    """Return all observations of the nation and `places` (codes), one row per edition, series, place and source.

    `county` is the code of the one whose report they are for.

    Those of history.csv and the published results of the same indicators; `value` is in the series' unit
    (shares 0-1, counts). Observations of a series are comparable only within the same `segment`.

    >>> bbic = series_of([]).query("series == 'bbic-licens'")
    >>> bbic["value"].tolist(), bbic["segment"].tolist()
    ([0.81, 0.92], [0, 0])
    """
    known = read_series(folder)
    codes = list(dict.fromkeys([NATION, *places]))
    rows = pd.concat([read_history(folder), _published(known, folder, county)], ignore_index=True)
    about = known[["series", "order", "title", "short", "phrase", "area", "unit"]]
    rows = rows[rows["place"].isin(codes)].merge(about, on="series")
    named = all_places(folder)
    rows["place_name"] = rows["place"].map(lambda code: named[code].name)
    rows["level"] = rows["place"].map(lambda code: named[code].level)
    rows["display"] = _displays(rows, known, folder)
    rows["position"] = rows["place"].map({code: at for at, code in enumerate(codes)})
    rows = rows.sort_values(["order", "position", "edition", "source"]).reset_index(drop=True)
    return with_segments(rows, known, folder)[COLUMNS]


def _published(known: pd.DataFrame, folder: Path | None, county: str) -> pd.DataFrame:
    """Return the published results of the indicators that are series, in the form of history.csv."""
    series = known.loc[known["same_as"] != ""].set_index("same_as")["series"]
    rows = rows_of(read_reported(county, folder), folder or data_folder())  # no other edition changes what one says
    rows = rows[rows["indicator"].isin(series.index)].copy()
    rows["series"] = rows["indicator"].map(series)
    texts = dict.fromkeys([name for name in TEXTS if name != "answer"], "")
    numbers = dict.fromkeys(["low", "high"], float("nan"))
    return rows.fillna({"answer": ""}).assign(passage=PUBLISHED_PASSAGE, **texts, **numbers)


def with_segments(rows: pd.DataFrame, known: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Return the observations with the number of their `segment`."""
    breaks, catalogue = break_editions(folder), known_indicators(folder)
    same_as = known.set_index("series")["same_as"]
    numbered = rows.assign(segment=0)
    for series, own in rows.groupby("series"):
        name = same_as[series]
        measured = measured_editions(catalogue[name]) if name in catalogue else set()
        numbered.loc[own.index, "segment"] = segments(own["edition"].tolist(), breaks[str(series)], measured)
    return numbered


def _displays(rows: pd.DataFrame, known: pd.DataFrame, folder: Path | None) -> list[str]:
    """Return the observations as a reader sees them, answers in the words of the question that was asked."""
    same_as = known.set_index("series")["same_as"]
    asked = indicators_in(rows["edition"].unique(), folder)
    words = {key: item.answer_words for key, item in asked.items()}
    return [shown(row, words.get((row["edition"], same_as[row["series"]]), {})) for row in rows.to_dict("records")]


def shown(row: dict[Any, Any], words: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return an observation as a reader sees it: 81 %, 25, Ja, the source's own words, or the status' sign.

    >>> shown({"status": "observed", "answer": "", "qualifier": "drygt hälften"})
    'drygt hälften'
    """
    if row["status"] != "observed":
        return STATUSES[row["status"]].sign
    if row["answer"]:
        return words.get(row["answer"]) or ANSWER_WORDS[row["answer"]]
    if row["qualifier"]:
        return SPAN.sub("–", str(row["qualifier"]))
    return number(row["value"]) if row["unit"] == "count" else percent(row["value"])


def steps(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every step between neighbouring exact observations of a series and place, in order.

    `change` is in the unit (shares: 0.01 is one percentage point) between the two as told, and NaN where `why`
    says that it may not be computed: break, or disputed (sources give different values for one of the editions).

    >>> steps(series_of([])).query("series == 'bbic-licens'")["change"].tolist()
    [0.11]
    """
    exact = rows[(rows["status"] == "observed") & rows["value"].notna() & (rows["qualifier"] == "")]
    found = []
    for (series, place), own in exact.groupby(["series", "place"], sort=False):
        ordered = own.sort_values("edition").groupby("edition")
        values = {str(edition): sorted(part["value"].unique()) for edition, part in ordered}
        segment = {str(edition): int(part["segment"].iloc[0]) for edition, part in ordered}
        about = [series, own["short"].iloc[0], own["unit"].iloc[0], place]
        for first, last in pairwise(values):
            why = _why(values[first], values[last], same=segment[first] == segment[last])
            ends = [_only(values[first]), _only(values[last])]
            change = float("nan") if why else _told_change(ends[0], ends[1], str(about[2]))
            found.append([*about, first, last, *ends, change, why])
    return pd.DataFrame(found, columns=STEPS)


def _told_change(first: float, last: float, unit: str) -> float:
    """Return the change between two figures as they are told: shares in whole percent."""
    decimals = 0 if unit == "count" else 2
    return round(as_shown(last, decimals) - as_shown(first, decimals), 4)


def _why(first: list[float], last: list[float], *, same: bool) -> str:
    """Return why a change may not be computed, empty where it may."""
    if not same:
        return "break"
    return "disputed" if len(first) > 1 or len(last) > 1 else ""


def _only(values: list[float]) -> float:
    """Return the value that all sources give, NaN where they disagree."""
    return values[0] if len(values) == 1 else float("nan")
