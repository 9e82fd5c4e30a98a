"""What the sentences about current key figures are made of: pairs of figures as they are shown, and changes."""

from collections.abc import Sequence

import pandas as pd

from oj.compare.change import POINTS, Change, apart, change, change_of_one, notable
from oj.doors.current import unit_words
from oj.facts.key_figures import KeyFigure
from oj.facts.places import NATION
from oj.present.output import Text
from oj.words.swedish import as_shown, capital, count, number, tied

Sentence = tuple[str, tuple[int, ...]]  # a sentence and the rows of the figures that it was made from
Shown = tuple[int, float]  # a row and its value, rounded as it is shown
Compared = tuple[KeyFigure, Shown, Shown]


def bullets(sentences: Sequence[Sentence]) -> Text:
    """Return sentences as a list that knows its rows."""
    return Text("\n".join(f"- {tied(text)}" for text, _ in sentences), tuple(rows for _, rows in sentences))


def said(item: KeyFigure, value: float) -> str:
    """Return a figure in a sentence whose phrase already says what it is a number of."""
    return number(value, item.decimals) if item.unit == "per-1000" else unit_words(item, value)


def shown(rows: pd.DataFrame, item: KeyFigure, place: str) -> Shown | None:
    """Return the row and value of a key figure in a place, `rows` having one year; None where there is none."""
    own = rows[(rows["indicator"] == item.id) & (rows["place"] == place) & (rows["status"] == "observed")]
    return None if own.empty else (int(own.index[0]), as_shown(float(own["value"].iloc[0]), item.decimals))


def with_nation(rows: pd.DataFrame, items: Sequence[KeyFigure], place: str) -> list[Compared]:
    """Return the key figures that a place and the nation both have and that can be compared, with both figures."""
    two = rows[rows["place"].isin([place, NATION])]
    pairs = [(item, shown(two, item, place), shown(two, item, NATION)) for item in items if is_compared(item)]
    return [(item, own, nation) for item, own, nation in pairs if own and nation]


def is_compared(item: KeyFigure) -> bool:
    """Return whether more of a key figure can be said to be higher: not of inhabitants, nor of answers."""
    return item.unit not in ("persons", "answer")


def differs(item: KeyFigure, value: float, other: float) -> bool:
    """Return whether two figures of a key figure, as shown, are told as different.

    Ten percentage points in surveys, else a tenth of the other.
    """
    survey = item.unit == "percent" and item.polarity == "higher-better"
    return apart(value, other, POINTS) if survey else notable(value, other)


def parted(pairs: Sequence[Compared]) -> tuple[list[Compared], list[Compared]]:
    """Return those that are notably apart, and those that are near."""
    far = [one for one in pairs if differs(one[0], one[1][1], one[2][1])]
    return far, [one for one in pairs if one not in far]


def counted(near: Sequence[Compared], far: int) -> list[Sentence]:
    """Return a sentence that counts what is near the nation, of all that could be compared with it."""
    if not near:
        return []
    of, those = len(near) + far, "nyckeltal som går att jämföra med riket ligger"
    if of == 1:
        return [(f"{capital(near[0][0].phrase)} ligger nära riket.", rows_in(near))]
    some = f"Av de {count(of)} {those} {count(len(near), neuter=True)} nära det."
    return [(some if far else f"Alla {count(of)} {those} nära det.", rows_in(near))]


def rows_in(pairs: Sequence[Compared]) -> tuple[int, ...]:
    """Return the rows of compared figures."""
    return tuple(at for _, (own, _value), (nation, _other) in pairs for at in (own, nation))


def changed(rows: pd.DataFrame, item: KeyFigure, *, alone: bool) -> Change | None:
    """Return a notable change of a key figure to its latest year, of one municipality or of several; else None."""
    if not is_compared(item) or rows.empty:
        return None
    rows = rows[rows["value"] != 0]  # a sudden nought is mostly a report that was not sent
    breaks = [one.year for one in item.breaks]
    found = change_of_one(rows, breaks) if alone else change(rows, breaks)
    if found is None:
        return None
    start, end = (as_shown(value, item.decimals) for value in (found.value_from, found.value_to))
    return found if differs(item, end, start) else None


def rows_of(rows: pd.DataFrame, found: Change) -> tuple[int, ...]:
    """Return the rows that a change was computed from: those of the places with a value in both years."""
    both = rows[rows["year"].isin([found.year_from, found.year_to]) & rows["value"].notna()]
    years = both["place"].map(both["place"].value_counts())
    return tuple(int(at) for at in both.index[years == 2])
