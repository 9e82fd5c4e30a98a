"""Figures as they are written to `resultat.csv`: the columns that readers of earlier reports know."""

from dataclasses import replace

import pandas as pd

from oj.sources.kolada.values import OWN
from oj.tidy.schema import Figures

EDITION = [
    "edition", "area", "subarea", "indicator", "title", "place", "place_name", "level",
    "value", "answer", "status", "numerator", "denominator", "display", "source", "domain",
]  # fmt: skip
TODAY = [
    "area", "table", "indicator", "name", "place", "place_name", "level", "year", "gender", "value", "status", "count",
    "display", "source",
]  # fmt: skip
YEARS = [
    "edition", "area", "series", "title", "short", "phrase", "place", "place_name", "level", "value", "low", "high",
    "answer", "qualifier", "status", "display", "unit", "population", "direction", "trend", "improve", "segment",
    "source", "passage", "note",
]  # fmt: skip


def apart_as_written(figures: Figures) -> pd.DataFrame | None:
    """Return an edition's figures of women and men alone, with their group; None where there are none."""
    if figures.apart is None:
        return None
    rows = as_written(replace(figures, frame=figures.apart))
    return rows.assign(group=figures.apart["group"])


def as_written(figures: Figures) -> pd.DataFrame:
    """Return figures under the names of the files of an edition, of today or of the years."""
    frame = figures.frame
    known = figures.measures
    about = {name: frame["measure"].map({key: getattr(one, name) for key, one in known.items()}) for name in
             ("area", "table", "part", "short", "phrase", "unit")}  # fmt: skip
    if figures.is_current:
        return _of_today(figures, frame, about)
    if figures.is_over_time:
        units = frame["measure"].map({key: one.about.unit for key, one in known.items()})
        named = frame.rename(columns={"measure": "series", "period": "edition", "words": "qualifier"})
        return named.assign(**{**about, "unit": units})[YEARS]
    named = frame.rename(columns={"measure": "indicator", "period": "edition"})
    answers = named["answer"].where(named["answer"] != "", None)
    domain = figures.folder.parent.name
    return named.assign(area=about["area"], subarea=about["part"], answer=answers, domain=domain)[EDITION]


def _of_today(figures: Figures, frame: pd.DataFrame, about: dict[str, pd.Series]) -> pd.DataFrame:
    """Return key figures in Kolada's own units and codes."""
    known = figures.measures
    codes = {(key, answer): float(code) for key, one in known.items() for code, answer in one.about.coding.items()}
    coded = [codes.get(pair) for pair in zip(frame["measure"], frame["answer"], strict=True)]
    shares = frame["measure"].map({key: one.is_share for key, one in known.items()}).astype(bool)
    values = frame["value"].where(~shares, (frame["value"] * 100).round(6))
    named = frame.rename(columns={"measure": "indicator", "group": "gender"})
    return named.assign(
        area=about["area"], table=about["table"], name=about["short"], year=frame["period"].astype("int64"),
        value=pd.Series(coded, frame.index, dtype="float64").fillna(values), count=frame["of"].astype("Int64"),
        source=frame["method"].map({"mean": OWN}).fillna(frame["source"]),
    )[TODAY]  # fmt: skip
