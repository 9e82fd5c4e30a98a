"""Reached targets as figures: how many of an area's, and of all, each place reaches."""

from dataclasses import replace

import pandas as pd

from oj.compare.targets import reached
from oj.facts.datapackage import read_table
from oj.figures.measures import Measure
from oj.figures.schema import COLUMNS, TOTAL, Figures
from oj.words.errors import UserError
from oj.words.swedish import number

TARGETS, ALL = "mal", "alla"


def targets(figures: Figures) -> Figures:
    """Return how many targets each place reaches: one row per place and area, and one of `alla`, of an edition.

    A municipality reaches a target when it answers Ja; a region's is the mean of those who answer there. `of` is how
    many targets have a figure; `low` and `high` are the bounds where it is a sum of rounded shares. Raises UserError
    for figures without targets.

    >>> import oj
    >>> oj.targets(oj.figures("Stockholm")).of("samordning").at("Solna").frame[["value", "of"]].to_numpy().tolist()
    [[9.0, 19.0]]
    """
    if figures.is_current or figures.is_over_time or not any(one.is_answer for one in figures.measures.values()):
        raise UserError("Mål finns bara för en utgåvas Ja- och Nej-frågor.")
    native = figures.native_rows()
    sums = [reached(native, by, figures.folder).reset_index() for by in ("area", "edition")]
    rows = pd.concat([sums[0], sums[1].assign(area=ALL)], ignore_index=True)
    names = read_table("areas", figures.folder).set_index("area")["name"].to_dict() | {ALL: "Alla områden"}
    places = figures.frame.drop_duplicates("place").set_index("place")[["place_name", "level", "source", "method"]]
    rows = rows.join(places, on="place").assign(
        measure=rows["area"], title=rows["area"].map(names), period=figures.edition, group=TOTAL, segment=0,
        value=rows["reached"], low=rows["reached"] - rows["width"], high=rows["reached"] + rows["width"], answer="",
        status="observed", display=[_shown(value, of) for value, of in zip(rows["reached"], rows["of"], strict=True)],
    )  # fmt: skip
    known = {
        name: Measure(name, title, title, title, name, name, name, "targets", 1)
        for name, title in names.items()
        if name in set(rows["area"])
    }
    return replace(
        figures, frame=rows.reindex(columns=COLUMNS), measures=known, chosen=TARGETS, whole=None, origin=figures
    )


def _shown(value: float, of: float) -> str:
    return f"{number(value, 0 if float(value).is_integer() else 1)} av {number(of)}"
