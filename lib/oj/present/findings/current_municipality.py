"""What stands out in one municipality's current key figures: short, because few answers move a figure much."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from oj.compare.change import Change
from oj.doors.current import full_name, latest
from oj.doors.results import place_of
from oj.facts.key_figures import KeyFigure, key_figures
from oj.present.findings.compare import (
    Compared,
    Sentence,
    bullets,
    changed,
    counted,
    parted,
    rows_in,
    rows_of,
    said,
    with_nation,
)
from oj.present.output import Text


def municipality_current_findings(figures: pd.DataFrame, municipality: str, folder: Path | None = None) -> Text:
    """Return what is notably higher and lower than in the nation, and what has gone up and down, a line of each.

    Raises UserError for a municipality that is not in `figures`.
    """
    place, items = place_of(figures, municipality), list(key_figures(folder).values())
    far, near = parted(with_nation(latest(figures), items, place))
    higher = [one for one in far if one[1][1] > one[2][1]]
    lower = [one for one in far if one not in higher]
    return bullets(
        [
            *_compared("Högre än i riket", higher),
            *_compared("Lägre än i riket", lower),
            *counted(near, len(far)),
            *_changes(figures, items, place),
        ]
    )


def _compared(heading: str, pairs: Sequence[Compared]) -> list[Sentence]:
    told = [f"*{full_name(item)}* ({_pair(item, own, nation)})" for item, (_, own), (_, nation) in pairs]
    return [(f"**{heading}:** {', '.join(told)}.", rows_in(pairs))] if pairs else []


def _pair(item: KeyFigure, first: float, second: float) -> str:
    return f"{said(item, first)} mot {said(item, second)}"


def _changes(figures: pd.DataFrame, items: Sequence[KeyFigure], place: str) -> list[Sentence]:
    """Return what has increased, and what has decreased, each in a sentence."""
    own = figures[(figures["place"] == place) & (figures["gender"] == "total") & figures["value"].notna()]
    found = [(item, rows := own[own["indicator"] == item.id], changed(rows, item, alone=True)) for item in items]
    newest = figures[figures["value"].notna()].groupby("indicator")["year"].max()
    moved = [(item, rows_of(rows, one), one) for item, rows, one in found if one and one.year_to == newest[item.id]]
    parts = {
        "Har ökat": [one for one in moved if one[2].value_to > one[2].value_from],
        "Har minskat": [one for one in moved if one[2].value_to < one[2].value_from],
    }
    return [
        (
            f"**{heading}:** {', '.join(_moved(item, one) for item, _, one in part)}.",
            tuple(at for _, rows, _ in part for at in rows),
        )
        for heading, part in parts.items()
        if part
    ]


def _moved(item: KeyFigure, one: Change) -> str:
    start, end = (said(item, value) for value in (one.value_from, one.value_to))
    return f"*{full_name(item)}* från {start} ({one.year_from}) till {end} ({one.year_to})"
